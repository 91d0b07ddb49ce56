/** Which view of the dataset takes the place of a block of a page. */
import type { Analysis } from '../../analyse.ts'
import type { RoleEntity } from '../../model/model.ts'
import { actionId, UNSCOPED } from '../../model/roles.ts'
import type { Claim, Surroundings } from '../../parse/claim.ts'
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
      else if (claim?.kind === 'action') this.#views.set(block, actionsView(claims, model.roles))
    }
  }

  of(block: Block): Segment | null {
    return this.#views.get(block) ?? null
  }
}

function actionsView(claims: readonly Claim[], roles: readonly RoleEntity[]): Segment {
  const actions = claims.filter((claim) => claim.kind === 'action')
  const columns = new Set(actions.map((claim) => claim.role.text))
  const shown = [...columns].flatMap((name) => {
    const role = roles.find(
      (candidate) => candidate.name === name && candidate.blocks.includes(actions[0]?.block as Surroundings),
    )
    return role ? [role.id] : []
  })
  return { kind: 'actions', permissions: [...new Set(actions.map(actionId))], roles: shown }
}
