/** Defects of roles: names, descriptions, and what they are granted. */
import {
  allRoles,
  catalogueOf,
  type Grant,
  levelOf,
  offeredIn,
  type Role,
  roleTableOf,
  scopeOf,
  type Table,
  type TableRow,
} from './survey.ts'
import { type Planted, type Planter, pick, planted, type Random, type SeededSet, splice } from './types.ts'

/** Operations of one verb, of which none but the first two reads. */
const PLAIN = new Set([
  ...[
    'get',
    'list',
    'create',
    'delete',
    'update',
    'publish',
    'restore',
    'backup',
    'clone',
    'import',
    'pause',
    'approve',
  ],
])

type Made = [text: string, offset: number]

export function onRole(
  wanted: (role: Role, set: SeededSet) => boolean,
  plant: (role: Role, text: string, random: Random, set: SeededSet) => Made | null,
) {
  return (set: SeededSet, random: Random): Planted | null => {
    const role = pick(
      allRoles(set).filter((candidate) => wanted(candidate, set)),
      random,
    )
    const made = role && plant(role, set.files[role.path] as string, random, set)
    return role && made ? planted(set, role.path, ...made) : null
  }
}

export function isListed({ bullets }: Role): boolean {
  return bullets.length > 0
}

export function held(role: Role): Map<string, Grant[]> {
  return Map.groupBy(role.grants, ({ key }) => key)
}

/** Roles of the same section: those of other levels. */
function siblings(set: SeededSet, role: Role): Role[] {
  return allRoles(set).filter(
    (other) => other !== role && other.path === role.path && other.section?.start === role.section?.start,
  )
}

function hasOnly(grants: readonly Grant[], ...operations: string[]): boolean {
  return grants.length === operations.length && grants.every(({ operation }) => operations.includes(operation))
}

/** Bullets and marks cut out of a role, the last one first. */
export function without(role: Role, grants: readonly Grant[], text: string): string {
  return [...grants]
    .sort((a, b) => b.at - a.at)
    .reduce((now, { at }) => {
      const bullet = role.bullets.find((candidate) => candidate.at === at)
      return bullet ? splice(now, bullet.start, bullet.end, '') : splice(now, at, at + 1, ' ')
    }, text)
}

/** Where a permission is added to a role: a bullet at the end, or a mark in a cell of the matrix. */
export function withGrant(role: Role, key: string, operation: string, text: string): Made | null {
  const last = role.bullets.at(-1)
  if (last) {
    const line = text.slice(last.start, last.end).includes('`')
      ? `- \`${key}.${operation}\`\n`
      : `- ${key}.${operation}\n`
    return [splice(text, last.end, last.end, line), last.end + 2]
  }
  const cell = cellFor(role.matrix, key, operation)
  return cell && cell.text === '' ? [splice(text, cell.start, cell.start, ' √ '), cell.start + 1] : null
}

function cellFor(matrix: Table | null, key: string, operation: string) {
  const column = matrix?.header.cells.findIndex(({ text }) => text.toLowerCase() === operation) ?? -1
  const row = matrix?.rows.find(({ cells }) => cells[0]?.text === key)
  return column > 0 ? row?.cells[column] : undefined
}

function rowOfRole(set: SeededSet, role: Role): TableRow | null {
  return roleTableOf(set, role)?.rows.find(({ cells }) => cells[0]?.text === role.name) ?? null
}

/** A copy of a role under another name, put after it. */
function copyOf(role: Role, name: string, text: string): Made {
  const source = text.slice(role.start, role.end).trimEnd()
  const local = role.nameAt - role.start
  const isHeading = role.form === 'heading'
  const from = isHeading ? source.indexOf(role.name) : local
  const copy = splice(source, from, from + role.name.length, name).replace(/ value="[^"]*"/, ` value="${slug(name)}"`)
  const end = role.start + source.length
  return [splice(text, end, end, `\n\n${copy}`), end + 2 + local]
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-')
}

function describe(row: TableRow, text: string, description: string): Made | null {
  const [name, cell] = row.cells
  return name && cell ? [splice(text, cell.start, cell.end, description), name.start] : null
}

