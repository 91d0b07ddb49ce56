import type { Finding, Outcome } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { remembered } from '../../remembered.ts'
import { foldedName } from '../../text.ts'
import { type Cell, type Grid, linesOfColumn } from '../blocks/cells.ts'
import type { Claim, Surroundings } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { firstIdOf } from '../policies/cloud-ids.ts'
import { rolesIn, surroundingsOfRoles } from '../tables/role-table.ts'
import { ROLE } from '../tables/shape.ts'
import { hiddenCharacters, raggedRows } from '../tables/table-findings.ts'
import { holdsUsers } from '../tables/users.ts'
import { holdsPermissions, spellingIn } from '../unread/subject.ts'
import { type Inheritance, inheritanceIn, leavesOutWhatFollows } from '../words/inheritance.ts'
import { DESCRIPTION_COLUMN, HELD_COLUMN, ROLE_COLUMN, USER_COLUMN } from '../words/permission-headings.ts'
import { isRoleTitle, roleName } from '../words/role-name.ts'
import { permissionsIn, type Spelling, type WrittenPermission } from '../words/vocabulary.ts'

/** A row for each role, with the ids of its permissions in one cell. */
export default defineDialect({
  id: 'role-permissions',
  summary: 'A table of roles, each with its permissions in one cell',
  block: 'table',
  examples: [
    {
      name: 'ids in lists',
      mdx: '## Roles\n\n| Role | Permissions |\n| --- | --- |\n| Dock Viewer | dock.get, dock.list |\n| Pier Viewer | `pier.get` |\n',
      expect: ['grant: dock.get', 'grant: dock.list', 'grant: pier.get'],
    },
    {
      name: 'what another role has, and more',
      mdx: '## Roles\n\n| Role | Permissions |\n| --- | --- |\n| Dock Viewer | dock.get, dock.list |\n| Dock Editor | All permissions of Dock Viewer, plus dock.update |\n',
      expect: ['grant: dock.get', 'grant: dock.list', 'inheritance: Dock Editor < Dock Viewer', 'grant: dock.update'],
    },
  ],
  score(input) {
    const title = input.grid.header[0]?.text ?? ''
    if (!ROLE.test(title) && !USER_COLUMN.test(title)) return 0
    const { role, permissions } = columns(input)
    return role === 0 && permissions > 0 ? 0.85 : 0
  },
  read(input) {
    const { role, permissions, description, words } = columns(input)
    const spelling = spellingIn(input, linesOf(input, permissions))
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [permissions])]
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const describe = (cell: Cell, text: string) => {
      const about = { name: roleName(cell.text), description: text || null }
      claims.push({ kind: 'role', block, ...about, evidence: input.evidence(cell.span) })
    }
    if (words) addAll(findings, writtenInWords(input, permissions, description !== -1))
    for (const row of input.grid.rows) {
      const cell = row.cells[role]
      const held = row.cells[permissions]
      if (!held || held.text === '') {
        // A role with nothing is a fact too.
        if (cell && cell.text !== '') describe(cell, row.cells[description]?.text ?? '')
        continue
      }
      if (!cell || cell.text === '') {
        const message = `These permissions stand in a row without a role, so they are not in the model.`
        findings.push(unrecognised(input, held.span, message, [held.text]))
        continue
      }
      const { value, findings: said } = words ? NOTHING_READ : readHeld(cell, held, { input, block, spelling })
      addAll(claims, value)
      addAll(findings, said)
      const text = row.cells[description]?.text || (words ? held.text : '')
      if (text !== '') describe(cell, text)
    }
    return { value: claims, findings }
  },
})

const NOTHING_READ: Outcome<Claim[]> = { value: [], findings: [] }

/** The finding, at its heading, of a column (0-based) of permissions that are no ids. */
function writtenInWords(input: BlockInput, column: number, isDescribed: boolean): Finding[] {
  const heading = input.grid.header[column]
  if (!heading) return []
  const cloud = firstIdOf(linesOf(input, column), input)
  const message =
    cloud !== null
      ? `\`${cloud.id}\` is written like a permission of a cloud (\`${cloud.form}\`), but most lines of this column are not, or of no service that is known, so they are in the model as descriptions alone. Write ids of one cloud in it and nothing else, and what they are for in a column of its own.`
      : `The permissions of these roles are written in words and not as \`resource.operation\`, so they are ${isDescribed ? 'not in the model: the column beside them describes the roles' : 'in the model as descriptions alone'}.`
  return [unrecognised(input, heading.span, message, ['words', heading.text])]
}

