import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { type Cell, filledCells } from '../blocks/cells.ts'
import type { Claim, ClaimedEffect, WrittenRole } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark } from '../finding.ts'
import { columnsAreRoles, isFeatureMatrix, saysWhoMay } from '../tables/columns.ts'
import { pathOf, roleAround, rolesIn, saysAction, saysWhether, surroundingsOfRoles } from '../tables/role-table.ts'
import { ACTION, ATTRIBUTE, GROUP, INFORMATION, type Line, RESOURCE, readShape } from '../tables/shape.ts'
import { tableFindings, unlabelledRow, wordColumns } from '../tables/table-findings.ts'
import { speaksOfPermissions, spellingIn } from '../unread/subject.ts'
import { orWhole } from '../words/other-languages.ts'
import { PART_ROWS, PERMISSION_ROWS } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'
import { accessOf, mostlyKnown, permissionsIn } from '../words/vocabulary.ts'

/** Rows are actions, columns are roles: what most products write. */
export default defineDialect({
  id: 'action-by-role',
  summary: 'A table whose rows are actions and whose columns are roles',
  block: 'table',
  examples: [
    {
      name: 'three roles',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| Manage tenants | :white_check_mark: | :x: |\n',
      expect: ['action: Manage tenants (Admin)', 'action: Manage tenants (Guest)'],
    },
    {
      name: 'actions in groups',
      mdx: '| Area | Action | Admin | Guest, Reporter |\n| --- | --- | --- | --- |\n| Issues | View | ✓ | ✓ |\n|  | Delete | ✓ |  |\n',
      expect: ['action: View (Admin)', 'action: View (Guest)', 'action: View (Reporter)', 'action: Delete (Admin)'],
    },
    {
      name: 'permissions that are written with a colon',
      mdx: '| Permission | Admin | Guest |\n| --- | --- | --- |\n| `dock:list` | ✓ | ✓ |\n| `dock:create` | ✓ |  |\n',
      expect: ['grant: dock.list', 'grant: dock.list', 'grant: dock.create'],
    },
  ],
  score(input) {
    const { header, rows } = input.grid
    if (input.markColumns.length === 0 && !header.some(({ text }) => PERMISSION_ROWS.test(text))) return 0
    const columns = roleColumns(input)
    // “Permission” over the rows is enough; under “Task” or “Feature” most cells must be marks.
    const titles = header.slice(0, Math.max(1, columns[0] ?? 1)).map((cell) => cell.text)
    const plain = titles.some((title) => PERMISSION_ROWS.test(title))
    if (columns.length === 0 || (input.markColumns.length === 0 && !plain)) return 0
    const names = columns.map((column) => header[column]?.text ?? '')
    if (names.every(saysWhether) && roleAround(input) === null) return 0
    const certain = columnsAreRoles(input, columns[0] ?? 1)
    if (isFeatureMatrix(input)) return 0
    // What guests and members pay is written so as well, with a dash for nothing.
    if (
      !plain &&
      !speaksOfPermissions(input) &&
      rows.every((row) => columns.every((c) => isWordOrDash(input, row.cells[c])))
    )
      return 0
    const named = names.filter((name) => isRoleTitle(name, input.settings))
    if (titles.some((title) => ACTION.test(title))) {
      // “Task” over “Done”, “Action” over “Keyboard”: nothing says that the columns are somebody.
      if (!plain && !certain && named.length === 0 && !speaksOfPermissions(input)) return 0
      const operations = names.filter((name) => accessOf(name, input.settings) !== null)
      return operations.length * 2 > columns.length && !certain ? 0.3 : 0.7
    }
    // In a role's own section, columns that are not roles to a word are something else.
    if (!certain && named.length < names.length && roleAround(input) !== null) return 0
    // Another heading, or none: rows that say what is done (“Create projects”, “can read on Log”), about permissions.
    // Parts of a product under nobody but roles need no heading that says so.
    const ofParts = PART_ROWS.test(titles[0] ?? '') && named.length * 4 >= names.length * 3
    const marked = rows.filter((row) => columns.some((column) => input.marks.isMark(row.cells[column])))
    const labels = marked.map((row) => row.cells[0]?.text ?? '').filter((label) => label !== '')
    const isSaid = ofParts || speaksOfPermissions(input) || saysWhoMay(input, names, labels)
    if (columns.length < 2 || !isSaid) return 0
    const verbs = labels.filter((label) => saysAction(label, input.settings))
    if (verbs.length * 2 > labels.length) return 0.5
    // Dashes alone say nothing of things that no heading calls actions.
    const gives = marked.some((row) => columns.some((column) => isGiven(input, row.cells[column])))
    return gives && (certain || named.length * 2 > names.length) ? 0.4 : 0
  },
  read(input) {
    const columns = roleColumns(input)
    const { header } = input.grid
    const findings: Finding[] = tableFindings(input, columns)
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const roles = new Map(columns.map((column) => [column, rolesOf(header[column], input)]))
    const everyRole = [...roles.values()].flat()
    const { lines, unlabelled, descriptions } = readShape(input, columns, ACTION)
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'action'))
    for (const [column, named] of roles) {
      const cell = descriptions?.cells[column]
      if (!cell || cell.text === '') continue
      for (const { text, evidence } of named)
        claims.push({ kind: 'role', block, name: text, description: cell.text, evidence })
    }
    addAll(findings, wordColumns(input, columns, ACTION, 'marks'))
    const labels = lines.map(({ label }) => label.text)
    const spelling = spellingIn(input, labels)
    const ids = labels.map((label) => permissionsIn(label, spelling))
    const isId = ids.every((list) => list.length > 0) && mostlyKnown(ids.flat(), input.settings)
    const descriptionColumn = header.findIndex((cell) => SAID.test(cell.text))
    const titled = titledLabels(lines, input)
    lines.forEach(({ row, label, path }, i) => {
      const [action = label.text, ...details] = titled.get(label) ?? []
      const description = [row.cells[descriptionColumn]?.text || [], details].flat().join('; ') || null
      const about = { block, action, path: [...pathOf(input), ...path], description }
      if (!isId)
        claims.push({ kind: 'listed-action', ...about, roles: everyRole, evidence: input.evidence(label.span) })
      for (const [column, named] of roles) {
        const cell = row.cells[column]
        const mark = input.marks.read(cell)
        if (!cell || mark.kind === 'blank' || mark.kind === 'not-applicable') continue
        if (mark.kind === 'unknown' || named.length === 0) {
          const where = named.length === 0 ? 'a column without a heading' : `${action} × ${header[column]?.text}`
          findings.push(unknownMark(input, cell.span, cell.text, where))
          continue
        }
        for (const role of named) {
          const fact = { role, effect: mark.kind, note: mark.note, evidence: input.evidence(cell.span) }
          if (!isId) claims.push({ kind: 'action', ...about, ...fact })
          for (const id of isId ? (ids[i] ?? []) : [])
            claims.push({ kind: 'grant', block, ...id, ...under(fact, restOf(action)) })
        }
      }
    })
    return { value: claims, findings }
  },
})

