import { UsageError } from '../../files/usage-error.ts'
import { nearest, toJson } from '../../text.ts'
import { rules } from '../../validate/rules.ts'
import type { Terminal } from '../terminal.ts'

export async function listRules(options: { json?: boolean }, terminal: Terminal): Promise<number> {
  if (options.json) {
    const list = rules.map(({ id, severity, summary }) => ({ id, severity, summary }))
    terminal.out(toJson(list))
    return 0
  }
  const width = Math.max(...rules.map((rule) => rule.id.length))
  for (const rule of rules) terminal.out(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`)
  return 0
}

export async function explain(id: string, terminal: Terminal): Promise<number> {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) {
    const suggestion = nearest(
      id,
      rules.map((candidate) => candidate.id),
    )
    throw new UsageError(`unknown rule ${id}${suggestion ? `, did you mean ${suggestion}?` : ''}`)
  }
  const examples = rule.examples.map(({ name, mdx, expect }) => {
    const found = expect.length === 0 ? 'finds nothing' : `finds ${expect.join(', ')}`
    return `Example: ${name} (${found})\n\n${mdx.trimEnd().replace(/^/gm, '    ')}\n`
  })
  terminal.out(`${rule.id} (${rule.severity})\n\n${rule.summary}.\n${rule.docs}\n${examples.join('\n')}`)
  return 0
}
