/** Real pages of `../shared/corpus`: whole sets against an independent line reader, and counts against its README. */
import { describe, expect, it } from 'vitest'
import type { Analysis } from '../src/analyse.ts'
import { main } from '../src/cli/main.ts'
import { bareTerminal } from '../src/cli/terminal.ts'
import { rules } from '../src/validate/rules.ts'
import { analyseTexts, brief, countGrants, grantsByRole, isAboutReading, placesOf } from './support/analysis.ts'
import {
  codeUnits,
  type LineReading,
  pipeCells,
  readPolicies,
  readPrivilegeLists,
  readPrivileges,
  readRoles,
} from './support/line-reader.ts'
import { listShared, readShared, saySkipped, shared, sharedFolder } from './support/shared.ts'

const SEED = 'seeds/004_87c54f8da24e2d30.txt'
const RBAC = 'docs/docs-content/user-management/palette-rbac'

/** The table of `../shared/corpus/README.md`. */
const PAGES: [path: string, roles: number, grants: number][] = [
  [SEED, 14, 322],
  [`corpus/v4/${RBAC}/project-scope-roles-permissions.md`, 23, 507],
  ['corpus/gatsby/content/docs/08-user-management/2-palette-rbac/1-tenant-scope-roles-permissions.md', 10, 286],
  [`corpus/latest/${RBAC}/project-scope-roles-permissions.md`, 30, 786],
  [`corpus/latest/${RBAC}/tenant-scope-roles-permissions.md`, 10, 434],
  [`corpus/latest/${RBAC}/resource-scope-roles-permissions.md`, 6, 142],
]

/** Distinct actions of the policy partials, as the README counts them. */
const PARTIALS: Record<string, number> = {
  'aws-control-plane-policy': 54,
  'aws-controller-policy': 91,
  'aws-deployment-policy': 34,
  'aws-dynamic-permissions': 121,
  'aws-eks-controller-policy': 51,
  'aws-eks-dynamic-permissions': 55,
  'aws-host-resource-groups-policy': 5,
  'aws-iaas-dynamic-permissions': 55,
  'aws-iaas-static-permissions': 33,
  'aws-nodes-policy': 17,
  'aws-static-permissions': 93,
  'azure-aks-dynamic-sub-role': 21,
  'azure-aks-static-vnet-role': 3,
  'azure-iaas-static-rg-sub-role': 43,
  'azure-iaas-static-vnet-role': 25,
  'cloudstack-dynamic-permissions': 23,
  'cloudstack-static-permissions': 19,
  'gcp-deployment-role': 98,
}

const read = new Map<string, { text: string; analysis: Analysis }>()

function readOne(path: string): { text: string; analysis: Analysis } {
  const known = read.get(path)
  if (known) return known
  const text = readShared(path)
  const made = { text, analysis: analyseTexts({ [path]: text }) }
  read.set(path, made)
  return made
}

function grantsOfLines(reading: LineReading): Record<string, string[]> {
  return Object.fromEntries(
    reading.roles.map((role) => [
      role.name,
      role.grants.map((grant) => `${grant.permission} @${grant.line}:${grant.column}`).sort(codeUnits),
    ]),
  )
}

saySkipped()
describe.skipIf(!shared)('roles of real pages', () => {
  it.each(PAGES)('%s has the %i roles and %i grants that its lines say, cell by cell', (path, roles, grants) => {
    const { text, analysis } = readOne(path)
    const lines = readRoles(text)
    expect([lines.roles.length, grantsTotal(lines)]).toEqual([roles, grants])
    expect([analysis.model.dataset.roles.length, countGrants(analysis.model.dataset)]).toEqual([roles, grants])
    expect(grantsByRole(analysis.model.dataset)).toEqual(grantsOfLines(lines))
  })

  it.each(PAGES)('%s shows each role at the line that names it', (path) => {
    const { text, analysis } = readOne(path)
    const lines = readRoles(text).roles.map((role) => `${role.name} ${role.line}`)
    const model = analysis.model.dataset.roles.map((role) => `${role.name} ${role.source.line}`)
    expect(model.sort(codeUnits)).toEqual(lines.sort(codeUnits))
  })

  it('reads the keys for custom resource roles as a catalogue of 25, never as a role', () => {
    const path = `corpus/latest/${RBAC}/resource-scope-roles-permissions.md`
    const { text, analysis } = readOne(path)
    const [lines] = readRoles(text).catalogues
    expect(lines?.permissions).toHaveLength(25)
    expect(analysis.model.dataset.catalogues.map(({ title, permissions }) => ({ title, permissions }))).toEqual([
      { title: lines?.title, permissions: [...(lines?.permissions ?? [])].sort(codeUnits) },
    ])
  })

  it('leaves no role unlisted: every described role is a role of the model', () => {
    for (const [path] of PAGES) {
      const { text, analysis } = readOne(path)
      const described = new Set(readRoles(text).described.map((row) => `${row.line}:${row.column}`))
      const rows = analysis.model.roles.flatMap(({ row }) =>
        row ? [`${row.evidence.span.line}:${row.evidence.span.column}`] : [],
      )
      expect([...new Set(rows)].sort(codeUnits), path).toEqual([...described].sort(codeUnits))
    }
  })
})

