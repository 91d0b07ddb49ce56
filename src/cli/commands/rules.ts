import { styleText } from 'node:util'
import { greatest } from '../../lists.ts'
import { toJson } from '../../text.ts'
import { CATEGORIES, optionInfo } from '../../validate/rule.ts'
import { rules } from '../../validate/rules.ts'
import { requireRule } from '../rule-ids.ts'
import type { Terminal } from '../terminal.ts'

/** Lists the rules by category; as JSON in order of id. */
export async function listRules(options: { json?: boolean }, terminal: Terminal): Promise<number> {
  if (options.json) {
    const list = rules.map((rule) => {
      const { id, category, severity, summary } = rule
      return { id, category, severity, summary, options: optionInfo(rule) }
    })
    terminal.out(toJson(list))
    return 0
  }
  const width = greatest(rules.map((rule) => rule.id.length))
  for (const category of CATEGORIES) {
    const own = rules.filter((rule) => rule.category === category)
    if (own.length === 0) continue
    terminal.out(`${strong(category, terminal)}\n`)
    for (const { id, severity, summary } of own)
      terminal.out(`  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    terminal.out('\n')
  }
  terminal.out('rolebook explain RULE shows one: why, examples, options.\n')
  return 0
}

/** Shows one rule's page: what, why, good and bad examples, options. */
export async function explain(id: string, terminal: Terminal): Promise<number> {
  const rule = requireRule(id)
  const heading = (text: string) => strong(text, terminal)
  const options = optionInfo(rule).map(({ name, type, description, default: value }) => {
    return `  ${name} (${type}, by default ${JSON.stringify(value)})\n    ${description}\n`
  })
  const examples = rule.examples.map(({ name, mdx, files = {}, config, expect }) => {
    const found = expect.length === 0 ? 'nothing is found' : `found at ${expect.join(', ')}`
    const others = Object.entries(files).map(([path, text]) => `\n    ${path}:\n\n${indented(text)}`)
    const settings = config ? `\n    with the config ${JSON.stringify(config)}\n` : ''
    return `${heading(`Example: ${name} (${found})`)}\n${settings}\n${indented(mdx)}\n${others.join('\n')}`
  })
  const parts = [
    `${heading(rule.id)} (${rule.category}, ${rule.severity})\n\n${rule.summary}.\n${rule.docs}`,
    ...(options.length > 0 ? [`${heading('Options')}\n\n${options.join('\n')}`] : []),
    ...examples,
  ]
  terminal.out(`${parts.map((part) => part.trimEnd()).join('\n\n')}\n`)
  return 0
}

function strong(text: string, { color }: Terminal): string {
  return color.out ? styleText('bold', text, { validateStream: false }) : text
}

function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '    ')
}
