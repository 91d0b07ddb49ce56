/** Blocks as rules on their shape see them: each once, with its table as a grid, and the role that it is of. */
import { pointText, type Span } from '../../diagnostic.ts'
import type { Model } from '../../model/model.ts'
import type { Grid, Row } from '../../parse/blocks/cells.ts'
import type { Surroundings } from '../../parse/claim.ts'
import { BlockInput } from '../../parse/dialect.ts'
import type { ReadBlock, Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'

/** Every block that a dialect read, once: a partial's block is read once for each set of props, and another version's is not ours. */
export const ownBlocks = remembered(({ blocks, borrowed }: Reading): readonly ReadBlock[] => {
  const seen = new Set<ReadBlock['block']>()
  return blocks.filter(({ block }) => {
    if (seen.has(block) || borrowed.has(block.page.file.path)) return false
    seen.add(block)
    return true
  })
})

/** The block as its dialect saw it, but as it is written: no props filled in. */
export function inputOf({ block, input }: ReadBlock): BlockInput {
  return input.block === block ? input : new BlockInput(block, input.surroundings, input.settings)
}

/** What tells blocks of one page apart in a fingerprint: the page and the name that stands nearest to the block. */
export function blockIds({ block, claims }: ReadBlock): string[] {
  return [block.page.file.path, claims[0]?.block.names[0]?.text ?? '']
}

/** The id of the one role whose permissions a block lists; `null` where it lists those of several, or of none. */
export const roleOf = remembered(({ claims }: ReadBlock, model: Model): string | null => {
  const rolesOf = rolesByBlock(model)
  const roles = new Set<string>()
  for (const { block } of claims) for (const id of rolesOf.get(block) ?? []) roles.add(id)
  const [role = null] = roles
  return roles.size === 1 ? role : null
})

/** Ids of the roles that a block grants to. */
const rolesByBlock = remembered(({ roles }: Model): ReadonlyMap<Surroundings, readonly string[]> => {
  const byBlock = new Map<Surroundings, string[]>()
  for (const { id, blocks } of roles) {
    for (const block of blocks) {
      const there = byBlock.get(block)
      if (there) there.push(id)
      else byBlock.set(block, [id])
    }
  }
  return byBlock
})

/** 0-based columns in which a table states facts: those in which a claim stands, and those that are blank. */
export function dataColumns({ claims }: ReadBlock, grid: Grid): number[] {
  const columnAt = new Map<string, number>()
  for (const { cells } of grid.rows) cells.forEach((cell, column) => void columnAt.set(pointText(cell.span), column))
  const stated = new Set<number>()
  for (const claim of claims) {
    if (claim.kind !== 'grant' && claim.kind !== 'action' && claim.kind !== 'operation-of-role') continue
    const column = columnAt.get(pointText(claim.evidence.span))
    if (column !== undefined && column > 0) stated.add(column)
  }
  return grid.header.flatMap((_, column) => {
    const blank = grid.rows.every((row) => (row.cells[column]?.text ?? '') === '')
    return column > 0 && (stated.has(column) || blank) ? [column] : []
  })
}

/** Finds the row that holds a cell with a span. */
export function rowFinder({ rows }: Grid): (span: Span) => Row | undefined {
  const byPlace = new Map<string, Row>()
  for (const row of rows)
    for (const { span } of row.cells) if (!byPlace.has(pointText(span))) byPlace.set(pointText(span), row)
  return (span) => byPlace.get(pointText(span))
}
