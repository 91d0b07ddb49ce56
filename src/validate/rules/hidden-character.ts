import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'hidden-character',
  category: 'structure',
  severity: 'warning',
  summary: 'A key, a heading or a mark of a permission table holds characters that nobody sees',
  docs: `
A zero-width space or a soft hyphen in a key comes with text that was copied from a web page. The page looks right, a
search for the key doesn't find it, and a program that is given the copied key refuses it. Rolebook reads the key without
them.

Text between tables and lists is left out, and so are the joiners inside emoji.

**To fix it**, delete the characters: type the word anew. **Accept it** where a script needs them, as a mark of direction.
`,
  examples: [
    {
      name: 'a zero-width space in a key',
      mdx: '## Cluster Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| clus\u200Bter | √ | √ |\n',
      expect: ['5:3'],
    },
    {
      name: 'a zero-width space in the text',
      mdx: '## Cluster Admin\n\nRuns clus\u200Bters.\n\n|  | Create | Get |\n| --- | --- | --- |\n| cluster | √ | √ |\n',
      expect: [],
    },
  ],
})
