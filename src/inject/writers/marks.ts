import type { Stretch } from '../../fix/edits.ts'
import { readWritten } from '../../fix/table.ts'
import { splitPermission } from '../../parse/words/vocabulary.ts'
import { type Fact, factKey } from '../facts.ts'
import { type MarkHabit, markFor, markHabit, offsetsOfCell } from '../habits.ts'
import { type Axis, type Grid, gridOf, habitsOf, labelOf } from '../mark-grid.ts'
import { inOrder, operationsInOrder, placeFor } from '../order.ts'
import { newTable, TableEditor } from '../table-editor.ts'
import { defineWriter, isRefused, type Refused, refused, type UpdateInput, type WriterContext } from '../writer.ts'

/** Tables of marks: one role's resources and operations, or actions and roles. */
export default defineWriter({
  dialects: ['resource-by-operation', 'action-by-role', 'role-by-action'],
  update(input) {
    const { block, said, wanted } = input
    const grid = gridOf(block, input)
    const written = readWritten(block.block)
    const marks = markHabit([block, ...input.examples], input)
    const target = new Map<string, Fact>()
    for (const fact of wanted) {
      const key = pairOf(fact)
      if (target.has(key)) return refused(`\`${fact.permission}\` is said in several ways`)
      target.set(key, fact)
    }
    const current = new Map(said.map((fact) => [pairOf(fact), fact]))
    const changed = new Set<string>()
    for (const key of new Set([...target.keys(), ...current.keys()])) {
      const [a, b] = [target.get(key), current.get(key)]
      if (!a || !b || factKey(a) !== factKey(b)) changed.add(key)
    }
    if (!written) return cellsOfTags(input, grid, marks, target, current, changed)
    const editor = new TableEditor(block.block, written, input.eol)
    const grown = grow(
      editor,
      grid,
      input,
      [...changed].flatMap((key) => target.get(key) ?? []),
    )
    if (grown) return grown
    const addressed = new Set<string>()
    for (const [row, rowKeys] of grid.rows.entries()) {
      for (const [column, columnKeys] of grid.columns.entries()) {
        const pairs = pairsAt(grid, rowKeys, columnKeys, input)
        for (const pair of pairs) addressed.add(pair)
        if (!pairs.some((pair) => changed.has(pair))) continue
        const content = contentOf(pairs, target, marks)
        if (isRefused(content)) return content
        editor.setCell(row, column, content.text)
      }
    }
    const lost = [...changed].find((key) => !addressed.has(key))
    if (lost !== undefined) return refused(`no cell of the table speaks of ${describePair(lost)}`)
    removeForgotten(editor, grid, input, changed, target)
    return [editor.stretch]
  },
  create(dialect, input) {
    const { wanted, roles, examples, prefix } = input
    if (dialect === 'role-by-action') return refused('a new table of this form can be made as `action-by-role`')
    const [example] = examples
    const model = example ? gridOf(example, input) : null
    const marks = markHabit(examples.slice(0, 1), input)
    const byPair = new Map(wanted.map((fact) => [pairOf(fact), fact]))
    if (byPair.size < wanted.length) return refused('a permission is said in several ways')
    const same = dialect === 'resource-by-operation' ? model?.rowAxis === 'resource' : model?.rowAxis === 'permission'
    const like = same && model && example ? { grid: model, block: example } : null
    const orderOf = (keys: string[][] | undefined) => (keys ?? []).flatMap((key) => key.slice(0, 1))
    const habits = habitsOf(like, input)
    let rows: string[]
    let columns: string[]
    if (dialect === 'resource-by-operation') {
      const split = wanted.map(({ permission }) => splitPermission(permission))
      const bad = wanted.find((_, i) => split[i] === null)
      if (bad) return refused(`\`${bad.permission}\` is not written as \`resource.operation\``)
      rows = inOrder(
        split.map((p) => p?.resource as string),
        orderOf(like?.grid.rows),
      )
      const order = input.options.columns ?? orderOf(like?.grid.columns)
      columns = operationsInOrder([...split.map((p) => p?.operation as string)], order)
      const outside = input.options.columns && columns.find((column) => !input.options.columns?.includes(column))
      if (outside) return refused(`\`columns\` leaves out \`${outside}\`, which the role has`)
      if (input.options.columns) columns = [...input.options.columns]
      else if (like) columns = [...orderOf(like.grid.columns).filter((column) => !columns.includes(column)), ...columns]
      if (like && !input.options.columns) columns = operationsInOrder(columns, orderOf(like.grid.columns))
    } else {
      rows = inOrder(
        wanted.map(({ permission }) => permission),
        orderOf(like?.grid.rows),
      )
      columns = roles.map(({ id }) => id)
    }
    const axes = dialect === 'resource-by-operation' ? RESOURCES : ACTIONS
    const table: string[][] = [
      [habits.corner, ...columns.map((id) => labelOf(axes.columnAxis, id, habits.column, input))],
    ]
    for (const row of rows) {
      const line = [labelOf(axes.rowAxis, row, habits.row, input)]
      for (const column of columns) {
        const [pair = ''] = pairsAt({ ...EMPTY, ...axes }, [row], [column], input)
        const content = contentOf([pair], byPair, marks)
        if (isRefused(content)) return content
        line.push(content.text)
      }
      table.push(line)
    }
    return table.length === 1 ? [] : newTable(table, prefix)
  },
})

