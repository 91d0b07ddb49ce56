import type { PhrasingContent, Root, RootContent, Table } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import type { Access, Dataset, Effect, Role } from '../../model/dataset.ts'
import { onOneLine, plural, squeeze } from '../../text.ts'
import { defineFormat } from '../format.ts'
import { type Cell, type HeldRole, heldBy, rowsFor } from '../role-matrix.ts'

/** Tables of GitHub Flavored Markdown, to be pasted into `.md` and `.mdx` pages: https://github.github.com/gfm/#tables-extension- */
export default defineFormat({
  id: 'markdown',
  summary: 'Tables for pages in Markdown or MDX: all roles with counts, and what the roles of each group hold',
  files(dataset) {
    const scopes = scopesOf(dataset)
    return [
      {
        name: 'roles.md',
        title: 'Roles, as tables',
        description: 'All roles by scope: level, and how many permissions of each kind.',
        content: written(overview(dataset, scopes)),
      },
      {
        name: 'matrices.md',
        title: 'Matrices, as tables',
        description: 'The roles of each group side by side, then each role by resource and operation.',
        content: written(matrices(dataset, scopes)),
      },
    ]
  },
})

/** A cell that MDX reads as it is meant: to it, `{` and `<` begin code wherever they stand. */
const MDX = ['{', '<'].map((character) => ({ character, inConstruct: 'phrasing' as const }))

function written(children: RootContent[]): string {
  const root: Root = { type: 'root', children }
  return toMarkdown(root, { extensions: [gfmToMarkdown(), { unsafe: MDX }], bullet: '-', rule: '-', emphasis: '_' })
}

const text = (value: string): PhrasingContent[] => [{ type: 'text', value: squeeze(onOneLine(value)) }]
const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value: onOneLine(value) })
const paragraph = (value: string): RootContent => ({ type: 'paragraph', children: text(value) })
const heading = (depth: 1 | 2 | 3 | 4, value: string): RootContent => ({
  ...{ type: 'heading', depth, children: text(value) },
})

type Align = 'left' | 'center' | 'right'
type Column<Row> = [head: string, align: Align, cell: (row: Row) => PhrasingContent[]]

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  const row = (cells: PhrasingContent[][]) => ({
    type: 'tableRow' as const,
    children: cells.map((children) => ({ type: 'tableCell' as const, children })),
  })
  const shown = columns.filter(([, , cell], i) => i === 0 || rows.some((each) => cell(each).length > 0))
  return {
    type: 'table',
    align: shown.map(([, align]) => (align === 'left' ? null : align)),
    children: [
      row(shown.map(([head]) => text(head))),
      ...rows.map((each) => row(shown.map(([, , cell]) => cell(each)))),
    ],
  }
}

interface HeldScope {
  title: string
  roles: HeldRole[]
}

/** Scopes that have roles, in the order of the dataset. */
function scopesOf(dataset: Dataset): HeldScope[] {
  const byScope = Map.groupBy(dataset.roles, ({ scope }) => scope)
  const titles = new Map(dataset.scopes.map(({ id, title }) => [id, title]))
  return [...byScope].map(([id, roles]) => ({
    title: titles.get(id) ?? id,
    roles: roles.map((role) => heldBy(dataset, role)),
  }))
}

function overview(dataset: Dataset, scopes: readonly HeldScope[]): RootContent[] {
  const access = new Map(dataset.permissions.map((permission) => [permission.id, permission.access]))
  const count = (kind: (cell: Cell, access: Access | undefined) => boolean) => (held: HeldRole) => {
    const fitting = [...held.cells].filter(([id, cell]) => kind(cell, access.get(id))).length
    return fitting === 0 ? [] : text(String(fitting))
  }
  const allowed = ({ effect }: Cell) => effect !== 'denied'
  const optional = (of: (role: Role) => string | null) => (held: HeldRole) => text(of(held.role) ?? '').filter(isFull)
  const columns: Column<HeldRole>[] = [
    ['Role', 'left', ({ role }) => text(role.name)],
    ['Group', 'left', optional((role) => role.group)],
    ['Level', 'left', optional((role) => role.level)],
    ['Permissions', 'right', (held) => text(String([...held.cells.values()].filter(allowed).length))],
    ['Read', 'right', count((cell, kind) => allowed(cell) && kind === 'read')],
    ['Write', 'right', count((cell, kind) => allowed(cell) && kind === 'write')],
    ['Admin', 'right', count((cell, kind) => allowed(cell) && kind === 'admin')],
    ['Under a condition', 'right', count((cell) => cell.effect === 'conditional')],
    ['Denied', 'right', count((cell) => cell.effect === 'denied')],
    ['Description', 'left', optional((role) => role.description)],
  ]
  const total = `${plural(dataset.roles.length, 'role')} in ${plural(scopes.length, 'scope')}, ${plural(dataset.permissions.length, 'permission')}.`
  return [
    heading(1, 'Roles'),
    paragraph(`${dataset.name}, ${dataset.version}: ${total}`),
    ...scopes.flatMap(({ title, roles }) => [heading(2, title), table(columns, roles)]),
  ]
}

function isFull(node: PhrasingContent): boolean {
  return !('value' in node) || node.value !== ''
}

