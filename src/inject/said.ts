/** What a region of a page says, as the one reading of pages reads it. */

import { type Place, pointText } from '../diagnostic.ts'
import { buildModel } from '../model/build.ts'
import type { Dataset, Role } from '../model/dataset.ts'
import { type Model, type PolicyEntity, type RoleEntity, UNSCOPED } from '../model/model.ts'
import type { Block, Page } from '../parse/page/page.ts'
import { type ReadBlock, type Reading, readFiles } from '../parse/read.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { sameName } from '../text.ts'
import { factKey, type SaidFact, spellingsOf } from './facts.ts'
import type { Region } from './markers.ts'

/** Kinds of claims by which a block says what roles may do. */
const GRANTS = new Set(['grant', 'grant-block', 'action', 'listed-action', 'operation-of-role'])

/** A page, read by itself: partials that it includes are not followed, so that it can be read again and again. */
export class PageReading {
  readonly page: Page
  readonly model: Model
  readonly settings: Settings
  readonly #reading: Reading
  #waiting: ReadonlySet<string> | undefined

  constructor(file: SourceFile, settings: Settings) {
    this.settings = settings
    this.#reading = readFiles([file], settings, { complete: false }).value
    this.page = this.#reading.pages[0] as Page
    this.model = buildModel(this.#reading, '', settings).value
  }

  get isPartial(): boolean {
    return this.#reading.partials.identityOf(this.page) !== null
  }

  /** The blocks that say what roles may do, each once, in order. */
  get grantBlocks(): ReadBlock[] {
    return this.#blocks((read) => read.claims.some(({ kind }) => GRANTS.has(kind)))
  }

  get policyBlocks(): ReadBlock[] {
    return this.#blocks((read) => read.claims.some(({ kind }) => kind === 'policy'))
  }

  #blocks(wanted: (read: ReadBlock) => boolean): ReadBlock[] {
    const seen = new Set<Block>()
    return this.#reading.blocks.filter((read) => {
      if (!wanted(read) || seen.has(read.block)) return false
      seen.add(read.block)
      return true
    })
  }

  /** Whether an operation of a role stands here, whose resource is the one of the names around it that another block knows. */
  waitsForResource(place: Pick<Place, 'line' | 'column'>): boolean {
    this.#waiting ??= new Set(
      this.#reading.claims.flatMap((claim) =>
        claim.kind === 'operation-of-role' ? [pointText(claim.evidence.span)] : [],
      ),
    )
    return this.#waiting.has(pointText(place))
  }

  blocksIn(region: Region, reads: readonly ReadBlock[]): ReadBlock[] {
    return reads.filter(({ block }) => block.start >= region.start && block.start < region.end)
  }

  /** A block that nothing reads must not be written over. */
  unreadIn(region: Region): string | null {
    const block = this.page.blocks.find(({ start }) => start >= region.start && start < region.end)
    if (!block) return null
    const what = block.kind === 'code' ? 'code block' : block.kind
    return `the ${what} at line ${block.span.line} is not read as such; empty the region, or move it out`
  }

  /** Blocks outside of a region, the nearest first. */
  nearest(region: Region, reads: readonly ReadBlock[]): ReadBlock[] {
    const distance = ({ block }: { block: { start: number; end: number } }) =>
      block.start >= region.end ? block.start - region.end : region.start - block.end
    return reads
      .filter(({ block }) => block.end <= region.start || block.start >= region.end)
      .sort((a, b) => distance(a) - distance(b))
  }

  /** The policies that stand in a region. */
  policiesIn(region: Region): PolicyEntity[] {
    return this.model.policies.filter(({ claims }) =>
      claims.some(({ evidence }) => evidence.span.line >= region.from && evidence.span.line < region.to),
    )
  }
}

export interface Said {
  /** What it says of the roles that are asked for; one for each permission and effect. */
  facts: SaidFact[]
  /** Roles that it grants to and that are not asked for, as the page calls them. */
  strangers: RoleEntity[]
}

/** What a region says of roles of the data. */
export function saidIn(region: Region, reading: PageReading, roles: readonly Role[], data: Dataset): Said {
  const spelling = spellingsOf(data)
  const said: Said = { facts: [], strangers: [] }
  for (const entity of reading.model.roles) {
    const own = entity.grants.filter(({ evidence }) => isIn(region, evidence.span.line))
    const here = own.length > 0 || entity.blocks.some((block) => blockIn(region, block.evidence.span, entity))
    if (!here) continue
    const role = roles.find((candidate) => isRole(entity, candidate, reading, roles.length))
    if (!role) {
      said.strangers.push(entity)
      continue
    }
    const seen = new Set<string>()
    // What it takes over is said, whether the sentence stands in the region or above it.
    const sorted = [...own, ...entity.inherited].sort(
      (a, b) => a.evidence.span.line - b.evidence.span.line || a.evidence.span.column - b.evidence.span.column,
    )
    for (const { permission, effect, note, evidence } of sorted) {
      const fact = { role: role.id, permission: spelling(permission), effect, note }
      // As in the dataset: of several grants of one effect the first one's note counts.
      const key = factKey({ ...fact, note: null })
      const { line, column } = evidence.span
      if (!seen.has(key)) said.facts.push({ ...fact, line, column })
      seen.add(key)
    }
  }
  return said
}

/** Whether a line (1-based) is in a region. */
export function isIn({ from, to }: Region, line: number): boolean {
  return line >= from && line < to
}

/** A block without grants that belongs to its role by name; of a table of roles, each column is one. */
function blockIn(region: Region, { line }: { line: number }, { grants, nameEvidence }: RoleEntity): boolean {
  if (!isIn(region, line)) return false
  return grants.length === 0 && (isIn(region, nameEvidence.span.line) || nameEvidence.span.line < region.from)
}

/** Whether the page means a role of the data: by its name, in its scope or in none. */
export function isRole(entity: RoleEntity, role: Role, { isPartial }: PageReading, count: number): boolean {
  const names = [entity.name, ...entity.spellings.map(({ text }) => text)]
  const known = [role.name, ...role.aliases]
  const scoped = entity.scope === role.scope || entity.scope === UNSCOPED
  if (scoped && names.some((name) => known.some((other) => sameName(name, other)))) return true
  // Whoever includes a partial may name the role.
  return isPartial && count === 1
}