describe.skipIf(!shared)('policy partials', () => {
  const folder = 'corpus/latest/_partials/permissions'

  it.each(Object.entries(PARTIALS))('%s lists the %i actions that its lines list', (name, count) => {
    const { text, analysis } = readOne(`${folder}/_${name}.mdx`)
    const [policy, ...others] = analysis.model.dataset.policies
    expect(others).toEqual([])
    expect(policy?.id).toBe(name)
    expect(policy?.permissions).toHaveLength(count)
    expect(policy?.permissions).toEqual(readPolicies(text)[0]?.actions)
    expect(analysis.diagnostics.filter(({ ruleId }) => isAboutReading(ruleId))).toEqual([])
  })

  it('vSphere privileges are read tab by tab, and the raw ids beside them', () => {
    const { text, analysis } = readOne(`${folder}/_vsphere-permissions.mdx`)
    const { policies } = analysis.model.dataset
    const byTab = policies.filter((policy) => policy.variant !== 'API')
    expect(byTab.map((policy) => [policy.title, policy.permissions])).toEqual(
      readPrivileges(text)
        .map(({ section, tab, privileges }) => [`${section} (${tab})`, privileges] as const)
        .sort((a, b) => codeUnits(a[0], b[0])),
    )
    expect(policies.filter((policy) => policy.variant === 'API').map((policy) => policy.permissions)).toEqual(
      readPrivilegeLists(text)
        .sort((a, b) => codeUnits(a.section, b.section))
        .map((list) => list.privileges),
    )
  })

  it('policies written in a page are read at their fences', () => {
    const path = 'corpus/gatsby/content/docs/04-clusters/01-public-cloud/01-aws/10-required-iam-policies.md'
    const { text, analysis } = readOne(path)
    const policies = analysis.model.dataset.policies
      .map((policy) => ({ line: policy.source.line, actions: policy.permissions }))
      .sort((a, b) => a.line - b.line)
    expect(policies).toEqual(readPolicies(text))
  })

  it('reports a missing comma and a comma too many at their exact places', () => {
    const path = 'corpus/gatsby/content/docs/04-clusters/01-public-cloud/01-aws/10-required-iam-policies.md'
    const { text, analysis } = readOne(path)
    const expected: string[] = []
    text.split('\n').forEach((line, i, lines) => {
      if (/^\s*"[^"]*""/.test(line)) expected.push(`${i + 1}:${line.indexOf('""') + 2}`)
      if (/^\s*\]/.test(line) && /,\s*$/.test(lines[i - 1] ?? '')) expected.push(`${i + 1}:${line.indexOf(']') + 1}`)
    })
    expect(expected).toHaveLength(2)
    expect(placesOf(analysis.diagnostics, 'invalid-policy')).toEqual(expected)
  })
})

