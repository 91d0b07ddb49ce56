import type { Finding } from '../../diagnostic.ts'
import type { Cell, Row } from '../blocks/cells.ts'
import type { Claim, WrittenRole } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark, unrecognised } from '../finding.ts'
import { catalogueTitle } from '../tables/catalogue-title.ts'
import { roleAround, rolesIn } from '../tables/role-table.ts'
import { RESOURCES, ROLE, VERBS } from '../tables/shape.ts'
import { hiddenCharacters, raggedRows } from '../tables/table-findings.ts'
import { speaksOfPermissions } from '../unread/subject.ts'
import { accessOf, resourceKey } from '../words/vocabulary.ts'

/** Rules as Kubernetes has them: each row gives its verbs on its resources, to the role that stands around the table. */
export default defineDialect({
  id: 'resource-verbs',
  summary: 'A table of API groups, resources and verbs, for the role that the heading or a column names',
  block: 'table',
  examples: [
    {
      name: 'lists of resources and verbs',
      mdx: '## dock-operator\n\n| API Group | Resources | Verbs |\n| --- | --- | --- |\n| (Empty) | pods, nodes | get |\n| apps | deployments | get, patch |\n',
      expect: ['grant: pods.get', 'grant: nodes.get', 'grant: deployments.get', 'grant: deployments.patch'],
    },
    {
      name: 'what there is',
      mdx: '## Harbour permissions\n\n| Subject | Actions |\n| --- | --- |\n| `docks` | `read`, `create` |\n| `piers` | `read`, `paint-white`, `edit` |\n',
      expect: [
        'catalogue: docks.read',
        'catalogue: docks.create',
        'catalogue: piers.read',
        'catalogue: piers.paint-white',
        'catalogue: piers.edit',
      ],
    },
    {
      name: 'a column of roles',
      mdx: '## Access\n\n| Role | Resource | Verbs |\n| --- | --- | --- |\n| dock-reader | docks | get |\n| dock-writer | docks | create |\n',
      expect: ['grant: docks.get', 'grant: docks.create'],
    },
  ],
  score(input) {
    const { resource, verbs, group } = columnsOf(input)
    if (resource === -1 || verbs === -1 || (group === -1 && !speaksOfPermissions(input))) return 0
    // Under other headings than those of rules, only what there is: a role's own are levels of access as well.
    const isRules = RESOURCES.test(titleOf(input, resource)) && VERBS.test(titleOf(input, verbs))
    if (!isRules && (input.grid.header.length > 3 || hasRole(input) || catalogueTitle(input) === null)) return 0
    const listed = input.grid.rows.flatMap((row) => itemsOf(row.cells[verbs]))
    // Methods of HTTP are no verbs of a role.
    if (listed.length === 0 || listed.some((verb) => /^(?:POST|PUT|GET)$/.test(verb))) return 0
    const known = listed.filter((verb) => verb === '*' || accessOf(verb, input.settings) !== null)
    if (!isRules && listed.some((verb) => !VERB.test(verb))) return 0
    return known.length * 2 >= listed.length ? 0.8 : 0
  },
  read(input) {
    const { resource, verbs, names, role } = columnsOf(input)
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [resource, verbs])]
    const block = input.surroundings
    const title = role === -1 && !hasRole(input) ? catalogueTitle(input) : null
    if (role === -1 && title === null && !hasRole(input))
      return { value: [], findings: [...findings, nobody(input, verbs)] }
    const claims: Claim[] = role === -1 && title === null ? [{ kind: 'grant-block', block }] : []
    const keysOf = keysIn(input)
    let named: WrittenRole[] = []
    for (const row of input.grid.rows) {
      const target = row.cells[resource]
      const cell = row.cells[verbs]
      const owner = row.cells[role]
      if (owner && owner.text !== '') named = rolesIn(owner, input)
      if (row.wide) continue
      if (!cell || cell.text === '') {
        if (target && target.text !== '') findings.push(noVerbs(input, target))
        continue
      }
      const keys = keysOf(row)
      const where = target?.text || 'a row without a resource'
      const operations = itemsOf(cell)
      const strange = operations.find((verb) => !VERB.test(verb))
      if (keys.length === 0 || (role !== -1 && named.length === 0) || strange !== undefined) {
        findings.push(unknownMark(input, cell.span, strange ?? cell.text, where))
        continue
      }
      const note = row.cells[names]?.text || null
      const effect = note === null ? 'granted' : 'conditional'
      for (const key of keys) {
        for (const operation of operations) {
          const fact = { resource: key, operation, evidence: input.evidence(cell.span) }
          if (title !== null) claims.push({ kind: 'catalogue', block, title, ...fact })
          else if (role === -1) claims.push({ kind: 'grant', block, ...fact, effect, note })
          else for (const one of named) claims.push({ kind: 'grant', block, role: one, ...fact, effect, note })
        }
      }
    }
    return { value: claims, findings }
  },
})

