/** Tables of marks as grids: what their rows and columns stand for, by the ids of the data, and how they are labelled. */

import { pointText } from '../diagnostic.ts'
import { least } from '../lists.ts'
import { actionId } from '../model/access.ts'
import type { Cell, Row } from '../parse/blocks/cells.ts'
import type { ReadBlock } from '../parse/read.ts'
import { isOperation } from '../parse/tables/role-table.ts'
import { labelColumns, RESOURCE, ROLE } from '../parse/tables/shape.ts'
import { roleNames } from '../parse/words/role-name.ts'
import { operationId, resourceKey, splitPermission } from '../parse/words/vocabulary.ts'
import { sameName } from '../text.ts'
import { dressed, dressOf } from './escape.ts'
import {
  type LabelHabit,
  labelHabit,
  markHabit,
  mostOften,
  operationLabel,
  resourceLabel,
  sourceOfCell,
} from './habits.ts'
import type { WriterContext } from './writer.ts'

/** What the rows of a table of marks stand for, and what its columns do. */
export type Axis = 'resource' | 'operation' | 'permission' | 'role'

/** A table of marks as a grid of what its cells speak of. */
export interface Grid {
  rowAxis: Axis
  columnAxis: Axis
  /** By row of the body: what it stands for, empty for a section or a remark. */
  rows: string[][]
  /** By column; empty for labels, descriptions. */
  columns: string[][]
  labelColumn: number
}

/** What each row and column of a table stands for, by the ids of the data. */
export function gridOf(block: ReadBlock, context: WriterContext): Grid {
  const { input, claims, dialect } = block
  const { header, rows } = input.grid
  const actions = new Map<string, string>()
  for (const claim of claims)
    if (claim.kind === 'listed-action') actions.set(pointText(claim.evidence.span), actionId(claim))
  const permissionAt = (cell: Cell): string[] => {
    const action = actions.get(pointText(cell.span))
    const split = splitPermission(cell.text)
    return action !== undefined ? [action] : split ? [context.spelling(`${split.resource}.${split.operation}`)] : []
  }
  const rolesAt = ({ text }: Cell): string[] => {
    const found = roleNames(text).map((name) => roleCalled(name, context))
    return found.some((id) => id === null) ? [] : (found as string[])
  }
  const resourceAt = ({ text }: Cell) => (text === '' ? [] : [resourceOf(resourceKey(text), context)])
  const operationAt = ({ text }: Cell) => (text === '' ? [] : [operationId(text)])
  if (dialect === 'resource-by-operation') {
    const transposed = isTransposed(block)
    const first = transposed ? 1 : firstOperation(block)
    const data = header.map((_, column) => column).slice(first)
    const inner = labelColumns(input, data, RESOURCE).inner
    const label = (row: Row) => (row.wide ? undefined : row.cells[inner])
    const read = transposed ? operationAt : resourceAt
    return {
      rowAxis: transposed ? 'operation' : 'resource',
      columnAxis: transposed ? 'resource' : 'operation',
      rows: rows.map((row) => (label(row) ? read(label(row) as Cell) : [])),
      columns: header.map((cell, column) => (column < first ? [] : transposed ? resourceAt(cell) : operationAt(cell))),
      labelColumn: inner,
    }
  }
  if (dialect === 'role-by-action') {
    const columns = header.map((cell, column) => (column === 0 ? [] : permissionAt(cell)))
    const data = columns.flatMap((keys, column) => (keys.length > 0 ? [column] : []))
    const inner = labelColumns(input, data, ROLE).inner
    return {
      rowAxis: 'role',
      columnAxis: 'permission',
      rows: rows.map(({ cells, wide }) => (wide || !cells[inner] ? [] : rolesAt(cells[inner] as Cell))),
      columns,
      labelColumn: inner,
    }
  }
  const columns = header.map((cell, column) => (column === 0 ? [] : rolesAt(cell)))
  const labels = rows.map(({ cells }) => cells.findIndex((cell) => permissionAt(cell).length > 0))
  return {
    rowAxis: 'permission',
    columnAxis: 'role',
    rows: rows.map(({ cells }, i) => permissionAtIndex(cells, labels[i] as number, permissionAt)),
    columns: columns.some((keys) => keys.length > 0) ? columns : onlyRole(block, context),
    labelColumn: mostOften(labels.filter((column) => column >= 0)) ?? 0,
  }
}

