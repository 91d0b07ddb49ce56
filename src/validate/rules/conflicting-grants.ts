import { compareText } from '../../diagnostic.ts'
import { type RoleEntity, type RoleGrant, UNSCOPED } from '../../model/model.ts'
import type { Evidence, Surroundings } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted } from '../../text.ts'
import { defineRule, type RuleFinding } from '../rule.ts'
import { blocksOfEvidence, listingsOf } from '../shared/listings.ts'

export default defineRule({
  id: 'conflicting-grants',
  category: 'roles',
  severity: 'error',
  summary: 'Two places disagree on what a role may do',
  docs: `
Where one place grants a permission and another denies it, or two pages list one role with different permissions, one of
them is wrong, and nobody can tell which by reading either.

Two things are reported. A permission of a role that is marked granted in one cell and denied in another: on one page, or
on two pages that give the role the same scope. A blank cell denies nothing, and what is granted under a condition
contradicts nothing. Cells in different tabs (a tab for each version) are left out, and so are two rows of one table, which
are a \`duplicate-row\`. And a role that two pages list,
with at least half of all the permissions in both lists, where the lists differ: one finding for the role. Partials, the
columns of tables, and pages of two versions (\`v1/roles.mdx\`, \`v2/roles.mdx\`) are left out of that comparison.

**To fix it**, find out which place is right, and correct the other; better, keep the list in one place and link to it.
**Accept it** where both are right, for two editions of the product, say.
`,
  examples: [
    {
      name: 'two tables of one role',
      mdx: '## Dock Admin\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | ✅ | ✅ |\n| crane | ❌ | ✅ |\n\nAt night:\n\n|  | Create | Get |\n| --- | --- | --- |\n| dock | ❌ | ✅ |\n',
      expect: ['12:10'],
    },
    {
      name: 'two pages',
      mdx: '# Project Roles\n\n## Dock Admin\n\n- dock.create\n- dock.get\n- dock.list\n',
      files: { 'other.mdx': '# Project Roles at a Glance\n\n## Dock Admin\n\n- dock.get\n- dock.list\n' },
      expect: ['3:1'],
    },
    {
      name: 'a tab for each version',
      mdx: '<TabItem label="Version 1">\n\n| Action | Admin | Viewer |\n| --- | --- | --- |\n| Create docks | ✅ | ❌ |\n| Read docks | ✅ | ❌ |\n\n</TabItem>\n<TabItem label="Version 2">\n\n| Action | Admin | Viewer |\n| --- | --- | --- |\n| Create docks | ✅ | ❌ |\n| Read docks | ✅ | ✅ |\n\n</TabItem>\n',
      expect: [],
    },
  ],
  check({ model, reading }, report) {
    for (const role of model.roles) for (const finding of opposites(role, reading)) report(finding)
    for (const [role, listings] of listingsOf(model, reading)) {
      const finding = differingPages(role, listings, reading)
      if (finding) report(finding)
    }
  },
})

/** Permissions that one cell grants and another denies: one finding each, at the later cell. */
function opposites(role: RoleEntity, reading: Reading): RuleFinding[] {
  if (!role.grants.some((grant) => grant.effect === 'denied')) return []
  const blocks = blocksOfEvidence(reading)
  const findings: RuleFinding[] = []
  for (const [permission, grants] of Map.groupBy(role.grants, (grant) => grant.permission)) {
    const granted = grants.filter((grant) => grant.effect === 'granted')
    for (const denied of grants.filter((grant) => grant.effect === 'denied')) {
      const other = granted.find((candidate) => areOfOneKind(candidate, denied, role, blocks))
      if (!other) continue
      const [first, later] = isBefore(other, denied) ? [other, denied] : [denied, other]
      const verb = (grant: RoleGrant) => (grant.effect === 'denied' ? 'denied' : 'granted')
      findings.push({
        message: `\`${permission}\` is ${verb(later)} to \`${role.name}\` here and ${verb(first)} in another place. Correct the one that is wrong.`,
        span: later.evidence.span,
        subject: role.id,
        ids: ['mark', permission],
        related: [{ ...placeOf(first.evidence.span), note: `${verb(first)} here` }],
      })
      break
    }
  }
  return findings
}

