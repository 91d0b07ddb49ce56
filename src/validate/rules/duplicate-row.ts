import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'
import { type DuplicateRow, duplicateItems, duplicateRows } from '../shared/duplicates.ts'
import { removeLine } from '../shared/remove-line.ts'
import { blockIds, inputOf, ownBlocks, roleOf } from '../shared/tables.ts'

export default defineRule({
  id: 'duplicate-row',
  category: 'structure',
  severity: 'warning',
  summary: 'A table or list of permissions names the same thing twice',
  docs: `
Two rows on one resource come from an edit that added a line and did not see the old one. Where they say the same, the next
edit changes one of them. Where they disagree, nobody can tell which is meant, and the model holds what either grants.

Looked at are the rows of matrices, the rows of tables that name roles or resource keys, and the bullets of lists of
permissions. Rows are told apart by the headings that they stand under in their table and by notes on their labels. Where
a description tells them apart, they are left out as long as their marks agree; where the marks disagree, too, the model
would hold both under one id. Each list or table is looked at by itself: what two lists of a role repeat is left out.

**To fix it**, remove one of the two, or give them labels of their own. \`rolebook fix\` removes a later row or bullet that says exactly the same; where they
disagree, decide which is right. **Accept it** where the product has two things of that name.
`,
  examples: [
    {
      name: 'the same row twice',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | ✓ | ✓ |\n| pack |  | ✓ |\n| Cluster | ✓ | ✓ |\n',
      expect: ['7:3'],
    },
    {
      name: 'two rows that disagree',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | ✓ | ✓ |\n| cluster |  | ✓ |\n',
      expect: ['6:3'],
    },
    {
      name: 'a bullet twice',
      mdx: '## Cluster Viewer\n\n- cluster.get\n- cluster.list\n- cluster.get\n',
      expect: ['5:3'],
    },
    {
      name: 'a role described twice',
      mdx: '| Role Name | Description |\n| --- | --- |\n| Viewer | Reads clusters |\n| Viewer | Reads packs |\n',
      expect: ['4:3'],
    },
    {
      name: 'one label and two descriptions',
      mdx: '| Permission | Description | Admin | Guest |\n| --- | --- | --- | --- |\n| View | Issues | ✓ | ✓ |\n| View | Wikis | ✓ | ✓ |\n',
      expect: [],
    },
    {
      name: 'functions after a column of numbers',
      mdx: '| Phase | Function | Admin | Guest |\n| --- | --- | --- | --- |\n| 1 | View | ✓ | ✓ |\n| 1 | Edit | ✓ | ✗ |\n',
      expect: [],
    },
    {
      name: 'one label under two headings',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| **Issues** | | |\n| View | ✓ | ✓ |\n| **Wikis** | | |\n| View | ✓ | ✗ |\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    for (const read of ownBlocks(reading)) {
      const { block } = read
      if (read.dialect === 'permission-list') {
        for (const { permission, span, first, exact, contradicts } of duplicateItems(read)) {
          const message = contradicts
            ? `\`${permission}\` is ticked in one bullet of this list and not in the other, on line ${first.line}. Keep the right one.`
            : `\`${permission}\` stands in this list already, on line ${first.line}. Remove one of the two.`
          const fix = exact ? removeLine(block.page, span, 'Remove the second bullet') : null
          const related = [{ ...placeOf(first), note: 'the first one' }]
          report({ message, span, subject: roleOf(read, model), ids: [...blockIds(read), permission], related, fix })
        }
        continue
      }
      if (block.kind !== 'table') continue
      for (const duplicate of duplicateRows(read, inputOf(read))) {
        const { label, first, row, removable } = duplicate
        const isMarkdown = 'type' in block.node
        report({
          message: messageOf(duplicate),
          span: label.span,
          subject: roleOf(read, model),
          ids: [...blockIds(read), ...first.path, label.text],
          related: [{ ...placeOf(first.label.span), note: 'the first row' }],
          fix: removable && isMarkdown ? removeLine(block.page, row.span, 'Remove the second row') : null,
        })
      }
    }
  },
})

function messageOf({ label, first, exact, apart, differences }: DuplicateRow): string {
  const where = `\`${label.text}\` stands in this table already, on line ${first.label.span.line}`
  if (differences.length === 0)
    return `${where}, and the two rows say the same${exact ? '' : ' in other words'}. Remove one of them.`
  const shown = differences.slice(0, 3).map(({ heading, here, there }) => {
    const column = heading === '' ? 'A column without a heading' : `\`${heading}\``
    return here.length > 20 || there.length > 20
      ? column
      : `${column} is ${written(here)} here and ${written(there)} there`
  })
  const more = differences.length > 3 ? `, and ${differences.length - 3} more` : ''
  const disagree = shown.every((text) => !text.includes(' is ')) ? 'differ in' : 'disagree:'
  const advice =
    apart === null
      ? 'Keep one, with what is right.'
      : `Say in the label what \`${apart}\` says: the model can't tell them apart.`
  return `${where}, and the two rows ${disagree} ${shown.join(', ')}${more}. ${advice}`
}

function written(text: string): string {
  return text === '' ? 'blank' : `\`${text}\``
}
