import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unrecognised-block',
  category: 'structure',
  severity: 'warning',
  summary: 'A block looks like permissions, and no dialect reads it',
  docs: `
Nothing is lost in silence: what looks like permissions is in the model or is reported here. The block may be written in
a way that Rolebook does not know, or may not be about permissions at all.

**To fix it**, write the table or list in one of the known dialects. **Accept it** where it is not about permissions.
`,
  examples: [
    {
      name: 'an item that is no permission',
      mdx: '## Cluster Viewer\n\n- cluster.get\n- everything else\n',
      expect: ['4:3'],
    },
  ],
})
