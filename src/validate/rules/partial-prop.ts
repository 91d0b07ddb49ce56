import type { Related } from '../../diagnostic.ts'
import { keyOf } from '../../parse/page/identity.ts'
import { propReferences } from '../../parse/page/page-props.ts'
import type { Reading } from '../../parse/read.ts'
import { placeOf } from '../../parse/source.ts'
import { remembered } from '../../remembered.ts'
import { defineRule, type RuleFinding } from '../rule.ts'

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
  check({ reading }, report) {
    const referencesOf = remembered(propReferences)
    for (const finding of missingProps(reading, referencesOf)) report(finding)
    for (const finding of unreadProps(reading, referencesOf)) report(finding)
  },
})

/** Props that partials ask for and inclusions do not give. */
function missingProps({ pages, partials }: Reading, referencesOf: typeof propReferences): RuleFinding[] {
  const inclusions = pages.flatMap((page) => partials.inclusionsIn(page))
  return inclusions.flatMap(({ page, include, identity, target }): RuleFinding[] => {
    if (!target) return []
    const key = keyOf(identity)
    const asked = new Map<string, Related>()
    for (const { name, span } of referencesOf(target)) {
      if (name !== null && !asked.has(name))
        asked.set(name, { ...placeOf(span), note: `\`${name}\` is asked for here` })
    }
    return [...asked].flatMap(([name, related]): RuleFinding[] => {
      const value = include.props.get(name)
      if (typeof value === 'string' || (include.spread && value === undefined)) return []
      const wrong =
        value === null
          ? `The value of \`${name}\` is computed, so it can't be filled in`
          : `The partial \`${key}\` asks for \`${name}\`, and this inclusion does not give it`
      return [
        {
          message: `${wrong}. \`{props.${name}}\` stays as it is written; write \`${name}="…"\` here.`,
          span: include.span,
          subject: key,
          ids: [page.file.path, name],
          related: [related],
        },
      ]
    })
  })
}

/** Partials of which not all readings were read, and what of those that hold facts is computed. */
function unreadProps({ pages, partials, blocks }: Reading, referencesOf: typeof propReferences): RuleFinding[] {
  const findings: RuleFinding[] = []
  const holdFacts = new Set(blocks.map(({ block }) => block.page))
  for (const page of pages) {
    const identity = partials.identityOf(page)
    if (!identity) continue
    const key = keyOf(identity)
    if (partials.crowded.has(page)) {
      findings.push({
        message: `The partial \`${key}\` is included with so many different props that not all of them were read. Write partials of their own.`,
        span: page.titleSpan,
        subject: key,
        ids: [page.file.path, 'crowded'],
      })
    }
    if (!holdFacts.has(page)) continue
    for (const { name, text, span } of referencesOf(page)) {
      if (name !== null) continue
      findings.push({
        message: `\`${text}\` is computed when the site is built, so what it shows or hides can't be read. Write it out, or split the partial.`,
        span,
        subject: key,
        ids: [page.file.path, text],
      })
    }
  }
  return findings
}
