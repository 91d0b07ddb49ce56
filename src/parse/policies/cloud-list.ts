import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { isUnticked, readItems } from '../blocks/list.ts'
import type { Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { idsIn, isAboutPermissions, type Notation, noId, notationOf } from './cloud-ids.ts'
import { listPolicy } from './privileges.ts'
import { type Listed, resourceBehind, strangeResources } from './resources-behind.ts'

/** Bullets of permissions as AWS, Azure, Google Cloud and Microsoft Graph write them. */
export default defineDialect({
  id: 'cloud-permission-list',
  summary:
    'A list of permissions of a cloud: `service:Action`, `Provider/resource/operation`, `service.resource.verb`, `Resource.Operation.All`',
  block: 'list',
  examples: [
    {
      name: 'of Google Cloud',
      mdx: '## GCP permissions\n\n- `compute.disks.create`\n- `compute.disks.get`: reads one\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
    {
      name: 'of AWS',
      mdx: '## AWS permissions\n\n- `ec2:RunInstances`\n- `s3:GetObject`, `s3:List*` - reads backups\n',
      expect: ['policy: ec2:RunInstances, s3:GetObject, s3:List*'],
    },
    {
      name: 'of Azure',
      mdx: '## Dock\n\nThe role needs:\n\n- `Microsoft.Compute/disks/read`\n- `Microsoft.Compute/disks/write`\n',
      expect: ['policy: Microsoft.Compute/disks/read, Microsoft.Compute/disks/write'],
    },
    {
      name: 'of Microsoft Graph',
      mdx: '## Permissions of the app\n\n- `User.Read.All`\n- `Sites.FullControl.All`: writes plans\n',
      expect: ['policy: Sites.FullControl.All, User.Read.All'],
    },
  ],
  score: (input) => (listedIn(input) === null ? 0 : 0.92),
  read(input) {
    const notation = listedIn(input) as Notation
    const findings: Finding[] = []
    const actions: Listed[] = []
    const strange: Written[] = []
    for (const item of readItems(input.block)) {
      const { span } = item
      const behind = resourceBehind(item.text)
      const ids = idsIn(behind?.head ?? item.text, notation)
      if (behind?.resources === null) strange.push({ text: behind.text, span })
      const resources = (behind?.resources ?? []).map((text) => ({ text, span }))
      if (ids === null) findings.push(noId(input, span, item.text, notation))
      // An empty box of a task list says what the role does not have.
      else if (!isUnticked(item)) for (const text of ids) actions.push({ text, span, resources })
    }
    addAll(findings, strangeResources(input, strange))
    return { value: [listPolicy(input, notation, actions)], findings }
  },
})

function listedIn(input: BlockInput): Notation | null {
  const lines = readItems(input.block).map(({ text }) => resourceBehind(text)?.head ?? text)
  const notation = notationOf(lines, input.settings)
  return notation && isAboutPermissions(input, notation) ? notation : null
}
