import type { Finding } from '../../diagnostic.ts'
import type { Cell } from '../cells.ts'
import type { Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { privilegePolicy } from './privileges.ts'
import { providerOf } from './provider.ts'
import { variantOf } from './variant.ts'

const CATEGORY = /^(?:(?:privilege )?categor(?:y|ies)|(?:vsphere )?objects?(?: for role)?)$/i
const PRIVILEGES = /^(?:required )?privileges?(?: in .*)?$/i
/** An id as the API writes it: it says its category itself. */
const ID = /^[A-Z]\w*(?:\.[A-Z]\w*)+$/

/**
 * Categories and their privileges, as the vSphere client names them. A privilege's id is `Category.Privilege`, the
 * notation of VMware's own documentation (`Datastore.Allocate space`, `Host.Local Operations.Reconfigure virtual machine`).
 * https://techdocs.broadcom.com/us/en/vmware-cis/vsphere/vsphere/8-0/vsphere-security/defined-privileges.html
 */
export default defineDialect({
  id: 'privilege-table',
  summary: 'A table of privilege categories and privileges, per product version',
  block: 'table',
  examples: [
    {
      name: 'two categories',
      mdx: '## vSphere role\n\n| **Category** | **Privileges** |\n| --- | --- |\n| **System** | Read<br />View |\n| **Host** | Configuration: Storage |\n',
      expect: ['policy: Host.Configuration.Storage, System.Read, System.View'],
    },
    {
      name: 'paths in one column',
      mdx: '## vSphere role\n\n| Privilege | Why |\n| --- | --- |\n| Datastore > Allocate space | Disks |\n| Host > Configuration > Storage | Disks |\n',
      expect: ['policy: Datastore.Allocate space, Host.Configuration.Storage'],
    },
  ],
  score(input) {
    const { category, privileges } = columnsOf(input)
    if (privileges < 0) return 0
    const vsphere = providerOf(input) === 'vsphere'
    if (category >= 0)
      return vsphere || /^(?:privilege )?categor/i.test(input.grid.header[category]?.text ?? '') ? 0.95 : 0
    const lines = input.grid.rows.flatMap((row) => row.cells[privileges]?.lines ?? [])
    const paths = lines.filter((line) => / > /.test(line) || ID.test(line))
    return paths.length * 2 > lines.length && vsphere ? 0.9 : 0
  },
  read(input) {
    const { category, privileges } = columnsOf(input)
    const findings: Finding[] = []
    const names: Written[] = []
    let current = ''
    for (const { cells } of input.grid.rows) {
      // A blank cell goes on with the category above it.
      current = cells[category]?.text || current
      const cell = cells[privileges]
      for (const line of cell?.lines ?? []) {
        const path = pathOf(line, category < 0 ? '' : current)
        if (!cell) continue
        if (path !== null) names.push({ text: path, span: cell.span })
        else findings.push(withoutCategory(input, cell, line))
      }
    }
    const tab = input.surroundings.names.find((name) => name.kind === 'label')?.text ?? variantOf(input)
    const some = providerOf(input) !== null || names.length > 0
    return { value: some ? [privilegePolicy(input, names, tab)] : [], findings }
  },
})

function columnsOf({ grid }: BlockInput): { category: number; privileges: number } {
  const column = (pattern: RegExp) => grid.header.findIndex((cell) => pattern.test(cell.text))
  return { category: column(CATEGORY), privileges: column(PRIVILEGES) }
}

/** `Configuration: Storage` and `Host > Configuration > Storage` as `Host.Configuration.Storage`; `null` without a category. */
function pathOf(line: string, category: string): string | null {
  if (ID.test(line)) return line
  const parts = line.split(/(?:(?<!\s)\s+)?>\s*|:\s+/).filter((part) => part !== '')
  if (category !== '' && (!/>/.test(line) || parts[0]?.toLowerCase() !== category.toLowerCase()))
    parts.unshift(category)
  return category === '' && parts.length < 2 ? null : parts.join('.')
}

function withoutCategory(input: BlockInput, cell: Cell, line: string): Finding {
  const message = `\`${line}\` stands under no category, so it is not in the model: write \`Category > Privilege\`, or name the category in its row.`
  return unrecognised(input, cell.span, message, [input.surroundings.names[0]?.text ?? '', line])
}
