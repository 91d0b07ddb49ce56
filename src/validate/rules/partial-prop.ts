import type { Related } from '../../diagnostic.ts'
import { keyOf } from '../../parse/page/identity.ts'
import type { Page } from '../../parse/page/page.ts'
import { type PropReference, propReferences } from '../../parse/page/page-props.ts'
import { placeOf } from '../../parse/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'partial-prop',
  category: 'partials',
  severity: 'warning',
  summary: 'A partial asks for a prop that an inclusion does not give, or gives only when the site is built',
  docs: `
An inclusion may hand props to its partial: \`edition="Cloud"\` fills in \`{props.edition}\`. Values that are written out are
filled in before facts are read, in names, headings, cells and bullets. A prop that is not given, or that is computed
(\`edition={current}\`), stays as it is written, and names and permissions with it. Nor can an expression be read
(\`{props.edition === "x" ? … : …}\`): what it shows or hides is in the model for every inclusion.

**To fix it**, write the value into the inclusion; in place of an expression, write two partials.
`,
  examples: [
    {
      name: 'a prop that is not given',
      mdx: '<PartialsComponent category="roles" name="admin" />\n',
      files: { '_admin.mdx': '---\npartial_category: roles\npartial_name: admin\n---\n\n## {props.edition} Admin\n' },
      expect: ['1:1'],
    },
    {
      name: 'a prop that is computed',
      mdx: '<PartialsComponent category="roles" name="admin" edition={current} />\n',
      files: { '_admin.mdx': '---\npartial_category: roles\npartial_name: admin\n---\n\n## {props.edition} Admin\n' },
      expect: ['1:1'],
    },
    {
      name: 'a prop that is written out',
      mdx: '<PartialsComponent category="roles" name="admin" edition="Cloud" />\n',
      files: { '_admin.mdx': '---\npartial_category: roles\npartial_name: admin\n---\n\n## {props.edition} Admin\n' },
      expect: [],
    },
  ],
  check({ reading: { pages, partials, blocks } }, report) {
    const references = new Map<Page, PropReference[]>()
    const referencesOf = (page: Page) => {
      const known = references.get(page) ?? propReferences(page)
      references.set(page, known)
      return known
    }
    for (const { page, include, identity, target } of pages.flatMap((page) => partials.inclusionsIn(page))) {
      if (!target) continue
      const key = keyOf(identity)
      const asked = new Map<string, Related>()
      for (const { name, span } of referencesOf(target)) {
        if (name !== null && !asked.has(name))
          asked.set(name, { ...placeOf(span), note: `\`${name}\` is asked for here` })
      }
      for (const [name, related] of asked) {
        const value = include.props.get(name)
        if (typeof value === 'string' || (include.spread && value === undefined)) continue
        const wrong =
          value === null
            ? `The value of \`${name}\` is computed, so it can't be filled in`
            : `The partial \`${key}\` asks for \`${name}\`, and this inclusion does not give it`
        report({
          message: `${wrong}. \`{props.${name}}\` stays as it is written; write \`${name}="…"\` here.`,
          span: include.span,
          subject: key,
          ids: [page.file.path, name],
          related: [related],
        })
      }
    }
    const holdFacts = new Set(blocks.map(({ block }) => block.page))
    for (const page of pages) {
      const identity = partials.identityOf(page)
      if (!identity) continue
      const key = keyOf(identity)
      if (partials.crowded.has(page)) {
        report({
          message: `The partial \`${key}\` is included with so many different props that not all of them were read. Write partials of their own.`,
          span: page.titleSpan,
          subject: key,
          ids: [page.file.path, 'crowded'],
        })
      }
      if (!holdFacts.has(page)) continue
      for (const { name, text, span } of referencesOf(page)) {
        if (name !== null) continue
        report({
          message: `\`${text}\` is computed when the site is built, so what it shows or hides can't be read. Write it out, or split the partial.`,
          span,
          subject: key,
          ids: [page.file.path, text],
        })
      }
    }
  },
})
