/** Other products' pages, cell by cell, against facts that were checked by hand. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Analysis } from '../src/analyse.ts'
import type { Grant, Permission, Role } from '../src/model/dataset.ts'
import { slugify } from '../src/text.ts'
import { analyseText, READING } from './support/analysis.ts'
import { listShared, readShared, saySkipped, shared } from './support/shared.ts'

interface Table {
  /** A heading as its page writes it (`#### Global Previews`), or words on the table. */
  title: string
  axis: string
  columns: string[]
  rows: number
  granted_cells: number
  facts: { subject: string; action: string; granted: boolean | null }[]
}

interface Vendor {
  file: string
  matrices: number
  facts: Table[]
}

const vendors: Vendor[] = shared ? JSON.parse(readShared('corpus/vendors/FACTS.json')) : []
const analyses = new Map<string, Analysis>()

function analysisOf(file: string): Analysis {
  const known = analyses.get(file) ?? analyseText(readShared(`corpus/vendors/${file}`), { rules: READING })
  analyses.set(file, known)
  return known
}

/** The permissions of the table that stands under a heading, with the roles of its columns and their grants of them. */
interface Matrix {
  actions: Permission[]
  columns: string[]
  roles: { role: Role; grants: Grant[] }[]
}

function matrixOf(file: string, table: Table): Matrix {
  const { model, reading } = analysisOf(file)
  const { dataset } = model
  const heading = /^#+ (.*)$/.exec(table.title)?.[1]
  const inSection = ({ id }: { id: string }) => heading === undefined || id.split('/').includes(slugify(heading))
  const actions = dataset.permissions.filter(inSection)
  const ids = new Set(actions.map((action) => action.id))
  const roles = dataset.roles.map((role) => ({
    role,
    grants: role.grants.filter((grant) => ids.has(grant.permission)),
  }))
  const rows = reading.claims.filter((claim) => claim.kind === 'listed-action')
  const here = rows.filter(({ path }) => heading === undefined || path.includes(heading))
  const columns = [...new Set(here.flatMap((row) => row.roles.map((role) => role.text)))]
  return { actions, columns, roles: roles.filter(({ grants }) => grants.length > 0) }
}

const byRole = vendors.flatMap(({ file, facts }) =>
  facts.filter(({ axis }) => axis.includes('columns=roles')).map((table) => [file, table.title, table] as const),
)
const byOperation = vendors.flatMap(({ file, facts }) =>
  facts.filter(({ axis }) => axis.includes('columns=operations')).map((table) => [file, table.title, table] as const),
)

beforeAll(saySkipped)

describe.skipIf(!shared)('tables of actions and roles', () => {
  it('there are some', () => {
    expect(byRole.length).toBeGreaterThan(5)
    expect(byOperation.length).toBeGreaterThan(0)
  })

  it.each(byRole)('%s, %s: its columns are the roles, its rows the actions', (file, _title, table) => {
    const { actions, columns } = matrixOf(file, table)
    expect(columns).toEqual(table.columns)
    const names = new Set(analysisOf(file).model.dataset.roles.map((role) => role.name))
    expect(columns.filter((column) => !names.has(column))).toEqual([])
    expect(actions).toHaveLength(table.rows)
  })

  it.each(byRole)('%s, %s: as many cells grant as in the page', (file, _title, table) => {
    const effects = matrixOf(file, table).roles.flatMap(({ grants }) => grants.map((grant) => grant.effect))
    expect(effects.filter((effect) => effect === 'granted')).toHaveLength(table.granted_cells)
    expect(effects.filter((effect) => effect === 'conditional')).toEqual([])
  })

  it.each(byRole)('%s, %s: the facts that were checked by hand', (file, _title, table) => {
    const { actions, roles } = matrixOf(file, table)
    for (const fact of table.facts) {
      // “Manage Nodes (see table below)” is the action “Manage Nodes”; a star is the sign of a note.
      const named = fact.action.replace(/ \*$/, '')
      const action = actions.find(({ title }) => title === named || title?.startsWith(`${named} (`))
      const held = roles.find(({ role }) => role.name === fact.subject)
      const effect = held?.grants.find(({ permission }) => permission === action?.id)?.effect ?? null
      const what = `${fact.subject}: ${fact.action}`
      expect(action, what).toBeDefined()
      if (fact.granted === true) expect(effect, what).toBe('granted')
      // A blank cell gives no grant; a cross gives a denied one; a question that does not arise gives none.
      else if (fact.granted === null) expect(effect, what).toBeNull()
      else expect(effect, what).not.toBe('granted')
    }
  })
})

