import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'
import { blockIds, inputOf, ownBlocks, roleOf } from '../shared/tables.ts'

/** Dialects of tables whose columns say what a mark is about. */
const TABLES = new Set(['resource-by-operation', 'resource-by-role', 'role-by-action', 'action-by-role'])

export default defineRule({
  id: 'column-order',
  category: 'structure',
  severity: 'info',
  summary: 'A table has its columns in another order than most tables of its page',
  docs: `
Tables that stand under each other are read, and edited, by position: the third column is “Get” everywhere but here. Rows
that are copied from a table beside it bring their marks in the wrong columns, and nothing looks wrong. Rolebook reads each
table by its own header, so the model holds what this table says.

Compared are the tables of one page that are read alike and have the same columns, three or more, besides that of the
labels. At least two of them, and more than half, must agree on an order. Which of two tables is out of order can't be told.

**To fix it**, bring the columns in the order of the others, with their marks, and check each row against what the role is
for. **Accept it** where the order is meant.
`,
  examples: [
    {
      name: 'two columns exchanged',
      mdx: [
        ...['Admin', 'Editor'].map(
          (name) => `## ${name}\n\n|  | Create | Delete | Get |\n| --- | --- | --- | --- |\n| cluster | ✓ | ✓ | ✓ |\n`,
        ),
        '## Viewer\n\n|  | Create | Get | Delete |\n| --- | --- | --- | --- |\n| cluster |  | ✓ |  |\n',
      ].join('\n'),
      expect: ['15:15'],
    },
    {
      name: 'other columns',
      mdx: [
        ...['Admin', 'Editor'].map(
          (name) => `## ${name}\n\n|  | Create | Delete | Get |\n| --- | --- | --- | --- |\n| cluster | ✓ | ✓ | ✓ |\n`,
        ),
        '## Viewer\n\n|  | Create | Get | List |\n| --- | --- | --- | --- |\n| cluster |  | ✓ | ✓ |\n',
      ].join('\n'),
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const tables = ownBlocks(reading).flatMap((read) => {
      if (read.block.kind !== 'table' || !TABLES.has(read.dialect)) return []
      const header = inputOf(read).grid.header.slice(1)
      const titles = header.map(({ text }) => text.toLowerCase())
      if (titles.length < 3 || titles.includes('') || new Set(titles).size < titles.length) return []
      const alike = JSON.stringify([read.block.page.file.path, read.dialect, titles.toSorted()])
      return [{ read, header, order: JSON.stringify(titles), alike }]
    })
    for (const siblings of Map.groupBy(tables, ({ alike }) => alike).values()) {
      const orders = [...Map.groupBy(siblings, ({ order }) => order).values()].sort((a, b) => b.length - a.length)
      const [usual] = orders
      const first = usual?.[0]
      if (!usual || !first || usual.length < 2 || usual.length * 2 <= siblings.length) continue
      for (const { read, header, order } of siblings) {
        if (order === first.order) continue
        const at = header.findIndex(({ text }, i) => text.toLowerCase() !== first.header[i]?.text.toLowerCase())
        const [cell, expected] = [header[at], first.header[at]]
        if (!cell || !expected) continue
        report({
          message: `\`${cell.text}\` stands here where ${usual.length} of the ${siblings.length} tables with these columns on this page have \`${expected.text}\`. Their order is ${first.header.map(({ text }) => text).join(', ')}. Bring the columns in one order, with their marks.`,
          span: cell.span,
          subject: roleOf(read, model),
          ids: blockIds(read),
          related: [{ ...placeOf(expected.span), note: 'the usual order' }],
        })
      }
    }
  },
})