describe.skipIf(!shared)('the document that the project began with', () => {
  const text = shared ? readShared(SEED) : ''
  const lines = text.split(/\r?\n/)

  /** `line:column` of every √ of one tab under the operations given. */
  function marks(tab: string, operations: string[]): string[] {
    const from = lines.findIndex((line) => line.includes(`tab="${tab}"`))
    const to = lines.findIndex((line, i) => i > from && line.includes('</Tabs.TabPane>'))
    const places: string[] = []
    let header: string[] = []
    for (let i = from; i < to; i++) {
      const cells = pipeCells(lines[i] as string)
      if (cells.some((cell) => cell.text === 'Create')) header = cells.map((cell) => cell.text)
      else
        for (const [column, cell] of cells.entries())
          if (cell.text === '√' && operations.includes(header[column] ?? '')) places.push(`${i + 1}:${cell.column}`)
    }
    return places
  }

  it('reports every write mark of Project Viewer at its cell, and no other role', () => {
    const { analysis } = readOne(SEED)
    const writes = marks('Project Viewer', ['Create', 'Delete', 'Update', 'Import', 'Publish', 'Backup', 'Restore'])
    expect(writes.length).toBeGreaterThan(20)
    expect(placesOf(analysis.diagnostics, 'read-only-role-writes')).toEqual(writes)
    const found = analysis.diagnostics.filter((d) => d.ruleId === 'read-only-role-writes')
    expect(new Set(found.map((d) => d.subject))).toEqual(new Set(['project/project-viewer']))
  })

  it('reports the names that disagree: the key of a tab, and Workspace Operator against Workspace Editor', () => {
    const { analysis } = readOne(SEED)
    const at = (needle: string, value: string) => {
      const index = lines.findIndex((line) => line.includes(needle))
      return `${index + 1}:${(lines[index] as string).indexOf(value, (lines[index] as string).indexOf(needle)) + 1}`
    }
    const places = placesOf(analysis.diagnostics, 'role-name-mismatch')
    expect(places).toContain(at('key="Cloud Account Admin"', 'Cloud Account Admin'))
    expect(places).toContain(at('tab="Workspace Operator"', 'Workspace Operator'))
    const workspace = analysis.diagnostics.find((d) => d.subject === 'project/workspace-operator')
    const row = lines.findIndex((line) => line.startsWith('|Workspace Editor')) + 1
    expect(workspace?.related).toEqual([expect.objectContaining({ line: row, path: SEED })])
    expect(workspace?.message).toContain('`Workspace Editor`')
  })

  it('reports the rows of admins that write what they cannot see as shifted, once each', () => {
    const { analysis } = readOne(SEED)
    const unseen: string[] = []
    for (const role of readRoles(text).roles) {
      if (role.name === 'Project Viewer') continue
      const keys = new Set(role.grants.map((grant) => grant.permission.split('.')[0]))
      for (const key of keys) {
        const grants = role.grants.filter((grant) => grant.permission.startsWith(`${key}.`))
        if (grants.some((grant) => /\.(?:get|list)$/.test(grant.permission))) continue
        expect(grants.map((grant) => grant.permission)).toEqual([`${key}.create`, `${key}.delete`])
        unseen.push(`${grants[0]?.line}:${grants[0]?.column}`)
      }
    }
    expect(unseen).toHaveLength(4)
    // Get and List stand two columns to the right of Create and Delete, and are what the siblings of each row have.
    const shifted = analysis.diagnostics.filter((d) => d.ruleId === 'shifted-marks')
    expect(shifted.map(({ line, column }) => `${line}:${column}`)).toEqual(unseen)
    for (const { message } of shifted) expect(message).toContain('2 columns to the right')
    expect(placesOf(analysis.diagnostics, 'write-without-read')).toEqual([])
  })

  it('reports the description of Cluster Editor, which promises a delete that its table lacks', () => {
    const { analysis } = readOne(SEED)
    const row = lines.findIndex((line) => line.startsWith('|Cluster Editor')) + 1
    const found = analysis.diagnostics.filter((d) => d.ruleId === 'description-contradiction')
    expect(found.map(({ line, subject }) => [line, subject])).toEqual([[row, 'project/cluster-editor']])
    const editor = readRoles(text).roles.find((role) => role.name === 'Cluster Editor')
    const permissions = editor?.grants.map((grant) => grant.permission) ?? []
    expect(permissions).toContain('cluster.update')
    expect(permissions).not.toContain('cluster.delete')
  })

  it('reports nothing else about its roles', () => {
    const { analysis } = readOne(SEED)
    const aboutRoles = new Set(rules.filter((rule) => rule.category === 'roles').map((rule) => rule.id))
    const found = analysis.diagnostics.map((d) => d.ruleId).filter((id) => aboutRoles.has(id))
    expect(new Set(found)).toEqual(
      new Set([
        'description-contradiction',
        'read-only-role-writes',
        'role-name-mismatch',
        'shifted-marks',
        'uncovered-resource',
      ]),
    )
  })

  it('ends the command line with exit code 1, and the extraction with 0', async () => {
    const out: string[] = []
    const terminal = bareTerminal({ cwd: sharedFolder(), out: (chunk) => void out.push(chunk) })
    expect(await main(['check', SEED], terminal)).toBe(1)
    expect(out.join('')).toContain('read-only-role-writes')
    expect(await main(['extract', SEED], terminal)).toBe(0)
  })
})

