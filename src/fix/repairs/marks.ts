import { decodeString } from 'micromark-util-decode-string'
import type { Edit, Fix } from '../../diagnostic.ts'
import type { Cell } from '../../parse/blocks/cells.ts'
import { readLegend } from '../../parse/blocks/legend.ts'
import type { ReadBlock } from '../../parse/read.ts'
import { knownMarks, normalMark } from '../../parse/words/known-marks.ts'
import { defineRepair, type RepairInput } from '../repair.ts'
import { alignedBy, type Measure, readWritten } from '../table.ts'

/**
 * Writes marks that look alike and mean the same in one way, as most of the page writes them: in tables that mix them.
 * Marks that a legend names, and signs that may be meant to differ (`●` beside `✓`), are left as they are.
 */
export default defineRepair({
  id: 'marks',
  noun: 'mark',
  counts: 'edits',
  summary: 'Writes the marks of a table that mixes them as most of the page does: `✓` and `✔`, `Yes` and `yes`',
  examples: [
    {
      name: 'two kinds of ticks and crosses',
      before:
        '## Dock Admin\n\n| | Get | List | Delete |\n| - | - | - | - |\n| dock | ✓ | ✔ | ✗ |\n| pier | ✓ | ✓[^1] | ❌ |\n',
      after:
        '## Dock Admin\n\n| | Get | List | Delete |\n| - | - | - | - |\n| dock | ✓ | ✓ | ✗ |\n| pier | ✓ | ✓[^1] | ✗ |\n',
    },
    {
      name: 'a word among ticks, and the sign of a note',
      before: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓ |\n| pier | Yes | ✔* |\n',
      after: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓ |\n| pier | ✓ | ✓* |\n',
    },
    {
      name: 'signs that may be meant to differ',
      before: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓ |\n| pier | ● | ✓ |\n',
      after: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓ |\n| pier | ● | ✓ |\n',
    },
    {
      name: 'tables that are each of one kind',
      before:
        '## Dock Admin\n\n| | Get |\n| - | - |\n| dock | ✓ |\n\n## Dock User\n\n| | Get |\n| - | - |\n| dock | ✅ |\n',
      after:
        '## Dock Admin\n\n| | Get |\n| - | - |\n| dock | ✓ |\n\n## Dock User\n\n| | Get |\n| - | - |\n| dock | ✅ |\n',
    },
  ],
  fixes(input) {
    const tables = input.blocks.filter(({ block }) => block.kind === 'table').map((read) => readTable(input, read))
    const habit = habitOf(tables.flatMap((table) => table.marks))
    return tables.flatMap((table): Fix[] => {
      const mixed = new Set(Object.keys(ALIKE).filter((kind) => isMixed(kind, table.marks)))
      const kinds = new Set(table.marks.map(({ kind, column }) => `${kind} ${column}`))
      const edits = table.marks.flatMap((mark): Edit[] => {
        const stray = kinds.has(`${INSTEAD[mark.kind]} ${mark.column}`)
        const own = mixed.has(mark.kind) ? habit.own.get(mark.kind) : undefined
        const target = (stray ? habit.instead.get(mark.kind) : undefined) ?? own ?? mark.text
        return target === mark.text || mark.fixed ? [] : [editOf(input, table, mark, target)]
      })
      return edits.length > 0 ? [{ description: 'Write the marks of the table in one way', edits }] : []
    })
  },
})

/** Signs that are one mark in several fonts; by themselves, others may be meant to differ. */
const ALIKE: Record<string, readonly string[]> = {
  tick: ['√', '✓', '✔', '🗸', '✅', ':white_check_mark:', ':heavy_check_mark:'],
  cross: ['✗', '✘', '❌', '✖', '×', ':x:'],
  yes: ['yes', 'y'],
  no: ['no', 'n'],
}
/** What a stray word may be written as, and a stray sign. */
const INSTEAD: Record<string, string> = { tick: 'yes', yes: 'tick', cross: 'no', no: 'cross' }

const KINDS = new Map(Object.entries(ALIKE).flatMap(([kind, marks]) => marks.map((mark) => [mark, kind] as const)))

