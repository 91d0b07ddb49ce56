import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { type Cell, linesOfColumn } from '../blocks/cells.ts'
import type { Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { PRIVILEGE_COLUMN } from '../words/permission-headings.ts'
import { type ListedRow, policiesOfRoles, privilegePolicy } from './privileges.ts'
import { providerIn, providerOf } from './provider.ts'
import { variantOf } from './variant.ts'

const CATEGORY = /^(?:(?:privilege )?categor(?:y|ies)|(?:vsphere )?objects?(?: for role)?)$/i
const PRIVILEGES = /^(?:(?:required|minimum|needed) )?privileges?(?: sets?)?(?: in .*)?$/i
/** An id as the API writes it: it says its category itself. */
const ID = /^[A-Z]\w*(?:\.[A-Z]\w*)+$/
/** What says that a cell is like the one above it. */
const DITTO = /^(?:\.{2,}|…|["″〃])$/

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
    {
      name: 'ids beside the words, and rows that go on',
      mdx: '## vSphere role\n\n| Category | Privilege | Reference |\n| --- | --- | --- |\n| Datastore | Allocate space | `Datastore.AllocateSpace` |\n| ... | Browse datastore | |\n',
      expect: ['policy: Datastore.AllocateSpace, Datastore.Browse datastore'],
    },
    {
      name: 'roles',
      mdx: '## vSphere roles\n\n| Role | Privileges |\n| --- | --- |\n| dock-viewer | `Datastore.Browse`, `System.View` |\n| dock-admin | `Datastore.AllocateSpace`<br />`Network.Assign` |\n',
      expect: ['policy: Datastore.Browse, System.View', 'policy: Datastore.AllocateSpace, Network.Assign'],
    },
  ],
  score(input) {
    const { category, privileges, ids } = columnsOf(input)
    if (privileges < 0 && ids < 0) return 0
    const provider = providerOf(input) ?? providerIn(input.grid.header.map(({ text }) => text).join(' '))
    const vsphere = provider === 'vsphere'
    if (ids >= 0 && (vsphere || provider === 'proxmox')) return 0.95
    if (privileges < 0) return 0
    if (category >= 0)
      return vsphere || /^(?:privilege )?categor/i.test(input.grid.header[category]?.text ?? '') ? 0.95 : 0
    const lines = linesOfColumn(input.grid, privileges)
    const paths = lines.filter((line) => / > /.test(line))
    return paths.length * 2 > lines.length && vsphere ? 0.9 : 0
  },
  read(input) {
    const { category, privileges, ids } = columnsOf(input)
    const findings: Finding[] = []
    let current = ''
    const rows = input.grid.rows.map(({ cells }): ListedRow => {
      // A blank cell goes on with the category above it.
      const own = cells[category]?.text ?? ''
      if (own !== '' && !DITTO.test(own)) current = own
      const names: Written[] = []
      // Where a row gives no id, its words say which privilege is meant.
      const cell = cells[ids]?.text ? cells[ids] : cells[privileges]
      const words: string[] = []
      for (const line of cell?.lines ?? []) {
        // Words in a column that is no column of privileges by its heading are none.
        const paths = pathsOf(line, category < 0 || privileges < 0 ? '' : current)
        if (!cell) continue
        if (paths === null) words.push(line)
        for (const text of paths ?? []) names.push({ text, span: cell.span })
      }
      if (cell && words.length > 0) addAll(findings, notRead(input, cell, words, names.length > 0))
      return { cells, ids: names }
    })
    const tab = input.surroundings.names.find((name) => name.kind === 'label')?.text ?? variantOf(input)
    const some = (privileges >= 0 && providerOf(input) !== null) || rows.some((row) => row.ids.length > 0)
    return { value: some ? policiesOfRoles(input, rows, (names) => privilegePolicy(input, names, tab)) : [], findings }
  },
})

/** The columns by their headings, -1 for one that is not there; and the one that holds ids for the most part. */
function columnsOf({ grid }: BlockInput): { category: number; privileges: number; ids: number } {
  const column = (pattern: RegExp) => grid.header.findIndex((cell) => pattern.test(cell.text))
  const holding = grid.header.flatMap((_, at) => {
    const lines = linesOfColumn(grid, at)
    return lines.filter(holdsId).length * 2 > lines.length ? [at] : []
  })
  const named = holding.find((at) => PRIVILEGE_COLUMN.test(grid.header[at]?.text ?? ''))
  return { category: column(CATEGORY), privileges: column(PRIVILEGES), ids: named ?? holding[0] ?? -1 }
}

/** The ids of a line that holds nothing else, parted by commas; `null` for any other. */
function idsOf(line: string): string[] | null {
  const ids = line.split(/[\s,;]+/).filter((part) => part !== '' && part !== 'and')
  return ids.length > 0 && ids.every((id) => ID.test(id)) ? ids : null
}

/** Whether an id stands in a line, among words or not. */
function holdsId(line: string): boolean {
  return line.includes('.') && line.split(/[\s,;]+/).some((part) => ID.test(part))
}

/**
 * The ids of a line; or of its words one path: `Configuration: Storage` and `Host > Configuration > Storage` as
 * `Host.Configuration.Storage`. `null` without a category, and where ids stand among words (`Host.Read or Host.View`).
 */
function pathsOf(line: string, category: string): string[] | null {
  const ids = idsOf(line)
  if (ids !== null) return ids
  if (holdsId(line)) return null
  // Each of several begins with a capital: `Create folder, Delete folder`.
  const several = line.split(/,\s+(?=\p{Lu})/u)
  if (several.length > 1) {
    const each = several.map((one) => pathsOf(one, category))
    return each.every((paths) => paths !== null) ? each.flat() : null
  }
  const parts = line.split(/(?:(?<!\s)\s+)?>\s*|:\s+/).filter((part) => part !== '')
  if (category !== '' && (!/>/.test(line) || parts[0]?.toLowerCase() !== category.toLowerCase()))
    parts.unshift(category)
  return category === '' && parts.length < 2 ? null : [parts.join('.')]
}

/** What no privilege could be made of, and why: beside ids, the words of a cell are one finding. */
function notRead(input: BlockInput, cell: Cell, lines: readonly string[], besideIds: boolean): Finding[] {
  const where = input.surroundings.names[0]?.text ?? ''
  if (besideIds && !lines.some(holdsId)) {
    const message = `The ids of this cell are read; what stands beside them is not in the model: \`${lines.join('`, `')}\`. Write it in another column.`
    return [unrecognised(input, cell.span, message, [where, lines[0] ?? ''])]
  }
  return lines.map((line) => {
    const message = holdsId(line)
      ? `\`${line}\` holds ids of privileges and other words, so it is not in the model. Write the ids alone, and what is to be said of them in another column.`
      : `\`${line}\` stands under no category, so it is not in the model: write \`Category > Privilege\`, or name the category in its row.`
    return unrecognised(input, cell.span, message, [where, line])
  })
}
