/** Role tables: names and descriptions of the roles of a section, and which role each row describes. */
import type { Claim, RoleClaim } from '../parse/claim.ts'
import { lastWordOf } from '../parse/words/vocabulary.ts'
import { foldedName } from '../text.ts'

export interface RoleTable {
  rows: RoleClaim[]
  /** The first row of each name, as names are compared. */
  byName: Map<string, RoleClaim>
}

/** Role tables by the section that they stand in. */
export type RoleTables = Map<string, RoleTable>

/** A role as far as its rows go. */
interface Described {
  name: string
  row: RoleClaim | null
  /** Rows of other sections' tables. */
  otherRows: Set<RoleClaim>
}

/** The role tables of all sections that have one. */
export function roleTables(claims: readonly Claim[]): RoleTables {
  const tables: RoleTables = new Map()
  for (const claim of claims) {
    if (claim.kind !== 'role' || claim.inList) continue
    const section = claim.block.sections[0] as string
    const table: RoleTable = tables.get(section) ?? { rows: [], byName: new Map() }
    tables.set(section, table)
    table.rows.push(claim)
    const name = foldedName(claim.name)
    if (!table.byName.has(name)) table.byName.set(name, claim)
  }
  return tables
}

export const NO_TABLE: RoleTable = { rows: [], byName: new Map() }

/**
 * Gives each role its row of the role table, in each section that it stands in. Equal names first; then what is left over
 * is paired where the pairing is certain: as many rows as roles are left, and each pair ends in the same word, or there is
 * one pair.
 */
export function describe(bySection: ReadonlyMap<string | null, ReadonlySet<Described>>, tables: RoleTables): void {
  for (const [section, { rows, byName }] of tables) {
    const left = new Set(rows)
    const open: Described[] = []
    for (const role of bySection.get(section) ?? []) {
      const row = role.row && left.has(role.row) ? role.row : byName.get(foldedName(role.name))
      if (!row) open.push(role)
      else if (left.delete(row)) describeBy(role, row)
    }
    const rest = [...left]
    if (open.length === 0 || open.length !== rest.length) continue
    const certain =
      open.length === 1 || open.every((role, i) => lastWordOf(role.name) === lastWordOf(rest[i]?.name ?? ''))
    if (certain) for (const [i, role] of open.entries()) describeBy(role, rest[i] as RoleClaim)
  }
}

function describeBy(role: Described, row: RoleClaim): void {
  role.row ??= row
  if (role.row !== row) role.otherRows.add(row)
}
