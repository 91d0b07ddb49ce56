import type { Edit } from '../../diagnostic.ts'
import type { Block } from '../../parse/page/page.ts'
import { endOfLine } from '../../parse/structure/lines.ts'
import { defineRepair, type RepairInput } from '../repair.ts'
import { readWritten, type WrittenRow, type WrittenTable, widthOfLacking } from '../table.ts'

/**
 * Ends rows with a pipe, in tables most of whose rows end with one. A row whose pipes stand under the header's and that lacks
 * only the last is given its blank cell; any other that lacks cells is left to its finding.
 */
export default defineRepair({
  id: 'rows',
  noun: 'row',
  counts: 'edits',
  summary: 'Closes rows that lack their last pipe, where most rows of the table have it',
  examples: [
    {
      name: 'a row without its last pipe',
      before: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓\n| pier | ✓ | ✓ |\n',
      after: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ | ✓ |\n| pier | ✓ | ✓ |\n',
    },
    {
      name: 'a row without its last, blank cell',
      before: '## Dock Admin\n\n|      | Get | List |\n| ---- | --- | ---- |\n| dock | ✓   |\n| pier | ✓   | ✓    |\n',
      after:
        '## Dock Admin\n\n|      | Get | List |\n| ---- | --- | ---- |\n| dock | ✓   |      |\n| pier | ✓   | ✓    |\n',
    },
    {
      name: 'a row that may have lost a cell',
      before: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓\n| pier | ✓ | ✓ |\n| quay | ✓ | ✓ |\n',
      after: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓\n| pier | ✓ | ✓ |\n| quay | ✓ | ✓ |\n',
    },
    {
      name: 'a row with a space that parts nothing behind its last pipe',
      before: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ |\u00A0 \n| pier | ✓ | ✓ |\n',
      after: '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | ✓ |\u00A0 |\n| pier | ✓ | ✓ |\n',
    },
    {
      name: 'a table that closes no row',
      before: '## Dock Admin\n\n| | Get | List\n| - | - | -\n| dock | ✓ | ✓\n',
      after: '## Dock Admin\n\n| | Get | List\n| - | - | -\n| dock | ✓ | ✓\n',
    },
  ],
  fixes(input) {
    return input.blocks.flatMap(({ block }) => {
      const table = readWritten(block)
      if (!table || table.rows.filter(({ closed }) => closed).length * 2 <= table.rows.length) return []
      const edits = table.rows.flatMap((row) => closing(input, block, table, row) ?? [])
      return edits.length > 0 ? [{ description: 'Close the rows', edits }] : []
    })
  },
})

function closing(input: RepairInput, block: Block, table: WrittenTable, row: WrittenRow): Edit | null {
  const { text } = input.page.file
  const limit = endOfLine(text, row.end)
  // Where a tag or a comment ends the row, its author may have meant more than we see.
  if (text.slice(row.end, limit).trim() !== '') return null
  // Spaces at the end were the padding of the cell that was not closed.
  if (!row.closed && row.cells.length === table.header.cells.length)
    return input.edit(limit, limit, limit > row.end ? '|' : ' |')
  const width = row === table.delimiter ? null : widthOfLacking(block, table, row)
  return width === null ? null : input.edit(row.end, limit, `${' '.repeat(width)}|`)
}
