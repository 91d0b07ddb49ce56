import { heldGrants } from '../../model/model.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'get-without-list',
  category: 'roles',
  severity: 'info',
  summary: 'A role can get a resource but not list it, or the other way round, where other roles can do both',
  docs: `
Who can list a resource and not get it sees names that lead nowhere; who can get it and not list it must know its id by
heart. Pages and programs that show a resource most often need both.

A resource is looked at where at least two other roles of the same scope have both \`get\` and \`list\` on it, and those are
most of the roles that have either. Where another role of the same group has the same half alone, it is a habit of the
group and left out. It is advice: a product may well give a role one of both, for instance to show the
name of a project and no list of projects.

**To fix it**, add the operation that is missing. **Accept it** where the product's role is really like that.
`,
  examples: [
    {
      name: 'a list without its entries',
      mdx: '## Dock Admin\n\n- dock.get\n- dock.list\n\n## Dock Editor\n\n- dock.get\n- dock.list\n\n## Crane Admin\n\n- dock.list\n',
      expect: ['13:3'],
    },
    {
      name: 'a habit of a group',
      mdx: '## Docks\n\n### Dock Admin\n\n- dock.get\n- dock.list\n\n### Dock Editor\n\n- dock.get\n- dock.list\n\n### Dock Viewer\n\n- dock.get\n- dock.list\n\n## Cranes\n\n### Crane Admin\n\n- dock.list\n\n### Crane Viewer\n\n- dock.list\n',
      expect: [],
    },
    {
      name: 'a resource that nobody can list',
      mdx: '## Dock Admin\n\n- dock.get\n\n## Dock Editor\n\n- dock.get\n\n## Crane Admin\n\n- dock.get\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    const both = new Map<string, number>()
    const one: { role: (typeof model.roles)[number]; resource: string; has: 'get' | 'list' }[] = []
    for (const role of model.roles) {
      for (const [resource, grants] of Map.groupBy(heldGrants(role), (grant) => grant.resource)) {
        if (resource === null || grants.some((grant) => grant.operation === '*')) continue
        const get = grants.some((grant) => grant.operation === 'get')
        const list = grants.some((grant) => grant.operation === 'list')
        const key = `${role.scope}/${resource}`
        if (get && list) both.set(key, (both.get(key) ?? 0) + 1)
        else if (get || list) one.push({ role, resource, has: get ? 'get' : 'list' })
      }
    }
    const odd = Map.groupBy(one, ({ role, resource }) => `${role.scope}/${resource}`)
    for (const [key, entries] of odd) {
      const count = both.get(key) ?? 0
      if (count < 2 || count <= entries.length) continue
      const habits = Map.groupBy(entries, ({ role, has }) => JSON.stringify([role.group, has]))
      for (const { role, resource, has } of entries) {
        const alike = habits.get(JSON.stringify([role.group, has])) ?? []
        if (role.group !== null && alike.length > 1) continue
        const grant = heldGrants(role).find(
          (candidate) => candidate.resource === resource && candidate.operation === has,
        )
        const missing = has === 'get' ? 'list' : 'get'
        if (!grant) continue
        report({
          message: `\`${role.name}\` grants \`${resource}.${has}\` but not \`${resource}.${missing}\`; ${count} other roles of this scope have both. Add \`${missing}\` if it was forgotten.`,
          span: grant.evidence.span,
          subject: role.id,
          ids: [resource, missing],
        })
      }
    }
  },
})
