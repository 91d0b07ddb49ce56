import { keyOf } from '../../parse/page/identity.ts'
import { defineRule } from '../rule.ts'
import { identitySpan } from '../shared/partial-places.ts'

export default defineRule({
  id: 'unused-partial',
  category: 'partials',
  severity: 'info',
  summary: 'A partial that no page includes',
  docs: `
The facts of a partial that nothing includes are in the model, though no reader sees them. Most often it was left behind when
its page was removed, or a page includes it under another name.

It is looked for only where everything was read: a folder, or what the config names. A partial that a page imports by its
file's name counts as used, and so does one that an older version takes from the current one.

**To fix it**, remove the partial, or include it. While its page is still being written, accept the finding in the baseline.
`,
  examples: [
    {
      name: 'a partial that was left behind',
      mdx: '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n',
      files: { 'page.md': '# Permissions\n' },
      expect: ['3:1'],
    },
    {
      name: 'a partial that a page includes',
      mdx: '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n',
      files: { 'page.md': '<PartialsComponent category="permissions" name="nodes" />\n' },
      expect: [],
    },
  ],
  check({ reading: { pages, partials, borrowed, complete }, settings }, report) {
    const readers = pages.filter((page) => partials.identityOf(page) === null)
    // A folder of partials alone says nothing of the pages that use them.
    if (!complete || readers.length === 0) return
    /** Asked for where nothing else says that a partial is used: it takes a look at every page. */
    let imported: ReadonlySet<string> | undefined
    const doubles = new Set(partials.duplicates.map(({ page }) => page))
    for (const page of pages) {
      const identity = partials.identityOf(page)
      const { path } = page.file
      if (!identity || borrowed.has(path) || doubles.has(page)) continue
      if (partials.sitesOf(page).some((site) => site.page !== page)) continue
      imported ??= new Set(pages.flatMap((other) => importsOf(other.file.text)))
      if (imported.has(fileName(path))) continue
      const key = keyOf(identity)
      report({
        message: `No page includes the partial \`${key}\`. Remove it, or include it.`,
        span: identitySpan(page, settings),
        subject: key,
        ids: [path],
      })
    }
  },
})

function importsOf(text: string): string[] {
  if (!text.includes('import ')) return []
  return Array.from(text.matchAll(/^import [^\n]*?["']([^"'\n]+\.[mM][dD][xX]?)["']/gm), (match) =>
    fileName(match[1] as string),
  )
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
