/** Which block of a region says which of its facts. */

import type { Role } from '../model/dataset.ts'
import type { ReadBlock } from '../parse/read.ts'
import { differences, type Fact, type SaidFact } from './facts.ts'

export interface Share {
  said: SaidFact[]
  wanted: Fact[]
  /** Whether it says anything else than what is wanted of it. */
  changed: boolean
}

/** What each block of a region says, and shall say: what is there stays where it is; what is new goes where it fits. */
export function sharesOf(
  blocks: readonly ReadBlock[],
  wanted: readonly Fact[],
  said: readonly SaidFact[],
  roles: readonly Role[],
): Map<ReadBlock, Share> {
  const shares = new Map(blocks.map((block): [ReadBlock, Share] => [block, { said: [], wanted: [], changed: false }]))
  const at = (line: number) => blocks.find(({ block }) => line >= block.span.line && line <= block.span.endLine)
  const of = (block: ReadBlock) => shares.get(block) as Share
  for (const fact of said) {
    const block = at(fact.line)
    if (block) of(block).said.push(fact)
  }
  const groupOf = ({ permission }: Fact) =>
    permission.slice(0, Math.max(permission.lastIndexOf('.'), permission.lastIndexOf('/')))
  for (const fact of wanted) {
    const same = (other: Fact) => other.role === fact.role && other.permission === fact.permission
    const holds = (test: (other: Fact) => boolean) => blocks.findLast((block) => of(block).said.some(test))
    const own = blocks.filter(({ input }) => {
      const role = roles.find(({ id }) => id === fact.role)
      return input.surroundings.names.some(({ text }) => text === role?.name)
    })
    const block =
      holds(same) ??
      holds((other) => other.role === fact.role && groupOf(other) === groupOf(fact)) ??
      holds((other) => other.role === fact.role) ??
      own[0] ??
      blocks[0]
    if (block) of(block).wanted.push(fact)
  }
  for (const share of shares.values()) {
    const ids = roles.map(({ id }) => id)
    share.changed = differences(ids, share.said, share.wanted).length > 0
  }
  return shares
}
