/** Whether a table of Markdown may hold facts or findings, by its raw lines. True for every table that does. */
import { countCells } from '../repair.ts'
import { ACTION } from '../shape.ts'
import { SUBJECT } from '../subject.ts'
import { wordsOf } from '../vocabulary.ts'
import type { ScanVocabulary } from './vocabulary.ts'

const KEYS = /^(?:resource )?keys?$/i
const OPERATIONS = /^(?:operation|action|verb)s?$/i
/** A tag with a pipe in it: its cells are not where the pipes are. */
const TORN_TAG = /<[^<>|]*\||\{\/\*[^|]*\|/
/** A cell that is nothing but a picture, a component, a placeholder, a short code. */
const OBJECT = /^(?:!\[|\{|:[\w+-]+:$)/
/** No access: what a column of levels holds beside levels. */
const REFUSAL = /^(?:no|none|no access|n\/?a|\p{Pd})$/iu
const SIGN_OF_NOTE = /^\s*(?:[*†‡§([⁰¹²³⁴⁵⁶⁷⁸⁹]|$)/

/** Whether the row of hyphens does not fit its header, or may not: then it is repaired, and reported. */
export function mayNotFit(header: string, delimiter: string): boolean {
  return /[<{]/.test(header) || countCells(header) !== countCells(delimiter)
}

/**
 * Whether a table may matter wherever it stands (`yes`): it speaks of permissions, has ticks or pictures, or lists operations;
 * or it has other marks under a header that names operations, keys or actions. One that has marks or levels of access and
 * none of that may matter where what stands around it speaks of permissions (`named`).
 */
export function tableMayMatter(header: string, rows: readonly string[], words: ScanVocabulary): 'yes' | 'named' | 'no' {
  if (rows.some((row) => words.sign.test(row) || TORN_TAG.test(row) || row.includes('&#'))) return 'yes'
  if (header.includes('&') || TORN_TAG.test(header)) return 'yes'
  const titles = cellsOf(header).map(cleaned)
  if (titles.some((title) => SUBJECT.test(title))) return 'yes'
  const keys = titles.some((title) => KEYS.test(title))
  if (keys && titles.some((title) => OPERATIONS.test(title))) return 'yes'
  const operations = titles.flatMap((title, i) => (i > 0 && words.isOperationHeading(title) ? [i] : []))
  const named = operations.length * 5 >= (titles.length - (operations[0] ?? 0)) * 3
  if (operations.length > 1 && named) return 'yes'
  const markable = keys || (operations.length > 0 && named) || titles.some((title) => ACTION.test(title))
  const columns: Column[] = []
  for (const [i, row] of rows.entries()) {
    for (const [column, cell] of cellsOf(row).entries()) {
      if (/!\[|[<{]/.test(cell) && isObject(cell)) return 'yes'
      const text = cleaned(cell)
      if (listsOperations(text, words)) return 'yes'
      if (column === 0) {
        if (i < 5 && SUBJECT.test(text)) return 'yes'
        continue
      }
      if (OBJECT.test(text)) return 'yes'
      const mark = mayBeMark(text, words)
      if (mark && markable) return 'yes'
      columns[column] ??= { filled: 0, marks: 0, signs: 0, levels: 0, refusals: 0 }
      if (text !== '') count(columns[column], text, mark, words)
    }
  }
  const marked = columns.filter((column) => column !== undefined && column.marks > 0)
  const mostly = marked.filter(({ marks, filled }) => marks * 2 >= filled)
  if (mostly.length > 1 || saysLevels(columns)) return 'named'
  if (marked.length < 2) return 'no'
  // Two roles, or two that are granted actions, say something with a mark each.
  if (titles.some((title) => words.speaks(title))) return 'named'
  return rows.some((row) => saysAction(cleaned(cellsOf(row)[0] ?? ''), words)) ? 'named' : 'no'
}

/** How many cells of a column are filled, and with what. */
interface Column {
  filled: number
  marks: number
  signs: number
  /** What may be a level of access, and what says that there is none. */
  levels: number
  refusals: number
}

function count(column: Column, text: string, mark: boolean, words: ScanVocabulary): void {
  column.filled++
  if (mark) column.marks++
  if (text.length <= 2 && !/[\p{L}\p{N}]/u.test(text)) column.signs++
  if (REFUSAL.test(text)) column.refusals++
  else if (words.isLevel(text)) column.levels++
}

/** Whether a column holds signs alone, or levels of access of which one is granted. */
function saysLevels(columns: readonly Column[]): boolean {
  const filled = columns.filter((column) => column !== undefined && column.filled > 0)
  const granted = filled.some(({ levels }) => levels > 0)
  return filled.some(
    ({ filled: all, signs, levels, refusals }) => signs === all || (granted && (levels + refusals) * 2 >= all),
  )
}

/** Whether one of a label's first words is an operation. */
function saysAction(label: string, words: ScanVocabulary): boolean {
  return wordsOf(label)
    .slice(0, 4)
    .some((word) => words.isOperation(word))
}

/** Whether a cell holds a picture, or nothing but tags or a placeholder. */
function isObject(cell: string): boolean {
  if (cell.includes('![')) return true
  return /^\s*(?:<(?!\/?br\b)[^<>]*>\s*)+$|^\s*\{[^{]*\}+\s*$|\{\{|\{%|<(?:img|input|svg|[A-Z])/i.test(cell)
}

/** Whether a cell may be a mark: a known word, `x`, a sign of two characters, one with a note. */
function mayBeMark(text: string, words: ScanVocabulary): boolean {
  if (text.length > 60 || text === '') return false
  if (text.length <= 2 && !/[\p{L}\p{N}\s]/u.test(text)) return true
  const lower = text.toLowerCase()
  if (words.isMark(lower)) return true
  const start = /^\(?\s*([a-z/]+(?: [a-z]+)?|\p{Pd})/u.exec(lower)
  if (!start) return false
  const [whole, word = ''] = start
  const [one = ''] = word.split(' ')
  return (
    (words.isMark(word) && SIGN_OF_NOTE.test(lower.slice(whole.length))) ||
    (words.isMark(one) && SIGN_OF_NOTE.test(lower.slice(whole.length - word.length + one.length)))
  )
}

/** Whether a cell is a list with commas that names an operation. */
function listsOperations(text: string, words: ScanVocabulary): boolean {
  return text.includes(',') && text.split(/\s*,\s*/).some((item) => words.isBareOperation(item))
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^[\s>]*\|?/, '')
  return (inner.endsWith('|') && !inner.endsWith('\\|') ? inner.slice(0, -1) : inner).split(/(?<!\\)\|/)
}

/** A cell's text, near enough: without tags, emphasis and the targets of links. */
function cleaned(cell: string): string {
  const bare = /[<[&]/.test(cell)
    ? cell
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\]\([^()]*\)/g, '')
        .replace(/&[a-z]+;/gi, ' ')
    : cell
  return bare
    .replace(/[*_~`[\]\\]|[\u200B-\u200D\u2060\uFEFF]|\uFE0E|\uFE0F/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
