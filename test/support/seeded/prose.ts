/** Defects in sentences: links and permissions that lead nowhere. */
import { offeredIn, type PageSurvey, survey } from './survey.ts'
import { type Planter, pick, planted, type Random, type SeededSet, splice, swapped } from './types.ts'

interface RoleLink {
  page: PageSurvey
  /** Offset of the opening bracket. */
  at: number
  file: string
  fileAt: number
  anchor: string
  anchorAt: number
}

/** Links to pages that hold roles. */
function roleLinks(set: SeededSet): RoleLink[] {
  const known = survey(set).filter(({ roles }) => roles.length > 0)
  const links = survey(set).flatMap((page) =>
    [...page.text.matchAll(/\[[^\]\n]+\]\((\.\/)?([a-z-]+-roles\.mdx)#([a-z-]+)\)/g)].map((match) => {
      const [whole, dot = '', file = '', anchor = ''] = match
      const fileAt = match.index + whole.indexOf('](') + 2 + dot.length
      return { page, at: match.index, file, fileAt, anchor, anchorAt: fileAt + file.length + 1 }
    }),
  )
  return links.filter(({ file }) => known.some(({ path }) => path.endsWith(`/${file}`)))
}

interface Code {
  page: PageSurvey
  at: number
  key: string
  operation: string
  operations: string[]
}

/** Permissions in inline code of sentences, those of the catalogue alone. */
function codes(set: SeededSet): Code[] {
  const offered = offeredIn(set)
  return survey(set).flatMap((page) =>
    [...page.text.matchAll(/(?<=[a-z,] )`([a-z][A-Za-z]+)\.([a-z]+)`(?=[ ,.])/g)].flatMap((match) => {
      const [, key = '', operation = ''] = match
      const operations = offered.get(key)
      return operations?.has(operation)
        ? [{ page, at: match.index, key, operation, operations: [...operations.keys()] }]
        : []
    }),
  )
}

function onCode(write: (code: Code, set: SeededSet, random: Random) => string | null) {
  return (set: SeededSet, random: Random) => {
    const code = pick(codes(set), random)
    const written = code && write(code, set, random)
    if (!code || !written) return null
    const end = code.at + code.key.length + code.operation.length + 3
    return planted(set, code.page.path, splice(code.page.text, code.at, end, `\`${written}\``), code.at)
  }
}

const KNOWN = ['export', 'download', 'search', 'upload', 'push', 'migrate', 'restart', 'stop', 'grant']

export const prosePlanters: Planter[] = [
  {
    rule: 'broken-role-link',
    name: 'an anchor that is misspelt',
    plant(set, random) {
      const link = pick(roleLinks(set), random)
      if (!link) return null
      const text = splice(link.page.text, link.anchorAt, link.anchorAt + link.anchor.length, `${link.anchor}-role`)
      return planted(set, link.page.path, text, link.at)
    },
  },
  {
    rule: 'broken-role-link',
    name: 'the name of a tab or panel as an anchor',
    plant(set, random) {
      const link = pick(roleLinks(set), random)
      const target = link && survey(set).find(({ path }) => path.endsWith(`/${link.file}`))
      const role =
        target &&
        pick(
          target.roles.filter(({ form }) => form !== 'heading'),
          random,
        )
      if (!link || !role) return null
      const anchor = role.name.toLowerCase().replaceAll(' ', '-')
      const text = splice(link.page.text, link.anchorAt, link.anchorAt + link.anchor.length, anchor)
      return planted(set, link.page.path, text, link.at)
    },
  },
  {
    rule: 'broken-role-link',
    name: 'a file with a name that is nearly right',
    plant(set, random) {
      const link = pick(roleLinks(set), random)
      if (!link) return null
      const wrong = random(2) === 0 ? link.file.replace('-roles', '-role') : link.file.replace('.mdx', '.md')
      const text = splice(link.page.text, link.fileAt, link.fileAt + link.file.length, wrong)
      return planted(set, link.page.path, text, link.at)
    },
  },
  {
    rule: 'broken-role-link',
    name: 'a heading of a role that was renamed',
    plant(set, random) {
      const link = pick(roleLinks(set), random)
      const target = link && survey(set).find(({ path }) => path.endsWith(`/${link.file}`))
      const headings = target?.headings.filter(({ text }) => text.toLowerCase().replaceAll(' ', '-') === link?.anchor)
      const [heading] = headings ?? []
      const role = target?.roles.some(({ nameAt }) => nameAt === heading?.start)
      if (!link || !target || !heading || role) return null
      const text = splice(target.text, heading.start, heading.end, `${'#'.repeat(heading.level)} Something Else\n`)
      const other = planted(set, target.path, text, heading.start)
      return { ...planted(set, link.page.path, link.page.text, link.at), files: other.files }
    },
  },
  {
    rule: 'unknown-permission-in-prose',
    name: 'a slip in the operation',
    plant: onCode(({ key, operation }, _, random) => {
      const wrong = operation.length > 4 ? swapped(operation, random) : null
      return wrong && `${key}.${wrong}`
    }),
  },
  {
    rule: 'unknown-permission-in-prose',
    name: 'a slip in the key',
    plant: onCode(({ key, operation }, _, random) => {
      const wrong = key.length > 4 ? swapped(key, random) : null
      return wrong && wrong.toLowerCase() !== key.toLowerCase() ? `${wrong}.${operation}` : null
    }),
  },
  {
    rule: 'unknown-permission-in-prose',
    name: 'another case of the key',
    plant: onCode(({ key, operation }) => (/[A-Z]/.test(key) ? `${key.toLowerCase()}.${operation}` : null)),
  },
  {
    rule: 'unknown-permission-in-prose',
    name: 'a known operation that the resource lacks',
    plant: onCode(({ key, operations }, _, random) => {
      const wrong = pick(
        KNOWN.filter((word) => !operations.includes(word)),
        random,
      )
      return wrong && `${key}.${wrong}`
    }),
  },
]
