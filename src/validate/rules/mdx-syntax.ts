import { defineRule } from '../rule.ts'
import { mdxError } from '../shared/mdx.ts'

export default defineRule({
  id: 'mdx-syntax',
  category: 'structure',
  severity: 'off',
  summary: 'A page that strict MDX refuses',
  docs: `
Rolebook reads pages as their author meant them, so a page that MDX refuses costs no fact. The site that shows the page
does not build, though, and other tools (editors, translators, formatters) stop at the same place. This rule asks the
parser of MDX itself and hands on what it says. Nothing in the page is run: JavaScript in braces is parsed alone.

Only pages whose names end in \`.mdx\` are looked at, and only the first error of each: what stands after an error means
something else once it is corrected. Pages of more than a million characters, or with thousands of quotes, are named
and not checked.

The rule is off unless the config turns it on: a site may allow more than MDX does. Docusaurus, for one, takes
\`{#id}\` in headings and HTML comments out of the page before MDX sees it, unless \`markdown.mdx1Compat\` says otherwise.

**To fix it**, write what the message says. A \`<\` or \`{\` that is meant as text takes a backslash before it, or stands in
a code span. **Accept it** by leaving the rule off where your site reads its pages by a preprocessor of its own.
`,
  examples: [
    { name: 'an HTML comment', mdx: '# Roles\n\n<!-- to do -->\n\n- cluster.get\n', expect: ['3:2'] },
    { name: 'a placeholder', mdx: '## Viewer\n\nLogs in as <user-name> at first.\n', expect: ['3:12'] },
    {
      name: 'a tab that is not closed',
      mdx: '<Tabs>\n<TabItem label="Viewer">\n\n- cluster.get\n\n</Tabs>\n',
      expect: ['6:1'],
    },
    {
      name: 'a page of valid MDX',
      mdx: '---\ntitle: <Roles> {of all}\n---\n\n## Viewer {/* #viewer */}\n\n<br />\n\n- cluster.get\n',
      expect: [],
    },
    {
      name: 'a page that is no MDX',
      mdx: '# Roles\n',
      files: { 'notes.md': '<!-- Markdown knows these -->\n' },
      expect: [],
    },
  ],
  check({ reading }, report) {
    for (const page of reading.pages) {
      const { path } = page.file
      if (!/\.mdx$/i.test(path) || reading.borrowed.has(path)) continue
      const error = mdxError(page)
      if (error) report({ ...error, subject: null, ids: [path] })
    }
  },
})
