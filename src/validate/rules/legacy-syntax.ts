import * as z from 'zod'
import { defineRule } from '../rule.ts'
import { FORMS, legacyForms } from '../shared/legacy-forms.ts'

export default defineRule({
  id: 'legacy-syntax',
  category: 'structure',
  severity: 'info',
  summary: 'A page of permissions uses a form that the next Docusaurus does not read by default',
  docs: `
Docusaurus 3 reads three old forms in MDX pages that MDX itself has no longer: HTML comments, \`{#id}\` after a heading, and
the title of an admonition without brackets. Each is rewritten before MDX sees the page, by an option of
\`markdown.mdx1Compat\`. Version 4 has these options off, and \`future.v4.mdx1CompatDisabledByDefault\` turns them off in 3.10.
A comment or an id then breaks the build; an admonition with such a title is shown as text, colons and all.

| form | old | new |
| --- | --- | --- |
| \`comments\` | \`<!-- text -->\` | \`{/* text */}\` |
| \`headingIds\` | \`## Roles {#roles}\` | \`## Roles {/* #roles */}\`, from Docusaurus 3.10 |
| \`admonitions\` | \`:::note Title\` | \`:::note[Title]\` |
| \`tabPanes\` | \`<Tabs.TabPane tab="Viewer">\` | \`<TabItem value="viewer" label="Viewer">\` |

Each form is reported once a page, at its first place. Pages that hold no permissions are left out. So are \`.md\` pages:
sites may read those as plain Markdown, where comments and \`{#id}\` are right. \`tabPanes\`, which Docusaurus never had, is off
by default: it is for pages that come from Gatsby.

**To fix it**, write the new form. Titles of admonitions and most comments are rewritten by \`rolebook fix\`; a comment that
speaks to another tool (\`<!-- markdownlint-disable -->\`) is not, because that tool may know no other form. **Accept it** where
your site keeps \`mdx1Compat\` on, or is not built by Docusaurus: leave the form out of \`forms\`, or turn the rule off.
`,
  options: z.strictObject({
    forms: z
      .array(z.enum(FORMS))
      .default(['comments', 'headingIds', 'admonitions'])
      .describe('The forms to report: `comments`, `headingIds`, `admonitions`, `tabPanes`.'),
    extensions: z
      .array(z.string())
      .default(['.mdx'])
      .describe('Ends of the names of pages that are read as MDX. Add `.md` where your site reads these as MDX, too.'),
  }),
  examples: [
    {
      name: 'two comments and an id',
      mdx: '## Viewer {#viewer}\n\n<!-- one -->\n\n- cluster.get\n\n<!-- two -->\n',
      expect: ['1:11', '3:1'],
    },
    {
      name: 'a title without brackets',
      mdx: ':::tip Good to know\nText.\n:::\n\n## Viewer\n\n- cluster.get\n',
      expect: ['1:1'],
    },
    {
      name: 'the new forms',
      mdx: '## Viewer {/* #viewer */}\n\n{/* one */}\n\n:::tip[Good to know]\nText.\n:::\n\n- cluster.get\n',
      expect: [],
    },
    { name: 'no permissions', mdx: '# Notes\n\n<!-- one -->\n', expect: [] },
    {
      name: 'one form alone',
      mdx: '## Viewer {#viewer}\n\n<!-- one -->\n\n- cluster.get\n',
      config: { rules: { 'legacy-syntax': ['info', { forms: ['headingIds'] }] } },
      expect: ['1:11'],
    },
  ],
  check({ reading, options }, report) {
    const holding = new Set(reading.blocks.map(({ block }) => block.page))
    for (const page of reading.pages) {
      const { path } = page.file
      if (!holding.has(page) || reading.borrowed.has(path)) continue
      if (!options.extensions.some((extension) => path.toLowerCase().endsWith(extension.toLowerCase()))) continue
      for (const { form, places, message, fix } of legacyForms(page, options.forms)) {
        const [first] = places
        if (!first) continue
        const count = places.length === 1 ? '' : ` There are ${places.length} on this page.`
        report({ message: message + count, span: first, subject: null, ids: [path, form], fix })
      }
    }
  },
})
