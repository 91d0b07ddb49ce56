import type { Code } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import { NO_PARTS } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { isLanguage } from '../words/language.ts'
import { accessOf } from '../words/vocabulary.ts'
import { FenceOffsets } from './fence.ts'
import { providerOf } from './provider.ts'

/** A fence with one API name a line, as CloudStack's docs list what a role may call. */
export default defineDialect({
  id: 'api-list',
  summary: 'A code fence with one API name a line',
  block: 'code',
  examples: [
    {
      name: 'three calls',
      mdx: '## CloudStack permissions\n\n```text\ncreateNetwork\nlistZones\nlistUsers\n```\n',
      expect: ['policy: createNetwork, listUsers, listZones'],
    },
  ],
  mayRead: (text) => /^[^\S\r\n\u2028\u2029]*[a-z]+[A-Z][A-Za-z\d]*[^\S\r\n\u2028\u2029]*$/m.test(text),
  score(input) {
    const { lang, value } = input.block.node as Code
    if (!isLanguage(lang, 'plain')) return 0
    const names = lines(value)
    if (names.length < 3 || !names.every((name) => /^[a-z]+[A-Z][A-Za-z\d]*$/.test(name))) return 0
    const known = names.filter((name) => accessOf(name, input.settings) !== null)
    return known.length * 2 >= names.length && providerOf(input) !== null ? 0.8 : 0
  },
  read(input) {
    const actions = lines((input.block.node as Code).value)
    const spans = placesOf(input)
    const evidence = input.evidence(input.block.span)
    return {
      value: [
        {
          kind: 'policy',
          block: input.surroundings,
          provider: providerOf(input) ?? 'api',
          policyKind: 'api-list',
          title: null,
          variant: null,
          statements: [
            {
              sid: null,
              effect: 'Allow',
              actions,
              notActions: [],
              resources: [],
              conditions: null,
              parts: { ...NO_PARTS, actions: spans },
              evidence,
            },
          ],
          document: null,
          lastUpdate: null,
          evidence,
        },
      ],
      findings: [],
    }
  },
})

/** Where each name stands, in order. */
function placesOf({ block }: BlockInput): Span[] {
  const offsets = new FenceOffsets(block)
  return [...(block.node as Code).value.matchAll(/\S+/g)].map(({ index, 0: name }) =>
    offsets.span(index, index + name.length),
  )
}

function lines(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
