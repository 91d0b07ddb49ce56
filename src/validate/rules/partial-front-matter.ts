import { defineRule } from '../rule.ts'
import { identitySpan } from '../shared/partial-places.ts'

export default defineRule({
  id: 'partial-front-matter',
  category: 'partials',
  severity: 'warning',
  summary: 'A partial that gives only one of its category and its name',
  docs: `
A partial is found by two keys of its front matter: its category and its name. With the name alone it is found only by an
inclusion without a category; with the category alone it is no partial at all, but a page of its own.

Where a documentation set knows no categories, set \`partials.frontMatterCategory\` to an empty string in the config.

**To fix it**, write both keys, each with one word as its value.
`,
  examples: [
    {
      name: 'a category without a name',
      mdx: '---\npartial_category: permissions\n---\nNodes.\n',
      expect: ['2:1'],
    },
    {
      name: 'a name without a category',
      mdx: '---\npartial_name: nodes\n---\nNodes.\n',
      expect: ['2:1'],
    },
    {
      name: 'a name that is a list',
      mdx: '---\npartial_category: permissions\npartial_name: [nodes]\n---\nNodes.\n',
      expect: ['3:1'],
    },
    {
      name: 'both',
      mdx: '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n',
      expect: [],
    },
  ],
  check({ reading: { pages }, settings }, report) {
    const { frontMatterCategory, frontMatterName } = settings.partials
    if (frontMatterCategory === '' || frontMatterName === '') return
    const keys = [frontMatterCategory, frontMatterName]
    for (const page of pages) {
      const { places, values } = page.frontMatter
      const written = keys.filter((key) => places.has(key))
      const missing = keys.find((key) => (values.get(key) ?? '') === '')
      if (written.length === 0 || missing === undefined) continue
      const wrong = places.has(missing) ? 'is empty or no single word' : 'is missing'
      const place = places.get(missing)
      report({
        message: `This partial can't be found by its category and name: \`${missing}\` ${wrong}. Give it both keys, each with one value.`,
        span: place ? page.locator.span(place.start, place.end) : identitySpan(page, settings),
        subject: null,
        ids: [page.file.path, missing],
      })
    }
  },
})
