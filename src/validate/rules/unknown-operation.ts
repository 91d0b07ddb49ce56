import type { RoleGrant } from '../../model/model.ts'
import { defineRule } from '../rule.ts'
import { nearMiss, slipFinder } from '../shared/near-miss.ts'
import { compareEvidence, isKnownOperation, offeredBy, operationWords } from '../shared/permissions.ts'

/** Words of the vocabulary that are long enough for a slip of them to be no other verb (`close` is no slip of `clone`). */
const LONG = 6

export default defineRule({
  id: 'unknown-operation',
  category: 'catalogue',
  severity: 'error',
  summary: 'A role grants an operation that is no known word',
  docs: `
An operation that is misspelt (\`delte\`) is one that the product does not have: a role made from the page lacks the
permission, or can't be saved. Rolebook also can't tell whether such a word reads or writes, and counts it as writing.

An operation is known when \`vocabulary.operations\` has it or the verb that it ends or begins with (\`snapshotGet\`), when a
catalogue lists it, or when three blocks use it. Of the others the rule reports those that the resource's operations in
the catalogue lack; where no catalogue lists any for the resource, only slips of a word that is in use. A known operation
that the catalogue does not offer on this resource is \`uncatalogued-permission\`.

**To fix it**, correct the word. Where it is right, list it in the catalogue, or add it to \`vocabulary.operations\` with
its access. **Accept it** where the product itself has the odd spelling.
`,
  examples: [
    {
      name: 'a slip in a list',
      mdx: '## Cluster Admin\n\n- cluster.delete\n- cluster.get\n- macro.delte\n',
      expect: ['5:3'],
    },
    {
      name: 'a word that the catalogue lacks',
      mdx: '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Cluster | cluster | get, list | Project |\n\n## Cluster Admin\n\n- cluster.get\n- cluster.frob\n',
      expect: ['8:3'],
    },
    {
      name: 'a verb of the product',
      mdx: '## Cluster Admin\n\n- cluster.get\n- cluster.delete\n- cluster.evict\n',
      expect: [],
    },
    {
      name: 'verbs that look alike',
      mdx: '## Case Admin\n\n- case.clone\n- case.close\n- case.recreate\n- case.create\n',
      expect: [],
    },
    {
      name: 'a verb that the vocabulary of the config knows',
      mdx: '## Case Admin\n\n- case.create\n- case.creates\n',
      config: { vocabulary: { operations: { creates: 'write' } } },
      expect: [],
    },
  ],
  check(input, report) {
    const { model, settings } = input
    const words = operationWords(input)
    const offered = offeredBy(input)
    const verbs = Object.keys(settings.vocabulary.operations).filter((word) => word.length >= LONG)
    const used = [...words.blocks.keys(), ...words.catalogued]
    const known = [...verbs, ...used.filter((word) => isKnownOperation(word, words, settings))]
    const slipOf = slipFinder(known)
    for (const role of model.roles) {
      const unknown = role.grants.filter((grant): grant is RoleGrant & { operation: string } => {
        return grant.operation !== null && !isKnownOperation(grant.operation, words, settings)
      })
      for (const [operation, grants] of Map.groupBy(unknown, (grant) => grant.operation)) {
        const resources = new Set(grants.map((grant) => grant.resource))
        const lists = [...resources].map((resource) => offered.get(resource ?? '')).filter((list) => list !== undefined)
        const own = role.grants.filter((grant) => resources.has(grant.resource)).map((grant) => grant.operation)
        const meant =
          nearMiss(
            operation,
            lists.flatMap((list) => [...list]),
          ) ?? slipOf(operation)
        // A role that has both is no slip of the one: `close` beside `clone`.
        const suggestion = meant !== null && own.includes(meant) ? null : meant
        if (suggestion === null && lists.length === 0) continue
        const [first] = [...grants].sort((a, b) => compareEvidence(a.evidence, b.evidence)) as [RoleGrant]
        const reason =
          lists.length > 0 ? `the catalogue does not list \`${operation}\` for it` : 'no such word is known'
        const advice =
          suggestion === null ? 'Correct it, or list it in the catalogue.' : `Did you mean \`${suggestion}\`?`
        report({
          message: `\`${role.name}\` grants \`${operation}\` on \`${first.resource}\`, but ${reason}. ${advice}`,
          span: first.evidence.span,
          subject: role.id,
          ids: [operation],
        })
      }
    }
  },
})