/** A title in bold on a line of its own, as a cell begins with it. */
const TITLE =
  /^(?:\*\*|__|<(?:b|strong)>)\s?([^*_<>|\n]{1,80}?)\s?:?\s?(?:\*\*|__|<\/(?:b|strong)>)\s?:?\s?<(?:br|div|ol|p|ul)\b/i

/**
 * The lines of labels that begin with a title in bold, which is the action: what is below it says what it comes to. Not where it
 * would make one action of two.
 */
function titledLabels(lines: readonly Line[], { block }: BlockInput): ReadonlyMap<Cell, string[]> {
  const { file, locator } = block.page
  const keyOf = (title: string, path: readonly string[]) => JSON.stringify([title, path])
  const found = lines.flatMap(({ label, path }) => {
    if (label.lines.length < 2) return []
    const start = locator.offsetOf(label.span)
    const [, title] = TITLE.exec(file.text.slice(start, start + 200)) ?? []
    if (title === undefined || label.lines[0]?.replace(/\s?:$/, '') !== title.trim()) return []
    return [{ label, key: keyOf(title.trim(), path), texts: [title.trim(), ...label.lines.slice(1)] }]
  })
  // A row that stands there twice is one action, and is reported.
  const named = new Map<string, Set<string>>()
  const meant = [...found, ...lines.map(({ label, path }) => ({ label, key: keyOf(label.text, path) }))]
  for (const { label, key } of meant) named.set(key, (named.get(key) ?? new Set()).add(label.text))
  return new Map(found.filter(({ key }) => named.get(key)?.size === 1).map(({ label, texts }) => [label, texts]))
}