const EMPTY: Grid = { rowAxis: 'resource', columnAxis: 'operation', rows: [], columns: [], labelColumn: 0 }
const RESOURCES = { rowAxis: 'resource', columnAxis: 'operation' } as const
const ACTIONS = { rowAxis: 'permission', columnAxis: 'role' } as const

/** A fact's role and permission, as one key. */
function pairOf({ role, permission }: Pick<Fact, 'role' | 'permission'>): string {
  return JSON.stringify([role, permission])
}

function describePair(key: string): string {
  const [role, permission] = JSON.parse(key) as [string, string]
  return `\`${permission}\` of ${role}`
}

/** The roles and permissions that a cell speaks of. */
function pairsAt(
  grid: Grid,
  rowKeys: readonly string[],
  columnKeys: readonly string[],
  { roles }: WriterContext,
): string[] {
  const of = (axis: Axis) => (grid.rowAxis === axis ? rowKeys : grid.columnAxis === axis ? columnKeys : null)
  const permissions =
    of('permission') ??
    (of('resource') ?? []).flatMap((resource) => (of('operation') ?? []).map((operation) => `${resource}.${operation}`))
  const ids = of('role') ?? roles.slice(0, 1).map(({ id }) => id)
  return ids.flatMap((role) => permissions.map((permission) => pairOf({ role, permission })))
}

function contentOf(
  pairs: readonly string[],
  target: ReadonlyMap<string, Fact>,
  marks: MarkHabit,
): { text: string } | Refused {
  const texts = pairs.map((pair) => {
    const fact = target.get(pair)
    return fact ? markFor(fact.effect, fact.note, marks) : marks.absent
  })
  const [text] = texts
  const pair = pairs[0] ?? ''
  if (text === null || text === undefined)
    return refused(`marks can't say the condition of ${describePair(pair)} (${target.get(pair)?.note})`)
  if (texts.some((other) => other !== text))
    return refused(`one cell speaks of ${pairs.map(describePair).join(' and ')}`)
  return { text }
}

