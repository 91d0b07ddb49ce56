import { placeOf } from '../../parse/source.ts'
import { plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import type { MatrixRow } from '../shared/matrices.ts'
import { type ShiftedRow, shiftedTables } from '../shared/shifted.ts'

export default defineRule({
  id: 'shifted-marks',
  category: 'roles',
  severity: 'warning',
  summary: "A row's marks are those of its siblings, moved to other columns",
  docs: `
A mark that slips by two columns turns Get and List into Create and Delete. The page still looks well, and the published
role says that it may destroy what it may only see.

A row is reported when it has two marks or more, none of them on a read operation, and when the same marks moved by some
columns are exactly what its siblings have: the row of the same resource in two or more other roles of the page, or more
than half of the other rows of the same table (three at least). Where all rows of a table are shifted there is one
finding for the table. Roles that say they only read are left out: \`read-only-role-writes\` reports each of their marks.

**To fix it**, move the marks of the row to the columns that the finding names. **Accept it** where the product's role
really differs from its siblings in this way.
`,
  examples: [
    {
      name: 'a row that slipped by two columns',
      mdx: '## Dock Admin\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| dock | √ | √ | √ | √ |\n| crane | √ | √ |  |  |\n\n## Dock Editor\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| dock |  |  | √ | √ |\n| crane |  |  | √ | √ |\n\n## Dock Viewer\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| crane |  |  | √ | √ |\n',
      expect: ['6:11'],
    },
    {
      name: 'siblings that write too',
      mdx: '## Dock Admin\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| dock | √ | √ | √ | √ |\n| crane | √ | √ |  |  |\n\n## Dock Editor\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| crane | √ | √ | √ | √ |\n\n## Dock Operator\n\n|  | Create | Delete | Get | List |\n| --- | --- | --- | --- | --- |\n| crane | √ | √ | √ | √ |\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    for (const { matrix, shifted } of shiftedTables(model, reading)) {
      const [first] = shifted
      if (!first) continue
      if (shifted.length >= 3 && shifted.length === matrix.rows.length) {
        const { role } = first.row
        report({
          message: `All ${plural(shifted.length, 'row')} of \`${role.name}\` mark write operations alone, such as ${written(first.row)} on \`${first.row.resource}\`, where other roles have ${namesOf(first.expected)}. The marks of this table stand in the wrong columns: move them.`,
          span: firstSpan(first.row),
          subject: role.id,
          ids: ['table', ...shifted.map(({ row }) => row.resource)],
          related: relatedOf(first),
        })
        continue
      }
      for (const entry of shifted) {
        const { row, expected, siblings, like } = entry
        const who =
          like === 'resource'
            ? `${plural(siblings.length, 'other role')} of this page have only ${namesOf(expected)} on it`
            : `${siblings.length} other rows of this table mark only ${namesOf(expected)}`
        const columns = plural(Math.abs(entry.by), 'column')
        const side = entry.by > 0 ? 'left' : 'right'
        report({
          message: `\`${row.role.name}\` marks ${written(row)} on \`${row.resource}\` and no read operation, while ${who}. Move the marks of this row ${columns} to the ${side}.`,
          span: firstSpan(row),
          subject: row.role.id,
          ids: [row.resource],
          related: relatedOf(entry),
        })
      }
    }
  },
})

function written(row: MatrixRow): string {
  return namesOf(row.grants.map((grant) => grant.operation as string))
}

function namesOf(operations: readonly string[]): string {
  const names = operations.map((operation) => `\`${operation}\``)
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}

function firstSpan(row: MatrixRow) {
  return (row.grants[0] as MatrixRow['grants'][number]).evidence.span
}

function relatedOf({ siblings, expected }: ShiftedRow) {
  return siblings.slice(0, 3).map((row) => ({
    ...placeOf(firstSpan(row)),
    note: `\`${row.role.name}\` has ${namesOf(expected)} on \`${row.resource}\` here`,
  }))
}
