import type { Finding } from '../../diagnostic.ts'
import { isUnticked, readItems } from '../blocks/list.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { privilegePolicy } from './privileges.ts'
import { providerOf } from './provider.ts'
import { variantOf } from './variant.ts'

/** Clouds that write privileges as dotted ids. */
const PROVIDERS: readonly (string | null)[] = ['vsphere', 'proxmox']

/** Bullets of dotted privilege ids (`Datastore.AllocateSpace`), as vSphere's API writes them, and Proxmox. */
export default defineDialect({
  id: 'privilege-list',
  summary: 'A list of dotted privilege ids, as vSphere and Proxmox write them',
  block: 'list',
  examples: [
    {
      name: 'two privileges',
      mdx: '## vSphere privileges\n\n- `Host.Config.Storage`\n- `Network.Assign`\n',
      expect: ['policy: Host.Config.Storage, Network.Assign'],
    },
  ],
  score(input) {
    const items = readItems(input.block)
    const dotted = items.filter((item) => privilegesIn(item.text) !== null)
    const most = dotted.length > 0 && dotted.length * 5 >= items.length * 4
    return most && PROVIDERS.includes(providerOf(input)) ? 0.95 : 0
  },
  read(input) {
    const findings: Finding[] = []
    const privileges = readItems(input.block).flatMap((item) => {
      const ids = privilegesIn(item.text)
      if (ids !== null) return isUnticked(item) ? [] : ids.map((text) => ({ text, span: item.span }))
      const message = `\`${item.text}\` stands in a list of privileges but is none, so it is not in the model.`
      findings.push(unrecognised(input, item.span, message, [item.text]))
      return []
    })
    // vSphere's client shows other words than its API.
    const variant = providerOf(input) === 'vsphere' ? 'API' : variantOf(input)
    return { value: [privilegePolicy(input, privileges, variant)], findings }
  },
})

/** The ids of an item; two where a line lost its bullet and is glued to the item above. `null` for words. */
function privilegesIn(text: string): string[] | null {
  const ids = text.split(' ')
  return ids.every((id) => /^[A-Z]\w*(?:\.[A-Z]\w*)+$/.test(id)) ? ids : null
}