function matrices(dataset: Dataset, scopes: readonly HeldScope[]): RootContent[] {
  return [
    heading(1, 'Matrices'),
    paragraph('✓ granted, ✗ denied; a number refers to the condition below the table.'),
    ...scopes.flatMap(({ title, roles }) => [
      heading(2, title),
      ...[...Map.groupBy(roles, ({ role }) => role.group)].flatMap(([group, members]) => [
        heading(3, group ?? 'Other roles'),
        ...(members.length > 1 ? sideBySide(dataset, members) : []),
        ...members.flatMap((held) => [heading(4, held.role.name), ...ofOneRole(dataset, held)]),
      ]),
    ]),
  ]
}

/** Conditions of one table, each with the number that its cells show. */
class Notes {
  readonly #numbers = new Map<string, number>()

  /** `✓`, `✗`, `✓ (1)`; nothing where the documentation says nothing. */
  mark(cell: Cell | undefined, granted = '✓'): string {
    if (!cell) return ''
    const marks: Record<Effect, string> = { granted, denied: '✗', conditional: granted }
    return marks[cell.effect] + this.reference(cell)
  }

  reference({ effect, notes }: Cell): string {
    if (effect !== 'conditional') return ''
    const numbers = (notes.length > 0 ? notes : ['The documentation does not spell the condition out.']).map((note) => {
      const number = this.#numbers.get(note) ?? this.#numbers.size + 1
      this.#numbers.set(note, number)
      return number
    })
    return ` (${numbers.join(', ')})`
  }

  list(): RootContent[] {
    if (this.#numbers.size === 0) return []
    const children = [...this.#numbers.keys()].map((note) => ({
      ...{ type: 'listItem' as const, spread: false, children: [{ type: 'paragraph' as const, children: text(note) }] },
    }))
    return [{ type: 'list', ordered: true, start: 1, spread: false, children }]
  }
}

/** A row for each resource, a column for each role; in the cells, operations. */
function sideBySide(dataset: Dataset, members: readonly HeldRole[]): RootContent[] {
  const { resources, actions } = rowsFor(dataset, members)
  const notes = new Notes()
  const rows = [
    ...resources.map(({ title, permissions }) => ({
      title,
      cell: ({ cells }: HeldRole) => {
        const held = permissions.flatMap(({ id, operation }) => {
          const cell = cells.get(id)
          return cell && cell.effect !== 'denied' ? [operation + notes.reference(cell)] : []
        })
        return held.length > 0 ? text(held.join(', ')) : []
      },
    })),
    ...actions.map(({ id, title }) => ({
      title,
      cell: ({ cells }: HeldRole) => text(notes.mark(cells.get(id))).filter(isFull),
    })),
  ]
  type Row = (typeof rows)[number]
  const first: Column<Row> = [resources.length > 0 ? 'Resource' : 'Action', 'left', ({ title }) => text(title)]
  const align = resources.length > 0 ? 'left' : 'center'
  const columns = members.map((held): Column<Row> => [held.role.name, align, ({ cell }) => cell(held)])
  return rows.length === 0 ? [] : [table([first, ...columns], rows), ...notes.list()]
}

/** A row for each resource, a column for each operation that several have; the others stand in a column of their own. */
function ofOneRole(dataset: Dataset, held: HeldRole): RootContent[] {
  const { resources, actions } = rowsFor(dataset, [held])
  const notes = new Notes()
  const used = new Map<string, number>()
  for (const { operation } of resources.flatMap(({ permissions }) => permissions))
    used.set(operation, (used.get(operation) ?? 0) + 1)
  const shared = dataset.operations.map(({ id }) => id).filter((id) => (used.get(id) ?? 0) > 1)
  type Row = (typeof resources)[number]
  const columns: Column<Row>[] = [
    ['Resource', 'left', ({ title }) => text(title)],
    ...shared.map((operation): Column<Row> => {
      const cellOf = ({ permissions }: Row) => permissions.find((permission) => permission.operation === operation)
      return [operation, 'center', (row) => text(notes.mark(held.cells.get(cellOf(row)?.id ?? ''))).filter(isFull)]
    }),
    [
      shared.length > 0 ? 'Other' : 'Operations',
      'left',
      ({ permissions }) => {
        const others = permissions.filter(({ operation }) => !shared.includes(operation))
        const marks = others.map(({ id, operation }) => {
          const cell = held.cells.get(id)
          return cell?.effect === 'denied' ? `${operation} ✗` : notes.mark(cell, operation)
        })
        return text(marks.join(', ')).filter(isFull)
      },
    ],
  ]
  const grid = resources.length > 0 ? [table(columns, resources)] : []
  const rows: Column<(typeof actions)[number]>[] = [
    ['Action', 'left', ({ id, title }) => (title === id ? [code(id)] : text(title))],
    ['May', 'center', ({ id }) => text(notes.mark(held.cells.get(id))).filter(isFull)],
  ]
  const tables = [...grid, ...(actions.length > 0 ? [table(rows, actions)] : [])]
  return tables.length > 0
    ? [...tables, ...notes.list()]
    : [paragraph('The documentation lists no permissions for it.')]
}