/** What the lines of a cell give to the roles of its row, and whose permissions they say that these take over. */
function readHeld(
  cell: Cell,
  held: Cell,
  { input, block, spelling }: { input: BlockInput; block: Surroundings; spelling: Spelling },
): Outcome<Claim[]> {
  const claims: Claim[] = []
  const findings: Finding[] = []
  const evidence = input.evidence(held.span)
  let follows: 'granted' | 'denied' = 'granted'
  for (const line of held.lines) {
    const inheritance = inheritanceOf(line, input)
    const effect = inheritance?.except ? 'denied' : follows
    const ids: WrittenPermission[] = []
    for (const item of itemsOf([inheritance ? inheritance.rest.replace(/\.$/, '') : line], spelling)) {
      const permissions = permissionsIn(item, spelling)
      addAll(ids, permissions)
      if (permissions.length > 0 || item === '') continue
      const message = `\`${item}\` stands among the permissions of \`${cell.text}\` but is not written as \`resource.operation\`, so it is not in the model.`
      findings.push(unrecognised(input, held.span, message, [cell.text, item]))
    }
    if (inheritance && leavesOutWhatFollows(line, inheritance)) follows = 'denied'
    for (const role of rolesIn(cell, input)) {
      if (inheritance) {
        const { rest: _, ...said } = inheritance
        const isComplete = !said.except || ids.length > 0 || follows === 'denied'
        const about = { ...said, subject: null, isComplete, isListed: true, isUnderRole: false }
        claims.push({ kind: 'inheritance', block, role, ...about, evidence })
      }
      for (const id of ids) claims.push({ kind: 'grant', block, role, ...id, effect, note: null, evidence })
    }
  }
  return { value: claims, findings }
}

/** `dock.get, dock.list` on one line are one item, for `permissionsIn` to part; ids that only spaces part are one each. */
function itemsOf(lines: readonly string[], spelling: Spelling): string[] {
  return lines.flatMap((line) => {
    if (permissionsIn(line, spelling).length > 0) return [line]
    const words = line.split(/\s*[,;]\s*|\s+/).filter((word) => word !== '')
    return words.every((word) => permissionsIn(word, spelling).length > 0)
      ? words
      : line.split(/(?:(?<!\s)\s+)?[,;]\s*/)
  })
}

/** What a line says of another role; of one of the table's rows, `Editor + dock.delete` is enough. */
function inheritanceOf(line: string, { grid, settings }: BlockInput): Inheritance | null {
  const isRow = (name: string) => rowNames(grid).has(foldedName(name))
  const isRole = (name: string) => isRow(name) || isRoleTitle(name, settings)
  const said = inheritanceIn(line, isRole)
  const [, name] = said === null ? (/^([^,;:+]{1,40}?)(?:\s?\+\s?|,? plus )\S/i.exec(line) ?? []) : []
  const short = name !== undefined && isRow(name) ? inheritanceIn(`All of ${line}`, isRow) : null
  return short === null ? said : { ...short, sentence: line }
}

/** The roles of a table's rows, as names are compared. */
const rowNames = remembered(({ rows }: Grid): ReadonlySet<string> => {
  return new Set(rows.flatMap(({ cells: [role] }) => (role ? foldedName(roleName(role.text)) : [])))
})

/** The lines of a column's cells, without what they say of other roles. */
function linesOf(input: BlockInput, column: number): string[] {
  return linesOfColumn(input.grid, column).map((line) => inheritanceOf(line, input)?.rest ?? line)
}

function columns(input: BlockInput): { role: number; permissions: number; description: number; words: boolean } {
  const { header } = input.grid
  const itemsIn = (column: number) => {
    const lines = linesOf(input, column)
    return itemsOf(lines, spellingIn(input, lines))
  }
  const find = (test: (column: number) => boolean) => header.findIndex((_, column) => column > 0 && test(column))
  const ids = find((column) => holdsPermissions(itemsIn(column), input))
  const named = find((column) => HELD_COLUMN.test(header[column]?.text ?? '') && !input.markColumns.includes(column))
  const permissions = ids === -1 ? named : ids
  const isUsers =
    ids === -1 ? permissions !== -1 && holdsUsers(input, permissions) : USER_COLUMN.test(header[0]?.text ?? '')
  return {
    // Any kind of role (“Basic role”) where ids say that it is one: there are “ARIA roles” too.
    role: isUsers ? 0 : header.findIndex(({ text }) => (ids === -1 ? ROLE_COLUMN : ROLE).test(text)),
    permissions,
    description: header.findIndex(({ text }) => DESCRIPTION_COLUMN.test(text)),
    words: ids === -1,
  }
}
