import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'last-update-stale',
  category: 'policies',
  severity: 'warning',
  summary: 'A policy that was changed after the day of its “Last Update” line',
  docs: `
Readers who applied a policy look at its “Last Update” line to see whether to apply it again. A line that was left behind tells them
that nothing changed.

\`rolebook check\` asks git when the lines of the policy were last changed, white space aside, and compares the latest day
with the one that is written. A line that was changed on the day of the policy's last change, or after it, is believed, because a
change is often merged days after it was written. Left out are policies without such a line, lines that are not committed yet,
and what is older than a shallow clone. Days are those of the commits' authors, in UTC.

This is reported, where git says that the action came in a commit of 3 June 2026:

\`\`\`markdown
**Last Update**: January 5, 2026

- ec2:RunInstances
\`\`\`

With \`**Last Update**: June 3, 2026\`, or a later day, it is not.

**To fix it**, write the day of the change. **Accept it** where the change was one of form alone.
`,
  examples: [],
})
