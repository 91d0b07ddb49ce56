/** What the scan knows of the settings, looked up fast: words of pages repeat. */
import type { Settings } from '../../settings/schema.ts'
import { isLetter } from '../structure/lines.ts'
import { deedIn, MAY, saysDeed } from '../words/deeds.ts'
import { knownMarks } from '../words/known-marks.ts'
import { SUBJECT } from '../words/permission-headings.ts'
import { areMembers, isRoleLike, isRoleTitle } from '../words/role-name.ts'
import { accessOf, isOperationWord, operationId } from '../words/vocabulary.ts'
import { copied } from './text.ts'

/** What the headings of a table's columns say by themselves. */
export interface Titles {
  /** Near enough as the parser has them. */
  texts: readonly string[]
  /** That the table may matter whatever it holds. */
  matter: boolean
  /** That it may where it holds a mark. */
  markable: boolean
  /** That they name roles, or speak of permissions. */
  speak: boolean
  /** That one column names what another describes. */
  name: boolean
}

/** Words of cells repeat; a memory of those of a whole repository is bounded. */
const MOST_BEGINNINGS = 20_000
const SPACE = 32

/** Words that stand beside a level: “Read access”, “read and write”. */
const LEVEL_WORD = /^(?:access|and|control|only|or|permissions?)$/i

/** The words and marks of some settings. Each answer holds for what the parser would make of the text as well, or errs towards yes. */
export class ScanVocabulary {
  readonly #settings: Settings
  readonly #wide: RegExp
  readonly #narrow: RegExp
  readonly #marks: ReadonlySet<string>
  readonly #levels: ReadonlySet<string>
  /** The words that a mark or a level of access may begin with, and others that were met, in lower case. */
  readonly #beginnings: Map<string, boolean>
  /** What was found out about headers, by their cells. */
  readonly titles = new Map<string, Titles>()
  /** What includes a partial. */
  readonly component: string

