/** Every finding on the seeds and on eight pages of the corpus, against `labelled/findings.md`, where each is judged. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Analysis, analyse } from '../src/analyse.ts'
import type { Diagnostic } from '../src/diagnostic.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { sourceFile } from './support/analysis.ts'
import { listShared, ROOT, readShared, saySkipped, shared } from './support/shared.ts'

const RBAC = 'docs/docs-content/user-management/palette-rbac'
const CMR = 'seeds/000_ad9a8a3c95f806cf.txt'
const SEED = 'seeds/004_87c54f8da24e2d30.txt'
const PROJECT = `corpus/latest/${RBAC}/project-scope-roles-permissions.md`
const TENANT = `corpus/latest/${RBAC}/tenant-scope-roles-permissions.md`
const RESOURCE = `corpus/latest/${RBAC}/resource-scope-roles-permissions.md`
const PERMISSIONS = `corpus/latest/${RBAC}/permissions.md`
const MATRIX = `corpus/latest/${RBAC}/palette-rbac.md`
const V4 = `corpus/v4/${RBAC}/project-scope-roles-permissions.md`
const GATSBY = 'corpus/gatsby/content/docs'
const OLD_TENANT = `${GATSBY}/08-user-management/2-palette-rbac/1-tenant-scope-roles-permissions.md`
const OLD_POLICIES = `${GATSBY}/04-clusters/01-public-cloud/01-aws/10-required-iam-policies.md`
const PAGES = [PROJECT, TENANT, RESOURCE, PERMISSIONS, MATRIX, V4, OLD_TENANT, OLD_POLICIES]

/** Sets that are read as a whole; paths of their files begin with the name. */
const SETS = ['seeds', 'corpus/latest', 'corpus/v4', 'corpus/gatsby']

interface Row {
  page: string
  place: string
  rule: string
  severity: string
  subject: string
  judged: string
  why: string
}

interface Miss {
  page: string
  line: number
  mistake: string
  why: string
}

/** The findings of a set, its files read together as `rolebook check` reads a folder. */
function analyseSet(set: string, more: readonly string[] = []): Analysis {
  const files = [...listShared(set), ...more].map((path) =>
    sourceFile(path, readShared(path), path.startsWith(`${set}/`) ? path.slice(set.length + 1) : path),
  )
  // Named files say nothing of what stands elsewhere; a whole set does.
  return analyse(files, resolveSettings({}), 'latest', { complete: set !== 'seeds' })
}

function findingsOfPages(): Diagnostic[] {
  const labelled = new Set([...listShared('seeds'), ...PAGES])
  return SETS.flatMap((set) => analyseSet(set).diagnostics).filter(({ path }) => labelled.has(path))
}

/** The tables of `findings.md`: those of the pages, each under its heading, and the last one, of what no rule finds. */
function readTables(): { rows: Row[]; misses: Miss[] } {
  const rows: Row[] = []
  const misses: Miss[] = []
  let page = ''
  for (const line of readFileSync(join(ROOT, 'test', 'labelled', 'findings.md'), 'utf8').split('\n')) {
    if (line.startsWith('## ')) page = /^## `(.+)`$/.exec(line)?.[1] ?? ''
    const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : []
    if (page !== '' && /^\d/.test(cells[0] ?? '')) {
      const [place = '', rule = '', severity = '', subject = '', judged = '', why = ''] = cells
      rows.push({ page, place, rule, severity, subject, judged, why })
    }
    if (page === '' && cells[0]?.startsWith('`')) {
      const [path = '', at = '', mistake = '', why = ''] = cells
      misses.push({ page: path.slice(1, -1), line: Number(at), mistake, why })
    }
  }
  return { rows, misses }
}

/** A finding as a row of the table, without its judgement; a blank subject is a dash. */
function rowOf({ line, column, ruleId, severity, subject }: Diagnostic): string {
  return `| ${line}:${column} | ${ruleId} | ${severity} | ${subject ?? '–'} |`
}

function keyOf({ page, place, rule, severity, subject }: Row): string {
  return `${page}: | ${place} | ${rule} | ${severity} | ${subject} |`
}

const { rows, misses } = readTables()
const found = shared ? findingsOfPages() : []