/** A mark with the sign of a note behind it, as it is written. */
const NOTED =
  /^([^\s\w*[(<\\]+|:\w+:)(\s*(?:\[\^[^\]\s]+\]|<sup>[^<]*<\/sup>|\\?\*{1,3}|[†‡§]{1,3}|\(\w{1,2}\)|[⁰¹²³⁴-⁹]{1,2}))$/u

interface WrittenMark {
  /** As it is written, without the sign of a note. */
  text: string
  kind: string
  column: number
  /** 0-based offset. */
  start: number
  /** Whether a legend speaks of it. */
  fixed: boolean
}

interface MarkedTable {
  marks: WrittenMark[]
  /** How its pipes are aligned, if they are. */
  measure: Measure | null
}

function readTable(input: RepairInput, read: ReadBlock): MarkedTable {
  const { grid, markColumns, marks: reader } = read.input
  const legend = readLegend(read.block, grid, input.settings)
  const marks: WrittenMark[] = []
  const seen = new Set<Cell>()
  for (const { cells } of grid.rows) {
    for (const column of markColumns) {
      const cell = cells[column]
      if (!cell || cell.text === '' || seen.has(cell)) continue
      seen.add(cell)
      const { kind } = reader.read(cell)
      const start = input.offset(cell.span.line, cell.span.column)
      const end = input.offset(cell.span.endLine, cell.span.endColumn)
      const source = input.page.file.text.slice(start, end)
      const mark = markIn(input, source)
      const wanted = mark && (KINDS.get(mark.normal) === 'tick' || KINDS.get(mark.normal) === 'yes')
      if (!mark || (mark.plain && kind !== (wanted ? 'granted' : 'denied'))) continue
      if (kind === 'unknown' || kind === 'blank' || kind === 'not-applicable') continue
      marks.push({
        text: mark.text,
        kind: KINDS.get(mark.normal) as string,
        column,
        start,
        fixed: legend.has(mark.normal) || legend.has(normalMark(cell.text)),
      })
    }
  }
  const table = readWritten(read.block)
  return { marks, measure: table && alignedBy(read.block, table) }
}

/** The mark that a cell's source is, or begins with where the sign of a note follows. */
function markIn(input: RepairInput, source: string): { text: string; normal: string; plain: boolean } | null {
  if (source.length > 64) return null
  const noted = NOTED.exec(source)
  const text = noted?.[1] ?? source
  const normal = normalMark(/^&#?\w+;$/.test(text) ? decodeString(text) : text)
  const meaning = knownMarks(input.settings).get(normal)
  const kind = KINDS.get(normal)
  if (!kind || meaning !== (kind === 'tick' || kind === 'yes' ? 'granted' : 'denied')) return null
  return { text, normal, plain: !noted }
}

function isMixed(kind: string, marks: readonly WrittenMark[]): boolean {
  return new Set(marks.filter((mark) => mark.kind === kind).map(({ text }) => text)).size > 1
}

interface Habit {
  /** By kind, the spelling that most of the page's marks of this kind have. */
  own: Map<string, string>
  /** By kind, what a stray mark of it is to be written as: where more than half of the page's marks of both kinds are that. */
  instead: Map<string, string>
}

function habitOf(page: readonly WrittenMark[]): Habit {
  const habit: Habit = { own: new Map(), instead: new Map() }
  for (const [kind, instead] of Object.entries(INSTEAD)) {
    const own = page.filter((mark) => mark.kind === kind)
    const others = page.filter((mark) => mark.kind === instead)
    const [text] = mostOften(own) ?? []
    const [other, times = 0] = mostOften(others) ?? []
    if (text !== undefined) habit.own.set(kind, text)
    if (other !== undefined && times * 2 > own.length + others.length) habit.instead.set(kind, other)
  }
  return habit
}

/** The spelling that stands there most often, of several the first. */
function mostOften(marks: readonly WrittenMark[]): [text: string, times: number] | null {
  const counts = new Map<string, number>()
  for (const { text } of marks) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0] ?? null
}

/** Writes a mark; in a table whose pipes are aligned, it takes or gives spaces behind it. */
function editOf(input: RepairInput, { measure }: MarkedTable, mark: WrittenMark, target: string): Edit {
  const { text } = input.page.file
  const end = mark.start + mark.text.length
  const wider = measure ? measure(target) - measure(mark.text) : 0
  const spaces = /^ */.exec(text.slice(end, end + 512))?.[0].length ?? 0
  if (wider === 0 || spaces === 0 || (wider > 0 && spaces <= wider)) return input.edit(mark.start, end, target)
  return input.edit(mark.start, end + spaces, target + ' '.repeat(spaces - wider))
}
