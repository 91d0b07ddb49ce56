import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'input-limit',
  category: 'structure',
  severity: 'error',
  summary: 'A page is larger or more deeply nested than Rolebook reads',
  docs: `
A file of many megabytes, a line of a million characters, or thousands of quotes or marks inside of each other are no
page that somebody wrote. Parsers take minutes over some of them. Rolebook reads nothing of such a page, says so, and
reads all others.

The limits are \`limits\` in the config:

| Setting | Default | What it counts |
| --- | --- | --- |
| \`fileBytes\` | 20,000,000 | bytes of a file |
| \`lineLength\` | 1,000,000 | characters of a line |
| \`nesting\` | 100 | quotes and lists that begin on one line |
| \`inlineMarks\` | 5,000 | \`*\`, \`_\`, \`~\` and \`[\` in a paragraph, or in a row of a table |
| \`panels\` | 20 | tabs and panels inside of each other; what they hold is read, as if the outermost were not there |

One limit can't be set: a page with more than 3,000 quotes, or more than 2,500 lines that go on with one quote or item
without its mark, is not read where something else in it needs the slower of the two parsers.

**To fix it**, split the page, or leave the file out with \`exclude\`. **Raise the limit** where a page is meant to be so
large.
`,
  examples: [
    {
      name: 'a hundred and one quotes',
      mdx: `## Cluster Viewer\n\n${'> '.repeat(101)}deep\n\n- cluster.get\n`,
      expect: ['3:1'],
    },
    {
      name: 'a hundred quotes',
      mdx: `## Cluster Viewer\n\n${'> '.repeat(100)}deep\n\n- cluster.get\n`,
      expect: [],
    },
    {
      name: 'a list in twenty-one panels',
      mdx: `${Array.from({ length: 21 }, (_, i) => `<Panel title="Viewer ${i}">`).join('\n\n')}\n\n- cluster.get\n\n${'</Panel>\n\n'.repeat(21)}`,
      expect: ['43:1'],
    },
  ],
})
