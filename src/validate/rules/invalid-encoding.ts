import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'invalid-encoding',
  category: 'structure',
  severity: 'error',
  summary: 'A page that is no UTF-8',
  docs: `
Markdown is read as UTF-8, by Rolebook as by every site generator. In a page that was saved as Latin-1 or Windows-1252 each
accented letter becomes \`�\`, and with it the name of a role or a resource; of a page in UTF-16 nothing can be read.
The finding stands at the first character that was lost. \`rolebook fix\` never writes such a page.

Saved as Latin-1, the heading \`## Zuständiger Admin\` is reported at the \`ä\`, and names a role \`Zust�ndiger Admin\`;
saved as UTF-8 it is not. A \`�\` that the author wrote, in a page that is UTF-8, is a character like others.

**To fix it**, save the page as UTF-8: \`iconv -f WINDOWS-1252 -t UTF-8 page.md\`.
`,
  examples: [],
})
