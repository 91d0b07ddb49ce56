import { compareText } from '../../diagnostic.ts'
import { type Model, type RoleEntity, type RoleGrant, UNSCOPED } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { wordsOf } from '../../parse/words/vocabulary.ts'
import type { Settings } from '../../settings/schema.ts'
import { fewQuoted, singular } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { subjectWords } from '../shared/role-names.ts'

/** Says that nothing is left out, and of what. */
const EVERYTHING = /\b(?:all|any|each|every|everything|whatever|entire|whole)\b([^.,;:()]*)/i
/** Says that something is; “read-only” does not. */
const LIMITED =
  /\b(?:except\w*|unless|(?<!(?:read|view)[ -])only|other than|apart from|besides|own(?:ed|s)?|assigned|selected|most|some)\b/i
/** Points back at what stands before: “all operations on them”. */
const POINTS_BACK = /\b(?:them|they|their|these|those|its?)\b/i

export default defineRule({
  id: 'uncovered-resource',
  category: 'roles',
  severity: 'warning',
  summary: 'A role that is to cover a whole scope lacks a resource that other roles of the scope have',
  docs: `
“Can view all resources in a project” is a promise about every list of the project. When a resource is added to the other
roles and forgotten in this one, whoever relies on the promise finds a page of the product empty.

Looked at are roles that are named after their scope alone (“Project Viewer”, or “Viewer” where there are no scopes) and
whose description says “all”, “every”, “everything” or the like, without a limit (“only”, “except”, “their own”) and not of
one resource or of another scope. A resource counts where two other roles of the scope at least are granted something on it (of a role
that only reads: may read it) and this one has no grant and no refusal on it. A role that lacks more than half of these
resources is described somewhere else, and the rule says nothing.

**To fix it**, add the resource to the role, or say in the description what is left out. **Accept it** where the product's
role really lacks it and the sentence is a manner of speaking.
`,
  examples: [
    {
      name: 'a viewer of everything that cannot see the cranes',
      mdx: '# Project Roles\n\n| Role Name | Description |\n| --- | --- |\n| Project Viewer | Can view all the resources in a project, and change none |\n\n### Project Viewer\n\n- dock.get\n- ship.get\n\n### Project Editor\n\n- crane.get\n- crane.update\n- dock.get\n- dock.update\n- ship.get\n\n### Crane Viewer\n\n- crane.get\n- dock.get\n- ship.get\n',
      expect: ['7:1'],
    },
    {
      name: 'a description with a limit',
      mdx: '# Project Roles\n\n| Role Name | Description |\n| --- | --- |\n| Project Viewer | Can view all the resources in a project except cranes, and change none |\n\n### Project Viewer\n\n- dock.get\n- ship.get\n\n### Project Editor\n\n- crane.get\n- crane.update\n- dock.get\n- dock.update\n- ship.get\n\n### Crane Viewer\n\n- crane.get\n- dock.get\n- ship.get\n',
      expect: [],
    },
    {
      name: 'a resource that one role alone has',
      mdx: '# Project Roles\n\n| Role Name | Description |\n| --- | --- |\n| Project Viewer | Can view all the resources in a project, and change none |\n\n### Project Viewer\n\n- dock.get\n- ship.get\n\n### Project Editor\n\n- dock.get\n- dock.update\n- ship.get\n\n### Crane Viewer\n\n- crane.get\n- dock.get\n- ship.get\n',
      expect: [],
    },
    {
      name: 'an admin of the whole that lacks the cranes',
      mdx: '# Project Roles\n\n| Role Name | Description |\n| --- | --- |\n| Project Admin | Holds every permission of the project |\n\n### Project Admin\n\n- dock.create\n- ship.create\n\n### Crane Admin\n\n- crane.create\n- dock.create\n\n### Crane Editor\n\n- crane.update\n- ship.create\n\n### Ship Admin\n\n- ship.create\n- dock.create\n',
      expect: ['7:1'],
    },
  ],
  check({ model, settings }, report) {
    // Most documentations promise nothing like it.
    if (!model.roles.some(({ row }) => EVERYTHING.test(row?.description ?? ''))) return
    const named = namesIn(model, settings)
    for (const [scope, roles] of Map.groupBy(model.roles, (role) => role.scope)) {
      const own = named.scopes.get(scope) ?? new Set<string>()
      for (const role of roles) {
        if (!isNamedAfter(role, own, settings) || !coversAll(role, own, named.all)) continue
        const touched = new Set([...role.grants, ...role.inherited].map((grant) => grant.resource))
        if (touched.has('*')) continue
        const holders = holdersOf(roles, role)
        const missing = [...holders]
          .filter(([resource]) => !touched.has(resource))
          .sort(([a], [b]) => compareText(a, b))
        if (missing.length === 0 || missing.length * 2 > holders.size) continue
        const names = missing.map(([resource]) => resource)
        const [[resource, grants]] = missing as [[string, Map<string, RoleGrant>]]
        const them = missing.length === 1 ? `\`${resource}\`` : 'them'
        report({
          message: `\`${role.name}\` is described as covering everything, but has no grant on ${fewQuoted(names, 8)}, which ${names.length === 1 ? fewQuoted([...grants.keys()], 3) : 'other roles of its scope'} ${role.readOnly ? 'can read' : 'have'}. Add ${them} here, or say in the description what is left out.`,
          span: role.nameEvidence.span,
          subject: role.id,
          ids: names,
          related: [
            ...(role.row ? [{ ...placeOf(role.row.evidence.span), note: 'its description' }] : []),
            ...missing.slice(0, 8).flatMap(([key, by]) =>
              [...by].slice(0, 1).map(([name, grant]) => {
                return { ...placeOf(grant.evidence.span), note: `\`${name}\` has \`${key}\` here` }
              }),
            ),
          ],
        })
      }
    }
  },
})

