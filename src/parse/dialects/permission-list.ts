import type { Finding } from '../../diagnostic.ts'
import { hasHidden } from '../blocks/cells.ts'
import { type Item, isUnticked, readItems } from '../blocks/list.ts'
import { isRefused } from '../blocks/refusal.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { lineAbove } from '../page/outline.ts'
import { catalogueTitle } from '../tables/catalogue-title.ts'
import { hiddenCharacter } from '../tables/table-findings.ts'
import { mayBeMeant } from '../unread/around.ts'
import { holdsOthers, spellingIn } from '../unread/subject.ts'
import { type Inheritance, idsBehind, isSaidInFull, roleInheritanceIn } from '../words/inheritance.ts'
import { isRoleLike } from '../words/role-name.ts'
import { accessOf, mostlyKnown, permissionsIn, type WrittenPermission } from '../words/vocabulary.ts'

/** Bullets of `resource.operation`: the grants of the role that the panel or heading names, or a catalogue. */
export default defineDialect({
  id: 'permission-list',
  summary: 'A list of `resource.operation`, in a panel, a tab, or under a heading',
  block: 'list',
  examples: [
    {
      name: 'an accordion panel',
      mdx: '<AccordionPanel title="Cluster Viewer">\n\n- cluster.get\n- cluster.list\n\n</AccordionPanel>\n',
      expect: ['grant: cluster.get', 'grant: cluster.list'],
    },
    {
      name: 'what custom roles may use',
      mdx: '<AccordionPanel title="Available Resource Keys">\n\n- cluster.get\n\n</AccordionPanel>\n',
      expect: ['catalogue: cluster.get'],
    },
    {
      name: 'verbs of the product’s own, under the name of a role',
      mdx: '## Dock Admin\n\n- dock.get\n- dock.moor\n- pier.tow\n',
      expect: ['grant: dock.get', 'grant: dock.moor', 'grant: pier.tow'],
    },
    {
      name: 'ids with a colon, and what they are for',
      mdx: '## Roles\n\n### Dock Viewer\n\n- `dock:get`, `dock:list`\n- `harbor.pier:get` - Reads a pier\n',
      expect: ['grant: dock.get', 'grant: dock.list', 'grant: harbor.pier.get'],
    },
    {
      name: 'ids behind what they let one do',
      mdx: '## Harbour permissions\n\n- List docks (`harbor:docks:list`)\n- Manage docks (`harbor:docks:manage`)\n',
      expect: ['catalogue: harbor.docks.list', 'catalogue: harbor.docks.manage'],
    },
    {
      name: 'ids of several parts, under the name of their resource',
      mdx: '# Permissions\n\n## Pier\n\n- `harbor.pier.get`: Reads a pier\n',
      expect: ['catalogue: harbor.pier.get'],
    },
  ],
  score(input) {
    // What another role has is none of what tells these lists from others.
    const items = permissionItems(input).filter(
      ({ inheritance, permissions }) => !inheritance || permissions.length > 0,
    )
    const permissions = items.map((item) => item.permissions).filter((list) => list.length > 0)
    if (permissions.length === 0 || permissions.length * 2 < items.length || holdsOthers(input)) return 0
    const all = permissions.flat()
    if (mostlyKnown(all, input.settings) && mayBeMeant(all, input)) return 0.9
    // Under a role's name, or below what it has of another one, ids alone are its permissions, whatever verbs the product has.
    if (permissions.length < items.length) return 0
    const above = lineAbove(input.block)
    if (above && !above.inItem && above.text.endsWith(':') && roleInheritanceIn(above.text, input.settings)) return 0.9
    const [name] = input.surroundings.names
    if (!name || !isRoleLike(name.text, input.settings)) return 0
    return all.some(({ operation }) => accessOf(operation, input.settings) !== null) ? 0.9 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const items = permissionItems(input)
    const title = catalogueTitle(
      input,
      items.flatMap((item) => item.permissions),
    )
    const claims: Claim[] = title === null ? [{ kind: 'grant-block', block: input.surroundings }] : []
    const refused = isRefused(input.block, input.settings)
    for (const { item, permissions, inheritance } of items) {
      const evidence = input.evidence(item.span)
      if (hasHidden(input.block.page, item.span)) findings.push(hiddenCharacter(input, item))
      const says = inheritance !== null && !isUnticked(item) && isSaidInFull(inheritance)
      if (permissions.length === 0 && !says) {
        const message = `\`${inheritance && !isUnticked(item) ? inheritance.rest : item.text}\` stands in a list of permissions but is not written as \`resource.operation\`, so it is not in the model.`
        findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
      }
      for (const permission of permissions) {
        const block = input.surroundings
        const effect = refused || isUnticked(item) || inheritance?.except ? 'denied' : 'granted'
        if (title === null) claims.push({ kind: 'grant', block, ...permission, effect, note: null, evidence })
        else if (effect === 'granted') claims.push({ kind: 'catalogue', block, title, ...permission, evidence })
      }
    }
    return { value: claims, findings }
  },
})

interface PermissionItem {
  item: Item
  permissions: WrittenPermission[]
  /** Of an item that says whose permissions the role has: what it adds to them, or leaves out, is its permissions. */
  inheritance: Inheritance | null
}

/** The items of a list, each with the permissions that it begins with. */
function permissionItems(input: BlockInput): PermissionItem[] {
  const items = readItems(input.block)
  const spelling = spellingIn(
    input,
    items.map(({ text }) => text),
  )
  return items.map((item) => {
    const inheritance = roleInheritanceIn(item.text, input.settings)
    if (inheritance) return { item, permissions: idsBehind(inheritance), inheritance }
    const permissions = permissionsIn(item.text, spelling)
    const [, id] = permissions.length > 0 ? [] : (BEHIND_WORDS.exec(item.text) ?? [])
    return { item, permissions: id === undefined ? permissions : permissionsIn(id, spelling), inheritance }
  })
}

/** An id in parentheses, behind what it lets one do. */
const BEHIND_WORDS = /^[^()]{1,80}\(([\w.:*-]{3,120})\)/
