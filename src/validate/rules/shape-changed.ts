import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'shape-changed',
  category: 'structure',
  severity: 'error',
  summary: 'A page holds far fewer facts than when its shape was last accepted',
  docs: `
A table that grows a column or a heading that is renamed can cost a whole page of facts without any single finding. Where
a \`rolebook.manifest.json\` is committed, it holds the number of roles, grants, policies and actions of each page and the
dialect of its blocks. The check fails when a page's numbers collapse (nothing left of a kind, or less than half and at
least five facts gone), when a page vanishes, or when its blocks are read by another dialect.

The manifest says that a page held 16 grants. This is reported, since its columns are no operations any more and nothing is
left of them; with a row more or two rows less it would not be:

\`\`\`markdown
|  | Creation | Reading |
| --- | --- | --- |
| dock |  |  |
\`\`\`

**To fix it**, mend the page; or, where the change is meant, run \`rolebook manifest\` and commit the file.
`,
  examples: [],
})
