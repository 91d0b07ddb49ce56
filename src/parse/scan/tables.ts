/** Whether a table of Markdown may hold facts or findings, by its raw lines. True for every table that does. */
import { countCells } from '../structure/repair.ts'
import { isPlainLevel } from '../tables/levels.ts'
import { columnsOfParameters } from '../tables/parameters.ts'
import { ACTION, RESOURCES, VERBS } from '../tables/shape.ts'
import { SERVICE } from '../unread/subject.ts'
import {
  ABILITY_COLUMN,
  DESCRIPTION_COLUMN,
  NAME_COLUMN,
  PART_ROWS,
  PERMISSION_COLUMN,
  SCOPE_COLUMN,
  SUBJECT,
  USER_COLUMN,
} from '../words/permission-headings.ts'
import { wordsOf } from '../words/vocabulary.ts'
import type { ScanVocabulary, Titles } from './vocabulary.ts'

const KEYS = /^(?:resource )?keys?$/i
const OPERATIONS = /^(?:(?:allowed|required) )?(?:operation|action|verb)s?$/i
/** A tag with a pipe in it: its cells are not where the pipes are. */
const TORN_TAG = /<[^<>|]*\||\{\/\*(?:[^|{]|\{(?!\/\*))*\|/
/** A cell that is nothing but a picture, a component, a placeholder, a short code. */
const OBJECT = /^(?:!\[|\{|:::image\s|:[\w+-]+:$)/
/** A privilege in a cell: `Datastore.AllocateSpace`. */
const PRIVILEGE = /(?:^|[^\w.])[A-Z]\w{0,80}\\?\.[A-Z]/
/** No access: what a column of levels holds beside levels. */
const REFUSAL = /^(?:no|none|no access|n\/?a|\p{Pd})$/iu
/** Whose first column is one of ids, and an id there. */
const OF_NAMES = /^[\s>|*_`~]*(?:ids?|identifiers?|keys?|names?)[*_`~\s]*(?:\||$)/i
const OWN_ID = /^[\s>|*`~]*[A-Za-z][\w\\:]*/
/** What an id of a permission and of its refusal begins with, behind its resource: `docks:allow-moor`. */
const ALLOWING = /:(?:allow|deny)$/
/** Over the names of who may do something. */
const WHO = /^(?:who\b|(?:allowed|available|granted|permitted) (?:by|for|to)$)/i
/** So many labels say what a table is about. */
const FIRST_LABELS = 5
/** Longer than any mark or level of access. */
const LONGEST = 80
/** What of a cell's text is no text, or may be none. */
const MARKED = /[<[&*_~`\]\\]|[^ -~]|\s\s/
/** Headers of pages repeat; a memory of those of a whole repository is bounded all the same. */
const MOST_TITLES = 1000
const SIGN_OF_NOTE = /^\s*(?:[*†‡§([⁰¹²³⁴⁵⁶⁷⁸⁹]|\p{Pd}\s|$)|^[.,;:]\s/u
/** What may be a mark with its condition, however long. */
const GOES_ON = /^\s*[^\s.,;:(]{1,24}(?:[.,;:]\s|\s+[(\p{Pd}])/u

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
  if (rows.some((row) => words.holdsSign(row) || TORN_TAG.test(row) || row.includes('&#') || PRIVILEGE.test(row)))
    return 'yes'
  if (header.includes('&') || TORN_TAG.test(header)) return 'yes'
  const titles = titlesOf(header, words)
  if (titles.matter) return 'yes'
  if (OF_NAMES.test(header) && rows.some((row) => beginsWithOwnId(row, words))) return 'named'
  if (titles.name && rows.some((row) => cellsOf(row).some((cell) => words.isDeed(cleaned(cell))))) return 'named'
  const columns: Column[] = []
  for (let i = 0; i < rows.length; i++) {
    const cells = cellsOf(rows[i] as string)
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] as string
      if (/!\[|[<{]/.test(cell) && isObject(cell)) return 'yes'
      // Of a label, lists are looked at, and what the first of them speak of.
      if (column === 0 && i >= FIRST_LABELS && !cell.includes(',')) continue
      columns[column] ??= { filled: 0, marks: 0, signs: 0, levels: 0, plain: 0, refusals: 0 }
      const counted = columns[column] as Column
      if (column > 0 && !cell.includes(',') && (words.saysMore(cell) || isLong(cell))) {
        counted.filled++
        continue
      }
      const text = cleaned(cell)
      if (listsOperations(text, words)) return 'yes'
      if (column === 0) {
        if (i < FIRST_LABELS && SUBJECT.test(text)) return 'yes'
        continue
      }
      if (OBJECT.test(text)) return 'yes'
      const mark = mayBeMark(text, words)
      if (mark && titles.markable) return 'yes'
      if (text !== '') count(counted, text, mark, words)
      // Nothing but signs that were cleaned away: `*`, `_`.
      else if (cell.trim() !== '') count(counted, '*', true, words)
    }
  }
  // What must be given, and what is there by default, is no mark.
  const ofParameters = columnsOfParameters(titles.texts, (column) =>
    rows.map((row) => cleaned(cellsOf(row)[column] ?? '')),
  )
  const saysSomething = ({ marks, signs, levels, plain }: Column) => marks + signs + levels + plain > 0
  if (ofParameters.length > 0 && !columns.some((c, i) => !ofParameters.includes(i) && saysSomething(c))) return 'no'
  const marked = columns.filter(({ marks }) => marks > 0)
  if (marked.length > 1 && words.nameMembers(rows.map((row) => cleaned(cellsOf(row)[0] ?? '')))) return 'yes'
  const mostly = marked.filter(({ marks, filled }) => marks * 2 >= filled)
  if (mostly.length > 1 || saysLevels(columns)) return 'named'
  if (marked.length < 2) return 'no'
  // Two roles, or two that are granted actions, say something with a mark each.
  if (titles.speak) return 'named'
  return rows.some((row) => saysAction(cleaned(cellsOf(row)[0] ?? ''), words)) ? 'named' : 'no'
}

function titlesOf(header: string, words: ScanVocabulary): Titles {
  const titles = cellsOf(header).map(cleaned)
  const key = titles.join('\n')
  let known = words.titles.get(key)
  if (!known) {
    known = readTitles(titles, words)
    if (words.titles.size >= MOST_TITLES) words.titles.clear()
    words.titles.set(key, known)
  }
  return known
}

function readTitles(titles: readonly string[], words: ScanVocabulary): Titles {
  const keys = titles.some((title) => KEYS.test(title))
  const operations = titles.flatMap((title, i) => (i > 0 && words.isOperationHeading(title) ? [i] : []))
  const named = operations.length * 5 >= (titles.length - (operations[0] ?? 0)) * 3
  return {
    texts: titles,
    matter:
      [SUBJECT, PERMISSION_COLUMN, SCOPE_COLUMN, USER_COLUMN, WHO].some((of) =>
        titles.some((title) => of.test(title)),
      ) ||
      ((keys || titles.some((title) => SERVICE.test(title))) && titles.some((title) => OPERATIONS.test(title))) ||
      (titles.some((title) => RESOURCES.test(title)) && titles.some((title) => VERBS.test(title))) ||
      (operations.length > 1 && named) ||
      titles.filter((title) => ABILITY_COLUMN.test(title)).length > 1,
    markable:
      keys ||
      (operations.length > 0 && named) ||
      titles.some((title) => ACTION.test(title)) ||
      (PART_ROWS.test(titles[0] ?? '') && titles.slice(1).some((title) => words.isRole(title))) ||
      words.nameMembers(titles.slice(1)),
    speak: titles.some((title) => words.titleSpeaks(title)),
    name: titles.some((title) => NAME_COLUMN.test(title)) && titles.some((title) => DESCRIPTION_COLUMN.test(title)),
  }
}

/** How many cells of a column are filled, and with what. */
interface Column {
  filled: number
  marks: number
  signs: number
  /** What may be a level of access, what can be nothing else, and what says that there is none. */
  levels: number
  plain: number
  refusals: number
}

function count(column: Column, text: string, mark: boolean, words: ScanVocabulary): void {
  column.filled++
  if (mark) column.marks++
  if (text.length <= 2 && !/[\p{L}\p{N}]/u.test(text)) column.signs++
  if (REFUSAL.test(text)) column.refusals++
  else if (words.isLevel(text)) column.levels++
  if (isPlainLevel(text)) column.plain++
}

/** Whether a column holds signs alone, a level of access that is nothing else, or others of which one is granted. */
function saysLevels(columns: readonly Column[]): boolean {
  const filled = columns.filter((column) => column.filled > 0)
  const granted = filled.some(({ levels }) => levels > 0)
  return filled.some(
    ({ filled: all, signs, levels, plain, refusals }) =>
      signs === all || plain > 0 || (granted && (levels + refusals) * 2 >= all),
  )
}

/** Whether a row's first cell is an id of several words, one of which is an operation: `docks_read`. */
function beginsWithOwnId(row: string, words: ScanVocabulary): boolean {
  const [id] = OWN_ID.exec(row) ?? []
  return id !== undefined && (ALLOWING.test(id) || wordsOf(id).some((word) => words.isOperation(word)))
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
  return /^\s*(?:<(?!\/?br\b)[^<>]*>\s*)+$|^\s*\{[^{]*\}\s*$|\{\{|\{%|<(?:img|input|svg|[A-Z])/i.test(cell)
}

/** Whether a cell may be a mark: a known word, `x`, a sign of two characters, one with a note. */
function mayBeMark(text: string, words: ScanVocabulary): boolean {
  if (text === '') return false
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
  return text.includes(',') && text.split(/(?:(?<!\s)\s+)?,\s*/).some((item) => words.isBareOperation(item))
}

function cellsOf(line: string): string[] {
  const trimmed = line.trim()
  // Most rows begin and end with a pipe, and escape none.
  const isPlain = trimmed.length > 1 && trimmed.startsWith('|') && trimmed.endsWith('|') && !trimmed.includes('\\')
  if (isPlain) return trimmed.slice(1, -1).split('|')
  const inner = trimmed.replace(/^[\s>]*\|?/, '')
  return (inner.endsWith('|') && !inner.endsWith('\\|') ? inner.slice(0, -1) : inner).split(/(?<!\\)\|/)
}

/** Whether a cell has more than a mark or a level of access could have, whatever marks of emphasis are taken out of it. */
function isLong(cell: string): boolean {
  if (cell.length <= LONGEST || /^\s*[:!{]|[<[&]/.test(cell) || GOES_ON.test(cell)) return false
  let characters = 0
  for (let i = 0; i < cell.length; i++) {
    const c = cell.charCodeAt(i)
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57)) characters++
    if (characters > LONGEST) return true
  }
  return false
}

/** A cell's text, near enough: without tags, emphasis and the targets of links. */
function cleaned(cell: string): string {
  const trimmed = cell.trim()
  if (!MARKED.test(trimmed)) return trimmed
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