function permissionAtIndex(cells: readonly Cell[], index: number, read: (cell: Cell) => string[]): string[] {
  const cell = cells[index]
  return cell ? read(cell) : []
}

/** A column that only says “Allowed” is the one role's that stands around the table. */
function onlyRole({ input }: ReadBlock, { roles }: WriterContext): string[][] {
  return input.grid.header.map((_, column) =>
    roles.length === 1 && input.markColumns.includes(column) ? roles.map(({ id }) => id) : [],
  )
}

function roleCalled(name: string, { roles }: WriterContext): string | null {
  const exact = roles.find((role) => sameName(role.name, name))
  return (exact ?? roles.find((role) => role.aliases.some((alias) => sameName(alias, name))))?.id ?? null
}

function resourceOf(key: string, { spelling }: WriterContext): string {
  return spelling(`${key}.get`).slice(0, -'.get'.length)
}

function isTransposed({ input, claims }: ReadBlock): boolean {
  const [claim] = claims.flatMap((candidate) =>
    candidate.kind === 'grant' || candidate.kind === 'catalogue' ? [candidate] : [],
  )
  if (!claim) return false
  const operations = input.grid.header.map((cell) => operationId(cell.text))
  return !operations.includes(claim.operation)
}

/** As the dialect has it: the first column that says an operation, or holds marks. */
function firstOperation({ input }: ReadBlock): number {
  const named = input.grid.header.findIndex((cell, column) => column > 0 && isOperation(cell.text, input.settings))
  return least(
    [named, ...input.markColumns].filter((column) => column > 0),
    input.grid.header.length,
  )
}

interface TableHabits {
  row: LabelHabit
  column: LabelHabit
  corner: string
  absent: string
}

/** How a table writes its labels; a new one is plain, with headings in words. */
export function habitsOf(like: { grid: Grid; block: ReadBlock } | null, context: WriterContext): TableHabits {
  const absent = markHabit(like ? [like.block] : [], context).absent
  if (!like) {
    const corner = context.roles.length > 1 || context.options.dialect === 'action-by-role' ? 'Permission' : ''
    return {
      row: { dress: '', spelling: 'id' },
      column: { dress: '', spelling: 'words' },
      corner,
      absent,
    }
  }
  const { grid, block } = like
  const { header, rows } = block.input.grid
  const label = (cell: Cell | undefined, keys: string[] | undefined) => {
    const [id] = keys ?? []
    return cell && id !== undefined ? [{ source: sourceOfCell(block, cell), text: cell.text, id }] : []
  }
  const rowLabels = rows.flatMap((row, i) => label(row.cells[grid.labelColumn], grid.rows[i]))
  const columnLabels = header.flatMap((cell, i) => label(cell, grid.columns[i]))
  const [first] = header
  const corner = first ? sourceOfCell(block, first) : ''
  return {
    row: labelHabit(rowLabels, context.data) ?? { dress: '', spelling: 'id' },
    column: labelHabit(columnLabels, context.data) ?? { dress: first ? dressOf(corner) : '', spelling: 'words' },
    corner,
    absent,
  }
}

/** How a table labels a resource, an operation, a role or a permission, by the habit of its labels. */
export function labelOf(axis: Axis, id: string, habit: LabelHabit, context: WriterContext): string {
  if (axis === 'resource') return resourceLabel(id, habit, context.data)
  if (axis === 'operation') return operationLabel(id, habit)
  if (axis === 'role') return dressed(context.roles.find((role) => role.id === id)?.name ?? id, habit.dress, true)
  return dressed(context.data.permissions.find((permission) => permission.id === id)?.title ?? id, habit.dress, true)
}
