/** Matrices of one role as rows of marked columns. */
import { pointText } from '../../diagnostic.ts'
import type { Model, RoleEntity, RoleGrant } from '../../model/model.ts'
import type { Evidence } from '../../parse/claim.ts'
import type { ReadBlock, Reading } from '../../parse/read.ts'
import { operationId } from '../../parse/words/vocabulary.ts'
import { inputOf } from './tables.ts'

export interface MatrixRow {
  role: RoleEntity
  resource: string
  /** 0-based columns that are marked and not denied, in order. */
  columns: number[]
  /** The grants of these columns. */
  grants: RoleGrant[]
}

export interface Matrix {
  /** Path of the file that holds it. */
  path: string
  /** Operations by column; `null` where the column is none. */
  operations: (string | null)[]
  /** Rows with at least one mark. */
  rows: MatrixRow[]
}

/** Every matrix of resources and operations on these pages that belongs to one role, in order of place. */
export function matricesOf(model: Model, reading: Reading, paths: ReadonlySet<string>): Matrix[] {
  if (paths.size === 0) return []
  const grants = new Map<Evidence, { role: RoleEntity; grant: RoleGrant }>()
  for (const role of model.roles) for (const grant of role.grants) grants.set(grant.evidence, { role, grant })
  const matrices: Matrix[] = []
  for (const read of reading.blocks) {
    if (read.dialect === 'resource-by-operation' && paths.has(read.block.page.file.path))
      matrices.push(readMatrix(read, grants))
  }
  return matrices
}

function readMatrix(read: ReadBlock, known: Map<Evidence, { role: RoleEntity; grant: RoleGrant }>): Matrix {
  const byPlace = new Map<string, { role: RoleEntity; grant: RoleGrant }>()
  for (const claim of read.claims) {
    if (claim.kind !== 'grant' || claim.effect === 'denied') continue
    const entry = known.get(claim.evidence)
    if (entry) byPlace.set(pointText(claim.evidence.span), entry)
  }
  const { grid } = inputOf(read)
  const rows: MatrixRow[] = []
  const operations = grid.header.map((cell, column) =>
    column === 0 || cell.text === '' ? null : operationId(cell.text),
  )
  for (const { cells } of grid.rows) {
    let row: MatrixRow | null = null
    for (const [column, cell] of cells.entries()) {
      const entry = byPlace.get(pointText(cell.span))
      const { resource, operation } = entry?.grant ?? {}
      // A matrix that is turned over has resources in its header: its rows are no rows of one resource.
      if (!entry || !resource || operation !== operations[column]) continue
      row ??= { role: entry.role, resource, columns: [], grants: [] }
      row.columns.push(column)
      row.grants.push(entry.grant)
    }
    if (row) rows.push(row)
  }
  return { path: read.block.page.file.path, operations, rows }
}