/** Rows and columns for facts whose place the table does not have yet. */
function grow(editor: TableEditor, grid: Grid, input: UpdateInput, facts: readonly Fact[]): Refused | null {
  const has = (lines: readonly string[][], key: string | null) =>
    lines.some((keys) => key !== null && keys.includes(key))
  const isThere = (fact: Fact) =>
    has(grid.rows, keyOn(grid.rowAxis, fact)) && has(grid.columns, keyOn(grid.columnAxis, fact))
  // How labels are written, here and in the examples, is looked at only where one is to be written.
  if (facts.every(isThere)) return null
  const { block, examples } = input
  const habits = habitsOf({ grid, block }, input)
  const others = examples.map((example) => gridOf(example, input))
  const flat = (keys: readonly string[][]) => keys.flatMap((key) => key.slice(0, 1))
  for (const fact of facts) {
    const [row, column] = [keyOn(grid.rowAxis, fact), keyOn(grid.columnAxis, fact)]
    if (row === null || column === null)
      return refused(`\`${fact.permission}\` is not written as \`resource.operation\``)
    if (!has(grid.rows, row)) {
      const present = flat(grid.rows)
      const label = labelOf(grid.rowAxis, row, habits.row, input)
      const index = placeFor(
        row,
        present,
        others.map((other) => flat(other.rows)),
      )
      const at = rowIndex(grid.rows, index)
      const contents: string[] = grid.columns.map((keys, i) =>
        i === grid.labelColumn ? label : keys.length > 0 ? habits.absent : '',
      )
      editor.insertRow(at, contents)
      grid.rows.splice(at, 0, [row])
    }
    if (!has(grid.columns, column)) {
      const present = flat(grid.columns)
      const order = grid.columnAxis === 'role' ? [input.roles.map(({ id }) => id)] : []
      const index = placeFor(column, present, [...order, ...others.map((other) => flat(other.columns))])
      const at = rowIndex(grid.columns, index)
      editor.insertColumn(at, labelOf(grid.columnAxis, column, habits.column, input))
      grid.columns.splice(at, 0, [column])
      if (habits.absent !== '')
        grid.rows.forEach((keys, i) => {
          if (keys.length > 0) editor.setCell(i, at, habits.absent)
        })
    }
  }
  return null
}

/** The index among all lines of the index among those that stand for something. */
function rowIndex(lines: readonly string[][], index: number): number {
  const filled = lines.flatMap((keys, i) => (keys.length > 0 ? [i] : []))
  return filled[index] ?? (filled.at(-1) ?? lines.length - 1) + 1
}

function keyOn(axis: Axis, { role, permission }: Fact): string | null {
  if (axis === 'role') return role
  if (axis === 'permission') return permission
  const split = splitPermission(permission)
  return split?.[axis] ?? null
}

/** A row whose resource the data no longer knows goes with its last mark. One that was blank stays: its author meant it. */
function removeForgotten(
  editor: TableEditor,
  grid: Grid,
  input: UpdateInput,
  changed: ReadonlySet<string>,
  target: ReadonlyMap<string, Fact>,
): void {
  if (grid.rowAxis !== 'resource' && grid.rowAxis !== 'permission') return
  const known = new Set([...input.data.resources, ...input.data.permissions].map(({ id }) => id))
  for (let row = grid.rows.length - 1; row >= 0; row--) {
    const keys = grid.rows[row] as string[]
    if (keys.length === 0 || keys.some((key) => known.has(key))) continue
    const pairs = grid.columns.flatMap((columnKeys) => pairsAt(grid, keys, columnKeys, input))
    if (pairs.some((pair) => target.has(pair)) || !pairs.some((pair) => changed.has(pair))) continue
    editor.removeRow(row)
    grid.rows.splice(row, 1)
  }
}

/** A table of tags: its cells can be changed, its rows and columns are its author's. */
function cellsOfTags(
  input: UpdateInput,
  grid: Grid,
  marks: MarkHabit,
  target: ReadonlyMap<string, Fact>,
  current: ReadonlyMap<string, Fact>,
  changed: ReadonlySet<string>,
): Stretch[] | Refused {
  const { block } = input
  const edits: Stretch[] = []
  const left = new Set(changed)
  for (const [row, rowKeys] of grid.rows.entries()) {
    for (const [column, columnKeys] of grid.columns.entries()) {
      const pairs = pairsAt(grid, rowKeys, columnKeys, input)
      if (!pairs.some((pair) => changed.has(pair))) continue
      const cell = block.input.grid.rows[row]?.cells[column]
      const content = contentOf(pairs, target, marks)
      if (isRefused(content)) return content
      if (!cell || (!current.has(pairs[0] as string) && cell.span.line === block.block.span.line)) continue
      edits.push({ ...offsetsOfCell(block, cell), text: content.text })
      for (const pair of pairs) left.delete(pair)
    }
  }
  const [lost] = left
  if (lost !== undefined)
    return refused(
      `the table has no cell for ${describePair(lost)}; add its row or column, or write the table with pipes`,
    )
  return edits.sort((a, b) => a.start - b.start)
}
