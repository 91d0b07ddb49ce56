import { keyOf } from '../../parse/page/identity.ts'
import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'
import { identitySpan } from '../shared/partial-places.ts'

export default defineRule({
  id: 'duplicate-partial',
  category: 'partials',
  severity: 'error',
  summary: 'Two partials of one version have the same category and name',
  docs: `
A partial is found by its category and name alone. Where two files claim the same, pages show one of them, and which one is
chance: Rolebook takes the first in order of path. The facts of the others are in the model, but no page shows them.

**To fix it**, give one of them another name, or remove it.
`,
  examples: [
    {
      name: 'a copy that kept its name',
      mdx: '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n',
      files: { '_nodes.mdx': '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n' },
      expect: ['3:1'],
    },
    {
      name: 'one name in two categories',
      mdx: '---\npartial_category: roles\npartial_name: nodes\n---\nNodes.\n',
      files: { '_nodes.mdx': '---\npartial_category: permissions\npartial_name: nodes\n---\nNodes.\n' },
      expect: [],
    },
  ],
  check({ reading: { partials }, settings }, report) {
    for (const { page, first } of partials.duplicates) {
      const identity = partials.identityOf(page)
      if (!identity) continue
      const key = keyOf(identity)
      report({
        message: `\`${key}\` is the name of another partial: ${first.file.path}. Pages that include it show that one; give this one another name.`,
        span: identitySpan(page, settings),
        subject: key,
        ids: [page.file.path],
        related: [{ ...placeOf(identitySpan(first, settings)), note: 'this partial has the name' }],
      })
    }
  },
})
