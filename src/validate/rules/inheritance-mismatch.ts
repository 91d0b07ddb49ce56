import { compareText } from '../../diagnostic.ts'
import { heldGrants } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'
import { fewQuoted, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'inheritance-mismatch',
  category: 'roles',
  severity: 'warning',
  summary: 'A sentence says that a role has all that another one has, and its own list says otherwise',
  docs: `
“Editors can do everything that viewers can” above a table in which the editor's marks leave out one row of the viewer's: one of
both is wrong. The dataset follows the sentence, as it speaks of all, but a reader who looks only at the table doesn't.

A list that adds to what is taken over names little or nothing of it. So the rule speaks only where a role's own marks and bullets
name at least half of what it takes over, and leave out the rest; and where they deny some of it, and the sentence excepts
nothing.

**To fix it**, add what is left out, or drop from the list all that the sentence covers; where the role lacks it on purpose, write
“except” into the sentence, with the list of what is excepted right below it.
`,
  examples: [
    {
      name: 'a row that was forgotten',
      mdx: '## Dock Viewer\n\n- crane.get\n- dock.get\n- dock.list\n\n## Dock Editor\n\nInherits all permissions of Dock Viewer.\n\n- crane.get\n- dock.get\n- dock.update\n',
      expect: ['9:1'],
    },
    {
      name: 'a denial that the sentence knows nothing of',
      mdx: '## Dock Viewer\n\n- [x] dock.get\n- [x] dock.list\n\n## Dock Guest\n\nHas the same permissions as Dock Viewer.\n\n- [x] ship.get\n- [ ] dock.list\n',
      expect: ['8:1'],
    },
    {
      name: 'a list of what comes on top',
      mdx: '## Dock Viewer\n\n- crane.get\n- dock.get\n- dock.list\n\n## Dock Editor\n\nInherits all permissions of Dock Viewer, plus:\n\n- dock.update\n',
      expect: [],
    },
    {
      name: 'what the sentence excepts',
      mdx: '## Dock Admin\n\n- dock.get\n- dock.list\n- dock.update\n\n## Dock Editor\n\nAll permissions of Dock Admin, except:\n\n- dock.update\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    const roles = new Map(model.roles.map((role) => [role.id, role]))
    for (const role of model.roles) {
      for (const { id, except, evidence } of role.inheritsFrom) {
        const source = roles.get(id)
        // Of a circle, each has what it gives.
        if (!source || source.inheritsFrom.some((other) => other.id === role.id)) continue
        const all = new Set(heldGrants(source).map(({ permission }) => permission))
        const own = role.grants.filter(({ permission }) => all.has(permission))
        const spoken = new Set(own.map(({ permission }) => permission))
        const named = new Set(own.flatMap(({ permission, effect }) => (effect === 'denied' ? [] : permission)))
        const denied = except ? [] : own.filter(({ effect }) => effect === 'denied')
        const missing = named.size * 2 < all.size ? [] : [...all].filter((permission) => !spoken.has(permission))
        if (denied.length + missing.length === 0) continue
        const says = [
          ...(denied.length > 0 ? [`denies ${fewQuoted(sorted(denied), 5)}`] : []),
          ...(missing.length > 0 ? [`leaves out ${fewQuoted([...missing].sort(compareText), 5)}`] : []),
        ]
        report({
          message: `\`${role.name}\` is said to have ${except ? 'what' : 'all that'} \`${source.name}\` has, but its own list names ${plural(named.size, 'permission')} of that role and ${says.join(' and ')}. Make both say the same.`,
          span: evidence.span,
          subject: role.id,
          ids: [source.id, ...sorted(denied), ...[...missing].sort(compareText)],
          related: denied.slice(0, 5).map(({ permission, evidence: { span } }) => {
            return { ...placeOf(span), note: `\`${permission}\` is denied here` }
          }),
        })
      }
    }
  },
})

function sorted(grants: readonly { permission: string }[]): string[] {
  return [...new Set(grants.map(({ permission }) => permission))].sort(compareText)
}