  constructor(settings: Settings) {
    this.#settings = settings
    const marks = [...knownMarks(settings).keys()]
    this.#marks = new Set([...marks, 'x'])
    const signs = marks.filter((mark) => !/^[\p{L}\p{N}][^[\]:]*$|^\p{Pd}+$/u.test(mark))
    this.#wide = anyOf(signs.filter((sign) => !isAscii(sign)))
    // A plus alone stands in any text; where it fills a cell, it is a sign like another.
    this.#narrow = anyOf(signs.filter((sign) => isAscii(sign) && sign.length > 1))
    const levels = Object.keys(settings.vocabulary.levelsOfAccess).flatMap((name) => name.split(/[^a-z]+/))
    this.#levels = new Set([...levels, 'no', 'none'])
    const beginnings = [...marks, ...levels, 'crud', 'n', 'no', 'none', 'r', 'read', 'ro', 'rw', 'w', 'x']
    this.#beginnings = new Map(beginnings.map((text) => [/^[a-z]*/.exec(text)?.[0] ?? '', true]))
    this.component = settings.partials.component
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Whether a word ends or begins in a known operation: `create`, `snapshotGet`, `listKeys`. */
  isOperation(word: string): boolean {
    return accessOf(word, this.#settings) !== null
  }

  /** Whether a heading of a column is an operation: `Create`, `Snapshot Create`. */
  isOperationHeading(text: string): boolean {
    return this.isOperation(operationId(text))
  }

  /** Whether a word is an operation as the vocabulary writes it. */
  isBareOperation(word: string): boolean {
    return isOperationWord(word, this.#settings)
  }

  /** Whether a name speaks of permissions or is that of a role. */
  speaks(name: string): boolean {
    return SUBJECT.test(name) || isRoleLike(name, this.#settings)
  }

  /** Whether a sentence begins with what is done, and to what: `Can view docks`. */
  isDeed(text: string): boolean {
    return deedIn(text, this.#settings) !== null || saysDeed(text.replace(MAY, ''), { settings: this.#settings })
  }

  /** Whether a name is a word for a role: `Owner`, `Dock Viewer`. */
  isRole(name: string): boolean {
    return name !== '' && isRoleTitle(name, this.#settings)
  }

  /** Whether a few words are a word for a role. */
  isName(words: string): boolean {
    return !/^(?:\S+ ){6}/.test(words) && this.isRole(words)
  }

  /** Whether a heading may be the name of one role, with a remark behind it. */
  isOneRole(heading: string): boolean {
    return this.isRole(heading.replace(/\s?\([^()]*\)$/, '').replace(/['"‘’“”]/g, ''))
  }

  /** The same for the heading of a column, which is a role's with more words. */
  titleSpeaks(title: string): boolean {
    return this.speaks(title) || isRoleTitle(title, this.#settings)
  }

  /** Whether some columns, or rows, of a table are called like those who share a workspace. */
  nameMembers(titles: readonly string[]): boolean {
    const names = titles.filter((title) => title !== '' && title.length < 80 && isRoleTitle(title, this.#settings))
    return names.length > 1 && names.some((name) => areMembers([name, name], this.#settings))
  }

  /** Whether a cell may give a level of access: `RW`, `read/write`, `Full`, operations in a list; each with a condition or without. */
  isLevel(cell: string): boolean {
    const text = cell.includes('(') ? cell.replace(/\([^()]*\)/g, ' ') : cell
    if (text.length > 80 || text === '') return false
    if (/^[A-Za-z]{1,2}$/.test(text)) return true
    const isLevel = (word: string) => /^[A-Z]{1,6}$/.test(word) || this.#isOfLevel(word)
    const [first] = /[A-Za-z]+/.exec(text) ?? []
    return first !== undefined && isLevel(first) && text.split(/[^A-Za-z]+/).every(isLevel)
  }

  /**
   * Whether a cell begins with a plain word that no mark and no level of access begins with, and goes on behind it: it is neither,
   * as most cells of prose.
   */
  saysMore(cell: string): boolean {
    let start = 0
    while (cell.charCodeAt(start) === SPACE) start++
    let end = start
    while (isLetter(cell.charCodeAt(end))) end++
    if (end - start < 2 || cell.charCodeAt(end) !== SPACE || !isLetter(cell.charCodeAt(end + 1))) return false
    const word = cell.slice(start, end)
    let begins = this.#beginnings.get(word)
    if (begins === undefined) {
      begins = this.#beginnings.get(word.toLowerCase()) === true || this.#isOfLevel(word)
      if (this.#beginnings.size >= MOST_BEGINNINGS) return !begins
      this.#beginnings.set(copied(word), begins)
    }
    return !begins
  }

  #isOfLevel(word: string): boolean {
    return word === '' || LEVEL_WORD.test(word) || this.#levels.has(word.toLowerCase()) || this.isOperation(word)
  }

  /** Whether a tick or cross stands anywhere in a row; words and dashes are marks only where they fill a cell. */
  holdsSign(row: string): boolean {
    return (!isAscii(row) && this.#wide.test(row)) || this.#narrow.test(row)
  }

  /** Whether a text is a known mark as a whole, in lower case. */
  isMark(text: string): boolean {
    return this.#marks.has(text)
  }
}

const known = new WeakMap<Settings, ScanVocabulary>()

/** The vocabulary of some settings: made once for each of them, and forgotten with them. */
export function scanVocabulary(settings: Settings): ScanVocabulary {
  let vocabulary = known.get(settings)
  if (!vocabulary) {
    vocabulary = new ScanVocabulary(settings)
    known.set(settings, vocabulary)
  }
  return vocabulary
}

function isAscii(text: string): boolean {
  return !/[^ -~\t]/.test(text)
}

function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = [...texts].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map(escaped).join('|') || '(?!)', 'iu')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
