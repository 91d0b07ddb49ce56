/** Rows of a table and bullets of a list that name the same thing twice. */

import type { List } from 'mdast'
import { pointText } from '../../diagnostic.ts'
import type { Cell, Row } from '../../parse/blocks/cells.ts'
import { readItems } from '../../parse/blocks/list.ts'
import type { Claim } from '../../parse/claim.ts'
import type { BlockInput } from '../../parse/dialect.ts'
import type { ReadBlock } from '../../parse/read.ts'
import { ACTION, RESOURCE, ROLE, readShape } from '../../parse/tables/shape.ts'
import { permissionsIn } from '../../parse/words/vocabulary.ts'
import { dataColumns, rowFinder } from './tables.ts'

/** A row, with the cell that says what it is about, and what stands over it in the table. */
interface Labelled {
  row: Row
  label: Cell
  path: string[]
}

export interface DuplicateRow {
  label: Cell
  row: Row
  first: Labelled
  /** Whether every cell reads alike, letter by letter. */
  exact: boolean
  /** Whether no row below depends on this one: a group that it names goes on in the blank cells under it. */
  removable: boolean
  /** Heading of a column beside the marks in which the rows differ, too; `null` where there is none. */
  apart: string | null
  /** Headings of the columns that differ, with what stands here and there. */
  differences: { heading: string; here: string; there: string }[]
}

/** Dialects whose rows hold facts in columns, with the heading of the column that says what a row is about. */
const MATRICES: Record<string, RegExp> = {
  'resource-by-operation': RESOURCE,
  'resource-by-role': RESOURCE,
  'role-by-action': ROLE,
  'action-by-role': ACTION,
}

/** The rows of a table that say again what an earlier one is about. */
export function duplicateRows(read: ReadBlock, input: BlockInput): DuplicateRow[] {
  const title = MATRICES[read.dialect]
  const data = title ? dataColumns(read, input.grid) : []
  const labelled = title ? linesOf(input, data, title) : namedRows(read, input)
  const known = new Map<string, Labelled>()
  const duplicates: DuplicateRow[] = []
  for (const line of labelled) {
    // A note's sign tells two rows apart: `mark` holds it, `text` doesn't.
    const key = JSON.stringify([...line.path, line.label.mark].map((text) => text.toLowerCase()))
    const first = known.get(key)
    if (!first) known.set(key, line)
    else {
      const duplicate = compare(line, first, data, input)
      if (duplicate) duplicates.push(duplicate)
    }
  }
  return duplicates
}

function linesOf(input: BlockInput, data: readonly number[], title: RegExp): Labelled[] {
  return data.length === 0 ? [] : readShape(input, data, title).lines
}

/** Rows that name a role or a permission in one cell, each claim with its row. */
function namedRows({ claims }: ReadBlock, { grid }: BlockInput): Labelled[] {
  const rowAt = rowFinder(grid)
  return claims.flatMap((claim): Labelled[] => {
    if (claim.kind !== 'role' && claim.kind !== 'resource') return []
    const row = rowAt(claim.evidence.span)
    const label = row?.cells.find(({ span }) => span.column === claim.evidence.span.column)
    return row && label ? [{ row, label, path: claim.kind === 'resource' ? [claim.title] : [] }] : []
  })
}

/** `null` where the rows have the same marks and something beside them tells them apart: a description, an edition. */
function compare(line: Labelled, first: Labelled, data: readonly number[], input: BlockInput): DuplicateRow | null {
  const { grid, marks } = input
  const width = Math.max(grid.header.length, line.row.cells.length, first.row.cells.length)
  const differences: DuplicateRow['differences'] = []
  let exact = line.label.mark === first.label.mark
  let apart: string | null = null
  for (let column = 0; column < width; column++) {
    const [here, there] = [line.row.cells[column], first.row.cells[column]]
    const [a, b] = [here?.mark ?? '', there?.mark ?? '']
    if (a === b || here === line.label || there === first.label) continue
    exact = false
    if (data.length > 0 && !data.includes(column)) {
      // The cells of groups may be left blank in all rows but a group's first; the path has told them apart.
      if (a !== '' && b !== '') apart = grid.header[column]?.text || null
      continue
    }
    const [readHere, readThere] = [marks.read(here), marks.read(there)]
    const alike = data.length > 0 && readHere.kind === readThere.kind && readHere.kind !== 'unknown'
    if (!alike)
      differences.push({ heading: grid.header[column]?.text ?? '', here: here?.text ?? '', there: there?.text ?? '' })
  }
  if (apart !== null && differences.length === 0) return null
  const before = line.row.cells.slice(0, line.row.cells.indexOf(line.label))
  const removable = exact && (data.length === 0 || before.every(({ text }) => text === ''))
  return { label: line.label, row: line.row, first, exact, removable, apart, differences }
}

export interface DuplicateItem {
  /** The permission that is named again, as written. */
  permission: string
  span: Cell['span']
  first: Cell['span']
  /** Whether both bullets read alike, boxes included, and hold nothing else. */
  exact: boolean
  /** Whether one is ticked and the other is not. */
  contradicts: boolean
}

/** The bullets of a list that name a permission again. */
export function duplicateItems({ block, claims }: ReadBlock): DuplicateItem[] {
  if (!namesTwice(claims)) return []
  const known = new Map<string, { text: string; checked: boolean | null; span: Cell['span'] }>()
  const nested = new Set<string>()
  for (const item of (block.node as List).children) {
    const [first] = item.children
    if (item.children.length > 1 && first) {
      const start = first.position?.start.offset ?? 0
      nested.add(pointText(block.page.locator.span(start, start)))
    }
  }
  return readItems(block).flatMap(({ text, checked, span }) => {
    const permissions = permissionsIn(text, 'any')
    for (const { resource, operation, separator } of permissions) {
      const key = `${resource}.${operation}`.toLowerCase()
      const first = known.get(key)
      if (!first) {
        known.set(key, { text, checked, span })
        continue
      }
      // One finding a bullet: a line of several ids is written twice as a whole more often than one of them.
      const exact = first.text === text && first.checked === checked && !nested.has(pointText(span))
      const contradicts = (first.checked === false) !== (checked === false)
      return [{ permission: `${resource}${separator ?? '.'}${operation}`, span, first: first.span, exact, contradicts }]
    }
    return []
  })
}

/** Whether a permission may stand twice in a list, by its claims: a catalogue has none for what is not ticked. */
function namesTwice(claims: readonly Claim[]): boolean {
  const known = new Set<string>()
  let grants = 0
  for (const claim of claims) {
    if (claim.kind === 'catalogue') return true
    if (claim.kind !== 'grant') continue
    grants++
    known.add(`${claim.resource}.${claim.operation}`.toLowerCase())
  }
  return known.size < grants
}
