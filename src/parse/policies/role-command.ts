import type { Code } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { FenceOffsets } from './fence.ts'
import { commandPolicy } from './privileges.ts'

/** Commands that make a role of dotted privileges: its name, then what stands behind it. A backslash continues a line. */
const COMMANDS = [
  {
    provider: 'proxmox',
    sign: 'pveum',
    /** `pveum role add NAME -privs "A.B C.D"` */
    command:
      /\bpveum[ \t]+role[ \t]?(?:add|mod(?:ify)?)[ \t]+["']?([\w.$-]+)["']?(?:[ \t]|\\\r?\n)+--?privs(?:=|(?:[ \t]|\\\r?\n)+)("[^"]*"|'[^']*'|[\w.,]+)/g,
  },
  {
    provider: 'vsphere',
    sign: 'role.create',
    /** `govc role.create NAME A.B C.D` */
    command:
      /\bgovc[ \t]+role\.create[ \t]+["']?([\w.$-]+)["']?((?:(?:[ \t]|\\\r?\n)+(?:[A-Z]\w*(?:\.[A-Z]\w*)+|\$\([^()\n]*\)))+)/g,
  },
]
const ID = /(?<![A-Za-z.])[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)+|\$\([^()\n]*\)/g

interface Role {
  provider: string
  title: string
  listed: { text: string; at: number }[]
}

/** Roles of Proxmox VE and of vSphere, as their commands make them. */
export default defineDialect({
  id: 'role-command',
  summary: 'Commands that make roles of privileges: `pveum role add`, `govc role.create`',
  block: 'code',
  examples: [
    {
      name: 'of Proxmox',
      mdx: '## Roles\n\n```bash\npveum role add Docker -privs "VM.Audit VM.Clone"\npveum role add Guest --privs VM.Audit,Sys.Audit\n```\n',
      expect: ['policy: VM.Audit, VM.Clone', 'policy: Sys.Audit, VM.Audit'],
    },
    {
      name: 'of vSphere',
      mdx: '## Roles\n\n```bash\ngovc role.create docker \\\n  Cns.Searchable Datastore.Browse \\\n  Host.Config.Storage\n```\n',
      expect: ['policy: Cns.Searchable, Datastore.Browse, Host.Config.Storage'],
    },
  ],
  mayRead: (text) => COMMANDS.some(({ sign, command }) => text.includes(sign) && text.search(command) >= 0),
  score: (input) => (rolesIn(input).length > 0 ? 0.9 : 0),
  read(input) {
    const offsets = new FenceOffsets(input.block)
    const findings: Finding[] = []
    const claims = rolesIn(input).map(({ provider, title, listed }): Claim => {
      const written = listed.flatMap(({ text, at }) => {
        const span = offsets.span(at, at + text.length)
        if (!text.startsWith('$')) return [{ text, span }]
        const message = `What \`${text}\` gives is not known here, so it is not in the model. Write the privileges themselves.`
        findings.push(unrecognised(input, span, message, [title, text]))
        return []
      })
      const evidence = input.evidence(written[0]?.span ?? input.block.span)
      return commandPolicy(input, { provider, policyKind: 'privilege-list' }, written, { title, evidence })
    })
    return { value: claims, findings }
  },
})

/** The roles that commands make; one that is made and then changed has each of its privileges once. */
function rolesIn({ block }: BlockInput): Role[] {
  const roles = new Map<string, Role>()
  const { value } = block.node as Code
  for (const { provider, sign, command } of COMMANDS) {
    if (!value.includes(sign)) continue
    for (const { 0: whole, 1: title = '', 2: list = '', index } of value.matchAll(command)) {
      const from = index + whole.length - list.length
      const role = roles.get(title) ?? { provider, title, listed: [] }
      const known = new Set(role.listed.map(({ text }) => text))
      const own = [...list.matchAll(ID)].map(({ 0: text, index: at }) => ({ text, at: from + at }))
      const listed = [...role.listed, ...own.filter(({ text }) => !known.has(text))]
      if (listed.some(({ text }) => !text.startsWith('$'))) roles.set(title, { ...role, listed })
    }
  }
  return [...roles.values()]
}