/** Headings of tables of what there is: on what, and which operations it offers. */
const SUBJECTS = /^(?:objects?|(?:api )?resources?(?: types?)?|subjects?)$/i
const ACTIONS = /^(?:(?:allowed|available|possible|supported) )?(?:actions?|operations?|verbs?)$/i
const VERB = /^(?:[A-Za-z][\w-]*|\*)$/

function titleOf({ grid }: BlockInput, column: number): string {
  return grid.header[column]?.text ?? ''
}

function columnsOf({ grid: { header } }: BlockInput) {
  const find = (title: RegExp) => header.findIndex(({ text }) => title.test(text))
  const [resource, verbs] = [find(RESOURCES), find(VERBS)]
  return {
    group: find(/^api ?groups?$/i),
    resource: resource === -1 ? find(SUBJECTS) : resource,
    verbs: verbs === -1 ? find(ACTIONS) : verbs,
    names: find(/^resource ?names?$/i),
    role: find(ROLE),
  }
}

/** The things that a cell lists; of one that is blank, none. */
function itemsOf(cell: Cell | undefined): string[] {
  return (cell?.lines ?? []).flatMap((line) => line.split(/[,;]/)).flatMap((item) => item.trim() || [])
}

/** Whether a panel or heading names a role: with a role's word, or as an object of a cluster is called (`dock-basic`). */
function hasRole(input: BlockInput): boolean {
  const name = input.surroundings.names.find(({ kind }) => kind !== 'value')?.text ?? ''
  if (/\broles$/i.test(name)) return false
  if (roleAround(input) !== null) return true
  return /^[a-z\d]+(?:[-_.:][a-z\d]+)*$/.test(name) && catalogueTitle(input) === null && !/^(?:rbac|access)$/.test(name)
}

/** The keys of a row's resources; one that stands in several API groups has its group before it, but for the core's. */
function keysIn(input: BlockInput): (row: Row) => string[] {
  const { group, resource } = columnsOf(input)
  const groupsOf = (row: Row): string[] => {
    const groups = itemsOf(row.cells[group]).map((text) => text.replace(/[()"'[\]]/g, '').toLowerCase())
    return groups.length === 0
      ? ['']
      : groups.map((text) => (/^(?:empty|core|v1|none|\p{Pd})?$/u.test(text) ? '' : text))
  }
  const known = new Map<string, Set<string>>()
  for (const row of input.grid.rows) {
    for (const name of itemsOf(row.cells[resource])) {
      const groups = known.get(name) ?? new Set()
      known.set(name, groups)
      for (const one of groupsOf(row)) groups.add(one)
    }
  }
  return (row) => {
    const keys = itemsOf(row.cells[resource]).flatMap((name) => {
      const several = (known.get(name)?.size ?? 0) > 1
      return groupsOf(row).map((one) => resourceKey(several && one !== '' ? `${one}/${name}` : name))
    })
    return [...new Set(keys)]
  }
}

function noVerbs(input: BlockInput, { text, span }: Cell): Finding {
  const message = `\`${text}\` has no verbs, so nothing of this row is in the model. Check that no cell is out of place, or write its verbs.`
  return { ...unknownMark(input, span, text, 'verbs'), message }
}

function nobody(input: BlockInput, verbs: number): Finding {
  const heading = input.grid.header[verbs]
  const message =
    'These are verbs on resources, and nothing says whose: no heading around the table names a role, so none of it is in the model. Put the role’s name in the heading, or in a column “Role”.'
  return unrecognised(input, heading?.span ?? input.block.span, message, [
    'verbs',
    input.surroundings.names[0]?.text ?? '',
  ])
}
