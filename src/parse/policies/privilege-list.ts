import { defineDialect } from '../dialect.ts'
import { readItems } from '../list.ts'
import { privilegePolicy } from './privileges.ts'
import { providerOf } from './provider.ts'

/** Bullets of dotted privilege ids (`Datastore.AllocateSpace`), as vSphere's API writes them. */
export default defineDialect({
  id: 'privilege-list',
  summary: 'A list of dotted privilege ids, as vSphere writes them',
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
    const dotted = items.filter((item) => /^[A-Z]\w*(?:\.[A-Z]\w*)+$/.test(item.text))
    return dotted.length > 0 && dotted.length === items.length && providerOf(input) === 'vsphere' ? 0.95 : 0
  },
  read(input) {
    const items = readItems(input.block)
    return {
      value: [
        privilegePolicy(
          input,
          items.map((item) => item.text),
          'API',
        ),
      ],
      findings: [],
    }
  },
})