/** What a description may speak of: the words of each scope, and of every scope and resource. */
function namesIn({ resources, roles }: Model, settings: Settings) {
  const spelt = (name: string) => wordsOf(name).map(singular).join(' ')
  const scopes = new Map(roles.map(({ scope }) => [scope, new Set([spelt(scope)])] as const))
  for (const { id, title } of settings.scopes) scopes.set(id, new Set([id, title].map(spelt)))
  const keys = resources.flatMap(({ key, spellings, rows }) => [key, ...spellings, ...rows.map(({ title }) => title)])
  const all = new Set([...[...scopes.values()].flatMap((words) => [...words]), ...keys.map(spelt)])
  // Of all resources a description speaks without a scope of that name.
  all.delete('resource')
  return { scopes, all }
}

/** Whether a role's name says its level and its scope and nothing else. */
function isNamedAfter({ name, scope }: RoleEntity, words: ReadonlySet<string>, settings: Settings): boolean {
  const subject = subjectWords(name, settings)
  return words.has(subject) || (subject === '' && scope === UNSCOPED)
}

function coversAll({ row }: RoleEntity, own: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  const text = row?.description ?? ''
  const of = EVERYTHING.exec(text)?.[1]
  if (of === undefined || LIMITED.test(text) || POINTS_BACK.test(of)) return false
  const words = wordsOf(of).map(singular)
  const spoken = words.flatMap((_, i) => [1, 2, 3].map((count) => words.slice(i, i + count).join(' ')))
  return spoken.every((name) => own.has(name) || !names.has(name))
}

/**
 * The resources that two other roles at least are granted something on (with a role that only reads: a permission to read), and
 * by name of the role the first such grant.
 */
function holdersOf(roles: readonly RoleEntity[], role: RoleEntity): Map<string, Map<string, RoleGrant>> {
  const holders = new Map<string, Map<string, RoleGrant>>()
  for (const other of roles) {
    if (other === role) continue
    for (const grant of other.grants) {
      const { resource, effect, access } = grant
      if (resource === null || resource === '*' || effect !== 'granted') continue
      if (role.readOnly && access !== 'read') continue
      const by = holders.get(resource) ?? new Map<string, RoleGrant>()
      holders.set(resource, by)
      if (!by.has(other.name)) by.set(other.name, grant)
    }
  }
  for (const [resource, by] of holders) if (by.size < 2) holders.delete(resource)
  return holders
}
