import { keyOf } from '../../parse/page/identity.ts'
import type { Page } from '../../parse/page/page.ts'
import type { Inclusion, PartialIndex } from '../../parse/page/partials.ts'
import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'partial-cycle',
  category: 'partials',
  severity: 'error',
  summary: 'A partial that includes itself, directly or through others',
  docs: `
A partial may include others. Where the chain leads back to one that it began with, a site generator never comes to an end,
or stops with an error. Rolebook reads every partial of the circle once and goes on.

**To fix it**, remove the inclusion that closes the circle; the finding stands at it, and the others are named beside it.
`,
  examples: [
    {
      name: 'a partial that includes itself',
      mdx: '---\npartial_category: roles\npartial_name: all\n---\n\n<PartialsComponent category="roles" name="all" />\n',
      expect: ['6:1'],
    },
    {
      name: 'two partials that include each other',
      mdx: '---\npartial_category: roles\npartial_name: two\n---\n\n<PartialsComponent category="roles" name="one" />\n',
      files: {
        '_one.mdx':
          '---\npartial_category: roles\npartial_name: one\n---\n\n<PartialsComponent category="roles" name="two" />\n',
      },
      expect: ['6:1'],
    },
    {
      name: 'a partial in a partial',
      mdx: '---\npartial_category: roles\npartial_name: all\n---\n\n<PartialsComponent category="roles" name="one" />\n',
      files: { '_one.mdx': '---\npartial_category: roles\npartial_name: one\n---\n\nOne.\n' },
      expect: [],
    },
  ],
  check({ reading: { pages, partials } }, report) {
    const including = pages.filter((page) => page.includes.length > 0)
    const readers = including.filter((page) => partials.identityOf(page) === null)
    const done = new Set<Page>()
    for (const page of [...readers, ...including]) {
      for (const circle of circlesFrom(page, partials, done)) {
        const closing = circle.at(-1) as Inclusion
        const names = [...circle.map(({ identity }) => keyOf(identity))]
        report({
          message:
            circle.length === 1
              ? `The partial \`${names[0]}\` includes itself. Remove this inclusion.`
              : `These partials include each other in a circle: ${[names.at(-1), ...names].map((name) => `\`${name}\``).join(' → ')}. Remove one of the inclusions.`,
          span: closing.include.span,
          subject: keyOf(closing.identity),
          ids: [closing.page.file.path],
          related: circle.slice(0, -1).map(({ include, identity }) => {
            return { ...placeOf(include.span), note: `leads on to \`${keyOf(identity)}\`` }
          }),
        })
      }
    }
  },
})

/** The circles that are met from a page, each as its inclusions; the last one closes it. Pages that are done are passed over. */
function circlesFrom(start: Page, partials: PartialIndex, done: Set<Page>): Inclusion[][] {
  const circles: Inclusion[][] = []
  if (done.has(start)) return circles
  done.add(start)
  const open: { page: Page; inclusions: Inclusion[]; next: number }[] = []
  const enter = (page: Page) => open.push({ page, inclusions: partials.inclusionsIn(page), next: 0 })
  enter(start)
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const inclusion = top.inclusions[top.next++]
    if (!inclusion) {
      open.pop()
      continue
    }
    const { target } = inclusion
    if (!target) continue
    const from = open.findIndex(({ page }) => page === target)
    if (from !== -1) circles.push(open.slice(from).map(({ inclusions, next }) => inclusions[next - 1] as Inclusion))
    else if (!done.has(target)) {
      done.add(target)
      enter(target)
    }
  }
  return circles
}
