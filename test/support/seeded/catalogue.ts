/** Defects between the catalogue and what uses it: keys, operations, scopes, mappings. */
import { held, isListed, onRole, withGrant } from './roles.ts'
import { allRoles, catalogueOf, levelOf, offeredIn, pageOf, scopeOf, survey, tablesWith } from './survey.ts'
import { type Planter, pick, placeAt, planted, type SeededSet, splice, swapped } from './types.ts'

/** Pages whose scope has a list of what is allowed: what is added there exceeds it, too. */
function isFree({ path }: { path: string }): boolean {
  return !/resource-roles/.test(path)
}

const VERBS = ['export', 'download', 'upload', 'push', 'migrate', 'restart', 'stop', 'grant', 'search']

interface Use {
  path: string
  at: number
  key: string
  operation: string
}

/** All grants of a set, in order of path and place. */
function uses(set: SeededSet): Use[] {
  const inRoles = allRoles(set).flatMap(({ path, grants }) => grants.map((grant) => ({ path, ...grant })))
  const lists = survey(set).flatMap(({ path, lists }) => lists.flat().map((bullet) => ({ path, ...bullet })))
  const all = [...inRoles, ...lists]
  return all
    .filter((use, i) => all.findIndex((other) => other.path === use.path && other.at === use.at) === i)
    .sort((a, b) => (a.path === b.path ? a.at - b.at : a.path < b.path ? -1 : 1))
}

/** The lists of operations of a catalogue that stand under panels or headings. */
function operationLists(set: SeededSet) {
  return catalogueOf(set).flatMap((entry) => {
    const page = pageOf(set, entry.table.path)
    const names = [entry.title, `${entry.title}s`]
    const panel = page.panels.find(({ name }) => names.includes(name))
    const heading = page.headings.find(({ text }) => names.includes(text))
    if (panel) return [{ ...entry, page, start: panel.start, end: panel.end, nameAt: panel.nameAt, name: panel.name }]
    if (!heading) return []
    const end = page.headings.find(({ start }) => start > heading.start)?.start ?? page.text.length
    return [{ ...entry, page, start: heading.start, end, nameAt: heading.start, name: heading.text }]
  })
}

