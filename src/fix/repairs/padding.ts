import type { Edit } from '../../diagnostic.ts'
import { greatest } from '../../lists.ts'
import { defineRepair, type RepairInput } from '../repair.ts'
import { alignedBy, columnsOf, isRegular, readWritten, type WrittenCell, type WrittenTable } from '../table.ts'

/**
 * Pads cells with spaces so that pipes stand in lines. A table whose pipes do, by columns or by characters, is left as it
 * is; so is one with tabs, one with rows of different lengths, and one that would become too wide to read.
 */
export default defineRepair({
  id: 'padding',
  noun: 'table',
  counts: 'blocks',
  summary: 'Pads the cells of a table so that its pipes stand in lines',
  examples: [
    {
      name: 'a table that is not padded',
      before: '## Dock Admin\n\n| | Get | List |\n| --- | :-: | ---: |\n| **dock** | ✓ | ✅ |\n',
      after: '## Dock Admin\n\n|          | Get | List |\n| -------- | :-: | ---: |\n| **dock** |  ✓  |   ✅ |\n',
    },
    {
      name: 'one row that stands out',
      before: '## Dock Admin\n\n|        | Get   |\n|--------|-------|\n| dock   | ✓     |\n| pier | ✓ |\n',
      after: '## Dock Admin\n\n|        | Get   |\n|--------|-------|\n| dock   | ✓     |\n| pier   | ✓     |\n',
    },
    {
      name: 'a table that is padded by characters',
      before: '## Dock Admin\n\n|      | Get |\n| ---- | --- |\n| dock | ✅   |\n| pier |     |\n',
      after: '## Dock Admin\n\n|      | Get |\n| ---- | --- |\n| dock | ✅   |\n| pier |     |\n',
    },
  ],
  fixes(input) {
    return input.blocks.flatMap(({ block }) => {
      const table = readWritten(block)
      if (!table || !isRegular(table) || alignedBy(block, table)) return []
      const { text } = input.page.file
      const prefix = table.header.prefix
      const indented = table.rows.every((row) => row.prefix === prefix || columnsOf(row.prefix) === columnsOf(prefix))
      const tabbed = table.rows.some((row) => text.slice(row.start, row.end).includes('\t'))
      const mixed = table.rows.some((row) => row.prefix !== prefix && (row.prefix + prefix).includes('\t'))
      if (!indented || tabbed || mixed) return []
      const edits = paddingOf(input, table)
      return edits.length > 0 ? [{ description: 'Pad the table', edits }] : []
    })
  },
})

/** Wider than this no table is made: its rows would be lines that nobody reads. */
const WIDEST = 200

type Align = 'left' | 'right' | 'center'

interface Column {
  width: number
  align: Align
}

function paddingOf(input: RepairInput, table: WrittenTable): Edit[] {
  const { text } = input.page.file
  const contentOf = ({ start, end }: WrittenCell) => text.slice(start, end).replace(/^ +|(?<! ) +$/g, '')
  const columns = table.header.cells.map((_, column) => columnOf(text, table, column, contentOf))
  const lines = [table.header, table.delimiter].map(({ start, end }) => columnsOf(text.slice(start, end)))
  if (columns.reduce((sum, { width }) => sum + width + 1, 1) > greatest(lines, WIDEST)) return []
  const spaced = table.delimiter.cells.some(({ start, end }) => text.slice(start, end).includes(' '))
  const edits: Edit[] = []
  for (const row of table.rows) {
    row.cells.forEach((cell, i) => {
      const { width, align } = columns[i] as Column
      const written = text.slice(cell.start, cell.end)
      if (columnsOf(written) === width && /^ (?:.* )?$|^ ?:?-+:? ?$/.test(written)) return
      const content = contentOf(cell)
      const padded = row === table.delimiter ? hyphens(content, width, spaced) : pad(content, width, align)
      edits.push(input.edit(cell.start, cell.end, padded))
    })
  }
  return edits
}

/** A column's width, padding included: what most of its cells have, if that is enough, else what the widest needs. */
function columnOf(text: string, table: WrittenTable, column: number, contentOf: (cell: WrittenCell) => string): Column {
  const cells = table.rows.map((row) => row.cells[column] as WrittenCell)
  const words = cells.filter((_, i) => table.rows[i] !== table.delimiter)
  const needed =
    greatest(
      words.map((cell) => columnsOf(contentOf(cell))),
      3,
    ) + 2
  const counts = new Map<number, number>()
  for (const { start, end } of cells) {
    const width = columnsOf(text.slice(start, end))
    counts.set(width, (counts.get(width) ?? 0) + 1)
  }
  const [most = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  const width = most >= needed && times * 2 > cells.length ? most : needed
  const hyphens = contentOf(cells[1] as WrittenCell)
  const written = hyphens.endsWith(':') ? (hyphens.startsWith(':') ? 'center' : 'right') : 'left'
  // Many who centre a column do not centre its text.
  const loose = words.filter(({ start, end }) => columnsOf(text.slice(start, end)) === width)
  const leftmost = loose.filter(({ start, end }) => /^ \S.* {3}$/.test(text.slice(start, end)))
  return { width, align: leftmost.length > 0 ? 'left' : written }
}

function pad(content: string, width: number, align: Align): string {
  const room = Math.max(0, width - 2 - columnsOf(content))
  const left = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0
  return ` ${' '.repeat(left)}${content}${' '.repeat(room - left)} `
}

function hyphens(content: string, width: number, spaced: boolean): string {
  const [left, right] = [content.startsWith(':') ? ':' : '', content.endsWith(':') ? ':' : '']
  const room = width - (spaced ? 2 : 0) - left.length - right.length
  const line = `${left}${'-'.repeat(Math.max(1, room))}${right}`
  return spaced ? ` ${line} ` : line
}
