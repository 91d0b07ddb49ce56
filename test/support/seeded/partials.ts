/** Defects of partials and of what includes them. */
import { type Include, type PageSurvey, survey } from './survey.ts'
import { type Planter, pick, placeAt, planted, type SeededSet, splice, swapped } from './types.ts'

function isPartial({ text }: PageSurvey): boolean {
  return /^partial_name:/m.test(text)
}

function nameOf({ text }: PageSurvey): string {
  return /^partial_name: (.+)$/m.exec(text)?.[1] ?? ''
}

function partialsOf(set: SeededSet): PageSurvey[] {
  return survey(set).filter(isPartial)
}

function includesOf(set: SeededSet): { page: PageSurvey; include: Include }[] {
  return survey(set).flatMap((page) => page.includes.map((include) => ({ page, include })))
}

function nameLine(text: string): number {
  return text.indexOf('partial_name:')
}

export const partialPlanters: Planter[] = [
  {
    rule: 'duplicate-partial',
    name: 'a copy that kept its name',
    // A copy of what is no partial any more is none.
    needs: (set) => partialsOf(set).map(({ path }) => path),
    plant(set, random) {
      const page = pick(partialsOf(set), random)
      if (!page) return null
      const path = page.path.replace(/\.mdx$/, '-copy.mdx').replace(/([^/]+)$/, 'zz-$1')
      return planted(set, path, page.text, nameLine(page.text))
    },
  },
  {
    rule: 'missing-partial',
    name: 'a misspelt name in an inclusion',
    plant(set, random) {
      const found = pick(includesOf(set), random)
      const wrong = found && swapped(found.include.name, random)
      if (!found || !wrong) return null
      const { page, include } = found
      const text = splice(page.text, include.nameAt, include.nameAt + include.name.length, wrong)
      return planted(set, page.path, text, include.at)
    },
  },
  {
    rule: 'missing-partial',
    name: 'a partial that was removed',
    plant(set, random) {
      const found = pick(includesOf(set), random)
      const partial = found && partialsOf(set).find((page) => nameOf(page) === found.include.name)
      const others = found && includesOf(set).filter(({ include }) => include.name === found.include.name)
      if (!found || !partial || others?.length !== 1) return null
      const files = Object.fromEntries(Object.entries(set.files).filter(([path]) => path !== partial.path))
      return { files, path: found.page.path, ...placeAt(found.page.text, found.include.at) }
    },
  },
  {
    rule: 'partial-cycle',
    name: 'a partial that includes itself',
    plant(set, random) {
      const page = pick(partialsOf(set), random)
      if (!page) return null
      const include = `\n<PartialsComponent category="permissions" name="${nameOf(page)}" />\n`
      return planted(set, page.path, page.text + include, page.text.length + 1)
    },
  },
  {
    rule: 'partial-cycle',
    name: 'two partials that include each other',
    plant(set, random) {
      const found = pick(
        survey(set).filter((page) => !isPartial(page) && page.includes.length > 1),
        random,
      )
      const [first, second] = found?.includes ?? []
      const partials = partialsOf(set)
      const a = partials.find((page) => nameOf(page) === first?.name)
      const b = partials.find((page) => nameOf(page) === second?.name)
      if (!a || !b || a === b) return null
      const withInclude = (page: PageSurvey, other: PageSurvey) =>
        `${page.text}\n<PartialsComponent category="permissions" name="${nameOf(other)}" />\n`
      const files = { ...set.files, [a.path]: withInclude(a, b) }
      // The page shows the first one first, so the way back from the second closes the circle.
      return planted({ ...set, files }, b.path, withInclude(b, a), b.text.length + 1)
    },
  },
  {
    rule: 'partial-front-matter',
    name: 'a partial without its category',
    alsoAllowed: ['missing-partial'],
    plant(set, random) {
      const page = pick(partialsOf(set), random)
      if (!page) return null
      const text = page.text.replace(/^partial_category: .*\n/m, '')
      return planted(set, page.path, text, nameLine(text))
    },
  },
  {
    rule: 'partial-front-matter',
    name: 'a partial without its name',
    alsoAllowed: ['missing-partial'],
    plant(set, random) {
      const page = pick(partialsOf(set), random)
      if (!page) return null
      const text = page.text.replace(/^partial_name: .*\n/m, '')
      return planted(set, page.path, text, text.indexOf('partial_category:'))
    },
  },
  {
    rule: 'partial-front-matter',
    name: 'a name that is a list',
    alsoAllowed: ['missing-partial'],
    plant(set, random) {
      const page = pick(partialsOf(set), random)
      if (!page) return null
      const text = page.text.replace(/^partial_name: (.*)$/m, 'partial_name: [$1]')
      return planted(set, page.path, text, nameLine(text))
    },
  },
  {
    rule: 'partial-prop',
    name: 'a prop that no inclusion gives',
    plant(set, random) {
      const found = pick(includesOf(set), random)
      const partial = found && partialsOf(set).find((page) => nameOf(page) === found.include.name)
      if (!found || !partial) return null
      const text = `${partial.text}\nThis is for {props.edition}.\n`
      const files = { ...set.files, [partial.path]: text }
      return { files, path: found.page.path, ...placeAt(found.page.text, found.include.at) }
    },
  },
  {
    rule: 'partial-prop',
    name: 'an expression in a partial',
    plant(set, random) {
      const partial = pick(partialsOf(set), random)
      if (!partial || includesOf(set).every(({ include }) => include.name !== nameOf(partial))) return null
      const text = `${partial.text}\nThis is for {props.edition === "one" ? "many" : "few"}.\n`
      return planted(set, partial.path, text, text.lastIndexOf('{props'))
    },
  },
  {
    rule: 'unused-partial',
    name: 'an inclusion that was removed',
    plant(set, random) {
      const found = pick(includesOf(set), random)
      const partial = found && partialsOf(set).find((page) => nameOf(page) === found.include.name)
      const others = found && includesOf(set).filter(({ include }) => include.name === found.include.name)
      if (!found || !partial || others?.length !== 1) return null
      const text = splice(found.page.text, found.include.start, found.include.end, '')
      return {
        files: { ...set.files, [found.page.path]: text },
        path: partial.path,
        ...placeAt(partial.text, nameLine(partial.text)),
      }
    },
  },
  {
    rule: 'unused-partial',
    name: 'a partial that nobody includes yet',
    plant(set, random) {
      if (survey(set).every(isPartial)) return null
      const path = `partials/new-${random(100)}.mdx`
      const text = '---\npartial_category: notes\npartial_name: something-new\n---\n\nSomething new.\n'
      return planted(set, path, text, nameLine(text))
    },
  },
]