const planters: Planter[] = [
  {
    rule: 'catalogue-conflict',
    name: 'a copy of the catalogue that lost a mark',
    needs: (set) => catalogueOf(set).map(({ table }) => table.path),
    plant(set, random) {
      const found = catalogueOf(set).flatMap(({ row, table }) =>
        row.cells.flatMap((mark, column) => {
          const marked = table.rows.filter(({ cells }) => cells[column]?.text === '✅')
          const key = row.cells[table.header.cells.findIndex(({ text }) => text === 'Resource Key')]
          return mark.text === '✅' && marked.length > 1 && table.rows.length > 2 && key ? [{ key, mark, table }] : []
        }),
      )
      const chosen = pick(found, random)
      if (!chosen) return null
      const { key, mark, table } = chosen
      const { start } = table.header
      const copy = (set.files[table.path] as string).slice(start, table.rows.at(-1)?.end)
      const title = '# Scopes in short\n\n'
      const text = title + splice(copy, mark.start - start, mark.end - start, ' ')
      const path = table.path.replace(/[^/]*$/, 'scopes-in-short.mdx')
      return planted(set, path, text, title.length + key.start - start)
    },
  },
  {
    rule: 'catalogue-mismatch',
    name: 'a component whose list of operations is gone',
    plant(set, random) {
      const lists = operationLists(set)
      const list = pick(lists, random)
      const key = list?.row.cells[1]
      if (!list || !key || lists.length < 3) return null
      return planted(set, list.page.path, splice(list.page.text, list.start, list.end, ''), key.start)
    },
  },
  {
    rule: 'catalogue-mismatch',
    name: 'a list of operations with another name',
    plant(set, random) {
      const lists = operationLists(set)
      const list = pick(lists, random)
      const wrong = list && swapped(list.name, random)
      if (!list || !wrong || lists.length < 3 || lettersOf(wrong) === lettersOf(list.name)) return null
      const at = list.page.text.indexOf(list.name, list.nameAt)
      return planted(set, list.page.path, splice(list.page.text, at, at + list.name.length, wrong), list.nameAt)
    },
  },
  {
    rule: 'catalogue-mismatch',
    name: 'a new row without a list',
    plant(set, random) {
      const list = pick(operationLists(set), random)
      const end = list?.table.rows.at(-1)?.end
      if (!list || !end || list.row.cells.length < 5 || operationLists(set).length < 3) return null
      const row = '| Lagoon | `lagoon` | ✅ |  |  | Work with lagoons |\n'
      return planted(set, list.page.path, splice(list.page.text, end, end, row), end + row.indexOf('`'))
    },
  },
  {
    rule: 'exceeds-available',
    name: 'a permission that the list of allowed ones lost',
    plant(set, random) {
      const pages = survey(set).filter(({ headings }) => headings.some(({ text }) => /^Available /.test(text)))
      const page = pick(pages, random)
      const found = (page?.lists[0] ?? []).flatMap((bullet) => {
        const [role] =
          page?.roles.filter(({ grants }) =>
            grants.some(({ key, operation }) => key === bullet.key && operation === bullet.operation),
          ) ?? []
        const allowed = new Set(page?.lists[0]?.map(({ key, operation }) => `${key}.${operation}`))
        // A role that holds more already has its one finding.
        const holdsMore = role?.grants.some(({ key, operation }) => !allowed.has(`${key}.${operation}`))
        return role && !holdsMore && role.start > bullet.start ? [{ bullet, role }] : []
      })
      const chosen = pick(found, random)
      if (!page || !chosen) return null
      const { bullet, role } = chosen
      return planted(
        set,
        page.path,
        splice(page.text, bullet.start, bullet.end, ''),
        role.nameAt - (bullet.end - bullet.start),
      )
    },
  },
  {
    rule: 'key-casing',
    name: 'a key in another case',
    plant: onRole(isListed, (role, text, random, set) => {
      // Of a key that is in no catalogue, each spelling is unknown.
      const known = new Set(catalogueOf(set).map(({ key }) => key))
      const bullet = pick(
        role.bullets.filter(({ key }) => /[A-Z]/.test(key) && known.has(key)),
        random,
      )
      if (!bullet) return null
      const at = text.indexOf(bullet.key, bullet.at)
      return [splice(text, at, at + bullet.key.length, bullet.key.toLowerCase()), at]
    }),
  },
  {
    rule: 'key-casing',
    name: 'a key in another case in the label of a row',
    plant: onRole(
      (role) => role.matrix !== null,
      (role, text, random) => {
        const labels =
          role.matrix?.rows.flatMap(({ cells }) => (/[A-Z]/.test(cells[0]?.text ?? '') ? [cells[0]] : [])) ?? []
        const cell = pick(labels, random)
        return cell ? [splice(text, cell.start, cell.end, cell.text.toLowerCase()), cell.start] : null
      },
    ),
  },
  {
    rule: 'key-casing',
    name: 'an operation in another case',
    plant: onRole(isListed, (role, text, random) => {
      const bullet = pick(role.bullets, random)
      if (!bullet) return null
      const at = text.indexOf('.', bullet.at) + 1
      return [splice(text, at, at + 1, (text[at] as string).toUpperCase()), at]
    }),
  },
  {
    rule: 'scope-mismatch',
    name: 'a scope that the catalogue lost',
    plant(set, random) {
      const found = catalogueOf(set).flatMap(({ key, row, table }) =>
        table.header.cells.flatMap((cell, column) => {
          const scope = /^(\w+) Role Scope$/.exec(cell.text)?.[1]?.toLowerCase()
          const mark = row.cells[column]
          const [use] = uses(set).filter(
            (candidate) => candidate.key === key && isRole(set, candidate) && scopeOf(candidate) === scope,
          )
          const spoken = table.rows.filter((other) => other !== row && other.cells[column]?.text === '✅')
          return use && mark?.text === '✅' && spoken.length > 0 ? [{ use, mark, table }] : []
        }),
      )
      const chosen = pick(found, random)
      if (!chosen) return null
      const { use, mark, table } = chosen
      const text = set.files[table.path] as string
      const files = { ...set.files, [table.path]: splice(text, mark.start, mark.end, ' ') }
      return { files, path: use.path, ...placeAt(set.files[use.path] as string, use.at) }
    },
  },
  {
    rule: 'scope-mismatch',
    name: 'a resource of another scope in a role',
    plant: onRole(
      (role) => isListed(role) && levelOf(role) === 'admin' && isFree(role),
      (role, text, random, set) => {
        const scope = scopeOf(role)
        // What another role of the scope holds is said there.
        const used = new Set(
          allRoles(set)
            .filter((other) => scopeOf(other) === scope)
            .flatMap((other) => [...held(other).keys()]),
        )
        const title = scope.charAt(0).toUpperCase() + scope.slice(1)
        const found = catalogueOf(set).filter(({ key, row, table }) => {
          const column = table.header.cells.findIndex((cell) => cell.text === `${title} Role Scope`)
          const cell = column < 0 ? row.cells.at(-1) : row.cells[column]
          const offers = column < 0 ? cell?.text.includes(title) : cell?.text === '✅'
          return !offers && !used.has(key)
        })
        const chosen = pick(found, random)
        const last = role.bullets.at(-1)
        if (!chosen || !last) return null
        const tick = text[last.at] === '`' ? '`' : ''
        const lines = ['get', 'list'].map((word) => `- ${tick}${chosen.key}.${word}${tick}\n`).join('')
        return [splice(text, last.end, last.end, lines), last.end + 2]
      },
    ),
  },
  {
    rule: 'uncatalogued-permission',
    name: 'a known operation that the resource does not have',
    plant: onRole(
      (role) => isListed(role) && levelOf(role) === 'admin' && isFree(role),
      (role, text, random, set) => {
        const key = pick([...held(role).keys()], random)
        const offered = key === null ? undefined : offeredIn(set).get(key)
        const operation = pick(
          VERBS.filter((word) => !offered?.has(word)),
          random,
        )
        return key && offered && offered.size > 0 && operation ? withGrant(role, key, operation, text) : null
      },
    ),
  },
  {
    rule: 'uncatalogued-permission',
    name: 'an operation that the catalogue lost',
    // Sentences that name the permission now name one that does not exist.
    alsoAllowed: ['unknown-permission-in-prose'],
    plant(set, random) {
      const all = uses(set)
      const found = operationLists(set).flatMap(({ key, page }) =>
        [...(offeredIn(set).get(key) ?? [])].flatMap(([operation, line]) => {
          const [use] = all.filter((candidate) => candidate.key === key && candidate.operation === operation)
          return use ? [{ use, line, page }] : []
        }),
      )
      const chosen = pick(found, random)
      if (!chosen) return null
      const { use, line, page } = chosen
      const files = { ...set.files, [page.path]: splice(page.text, line.start, line.end, '') }
      return { files, path: use.path, ...placeAt(set.files[use.path] as string, use.at) }
    },
  },
  {
    rule: 'unknown-operation',
    name: 'a slip in an operation',
    plant: onRole(
      (role) => isListed(role) && levelOf(role) === 'admin' && isFree(role),
      (role, text, random, set) => {
        const offered = offeredIn(set)
        const bullet = pick(
          role.bullets.filter(
            ({ key, operation }) =>
              ['create', 'delete', 'clone', 'import'].includes(operation) && offered.get(key)?.has(operation),
          ),
          random,
        )
        const wrong = bullet && swapped(bullet.operation, random)
        if (!bullet || !wrong) return null
        const at = text.indexOf('.', bullet.at) + 1
        return [splice(text, at, at + bullet.operation.length, wrong), bullet.at]
      },
    ),
  },
  {
    rule: 'unknown-operation',
    name: 'a word that no catalogue lists',
    plant: onRole(
      (role) => isListed(role) && levelOf(role) === 'admin' && isFree(role),
      (role, text, random, set) => {
        const keys = [...held(role).keys()].filter((key) => (offeredIn(set).get(key)?.size ?? 0) > 0)
        const key = pick(keys, random)
        return key === null ? null : withGrant(role, key, pick(['frob', 'tidy', 'polish'], random) as string, text)
      },
    ),
  },
  {
    rule: 'unknown-resource-key',
    name: 'a slip in a key, in a list',
    plant: onRole(
      (role) => isListed(role) && levelOf(role) === 'admin' && isFree(role),
      (role, text, random) => {
        const key = pick([...held(role).keys()], random)
        const wrong = key && swapped(key, random)
        const last = role.bullets.at(-1)
        if (!wrong || !last || wrong.toLowerCase() === key.toLowerCase()) return null
        const lines = ['get', 'list'].map((word) => `- ${wrong}.${word}\n`).join('')
        return [splice(text, last.end, last.end, lines), last.end + 2]
      },
    ),
  },
  {
    rule: 'unknown-resource-key',
    name: 'a row of a matrix that the catalogue does not know',
    plant: onRole(
      (role) => role.matrix !== null && levelOf(role) === 'admin' && isFree(role),
      (role, text) => {
        const table = role.matrix
        const end = table?.rows.at(-1)?.end
        if (!table || !end) return null
        const cells = table.header.cells.slice(1).map((cell) => (/^(?:get|list)$/i.test(cell.text) ? '√' : ''))
        const row = `| lagoon | ${cells.join(' | ')} |\n`
        return [splice(text, end, end, row), end + row.indexOf('√')]
      },
    ),
  },
  {
    rule: 'unresolved-role',
    name: 'a mapping to a role that does not exist',
    plant(set, random) {
      const table = pick(tablesWith(set, 'Product Role'), random)
      const cell = table && pick(table.rows, random)?.cells[1]
      if (!table || !cell || new Set(table.rows.map(({ cells }) => cells[1]?.text)).size < 3) return null
      const text = set.files[table.path] as string
      const wrong = random(2) === 0 ? swapped(cell.text, random) : 'Lagoon Keeper'
      if (!wrong || lettersOf(wrong) === lettersOf(cell.text)) return null
      return planted(set, table.path, splice(text, cell.start, cell.end, wrong), cell.start)
    },
  },
]

function lettersOf(name: string): string {
  return name.replace(/\W/g, '').toLowerCase()
}

function isRole(set: SeededSet, { path, at }: Use): boolean {
  return allRoles(set).some((role) => role.path === path && role.grants.some((grant) => grant.at === at))
}

/** Where the catalogue is broken, nothing is said against it. */
export const cataloguePlanters: readonly Planter[] = planters.map((planter) => ({
  ...planter,
  needs: (set) => catalogueOf(set).map(({ table }) => table.path),
}))
