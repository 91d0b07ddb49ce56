import type { ListItem, Nodes } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import { squeeze } from '../../text.ts'
import { isUnticked, readItems } from '../blocks/list.ts'
import { defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { accessOf, wordsOf } from '../words/vocabulary.ts'
import { mayBeAllowed, NOTATIONS } from './cloud-ids.ts'
import { listPolicy } from './privileges.ts'
import { providerIn, providerOf } from './provider.ts'

/** Bullets of API names in code, under the name of a provider: what a role of it must be able to call. */
export default defineDialect({
  id: 'api-bullets',
  summary: 'A list of API names in code, under the name of a provider',
  block: 'list',
  examples: [
    {
      name: 'three calls',
      mdx: '## CloudStack permissions\n\n- `createNetwork`\n- `listZones`: the zones\n- `listUsers`\n',
      expect: ['policy: createNetwork, listUsers, listZones'],
    },
    {
      name: 'names alone, each of which an operation could have as well',
      mdx: '## CloudStack permissions\n\n- `createNetwork`\n- `deleteNetwork`\n- `listZones`\n',
      expect: ['policy: createNetwork, deleteNetwork, listZones'],
    },
  ],
  score(input) {
    const names = readItems(input.block).map(({ node }) => codeOf(node))
    const calls = names.filter((name) => name !== null && isCall(name))
    const known = calls.filter((name) => accessOf(wordsOf(name as string)[0] ?? '', input.settings) !== null)
    const enough = calls.length >= 3 && calls.length * 5 >= names.length * 4 && known.length * 2 >= calls.length
    const provider = providerOf(input)
    // A client's methods are called so as well, and of the clouds that write permissions otherwise nothing else is.
    if (!enough || provider === null || NOTATIONS.some((notation) => notation.provider === provider)) return 0
    if (!mayBeAllowed(input)) return 0
    // Where the heading itself names the provider, the names are no operations of a component of that name.
    return providerIn(input.surroundings.names[0]?.text ?? '') === null ? 0.75 : 0.85
  },
  read(input) {
    const findings: Finding[] = []
    const actions = readItems(input.block).flatMap((item) => {
      const name = codeOf(item.node)
      if (name !== null && isCall(name)) return isUnticked(item) ? [] : [{ text: name, span: item.span }]
      const message = `\`${item.text}\` stands in a list of API names but is none, so it is not in the model.`
      findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
      return []
    })
    const parts = { provider: providerOf(input) ?? 'api', policyKind: 'api-list' } as const
    return { value: [listPolicy(input, parts, actions)], findings }
  },
})

function isCall(name: string): boolean {
  return /^[a-z]+[A-Z][A-Za-z\d]*$/.test(name)
}

/** The code that an item begins with, or `null`. */
function codeOf(item: ListItem): string | null {
  const paragraph = item.children.find((child) => child.type === 'paragraph')
  const [first] = (paragraph && 'children' in paragraph ? paragraph.children : []) as Nodes[]
  return first?.type === 'inlineCode' ? squeeze(first.value) : null
}
