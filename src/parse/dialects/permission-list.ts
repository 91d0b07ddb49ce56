import type { Finding } from '../../diagnostic.ts'
import { hasHidden } from '../cells.ts'
import type { Claim } from '../claim.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { isUnticked, readItems } from '../list.ts'
import { catalogueTitle } from '../role-name.ts'
import { hiddenCharacter } from '../table-findings.ts'
import { mostlyKnown, permissionsIn } from '../vocabulary.ts'

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
  ],
  score(input) {
    const items = readItems(input.block)
    const permissions = items.map((item) => permissionsIn(item.text)).filter((list) => list.length > 0)
    if (permissions.length === 0 || permissions.length * 2 < items.length) return 0
    return mostlyKnown(permissions.flat(), input.settings) ? 0.9 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const title = catalogueTitle(input)
    const claims: Claim[] = title === null ? [{ kind: 'grant-block', block: input.surroundings }] : []
    for (const item of readItems(input.block)) {
      const permissions = permissionsIn(item.text)
      const evidence = input.evidence(item.span)
      if (hasHidden(input.block.page, item.span)) findings.push(hiddenCharacter(input, item))
      if (permissions.length === 0) {
        const message = `\`${item.text}\` stands in a list of permissions but is not written as \`resource.operation\`, so it is not in the model.`
        findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
      }
      for (const permission of permissions) {
        const block = input.surroundings
        const effect = isUnticked(item) ? 'denied' : 'granted'
        if (title === null) claims.push({ kind: 'grant', block, ...permission, effect, note: null, evidence })
        else if (effect === 'granted') claims.push({ kind: 'catalogue', block, title, ...permission, evidence })
      }
    }
    return { value: claims, findings }
  },
})
