import { defineDialect } from '../dialect.ts'
import { privilegePolicy } from './privileges.ts'
import { providerOf } from './provider.ts'

/**
 * Categories and their privileges, as the vSphere client names them. A privilege's id is `Category.Privilege`, the
 * notation of VMware's own documentation (`Datastore.Allocate space`, `Host.Local Operations.Reconfigure virtual machine`).
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
  ],
  score(input) {
    const [category, privileges] = input.grid.header.map((cell) => cell.text)
    return /^categor(?:y|ies)$/i.test(category ?? '') && /^privileges?$/i.test(privileges ?? '') ? 0.95 : 0
  },
  read(input) {
    const names: string[] = []
    for (const { cells } of input.grid.rows) {
      const category = cells[0]?.text ?? ''
      for (const line of cells[1]?.lines ?? []) names.push(`${category}.${line.replace(/:\s+/g, '.')}`)
    }
    const tab = input.surroundings.names.find((name) => name.kind === 'label')?.text ?? null
    return { value: providerOf(input) || names.length > 0 ? [privilegePolicy(input, names, tab)] : [], findings: [] }
  },
})
