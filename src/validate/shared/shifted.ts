/** Rows of matrices whose marks are those of their siblings, moved by some columns. */
import { compareText } from '../../diagnostic.ts'
import type { Model, RoleEntity } from '../../model/model.ts'
import type { Reading } from '../../parse/read.ts'
import { remembered } from '../../remembered.ts'
import { type Matrix, type MatrixRow, matricesOf } from './matrices.ts'

export interface ShiftedRow {
  row: MatrixRow
  /** The operations that its siblings have, in order of column. */
  expected: string[]
  /** How many columns the marks stand too far to the right; negative: to the left. */
  by: number
  /** Rows that are marked as this one should be: of the same resource in other roles, else of the same table. */
  siblings: MatrixRow[]
  like: 'resource' | 'table'
}

export interface ShiftedTable {
  matrix: Matrix
  shifted: ShiftedRow[]
}

/**
 * The matrices with shifted rows. A row counts where it has two marks or more, all of them write, and the same marks some
 * columns further give exactly what two other roles of the page have on that resource, or most rows of its own table;
 * with a read operation among them. Roles that say they only read are left out: each of their writes is a finding already.
 */
export const shiftedTables = remembered((model: Model, reading: Reading): readonly ShiftedTable[] => {
  const matrices = matricesOf(model, reading, pagesOfWritesAlone(model))
  const pages = new Map<string, Siblings>()
  for (const matrix of matrices) {
    const page = pages.get(matrix.path) ?? new Siblings()
    for (const row of matrix.rows) page.add(row.resource, row, matrix)
    pages.set(matrix.path, page)
  }
  return matrices.flatMap((matrix): ShiftedTable[] => {
    const candidates = matrix.rows.filter(writesAlone)
    if (candidates.length === 0) return []
    const own = new Siblings()
    for (const row of matrix.rows) own.add('', row, matrix)
    const page = pages.get(matrix.path) as Siblings
    const shifted = candidates.flatMap((row) => shiftOf(row, matrix, own, page) ?? [])
    return shifted.length > 0 ? [{ matrix, shifted }] : []
  })
})

/** Resources of a role that the findings about shifted rows speak of, as `role id, space, resource`. */
export function shiftedKeys(model: Model, reading: Reading): Set<string> {
  const rows = shiftedTables(model, reading).flatMap(({ shifted }) => shifted)
  return new Set(rows.map(({ row }) => `${row.role.id} ${row.resource}`))
}

/** Rows by a group of theirs and by what they mark. */
class Siblings {
  readonly #rows = new Map<string, MatrixRow[]>()

  add(group: string, row: MatrixRow, { operations }: Matrix): void {
    const key = keyOf(
      group,
      row.columns.map((column) => operations[column] as string),
    )
    const rows = this.#rows.get(key)
    if (rows) rows.push(row)
    else this.#rows.set(key, [row])
  }

  with(group: string, operations: readonly string[]): readonly MatrixRow[] {
    return this.#rows.get(keyOf(group, operations)) ?? []
  }
}

function keyOf(group: string, operations: readonly string[]): string {
  return [group, ...[...operations].sort(compareText)].join(' ')
}

/** Pages on which a role writes what it cannot read: most have none, and their tables need not be read again. */
function pagesOfWritesAlone(model: Model): Set<string> {
  const paths = new Set<string>()
  for (const { readOnly, grants } of model.roles) {
    if (readOnly) continue
    const held = grants.filter((grant) => grant.effect !== 'denied' && grant.resource !== null)
    for (const ofOne of Map.groupBy(held, (grant) => grant.resource).values()) {
      if (ofOne.length < 2 || ofOne.some((grant) => grant.access === 'read')) continue
      for (const { evidence } of ofOne) paths.add(evidence.span.path)
    }
  }
  return paths
}

/** Whether all that a role has on the resource, here and in other blocks, is what this row marks, and none of it reads. */
function writesAlone(row: MatrixRow): boolean {
  return !row.role.readOnly && row.columns.length >= 2 && !resourcesReadBy(row.role).has(row.resource)
}

const resourcesReadBy = remembered((role: RoleEntity): ReadonlySet<string | null> => {
  const held = role.grants.filter((grant) => grant.effect !== 'denied' && grant.access === 'read')
  return new Set(held.map(({ resource }) => resource))
})

function shiftOf(row: MatrixRow, matrix: Matrix, own: Siblings, page: Siblings): ShiftedRow | null {
  const { operations } = matrix
  const ofOthers = (wanted: readonly string[]) =>
    page.with(row.resource, wanted).filter((other) => other.role !== row.role)
  const asWritten = ofOthers(row.columns.map((column) => operations[column] as string)).length
  const steps = operations.map((_, i) => i + 1).flatMap((step) => [step, -step])
  for (const step of steps) {
    const expected = row.columns.flatMap((column) => operations[column + step] ?? [])
    if (expected.length < row.columns.length) continue
    const alike = ofOthers(expected)
    const found = { row, expected, by: -step }
    if (alike.length >= 2 && alike.length >= asWritten && alike.some(reads))
      return { ...found, siblings: alike, like: 'resource' }
    const most = own.with('', expected)
    // The habit of a table says nothing of a resource that other roles write in the same way.
    if (asWritten === 0 && most.length >= 3 && most.length * 2 >= matrix.rows.length && most.some(reads))
      return { ...found, siblings: [...most], like: 'table' }
  }
  return null
}

function reads(row: MatrixRow): boolean {
  return row.grants.some((grant) => grant.access === 'read')
}
