/** Which view of the dataset takes the place of a block of a page. */
import type { Analysis } from '../../analyse.ts'
import { actionId } from '../../model/access.ts'
import { type RoleEntity, UNSCOPED } from '../../model/model.ts'
import type { Claim, Surroundings } from '../../parse/claim.ts'
import type { Block } from '../../parse/page/page.ts'
import { keyOfProps, type Props } from '../../parse/structure/props.ts'
import { slugify } from '../../text.ts'
import type { Segment } from '../site-input.ts'

const VIEWED = new Set<Claim['kind']>(['grant-block', 'policy', 'catalogue', 'resource', 'mapping', 'action'])

/** The views of all blocks of a version. */
export class Views {
  /** Views of a block, by the props that its partial was read with. */
  readonly #views = new Map<Block, Map<string, Segment>>()

  constructor({ reading, model }: Analysis) {
    const roles = new Map<Surroundings, string>()
    for (const role of model.roles) for (const block of role.blocks) roles.set(block, role.id)
    const policies = new Map<string, string>()
    for (const { id, statements, source } of model.dataset.policies) {
      for (const place of [source, ...statements.map((statement) => statement.source)]) {
        policies.set(placeKey(place, place.via), id)
        if (!policies.has(placeKey(place))) policies.set(placeKey(place), id)
      }
    }
    for (const { block, use, dialect, claims } of reading.blocks) {
      // Its words say more than a matrix of one column would.
      if (dialect === 'permission-words') continue
      // What a block lists beside its facts (an action that nobody has) gives no view.
      const claim = claims.find(({ kind }) => VIEWED.has(kind))
      const views = this.#views.get(block) ?? new Map<string, Segment>()
      this.#views.set(block, views)
      const set = (view: Segment) => views.set(keyOfProps(use.props), view)
      const headingDepth = Math.min(6, (block.headings.at(-1)?.depth ?? 1) + 1)
      if (claim?.kind === 'grant-block') {
        const id = roles.get(claim.block)
        if (id !== undefined) set({ kind: 'role', id, headingDepth })
      } else if (claim?.kind === 'policy') {
        const { span, via } = claim.evidence
        const id = policies.get(placeKey(span, via)) ?? policies.get(placeKey(span))
        if (id !== undefined) set({ kind: 'policy', id, headingDepth })
      } else if (claim?.kind === 'catalogue') {
        set({ kind: 'catalogue', id: `${claim.block.scope ?? UNSCOPED}/${slugify(claim.title)}` })
      } else if (claim?.kind === 'resource') set({ kind: 'resources' })
      else if (claim?.kind === 'mapping') set({ kind: 'mappings' })
      else if (claim?.kind === 'action') set(actionsView(claims, model.roles))
    }
  }

  /** The view of a block in a page that is shown with `props`; of props that were not read, the first reading's. */
  of(block: Block, props: Props): Segment | null {
    const views = this.#views.get(block)
    return views?.get(keyOfProps(props)) ?? views?.values().next().value ?? null
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

function placeKey({ path, line }: { path: string; line: number }, via: readonly { path: string; line: number }[] = []) {
  return [path, line, ...via.flatMap((site) => [site.path, site.line])].join(':')
}