describe.skipIf(!shared)('tables of resources and operations that belong to no role', () => {
  it.each(byOperation)('%s, %s: a catalogue, cell by cell', (file, _title, table) => {
    const { dataset } = analysisOf(file).model
    expect(dataset.roles.flatMap(({ grants }) => grants)).toEqual([])
    expect(dataset.catalogues).toHaveLength(1)
    const offered = dataset.catalogues[0]?.permissions ?? []
    expect(offered).toHaveLength(table.granted_cells)
    expect(new Set(offered.map((id) => id.split('.')[0])).size).toBe(table.rows)
    expect(dataset.operations.map((operation) => operation.id).sort()).toEqual([...table.columns].sort())
    for (const { subject, action, granted } of table.facts)
      expect(offered.includes(`${subject}.${action}`), `${subject}.${action}`).toBe(granted)
  })
})

describe.skipIf(!shared)('what the pages say beside their marks', () => {
  it('superset: a row of descriptions describes the roles, and one sign is said to be inferred', () => {
    const { model, diagnostics } = analysisOf('superset.md')
    expect(model.dataset.roles.map((role) => role.description?.split(' ').slice(0, 3).join(' '))).toEqual([
      'Admins have all',
      'Alpha users have',
      'Gamma users have',
      'The sql_lab role',
    ])
    expect(diagnostics.map((d) => `${d.severity} ${d.ruleId} ${d.line}:${d.column}`)).toEqual([
      'info inferred-mark 25:110',
    ])
  })

  it('okteto: three tables of one shape stay three, by the headings that they stand under', () => {
    const { dataset } = analysisOf('okteto.mdx').model
    const reads = dataset.permissions.filter((permission) => permission.title === 'Read').map(({ id }) => id)
    expect(reads).toEqual([
      'permission-model/namespace-operations/read',
      'permission-model/operations-within-previews/global-previews/read',
      'permission-model/operations-within-previews/personal-previews/read',
    ])
    expect(analysisOf('okteto.mdx').diagnostics).toEqual([])
  })

  it('okteto: what “Developers can:” stands over is what developers may do', () => {
    const { roles } = analysisOf('okteto.mdx').model.dataset
    expect(roles.find(({ name }) => name === 'Developers')?.grants).toHaveLength(5)
  })

  it('rancher: roles of one name in two scopes are two, and a table without roles gives none', () => {
    const { model, diagnostics } = analysisOf('rancher-2.6.md')
    expect(model.dataset.roles.map((role) => role.id)).toEqual([
      'cluster/member',
      'cluster/owner',
      'project/member',
      'project/owner',
      'project/read-only',
    ])
    expect(diagnostics.map((d) => `${d.ruleId} ${d.line}`)).toEqual(['unrecognised-block 58'])
  })
})

describe.skipIf(!shared)('pages that speak of roles and list none', () => {
  const silent = ['create-custom-role.md', 'add-roles-and-role-bindings.md']
  const pages = listShared('corpus/latest').filter((path) => silent.some((name) => path.endsWith(`/${name}`)))

  it('k8s-rbac.md gives no role and no finding, and a policy for each excerpt that shows rules alone', () => {
    const { model, diagnostics } = analysisOf('k8s-rbac.md')
    expect(model.dataset.roles).toEqual([])
    expect(diagnostics).toEqual([])
    const excerpts = model.dataset.policies.filter(({ title }) => title === 'Role examples')
    expect(excerpts.map(({ source, permissions }) => `${source.line} ${permissions.length}`)).toEqual([
      '410 3',
      '423 7',
      '436 10',
      '455 1',
      '470 3',
      '484 4',
    ])
  })

  it.each(pages)('%s gives no role and no finding', (path) => {
    const { model, diagnostics } = analyseText(readShared(path), { rules: READING })
    expect(model.dataset.roles).toEqual([])
    // Partials stand in other files.
    expect(diagnostics.filter((d) => d.ruleId !== 'missing-partial')).toEqual([])
  })

  it('both pages are there', () => {
    expect(pages).toHaveLength(silent.length)
  })
})
