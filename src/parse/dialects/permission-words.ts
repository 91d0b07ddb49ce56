import type { Finding } from '../../diagnostic.ts'
import { type Row, readGrid } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { isUnderArea, tablesAlike } from '../tables/areas.ts'
import { pathOf, roleAround } from '../tables/role-table.ts'
import { ACTION, ATTRIBUTE, readShape } from '../tables/shape.ts'
import { hiddenCharacters, raggedRows } from '../tables/table-findings.ts'
import { speaksOfPermissions } from '../unread/subject.ts'
import { saysDeed } from '../words/deeds.ts'
import { orBeginning } from '../words/other-languages.ts'
import { PERMISSION_COLUMN } from '../words/permission-headings.ts'

/** A row for each permission, in words, with what it means: those of the role that the heading names, or of whoever has them. */
export default defineDialect({
  id: 'permission-words',
  summary: 'A table of permissions in words and descriptions, for one role or for whoever has them',
  block: 'table',
  examples: [
    {
      name: 'the permissions of a role',
      mdx: '# Roles\n\n## Dock Admin\n\n| Permission | Description |\n| --- | --- |\n| View docks | Looks at them |\n| Manage crews | Hires and fires |\n',
      expect: ['action: View docks (Dock Admin)', 'action: Manage crews (Dock Admin)'],
    },
    {
      name: 'those that there are',
      mdx: '# Permissions\n\n| Permission | Allows users to |\n| --- | --- |\n| View docks | Look at them |\n| Close all docks | Shut the gates |\n',
      expect: [],
    },
  ],
  score(input) {
    const { header, rows } = input.grid
    const [title, ...others] = header.map((cell) => cell.text)
    if (title === undefined || !PERMISSION_COLUMN.test(title)) return 0
    if (input.markColumns.some((column) => !ATTRIBUTE.test(header[column]?.text ?? ''))) return 0
    if (others.some((text) => !SAYS.test(text) && HOLDER.test(text)) || !speaksOfPermissions(input)) return 0
    const words = others.some((_, i) => holdsSentences(rows.map(({ cells }) => cells[i + 1]?.text ?? '')))
    if (!others.some((text) => SAYS.test(text)) && !words) return 0
    const labels = labelsOf(rows)
    const deeds = labels.filter((label) => saysDeed(label, input))
    if (deeds.length * 3 < labels.length * 2 || deeds.length === 0) return 0
    // One row says little, unless it is one part of a longer list.
    if (deeds.length > 1) return 0.6
    const all = tablesAlike(input).flatMap((table) => labelsOf(readGrid(table).rows))
    return all.filter((label) => saysDeed(label, input)).length > 1 ? 0.6 : 0
  },
  read(input) {
    const columns = input.grid.header.map((_, column) => column).slice(1)
    const block = input.surroundings
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [0])]
    for (const { cells, closed, span } of input.grid.rows) {
      if (cells.length >= input.grid.header.length || cells.length < 2 || !closed) continue
      const message = `This row has ${cells.length} cells and the header ${input.grid.header.length}, so its permission may hold what stands beside it. Write all of its cells.`
      const ids = [input.block.page.file.path, block.names[0]?.text ?? '', cells[0]?.text ?? '']
      findings.push({ ruleId: 'ragged-row', message, span, subject: null, ids })
    }
    const said = input.grid.header.findIndex(({ text }, column) => column > 0 && SAYS.test(text))
    const role = isUnderArea(input) ? null : roleAround(input)
    const claims = readShape(input, columns, ACTION).lines.map(({ row, label, path }): Claim => {
      const description = row.cells[said]?.text || null
      const about = { block, action: label.text, path: [...pathOf(input), ...path], description }
      const evidence = input.evidence(label.span)
      return role === null
        ? { kind: 'listed-action', ...about, roles: [], evidence }
        : { kind: 'action', ...about, role, effect: 'granted', note: null, evidence }
    })
    return { value: claims, findings }
  },
})

function labelsOf(rows: readonly Row[]): string[] {
  return rows.filter((row) => !row.wide).flatMap((row) => row.cells[0]?.text || [])
}

/** Headings of who holds a permission, which is more than what it means. */
const HOLDER = /\b(?:access|groups?|levels?|plans?|roles?|users?|who)\b/i

/** Whether most of the texts of a column are words in a row. */
function holdsSentences(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== '')
  return filled.length > 0 && filled.filter((text) => /\p{L} \p{L}/u.test(text)).length * 2 > filled.length
}

/** Headings of what a permission means. */
const SAYS = orBeginning(
  /^(?:allows?|can|descriptions?|details|effect|enables?|explanation|grants?|lets|meaning|purpose|reasons?|what it|what this|why)\b/i,
  'description',
)