/** The lines between two of a page, both with their ends. */
function lines(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

type Wanted = [page: string, place: string, rule: string, subject: string | null, says: string]

/** What must be found, with the place that a person finds on the page. */
const WANTED: Record<string, Wanted[]> = {
  'the marks of Project Viewer, 15 rows of Create and Update on two pages': [
    ...lines(132, 146).map((line): [string, number] => [SEED, line]),
    ...lines(369, 383).map((line): [string, number] => [V4, line]),
  ].flatMap(([page, line]): Wanted[] => [
    [page, `${line}:24`, 'read-only-role-writes', 'project/project-viewer', '.create`'],
    [page, `${line}:71`, 'read-only-role-writes', 'project/project-viewer', '.update`'],
  ]),
  'Create and Delete in place of Get and List': [
    [SEED, '189:24', 'shifted-marks', 'project/cluster-profile-admin', '`packRegistry`'],
    [SEED, '282:24', 'shifted-marks', 'project/cluster-admin', '`clusterProfile`'],
    [SEED, '289:24', 'shifted-marks', 'project/cluster-admin', '`packRegistry`'],
    [SEED, '290:24', 'shifted-marks', 'project/cluster-admin', '`privateGateway`'],
    [V4, '429:24', 'shifted-marks', 'project/cluster-profile-admin', '`packRegistry`'],
    [V4, '538:24', 'shifted-marks', 'project/cluster-admin', '`clusterProfile`'],
    [V4, '545:24', 'shifted-marks', 'project/cluster-admin', '`packRegistry`'],
    [V4, '546:24', 'shifted-marks', 'project/cluster-admin', '`privateGateway`'],
  ],
  'roles that are called Cloud Account here and Cluster Account there': [
    [SEED, '383:48', 'role-name-mismatch', 'project/cluster-account-admin', '`Cloud Account Admin`'],
    [V4, '649:47', 'role-name-mismatch', 'project/cluster-account-admin', '`Cloud Account Admin`'],
    [PROJECT, '213:24', 'role-name-mismatch', 'project/cluster-account-admin', '`Cloud Account Admin`'],
    [PROJECT, '224:24', 'role-name-mismatch', 'project/cluster-account-editor', '`Cloud Account Editor`'],
    [PROJECT, '233:24', 'role-name-mismatch', 'project/cluster-account-viewer', '`Cloud Account Viewer`'],
  ],
  'Workspace Editor, whose permissions stand under Workspace Operator': [
    [SEED, '485:20', 'role-name-mismatch', 'project/workspace-operator', '`Workspace Editor`'],
    [V4, '769:17', 'role-name-mismatch', 'project/workspace-operator', '`Workspace Editor`'],
    [PROJECT, '1032:24', 'role-name-mismatch', 'project/workspace-operator', '`Workspace Editor`'],
  ],
  'Tenant User Admin Role': [
    [TENANT, '551:24', 'role-name-mismatch', 'tenant/tenant-user-admin', '`Tenant User Admin Role`'],
  ],
  'virtualCloudconfig beside virtualCloudConfig': [
    [PROJECT, '72:3', 'key-casing', 'virtualCloudConfig', '`virtualCloudconfig`'],
    [TENANT, '171:3', 'key-casing', 'virtualCloudConfig', '`virtualCloudconfig`'],
    [RESOURCE, '101:3', 'key-casing', 'virtualCloudConfig', '`virtualCloudconfig`'],
  ],
  'what is granted and not catalogued': [
    [PROJECT, '264:3', 'uncatalogued-permission', 'cluster.import', '`import`'],
    [PROJECT, '66:3', 'unknown-resource-key', 'sshKey', '15 roles'],
    [PROJECT, '276:3', 'unknown-resource-key', 'clusterTemplate', '9 roles'],
    [PROJECT, '311:3', 'unknown-resource-key', 'spcPolicy', '9 roles'],
  ],
  'Resource Cluster Admin, beyond the list of what is available': [
    [RESOURCE, '73:24', 'exceeds-available', 'resource/resource-cluster-admin', 'holds 27 permissions'],
  ],
  'Cluster Editor, which is described as able to delete': [
    [SEED, '255:2', 'description-contradiction', 'project/cluster-editor', '`cluster.delete`'],
    [V4, '507:3', 'description-contradiction', 'project/cluster-editor', '`cluster.delete`'],
    [PROJECT, '248:3', 'description-contradiction', 'project/cluster-editor', '`cluster.delete`'],
  ],
  'Tenant Project Admin, which is described as unable to create projects': [
    [TENANT, '345:3', 'description-contradiction', 'tenant/tenant-project-admin', '`project.create`'],
  ],
  'the policy that does not parse': [
    [OLD_POLICIES, '280:42', 'invalid-policy', 'controllers-eks-policy', 'comma is missing'],
  ],
  'the matrix of scopes with five header cells over six': [[MATRIX, '198:1', 'broken-table', null, '5 cells']],
}

saySkipped()
describe.skipIf(!shared)('findings on real pages, each judged', () => {
  it('are those of the table, no more and no fewer', () => {
    const table = new Set(rows.map(keyOf))
    const now = new Set(found.map((finding) => `${finding.path}: ${rowOf(finding)}`))
    const unjudged = found.filter((finding) => !table.has(`${finding.path}: ${rowOf(finding)}`))
    const gone = [...table].filter((key) => !now.has(key))
    if (unjudged.length > 0) {
      const paste = unjudged.map((finding) => `${finding.path}\n${rowOf(finding)} ? | ${finding.message} |`)
      console.log(`to judge, in test/labelled/findings.md:\n${paste.join('\n')}`)
    }
    if (gone.length > 0) console.log(`no longer found, to remove:\n${gone.join('\n')}`)
    expect({ unjudged: unjudged.map((finding) => `${finding.path}: ${rowOf(finding)}`), gone }).toEqual({
      unjudged: [],
      gone: [],
    })
    expect(rows, 'a finding that stands in the table twice').toHaveLength(found.length)
    expect(table.size).toBe(rows.length)
  })

  it('are judged true or false, with a reason', () => {
    expect(rows.filter(({ judged, why }) => !/^(?:true|false)$/.test(judged) || why.length < 20)).toEqual([])
    expect(misses.filter(({ mistake, why }) => mistake.length < 10 || why.length < 8)).toEqual([])
  })

  it('are true for 95 of 100 at error and warning severity, also where all cells of one role count once', () => {
    const held = rows.filter(({ severity }) => severity !== 'info')
    const causes = new Map(
      held.map((row) => [row.rule === 'read-only-role-writes' ? `${row.page} ${row.subject}` : keyOf(row), row]),
    )
    for (const [what, set] of [
      ['findings', held],
      ['causes', [...causes.values()]],
    ] as const) {
      const right = set.filter(({ judged }) => judged === 'true').length
      console.log(`precision: ${right} of ${set.length} ${what} (${((100 * right) / set.length).toFixed(1)} %)`)
      expect(right / set.length).toBeGreaterThanOrEqual(0.95)
    }
  })

  it.each(Object.entries(WANTED))('hold %s', (_, wanted) => {
    for (const [page, place, rule, subject, says] of wanted) {
      const here = found.filter(({ path, line, column }) => path === page && `${line}:${column}` === place)
      const one = here.find((finding) => finding.ruleId === rule)
      expect([page, place, one?.ruleId, one?.subject]).toEqual([page, place, rule, subject])
      expect(one?.message).toContain(says)
      expect(rows.find((row) => row.page === page && row.place === place && row.rule === rule)?.judged).toBe('true')
    }
  })

  it('miss the partials of a seed only because none was read', () => {
    const partials = listShared('corpus/latest').filter((path) => path.includes('/_partials/'))
    const ofSeed = (analysis: Analysis) => analysis.diagnostics.filter(({ path }) => path === CMR)
    expect(ofSeed(analyseSet('seeds')).map(({ ruleId }) => ruleId)).toEqual(['missing-partial', 'missing-partial'])
    expect(ofSeed(analyseSet('seeds', partials))).toEqual([])
  })

  it('do not stand where the table says that no rule finds the mistake', () => {
    const places = new Set(found.map(({ path, line }) => `${path}:${line}`))
    expect(misses.length).toBeGreaterThan(0)
    expect(misses.filter(({ page, line }) => places.has(`${page}:${line}`))).toEqual([])
    for (const { page, line } of misses) expect(readShared(page).split('\n')[line - 1]?.trim(), page).toBeTruthy()
  })

  it('are judged in words that are not the pages’ own', () => {
    const texts = [...listShared('seeds'), ...PAGES].map((path) => ` ${words(readShared(path)).join(' ')} `)
    const judged = [...rows, ...misses.map(({ mistake, why }) => ({ why: `${mistake}. ${why}` }))]
    for (const { why } of judged) {
      const own = words(why)
      for (let at = 0; at + 7 <= own.length; at++) {
        const run = ` ${own.slice(at, at + 7).join(' ')} `
        expect(texts.filter((text) => text.includes(run)).length, `seven words of a page:${run}`).toBe(0)
      }
    }
  })
})

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
