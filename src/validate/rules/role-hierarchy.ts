import * as z from 'zod'
import { heldGrants, type RoleEntity, type RoleGrant } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { subjectWords } from '../shared/role-names.ts'
import { shiftedKeys } from '../shared/shifted.ts'

export default defineRule({
  id: 'role-hierarchy',
  category: 'roles',
  severity: 'warning',
  summary: 'An admin lacks what the editor or the viewer of the same thing has',
  docs: `
Readers take it for granted that a Cluster Admin can do what a Cluster Editor can, and a Cluster Editor what a Cluster
Viewer can. Where the page says otherwise, a mark or a bullet is missing above, or one too many stands below.

Compared are the roles of one group on one page whose names differ in the word of their level alone (the words are
\`vocabulary.levels\` in the config), and only on permissions that name a resource. The level \`user\` stands beside the
others, not below them, so it is left out. There is one finding for each pair of roles. What another rule says is left
out: writes of a role that only reads, rows that \`shifted-marks\` or \`write-without-read\` reports. Two roles that have less
than half of the lower one's grants in common are no hierarchy.

**To fix it**, add the missing grants to the higher role, or remove them from the lower one. **Accept it** where the
product's roles really differ that way.
`,
  options: z.strictObject({
    order: z
      .array(z.string())
      .default(['admin', 'editor', 'viewer'])
      .describe('Levels of `vocabulary.levels` that hold each other, the highest first'),
  }),
  examples: [
    {
      name: 'an editor that cannot see what the viewer sees',
      mdx: '## Docks\n\n### Dock Editor\n\n- dock.get\n- dock.list\n- dock.update\n\n### Dock Viewer\n\n- crane.get\n- dock.get\n- dock.list\n',
      expect: ['3:1'],
    },
    {
      name: 'roles of different things',
      mdx: '## Docks\n\n### Dock Editor\n\n- dock.get\n- dock.list\n- dock.update\n\n### Crane Viewer\n\n- crane.get\n- dock.get\n- dock.list\n',
      expect: [],
    },
    {
      name: 'operators stand above editors',
      mdx: '## Docks\n\n### Dock Operator\n\n- dock.get\n- dock.list\n- dock.update\n\n### Dock Editor\n\n- dock.clone\n- dock.get\n- dock.list\n',
      config: {
        vocabulary: { levels: { operator: ['operator'], editor: ['editor'] } },
        rules: { 'role-hierarchy': ['warning', { order: ['operator', 'editor'] }] },
      },
      expect: ['3:1'],
    },
  ],
  check({ model, reading, settings, options }, report) {
    const shifted = shiftedKeys(model, reading)
    const levelled = model.roles.filter(
      (role) => options.order.includes(role.level ?? '') && role.grants.length + role.inherited.length > 0,
    )
    const families = Map.groupBy(levelled, (role) =>
      JSON.stringify([
        role.scope,
        role.group,
        role.nameEvidence.span.path,
        role.nameEvidence.via[0]?.path,
        subjectWords(role.name, settings),
      ]),
    )
    for (const family of families.values()) {
      if (family.length < 2) continue
      const byLevel = options.order.map((level) => family.filter((role) => role.level === level))
      for (const [high, highers] of byLevel.entries()) {
        for (const higher of highers) {
          const has = new Map<string | null, RoleGrant[]>()
          for (const [resource, grants] of Map.groupBy(held(higher), (grant) => grant.resource))
            has.set(resource, grants)
          // What the level right below has and the higher role lacks is said once, not again for each level below.
          const said = new Set<string>()
          for (const lower of byLevel.slice(high + 1).flat()) {
            const isShifted = (resource: string) =>
              shifted.has(`${higher.id} ${resource}`) || shifted.has(`${lower.id} ${resource}`)
            const missing = missingAbove(lower, has, isShifted)
            const fresh = missing.filter((grant) => !said.has(grant.permission))
            for (const grant of fresh) said.add(grant.permission)
            const [first] = fresh
            if (!first || missing.length * 2 > permissionsOf(lower).size) continue
            const names = fresh.map(({ permission }) => permission)
            report({
              message: `\`${higher.name}\` lacks ${plural(fresh.length, 'permission')} that \`${lower.name}\` has: ${fewQuoted(names, 5)}. A role of a higher level is expected to hold them: add them here, or remove them there.`,
              span: higher.nameEvidence.span,
              subject: higher.id,
              ids: [lower.id, ...fresh.map((grant) => grant.permission)],
              related: fresh.slice(0, 5).map((grant) => ({
                ...placeOf(grant.evidence.span),
                note: `\`${lower.name}\` has \`${grant.permission}\` here`,
              })),
            })
          }
        }
      }
    }
  },
})

function held(role: RoleEntity): RoleGrant[] {
  return heldGrants(role).filter((grant) => grant.resource !== null)
}

function permissionsOf(role: RoleEntity): Set<string> {
  return new Set(held(role).map((grant) => grant.permission))
}

/** Grants of the lower role, one for each permission, that the higher role lacks and no other rule speaks of. */
function missingAbove(
  lower: RoleEntity,
  has: ReadonlyMap<string | null, RoleGrant[]>,
  isShifted: (resource: string) => boolean,
): RoleGrant[] {
  const missing = new Map<string, RoleGrant>()
  for (const grant of held(lower)) {
    const { resource, permission } = grant
    if (grant.effect !== 'granted' || resource === null || grant.operation === '*' || missing.has(permission)) continue
    if ((lower.readOnly && grant.access !== 'read') || isShifted(resource)) continue
    const above = has.get(resource) ?? []
    // What differs in case alone is `key-casing`.
    const lowerCase = permission.toLowerCase()
    if (above.some((other) => other.operation === '*' || other.permission.toLowerCase() === lowerCase)) continue
    const unread = above.length > 0 && above.every((other) => other.access !== 'read')
    if (!(unread && grant.access === 'read')) missing.set(permission, grant)
  }
  return [...missing.values()]
}
