/** Which view of the dataset takes the place of a block of a page. */
import type { Analysis } from '../../analyse.ts'
import { UNSCOPED } from '../../model/roles.ts'
import type { Surroundings } from '../../parse/claim.ts'
import type { Block } from '../../parse/page.ts'
import { slugify } from '../../text.ts'
import type { Segment } from '../site-input.ts'

export class Views {
  readonly #views = new Map<Block, Segment>()

  constructor({ reading, model }: Analysis) {
    const roles = new Map<Surroundings, string>()
    for (const role of model.roles) for (const block of role.blocks) roles.set(block, role.id)
    const policies = new Map<string, string>()
    for (const { id, statements, source } of model.dataset.policies) {
      for (const { path, line } of [source, ...statements.map((statement) => statement.source)])
        policies.set(`${path}:${line}`, id)
    }
    for (const { block, claims } of reading.blocks) {
      const [claim] = claims
      const headingDepth = Math.min(6, (block.headings.at(-1)?.depth ?? 1) + 1)
      if (claim?.kind === 'grant-block') {
        const id = roles.get(claim.block)
        if (id !== undefined) this.#views.set(block, { kind: 'role', id, headingDepth })
      } else if (claim?.kind === 'policy') {
        const id = policies.get(`${claim.evidence.span.path}:${claim.evidence.span.line}`)
        if (id !== undefined) this.#views.set(block, { kind: 'policy', id, headingDepth })
      } else if (claim?.kind === 'catalogue') {
        this.#views.set(block, { kind: 'catalogue', id: `${claim.block.scope ?? UNSCOPED}/${slugify(claim.title)}` })
      } else if (claim?.kind === 'resource') this.#views.set(block, { kind: 'resources' })
      else if (claim?.kind === 'mapping') this.#views.set(block, { kind: 'mappings' })
    }
  }

  of(block: Block): Segment | null {
    return this.#views.get(block) ?? null
  }
}
