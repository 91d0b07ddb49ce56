import type { Code } from 'mdast'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { FenceOffsets } from './fence.ts'
import { listPolicy } from './privileges.ts'

/** `pveum role add NAME -privs "A.B C.D"`, with what continues a line between its words. */
const COMMAND =
  /\bpveum[ \t]+role[ \t]?(?:add|mod(?:ify)?)[ \t]+["']?([\w.$-]+)["']?(?:[ \t]|\\\r?\n)+--?privs(?:=|(?:[ \t]|\\\r?\n)+)(?:"([^"]*)"|'([^']*)'|([\w.,]+))/g
const ID = /[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)+/g

/** Roles of Proxmox VE, as its command makes them. https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management */
export default defineDialect({
  id: 'proxmox-role',
  summary: 'Commands that make roles of Proxmox VE: `pveum role add … -privs "…"`',
  block: 'code',
  examples: [
    {
      name: 'two roles',
      mdx: '## Roles\n\n```bash\npveum role add Docker -privs "VM.Audit VM.Clone"\npveum role add Guest --privs VM.Audit,Sys.Audit\n```\n',
      expect: ['policy: VM.Audit, VM.Clone', 'policy: Sys.Audit, VM.Audit'],
    },
  ],
  mayRead: (text) => text.includes('pveum') && text.search(COMMAND) >= 0,
  score: (input) => (rolesIn(input).size > 0 ? 0.9 : 0),
  read(input) {
    const offsets = new FenceOffsets(input.block)
    const claims = [...rolesIn(input)].map(([title, listed]) => {
      const written = listed.map(({ text, at }) => ({ text, span: offsets.span(at, at + text.length) }))
      const { section: _, ...policy } = listPolicy(
        input,
        { provider: 'proxmox', policyKind: 'privilege-list' },
        written,
      )
      const evidence = written[0] ? input.evidence(written[0].span) : policy.evidence
      return { ...policy, title, evidence, statements: policy.statements.map((one) => ({ ...one, evidence })) }
    })
    return { value: claims, findings: [] }
  },
})

/** The privileges of each role, each with its offset; a role that is made and then changed has them once. */
function rolesIn({ block }: BlockInput): Map<string, { text: string; at: number }[]> {
  const roles = new Map<string, { text: string; at: number }[]>()
  const { value } = block.node as Code
  if (!value.includes('pveum')) return roles
  for (const { 0: command, 1: name = '', 2: double, 3: single, 4: bare, index } of value.matchAll(COMMAND)) {
    const list = double ?? single ?? bare ?? ''
    const from = index + command.lastIndexOf(list)
    const known = roles.get(name) ?? []
    const own = [...list.matchAll(ID)].map(({ 0: text, index: at }) => ({ text, at: from + at }))
    const all = [...known, ...own.filter(({ text }) => known.every((other) => other.text !== text))]
    if (all.length > 0) roles.set(name, all)
  }
  return roles
}