/** Where what is removed stands before an offset, it moves up. */
function moved(text: string, changed: string, offset: number, removedBefore: boolean): number {
  return removedBefore ? offset - (text.length - changed.length) : offset
}

export const rolePlanters: Planter[] = [
  {
    rule: 'conflicting-grants',
    name: 'a second table that denies what the first one grants',
    plant: onRole(
      (role) => role.matrix !== null,
      (role, text, random) => {
        const grant = pick(role.grants, random)
        const matrix = role.matrix
        if (!grant || !matrix) return null
        const end = matrix.rows.at(-1)?.end ?? 0
        const others = ['create', 'delete', 'get', 'list', 'update']
          .filter((word) => word !== grant.operation)
          .slice(0, 2)
        const columns = [grant.operation, ...others].map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        const head = `\nAt night:\n\n|  | ${columns.join(' | ')} |\n| --- | --- | --- | --- |\n`
        const label = `| ${grant.key} | `
        const added = `${head}${label}❌ |  |  |\n`
        return [splice(text, end, end, added), end + head.length + label.length]
      },
    ),
  },
  {
    rule: 'conflicting-grants',
    name: 'a second page with a shorter list',
    plant(set, random) {
      const role = pick(
        allRoles(set).filter(({ bullets }) => bullets.length > 3),
        random,
      )
      if (!role) return null
      const scope = scopeOf(role)
      const dropped = random(role.grants.length)
      const list = role.grants.filter((_, i) => i !== dropped).map(({ key, operation }) => `- ${key}.${operation}\n`)
      const path = `docs/zz-${scope}-overview.mdx`
      const title = `${scope.charAt(0).toUpperCase()}${scope.slice(1)} Roles at a Glance`
      const text = `---\ntitle: ${title}\n---\n\n## ${role.name}\n\n${list.join('')}`
      const source = set.files[role.path] as string
      return { ...planted(set, role.path, source, role.nameAt), files: { ...set.files, [path]: text } }
    },
    // The copy repeats a spelling that was accepted where it stood.
    alsoAllowed: ['key-casing'],
  },
  {
    rule: 'description-contradiction',
    name: 'a description that denies a grant',
    plant: onRole(
      (role, set) => levelOf(role) !== 'viewer' && rowOfRole(set, role) !== null,
      (role, text, random, set) => {
        const row = rowOfRole(set, role)
        const found = contradictable(role, set)
        const chosen = pick(found, random)
        if (!chosen || !row) return null
        const { operation, thing } = chosen
        const said = pick(
          [
            `Works here. Cannot ${operation} ${thing}s.`,
            `Works here. Is not able to ${operation} the ${thing}.`,
            `This role is not allowed to ${operation} a ${thing}.`,
            `Can view ${thing}s without the ability to ${operation} them.`,
          ],
          random,
        ) as string
        return describe(row, text, said)
      },
    ),
  },
  {
    rule: 'description-contradiction',
    name: 'a description that promises too much',
    plant: onRole(
      (role, set) => levelOf(role) === 'editor' && rowOfRole(set, role) !== null,
      (role, text, random, set) => {
        const row = rowOfRole(set, role)
        const admin = siblings(set, role).find((other) => levelOf(other) === 'admin')
        const own = new Set(role.grants.map(({ key, operation }) => `${key}.${operation}`))
        const found = (admin ? contradictable(admin, set) : []).filter(
          ({ key, operation }) => !own.has(`${key}.${operation}`),
        )
        const chosen = pick(found, random)
        if (!chosen || !row) return null
        const { operation, thing } = chosen
        const said = pick(
          [
            `Can ${operation} ${thing}s.`,
            `Allows users to ${operation} the ${thing}.`,
            `Has the permission to ${operation} ${thing}s.`,
          ],
          random,
        ) as string
        return describe(row, text, said)
      },
    ),
  },
  {
    rule: 'duplicate-role',
    name: 'a panel or heading that was copied',
    plant: onRole(
      (role) => role.grants.length > 0,
      (role, text) => copyOf(role, role.name, text),
    ),
  },
  {
    rule: 'duplicate-role',
    name: 'a name in the plural',
    alsoAllowed: ['exceeds-available'],
    plant: onRole(
      (role) => role.grants.length > 0 && !/(?:s|x|y|ch|sh) \w+$/.test(role.name),
      (role, text) => copyOf(role, role.name.replace(/(\w+)( \w+)$/, '$1s$2'), text),
    ),
  },
  {
    rule: 'get-without-list',
    name: 'a viewer that gets and does not list',
    plant: onRole(
      (role, set) => levelOf(role) === 'viewer' && siblings(set, role).length > 1,
      (role, text, random) => {
        const pairs = [...held(role).values()].filter((grants) => hasOnly(grants, 'get', 'list'))
        const grants = pick(pairs, random)
        if (!grants) return null
        const [kept, dropped] = random(2) === 0 ? grants : [...grants].reverse()
        if (!kept || !dropped) return null
        const changed = without(role, [dropped], text)
        return [changed, moved(text, changed, kept.at, dropped.at < kept.at)]
      },
    ),
  },
  {
    rule: 'read-only-role-writes',
    name: 'a viewer that may change something',
    alsoAllowed: ['exceeds-available'],
    plant: onRole(
      (role) => levelOf(role) === 'viewer',
      (role, text, random, set) => {
        const offered = offeredIn(set)
        const found = [...held(role).keys()].flatMap((key) =>
          ['create', 'delete', 'update']
            .filter((operation) => offered.get(key)?.has(operation))
            .map((operation) => ({ key, operation })),
        )
        const chosen = pick(found, random)
        return chosen && withGrant(role, chosen.key, chosen.operation, text)
      },
    ),
  },
  {
    rule: 'role-hierarchy',
    name: 'a higher role that lost a resource',
    // A role that holds less may be one that a list on another page is about.
    alsoAllowed: ['exceeds-available'],
    plant: onRole(
      (role, set) => levelOf(role) !== 'viewer' && siblings(set, role).length > 1,
      (role, text, random) => {
        const found = [...held(role).values()].filter((grants) => hasOnly(grants, 'get', 'list'))
        const grants = pick(found, random)
        return grants && found.length > 1 ? [without(role, grants, text), role.nameAt] : null
      },
    ),
  },
  {
    rule: 'role-hierarchy',
    name: 'a lower role with one more',
    alsoAllowed: ['exceeds-available'],
    plant(set, random) {
      const editors = allRoles(set).filter((role) => levelOf(role) === 'editor')
      const role = pick(editors, random)
      const admin = role && siblings(set, role).find((other) => levelOf(other) === 'admin')
      if (!role || !admin) return null
      const support = [...held(role)].filter(([, grants]) => hasOnly(grants, 'get', 'list'))
      const key = pick(support, random)?.[0]
      const text = set.files[role.path] as string
      const made = key ? withGrant(role, key, 'update', text) : null
      if (
        !made ||
        !offeredIn(set)
          .get(key ?? '')
          ?.has('update')
      )
        return null
      const grown = made[0].length - text.length
      return planted(set, role.path, made[0], admin.nameAt + (admin.nameAt > role.start ? grown : 0))
    },
  },
  {
    rule: 'role-name-mismatch',
    name: 'another name in the role table',
    plant(set, random) {
      const role = pick(
        allRoles(set).filter((candidate) => rowOfRole(set, candidate)),
        random,
      )
      const cell = role && rowOfRole(set, role)?.cells[0]
      if (!role || !cell) return null
      const text = set.files[role.path] as string
      const level = role.name.split(' ').at(-1)
      const changed = splice(text, cell.start, cell.end, `${pick(['Lagoon', 'Marina', 'Estuary'], random)} ${level}`)
      return planted(set, role.path, changed, role.nameAt + changed.length - text.length)
    },
  },
  {
    rule: 'role-name-mismatch',
    name: 'a value of a tab that names another thing',
    plant: onRole(
      (role) => role.form === 'tab',
      (role, text) => {
        const match = /value="([^"]*)"/.exec(text.slice(role.start, role.end))
        if (!match) return null
        const at = role.start + match.index + 7
        const words = role.name.split(' ').with(0, 'Lagoon')
        return [splice(text, at, at + (match[1] as string).length, words.join('-').toLowerCase()), at]
      },
    ),
  },
  {
    rule: 'role-name-mismatch',
    name: 'a heading inside a panel with another name',
    plant: onRole(
      (role) => role.form !== 'heading',
      (role, text) => {
        const at = text.indexOf('\n', role.start) + 2
        return [splice(text, at, at, `#### Lagoon ${role.name.split(' ').at(-1)}\n\n`), at]
      },
    ),
  },
  {
    rule: 'role-without-permissions',
    name: 'a role of the table that has no panel',
    plant(set, random) {
      const role = pick(allRoles(set), random)
      const table = role && roleTableOf(set, role)
      const end = table?.rows.at(-1)?.end
      if (!role || !end) return null
      const text = set.files[role.path] as string
      // A panel's label may be padded; a cell's place is that of its text.
      const row = `| ${role.name.trim().replace(/\w+$/, 'Inspector')} | Looks at everything |\n`
      return planted(set, role.path, splice(text, end, end, row), end + 2)
    },
  },
  {
    rule: 'role-without-permissions',
    name: 'a panel that was removed',
    // Links to its heading now lead nowhere.
    alsoAllowed: ['broken-role-link', 'uncatalogued-permission', 'unresolved-role'],
    plant: onRole(
      (role, set) => rowOfRole(set, role) !== null && siblings(set, role).length > 0,
      (role, text, _, set) => {
        const row = rowOfRole(set, role)
        return row?.cells[0] ? [splice(text, role.start, role.end, ''), row.cells[0].start] : null
      },
    ),
  },
  {
    rule: 'shifted-marks',
    name: 'a row that slipped by some columns',
    plant: onRole(
      (role, set) => role.matrix !== null && levelOf(role) !== 'viewer' && siblings(set, role).length > 1,
      (role, text, random) => {
        const { matrix } = role
        if (!matrix) return null
        const titles = matrix.header.cells.map((cell) => cell.text.toLowerCase())
        const [get, list] = [titles.indexOf('get'), titles.indexOf('list')]
        const steps = [-4, -3, -2, -1, 1, 2, 3, 4].filter((step) => {
          const moved = [get + step, list + step]
          return moved.every((column) => ['create', 'delete', 'update'].includes(titles[column] ?? ''))
        })
        const step = pick(steps, random)
        const rows = [...held(role)].filter(([, grants]) => hasOnly(grants, 'get', 'list'))
        const key = pick(rows, random)?.[0]
        const row = matrix.rows.find(({ cells }) => cells[0]?.text === key)
        if (step === null || !row) return null
        const mark = row.cells[get]?.text ?? ''
        const parts = text.slice(row.start, row.end).split('|')
        for (const column of [get, list]) parts[column + 1] = ' '.repeat((parts[column + 1] as string).length)
        for (const column of [get, list]) parts[column + step + 1] = ` ${mark} `
        const line = parts.join('|')
        const at = line.indexOf(mark)
        return at < 0 ? null : [splice(text, row.start, row.end, line), row.start + at]
      },
    ),
  },
  {
    rule: 'undocumented-role',
    name: 'a role that its table lost',
    plant: onRole(
      (role, set) => (roleTableOf(set, role)?.rows.length ?? 0) > 2 && rowOfRole(set, role) !== null,
      (role, text, _, set) => {
        const row = rowOfRole(set, role) as TableRow
        return [splice(text, row.start, row.end, ''), role.nameAt - (row.end - row.start)]
      },
    ),
  },
  {
    rule: 'undocumented-role',
    name: 'a panel that the table does not know',
    alsoAllowed: ['exceeds-available'],
    plant: onRole(
      (role, set) =>
        levelOf(role) === 'viewer' && rowOfRole(set, role) !== null && (roleTableOf(set, role)?.rows.length ?? 0) > 1,
      (role, text) => copyOf(role, role.name.replace(/\w+$/, 'Inspector'), text),
    ),
  },
  {
    rule: 'write-without-read',
    name: 'a resource that a role changes and cannot see',
    // A description may say that it sees it.
    alsoAllowed: ['description-contradiction'],
    plant: onRole(
      (role) => levelOf(role) !== 'viewer',
      (role, text, random) => {
        const found = [...held(role).values()].filter(
          (grants) => grants.length > 2 && grants.every(({ operation }) => PLAIN.has(operation)),
        )
        const grants = pick(found, random)
        const reads = grants?.filter(({ operation }) => ['get', 'list'].includes(operation)) ?? []
        const writes = grants?.filter((grant) => !reads.includes(grant)) ?? []
        const [first] = writes
        if (!first || reads.length === 0) return null
        // As many marks as its siblings have: `shifted-marks` may say that they slipped.
        if (role.matrix && writes.length === reads.length) return null
        const changed = without(role, reads, text)
        const above = without(
          role,
          reads.filter(({ at }) => at < first.at),
          text,
        )
        return [changed, first.at - (text.length - above.length)]
      },
    ),
  },
  {
    rule: 'inheritance-mismatch',
    name: 'a role that is said to have all of another one, and lists all but one',
    plant(set, random) {
      const all = allRoles(set)
      const role = pick(
        all.filter(({ name, grants }) => grants.length > 2 && all.filter((other) => other.name === name).length === 1),
        random,
      )
      const scope = role && scopeOf(role)
      if (!scope) return null
      const permissions = [...new Set(role.grants.map(({ key, operation }) => `${key}.${operation}`))]
      const lost = pick(permissions, random)
      const bullets = permissions.filter((permission) => permission !== lost).map((permission) => `- ${permission}\n`)
      if (bullets.length < 2) return null
      const says = pick(
        [`Has all permissions of the ${role.name}.`, `Same permissions as ${role.name}.`, `It inherits ${role.name}.`],
        random,
      )
      const text = `# ${scope[0]?.toUpperCase()}${scope.slice(1)} Roles\n\n## Night Deputy\n\n${says}\n\n${bullets.join('')}`
      return planted(set, role.path.replace(/[^/]*$/, 'deputies.mdx'), text, text.indexOf(says ?? ''))
    },
  },
  {
    rule: 'uncovered-resource',
    name: 'a viewer of a whole scope that lacks a resource',
    plant(set, random) {
      const roles = allRoles(set).filter((role) => scopeOf(role) === 'project')
      if (roles.length === 0 || roles.some(({ name }) => name === 'Project Viewer')) return null
      const readers = Map.groupBy(
        roles.flatMap((role) => [...held(role)].map(([key, grants]) => ({ key, grants, name: role.name }))),
        ({ key }) => key,
      )
      const read = [...readers].filter(([, by]) => {
        const names = by.filter(({ grants }) => grants.some(({ operation }) => /^(?:get|list)$/i.test(operation)))
        return new Set(names.map(({ name }) => name)).size > 1
      })
      const lost = pick(read, random)?.[0]
      const kept = read.map(([key]) => key).filter((key) => key !== lost)
      if (!lost || kept.length < 2) return null
      const bullets = kept.flatMap((key) => [`- ${key}.get\n`, `- ${key}.list\n`])
      const what = pick(['all resources of a project', 'everything in a project', 'every resource'], random)
      const text = `# Project Roles\n\n| Role Name | Description |\n| --- | --- |\n| Project Viewer | Sees ${what}, and changes nothing. |\n\n## Project Viewer\n\n${bullets.join('')}`
      const path = (roles[0]?.path ?? '').replace(/[^/]*$/, 'whole-project.mdx')
      return planted(set, path, text, text.indexOf('## Project Viewer'))
    },
  },
]

interface Said {
  key: string
  operation: string
  thing: string
}

/** What a sentence can say of a role: verbs that no word of “read-only” stands for, on things of a plain plural. */
function contradictable(role: Role, set: SeededSet): Said[] {
  const titles = new Map(catalogueOf(set).map(({ key, title }) => [key, title]))
  return role.grants.flatMap(({ key, operation }) => {
    const thing = titles.get(key)?.toLowerCase()
    const plain = ['create', 'delete', 'update', 'publish', 'restore', 'clone', 'import', 'pause'].includes(operation)
    return thing && plain && !/(?:y|s|sh|ch)$/.test(thing) ? [{ key, operation, thing }] : []
  })
}