/** A fact, where its row says something beside its ids: that is the condition of what is granted. */
function under<Fact extends { effect: ClaimedEffect; note: string | null }>(
  fact: Fact,
  condition: string | null,
): Fact {
  if (condition === null || fact.note !== null) return fact
  return { ...fact, effect: fact.effect === 'granted' ? 'conditional' : fact.effect, note: condition }
}

/** Headings of a column that says more of each action. */
const SAID = orWhole(/^(?:descriptions?|details?|notes?)$/i, 'description', 'note')

/** Headings of a column that names a role in each row. */
const ASKED = /^(?:default|lowest|minimum|min\.?|recommended|required) (?:[a-z]+ )?roles?$/i

/** What stands in parentheses behind the ids of a row: `dock:moor (own docks)`. */
function restOf(label: string): string | null {
  return /^[^()]*\s\(([^()]+)\)$/.exec(label)?.[1] ?? null
}

function isWordOrDash({ marks }: BlockInput, cell: Cell | undefined): boolean {
  return !marks.isMark(cell) || /^\p{Pd}*$/u.test(cell?.text ?? '')
}

function isGiven({ marks }: BlockInput, cell: Cell | undefined): boolean {
  const { kind } = marks.read(cell)
  return kind === 'granted' || kind === 'conditional'
}

/** The roles that a column's heading names; where it only says “Allowed”, the one that the surroundings name. */
function rolesOf(heading: Cell | undefined, input: BlockInput): WrittenRole[] {
  if (!heading || heading.text === '') return []
  if (!saysWhether(heading.text)) return rolesIn(heading, input)
  const role = roleAround(input)
  return role ? [role] : rolesIn(heading, input)
}

/**
 * The columns that hold a mark at all: one cell that can't be read must not cost the whole role. Beside them, columns of
 * signs that nobody knows, those that are blank (a role with nothing), and after the first column of marks those that
 * stand before the last one, or whose heading is a role's.
 */
function roleColumns(input: BlockInput): number[] {
  const { header, rows } = input.grid
  const candidates = header.flatMap((cell, column) => {
    return column > 0 && !INFORMATION.test(cell.text) && !ATTRIBUTE.test(cell.text) ? [column] : []
  })
  const isLabel = ({ text }: Cell) => ACTION.test(text) || GROUP.test(text) || RESOURCE.test(text)
  const isDash = (cell: Cell | undefined) => /^\p{Pd}+$/u.test(cell?.text ?? '')
  const marked = candidates.filter((column) => {
    const marks = rows.map((row) => row.cells[column]).filter((cell) => input.marks.isMark(cell))
    // A dash in a column of words says that there is no word.
    return marks.length > 0 && !(marks.every(isDash) && isLabel(header[column] as Cell))
  })
  const [first, last] = [marked[0], marked.at(-1)]
  if (first === undefined || last === undefined) return []
  return candidates.filter((column) => {
    if (marked.includes(column)) return true
    const heading = header[column]?.text ?? ''
    if (heading === '') return false
    const cells = filledCells(input.grid, column)
    const isSign = (cell: Cell) => input.marks.maySign(cell) || /^[^\p{L}\p{N}]{1,2}$/u.test(cell.text)
    if (column < first) return cells.length > 0 ? cells.every(isSign) : !isLabel(header[column] as Cell)
    const short = cells.every((cell) => cell.text.length <= 3)
    return (
      short || column < last || cells.some(isSign) || (isRoleTitle(heading, input.settings) && !ASKED.test(heading))
    )
  })
}
