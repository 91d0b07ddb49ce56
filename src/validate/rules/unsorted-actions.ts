import { compareText, type Fix } from '../../diagnostic.ts'
import { reorderOf, Texts } from '../policies/lines.ts'
import { listsOf, type PlacedAction, statementsOf } from '../policies/statements.ts'
import { defineRule } from '../rule.ts'

/** A list of fewer is read at a glance in any order, and says nothing of its author's habit. */
const FEWEST = 4

export default defineRule({
  id: 'unsorted-actions',
  category: 'policies',
  severity: 'info',
  summary: 'Actions out of order, where most lists of the documentation are sorted',
  docs: `
In a sorted list a reader finds an action at once, and a change of it shows as one line in a review.

Lists of ${FEWEST} and more actions are looked at, and only those of a provider whose lists are sorted for the most part. The order is that of
characters; both with and without regard to case will do.

**To fix it**, sort the list; the fix does where nothing but commas and line breaks stands between the actions. **Accept it** where
the order says something, such as groups by what they are for.
`,
  examples: [
    {
      name: 'one of three lists',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": ["ec2:A", "ec2:B", "ec2:C", "ec2:D"], "Resource": "one"},\n    {"Effect": "Allow", "Action": ["s3:A", "s3:B", "s3:C", "s3:D"], "Resource": "two"},\n    {"Effect": "Allow", "Action": ["iam:B", "iam:A", "iam:C", "iam:D"], "Resource": "three"}\n  ]\n}\n```\n',
      expect: ['9:45'],
    },
    {
      name: 'most lists are in no order',
      mdx: '## Nodes policy\n\n```json\n{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": ["ec2:A", "ec2:B", "ec2:C", "ec2:D"], "Resource": "one"},\n    {"Effect": "Allow", "Action": ["iam:B", "iam:A", "iam:C", "iam:D"], "Resource": "three"}\n  ]\n}\n```\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    const texts = new Texts(reading.pages)
    const all = statementsOf(model).flatMap((placed) =>
      listsOf(placed.statement)
        .filter((list) => list.length >= FEWEST)
        .map((list) => ({ ...placed, list })),
    )
    const providers = Map.groupBy(all, ({ claim }) => claim.provider)
    for (const statements of providers.values()) {
      const unsorted = statements.filter(({ list }) => firstUnsorted(list) !== null)
      if (unsorted.length * 2 >= statements.length) continue
      for (const { policy, statement, list } of unsorted) {
        const first = firstUnsorted(list) as PlacedAction
        const sorted = list.toSorted((a, b) => compareText(lower(a), lower(b)) || compareText(a.action, b.action))
        const spans = list.map(({ span }) => span)
        const edits = reorderOf(
          texts,
          spans,
          sorted.map(({ span }) => span),
        )
        const fix: Fix | null = edits ? { description: 'Sort the actions', edits } : null
        report({
          message: `These actions are in no order, from \`${first.action}\` on; most lists of the documentation are sorted. Sort them.`,
          span: first.span,
          subject: policy.id,
          ids: [statement.sid ?? first.action],
          fix,
        })
      }
    }
  },
})

/** The first action that stands before the one above it, or `null` for a list in order. */
function firstUnsorted(list: readonly PlacedAction[]): PlacedAction | null {
  const outOfOrder = (keyOf: (action: PlacedAction) => string) =>
    list.find((action, i) => {
      const before = list[i - 1]
      return before !== undefined && compareText(keyOf(before), keyOf(action)) > 0
    })
  const first = outOfOrder(lower)
  return first === undefined || outOfOrder(({ action }) => action) === undefined ? null : first
}

function lower({ action }: PlacedAction): string {
  return action.toLowerCase()
}