function areOfOneKind(
  a: RoleGrant,
  b: RoleGrant,
  role: RoleEntity,
  blocks: ReadonlyMap<Evidence, Surroundings>,
): boolean {
  const [one, other] = [blocks.get(a.evidence), blocks.get(b.evidence)]
  if (!one || !other || one === other || labelsOf(one) !== labelsOf(other)) return false
  const [x, y] = [a.evidence.span, b.evidence.span]
  const sameFile = x.path === y.path
  // The label of an action may mean two things in two sections.
  if (a.resource === null) return sameFile && one.sections[0] === other.sections[0]
  if (one.partial !== null || other.partial !== null) return false
  return sameFile || (role.scope !== UNSCOPED && !areVersions(x.path, y.path))
}

function labelsOf(block: Surroundings): string {
  return JSON.stringify(block.names.filter((name) => name.kind === 'label').map((name) => name.text))
}

/** Two pages whose lists of a role have at least half of their permissions in common, and differ. */
function differingPages(role: RoleEntity, listings: readonly Surroundings[], reading: Reading): RuleFinding | null {
  if (listings.length < 2 || listings.some((block) => block.partial !== null)) return null
  const blocks = blocksOfEvidence(reading)
  const pages = new Map<string, Map<string, RoleGrant>>()
  for (const block of listings) if (!pages.has(block.evidence.span.path)) pages.set(block.evidence.span.path, new Map())
  const own = new Set(listings)
  for (const grant of role.grants) {
    const block = blocks.get(grant.evidence)
    if (grant.effect === 'denied' || !block || !own.has(block)) continue
    pages.get(block.evidence.span.path)?.set(grant.permission, grant)
  }
  const [first, ...others] = [...pages].filter(([, grants]) => grants.size > 1)
  if (!first) return null
  for (const other of others) {
    const [left, right] = [new Set(first[1].keys()), new Set(other[1].keys())]
    const common = [...left].filter((permission) => right.has(permission)).length
    if (common * 2 < left.size + right.size - common || areVersions(first[0], other[0])) continue
    const [onlyLeft, onlyRight] = [
      [...left].filter((permission) => !right.has(permission)),
      [...right].filter((permission) => !left.has(permission)),
    ]
    if (onlyLeft.length + onlyRight.length === 0) continue
    // The finding stands at the page with more to it: what the other lacks was most likely forgotten there.
    const [here, there] = onlyLeft.length >= onlyRight.length ? [first, other] : [other, first]
    const [more, less] = onlyLeft.length >= onlyRight.length ? [onlyLeft, onlyRight] : [onlyRight, onlyLeft]
    const name = nameOn(role, listings, here[0])
    const otherName = nameOn(role, listings, there[0])
    const lack = less.length > 0 ? `, and lacks ${fewQuoted(less, 5)}` : ''
    return {
      message: `Two pages list \`${role.name}\` with different permissions: this one also has ${fewQuoted(more, 5)}${lack}. Make them the same, or keep the list in one place.`,
      span: name,
      subject: role.id,
      ids: ['pages', ...[...more, ...less].sort(compareText)],
      related: [{ ...placeOf(otherName), note: 'the other list' }],
    }
  }
  return null
}

function nameOn(role: RoleEntity, listings: readonly Surroundings[], path: string) {
  const block = listings.find((candidate) => candidate.evidence.span.path === path)
  const name = block?.names.find((candidate) => candidate.text.toLowerCase() === role.name.toLowerCase())
  return name?.span ?? block?.evidence.span ?? role.nameEvidence.span
}

/** Whether two paths differ in a folder that is named like a version: `v1.2`, `2.0`, `4.x`, `latest`. */
function areVersions(a: string, b: string): boolean {
  const [left, right] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)]
  const isVersion = (folder: string | undefined) =>
    folder !== undefined && /^(?:version-|v)?\d[\w.-]*$|^(?:latest|next|current|stable|legacy)$/i.test(folder)
  return (
    left.some((folder, i) => folder !== right[i] && (isVersion(folder) || isVersion(right[i]))) ||
    right.slice(left.length).some(isVersion)
  )
}

function isBefore(a: RoleGrant, b: RoleGrant): boolean {
  const [x, y] = [a.evidence.span, b.evidence.span]
  if (x.path !== y.path) return x.path < y.path
  return x.line !== y.line ? x.line < y.line : x.column < y.column
}
