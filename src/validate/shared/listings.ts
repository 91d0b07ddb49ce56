/** Which blocks list a role's permissions: those that are about one role, not the tables with a column for each. */
import { placeText } from '../../diagnostic.ts'
import { type Model, type RoleEntity, UNSCOPED } from '../../model/model.ts'
import type { Claim, Evidence, RoleClaim, Surroundings } from '../../parse/claim.ts'
import type { Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'
import { claimsOf } from './claims.ts'
import { listedKey } from './role-names.ts'

/** A block that its surroundings give to one role. */
export interface Listing {
  role: RoleEntity
  block: Surroundings
}

/** Blocks by whether a cell of them names roles. */
function sharedBlocks(claims: readonly Claim[]): Set<Surroundings> {
  const shared = new Set<Surroundings>()
  for (const claim of claims) {
    if (claim.kind === 'action' || claim.kind === 'listed-action' || claim.kind === 'operation-of-role')
      shared.add(claim.block)
    else if (claim.kind === 'grant' && claim.role) shared.add(claim.block)
  }
  return shared
}

/** A role's own blocks, in order of place; columns and rows of tables that hold several roles are left out. */
export const listingsOf = remembered((model: Model, reading: Reading): ReadonlyMap<RoleEntity, Surroundings[]> => {
  const shared = sharedBlocks(reading.claims)
  return new Map(model.roles.map((role) => [role, role.blocks.filter((block) => !shared.has(block))]))
})

/** The block that a grant's evidence stands in. */
export const blocksOfEvidence = remembered((reading: Reading): ReadonlyMap<Evidence, Surroundings> => {
  const blocks = new Map<Evidence, Surroundings>()
  for (const claim of reading.claims) if (claim.kind !== 'grant-block') blocks.set(claim.evidence, claim.block)
  return blocks
})

/** A section's role table, and the blocks that stand in the section. */
export interface RoleTable {
  /** Id of the section that it stands in. */
  section: string
  rows: RoleClaim[]
  /** Roles of the table that a block of the section grants to, by name or paired by elimination. */
  listed: Set<RoleEntity>
  /** Roles that a block of the section grants to and no row names, with the first such block. */
  unlisted: Listing[]
  /** Rows whose role no block of the documentation grants to. */
  bare: RoleClaim[]
}

/** The role tables of sections, each with what the blocks of its section grant to. */
export const roleTables = remembered((model: Model, reading: Reading): readonly RoleTable[] => {
  const tables = new Map<string, RoleTable>()
  for (const claim of claimsOf(reading, 'role')) {
    if (claim.inList) continue
    const section = claim.block.sections[0] as string
    const table = tables.get(section)
    if (table) table.rows.push(claim)
    else tables.set(section, { section, rows: [claim], listed: new Set(), unlisted: [], bare: [] })
  }
  if (tables.size === 0) return []
  const granting = new Set(
    [...new Set(reading.claims.map((claim) => (claim.kind === 'role' ? null : claim.block)))].map(
      (block) => block && placeKey(block),
    ),
  )
  const names = new Map([...tables.values()].map((table) => [table, namesOf(table)]))
  const granted = new Map<string, Set<string>>()
  const rowsOfRoles = new Set<RoleClaim>()
  for (const role of model.roles) {
    if (role.blocks.length === 0) continue
    const key = listedKey(role.name)
    granted.set(key, (granted.get(key) ?? new Set()).add(role.scope))
    for (const row of rowsOf(role)) rowsOfRoles.add(row)
    for (const block of role.blocks) {
      const section = block.sections.find((candidate) => tables.has(candidate))
      const table = section === undefined ? undefined : tables.get(section)
      if (!table || table.listed.has(role) || table.unlisted.at(-1)?.role === role) continue
      if (isListed(role, table, names)) table.listed.add(role)
      else table.unlisted.push({ role, block })
    }
  }
  for (const table of tables.values()) {
    table.bare = table.rows.filter(
      // A table that also holds the permissions says itself that the role has none.
      (row) => !rowsOfRoles.has(row) && !isGranted(row, granted) && !granting.has(placeKey(row.block)),
    )
  }
  return [...tables.values()]
})

function placeKey({ evidence }: Surroundings): string {
  return placeText(evidence.span)
}

/** Whether a block anywhere grants to the row's role: in its scope, or in none where a page does not tell its scope. */
function isGranted(row: RoleClaim, granted: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const scopes = granted.get(listedKey(row.name))
  const scope = row.block.scope ?? UNSCOPED
  return scopes !== undefined && (scope === UNSCOPED || scopes.has(scope) || scopes.has(UNSCOPED))
}

/** A table's rows by the key of their names, and the rows themselves. */
function namesOf({ rows }: RoleTable): ReadonlySet<string | RoleClaim> {
  return new Set([...rows, ...rows.map((row) => listedKey(row.name))])
}

function isListed(
  role: RoleEntity,
  table: RoleTable,
  names: ReadonlyMap<RoleTable, ReadonlySet<string | RoleClaim>>,
): boolean {
  const has = names.get(table) as ReadonlySet<string | RoleClaim>
  if (rowsOf(role).some((row) => has.has(row))) return true
  return [role.name, ...role.spellings.map((spelling) => spelling.text)].some((name) => has.has(listedKey(name)))
}

function rowsOf({ row, otherRows }: RoleEntity): RoleClaim[] {
  return row ? [row, ...otherRows] : []
}