describe.skipIf(!shared)('every page of the corpus', () => {
  const paths = [...listShared('corpus'), ...listShared('seeds')]

  it.each(paths)('%s is read without a crash, and twice the same', (path) => {
    const { text, analysis: first } = readOne(path)
    const second = analyseTexts({ [path]: text })
    expect(JSON.stringify(second.model.dataset)).toBe(JSON.stringify(first.model.dataset))
    expect(second.diagnostics).toEqual(first.diagnostics)
    const last = text.split('\n').length
    for (const { line, column } of first.diagnostics) {
      expect(line).toBeLessThanOrEqual(last)
      expect(column).toBeGreaterThan(0)
    }
  })

  it('reads them all together: partials stand where they are included', () => {
    const texts = Object.fromEntries(listShared('corpus/latest').map((path) => [path, readShared(path)]))
    const { model, diagnostics } = analyseTexts(texts)
    for (const [name, count] of Object.entries(PARTIALS)) {
      const policy = model.dataset.policies.find((candidate) => candidate.id === name)
      expect(policy?.permissions, name).toHaveLength(count)
    }
    const included = model.dataset.policies.filter((policy) => policy.usedBy.length > 0)
    expect(included.length).toBeGreaterThan(15)
    const there = new Set(Object.keys(PARTIALS))
    const missing = diagnostics.filter((d) => d.ruleId === 'missing-partial').map((d) => d.subject ?? '')
    expect(missing.filter((key) => there.has(key.replace('permissions/', '')))).toEqual([])
  })

  it('reports the matrix of operations whose header and delimiter row disagree', () => {
    const path = `corpus/latest/${RBAC}/palette-rbac.md`
    const { text, analysis } = readOne(path)
    const line = text.split('\n').findIndex((row) => /^\| Component\s+\| Resource Key\s+\| Operations/.test(row)) + 1
    expect(brief(analysis.diagnostics)).toContain(`broken-table ${line}:1`)
  })
})

interface VendorFacts {
  file: string
  matrices: number
  facts: {
    title: string
    axis: string
    columns: string[]
    granted_cells: number
    facts: { subject: string; action: string; granted: boolean | null }[]
  }[]
}

describe.skipIf(!shared)('pages of other products', () => {
  const vendors: VendorFacts[] = shared ? JSON.parse(readShared('corpus/vendors/FACTS.json')) : []

  it.each(vendors.map((vendor) => [vendor.file, vendor] as const))('%s is read or reported', (file, vendor) => {
    const { analysis } = readOne(`corpus/vendors/${file}`)
    const { dataset } = analysis.model
    if (vendor.matrices === 0) {
      expect(dataset.roles).toEqual([])
      return
    }
    const holders = dataset.roles.filter(({ grants }) => grants.length > 0)
    // A matrix of what there is, for no role, is a catalogue; `vendors.test.ts` reads it cell by cell.
    if (holders.length === 0 && dataset.catalogues.length === vendor.matrices) return
    if (holders.length === 0) {
      // No dialect takes the matrix: then a finding must stand at each table.
      const reported = analysis.diagnostics.filter((d) => /^(?:unrecognised|ambiguous)-block$/.test(d.ruleId))
      expect(reported.length, 'silent loss of a matrix').toBeGreaterThanOrEqual(vendor.matrices)
      return
    }
    const titles = new Map(dataset.permissions.map((permission) => [permission.id, permission.title ?? permission.id]))
    for (const table of vendor.facts) {
      for (const fact of table.facts) {
        const byResource = table.axis.startsWith('rows=resources')
        const holders = dataset.roles.filter((role) => byResource || role.name === fact.subject)
        const wanted = byResource ? `${fact.subject}.${fact.action}` : fact.action
        const effects = holders.flatMap((role) =>
          role.grants
            .filter((grant) => titles.get(grant.permission) === wanted)
            .filter((grant) => byResource || inSection(grant.permission, table.title))
            .map((grant) => grant.effect),
        )
        if (fact.granted === true) expect(effects, `${fact.subject}: ${wanted}`).toContain('granted')
        else expect(effects, `${fact.subject}: ${wanted}`).not.toContain('granted')
      }
    }
  })

  it('counts every granted cell of a matrix', () => {
    for (const vendor of vendors) {
      const { analysis } = readOne(`corpus/vendors/${vendor.file}`)
      const { roles } = analysis.model.dataset
      if (roles.every(({ grants }) => grants.length === 0)) continue
      for (const table of vendor.facts) {
        const granted = roles.flatMap((role) =>
          role.grants.filter((grant) => grant.effect === 'granted' && inSection(grant.permission, table.title)),
        )
        expect(granted.length, `${vendor.file}: ${table.title}`).toBe(table.granted_cells)
      }
    }
  })
})

/** Whether an action's id stands under the heading that FACTS.json names; a title that is no heading says nothing. */
function inSection(permission: string, title: string): boolean {
  const heading = /^#+\s+(.*)$/.exec(title)?.[1]
  return heading === undefined || permission.includes(`${heading.toLowerCase().replaceAll(' ', '-')}/`)
}

function grantsTotal(reading: LineReading): number {
  return reading.roles.reduce((sum, role) => sum + role.grants.length, 0)
}
