import type { Finding } from '../../diagnostic.ts'
import { type Cell, filledCells } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unknownMark, unrecognised } from '../finding.ts'
import { pathOf, surroundingsOfRoles } from '../tables/role-table.ts'
import { ACTION, readShape } from '../tables/shape.ts'
import { hiddenCharacters, raggedRows, unlabelledRow } from '../tables/table-findings.ts'
import { isRoleTitle, roleName } from '../words/role-name.ts'

/** Rows are actions, and one cell of each names the roles that may do it. */
export default defineDialect({
  id: 'action-roles',
  summary: 'A table whose rows are actions, with the roles that may do them in one cell',
  block: 'table',
  examples: [
    {
      name: 'roles in a list',
      mdx: '| Action | Allowed roles |\n| --- | --- |\n| Create docks | Owner, Admin |\n| View docks | Owner, Admin and Viewer |\n',
      expect: [
        'action: Create docks (Owner)',
        'action: Create docks (Admin)',
        'action: View docks (Owner)',
        'action: View docks (Admin)',
        'action: View docks (Viewer)',
      ],
    },
  ],
  score(input) {
    const { header } = input.grid
    const column = roleColumn(input)
    const heading = header[0]?.text ?? ''
    const isLowest = LOWEST.test(header[column]?.text ?? '')
    const isOfActions = ACTION.test(heading) || (isLowest && WANTED.test(heading))
    if (column === -1 || input.markColumns.length > 0 || !isOfActions) return 0
    const filled = filledCells(input.grid, column)
    // Nothing is made of the one role that is needed: its heading says that it is one.
    const named = filled.filter((cell) => (isLowest ? isShort(cell) : rolesOf(cell, input) !== null))
    return named.length > 1 && named.length * 3 >= filled.length * 2 ? 0.65 : 0
  },
  read(input) {
    const column = roleColumn(input)
    const heading = input.grid.header[column] as Cell
    if (LOWEST.test(heading.text)) return { value: [], findings: [lowest(input, heading)] }
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [0, column])]
    const claims: Claim[] = []
    const block = surroundingsOfRoles(input)
    const said = input.grid.header.findIndex(({ text }) => /^(?:descriptions?|details?)$/i.test(text))
    const { lines, unlabelled } = readShape(input, [column], ACTION)
    for (const row of unlabelled) findings.push(unlabelledRow(input, row, 'action'))
    for (const { row, label, path } of lines) {
      const about = { block, action: label.text, path: [...pathOf(input), ...path] }
      const listed = { ...about, description: row.cells[said]?.text || null }
      claims.push({ kind: 'listed-action', ...listed, roles: [], evidence: input.evidence(label.span) })
      const cell = row.cells[column]
      if (!cell || cell.text === '') continue
      const roles = rolesOf(cell, input)
      if (roles === null) findings.push(noRole(input, cell, label.text))
      const evidence = input.evidence(cell.span)
      for (const text of roles ?? [])
        claims.push({ kind: 'action', ...listed, role: { text, evidence }, effect: 'granted', note: null, evidence })
    }
    return { value: claims, findings }
  },
})

const ROLES =
  /^(?:(?:allowed|assigned|authori[sz]ed|default|granted|permitted)(?: to)? )?roles?$|^(?:allowed|available|granted|permitted) (?:by|for|to)$|^roles? (?:allowed|with access)$|^who(?: can)?(?: do (?:it|so|this))?\??$/i
/** Headings of the one role that is needed, whoever else has it. */
const LOWEST =
  /^(?:least[- ]privileged?|lowest|min(?:imum|imal|\.)?|needed|recommended|required|safest|suggested)(?: [a-z]+)? roles?(?: (?:needed|required|to (?:assign|use)))?(?: \([^()]{1,40}\))?$|^roles? (?:needed|required|to (?:assign|use))$/i
/** What such a table calls its actions as well. */
const WANTED = /^(?:if you (?:need|want) to|i want to|to do this|what you (?:need|want) to do|you want to)\b/i

function roleColumn({ grid: { header } }: BlockInput): number {
  return header.findIndex(({ text }, column) => column > 0 && (ROLES.test(text) || LOWEST.test(text)))
}

function isShort({ text }: Cell): boolean {
  return text.length <= 60 && !/[.!?:]/.test(text)
}

/** The roles that a cell names, in the singular; `null` where anything else stands in it. */
function rolesOf({ lines }: Cell, { settings }: BlockInput): string[] | null {
  const names = lines
    .flatMap((line) => line.split(/[,;/&]|\s(?:and|or)\s/))
    .map((part) => roleName(part.replace(/^\s*(?:and|or)\s/, '').trim()))
    .filter((name) => name !== '')
  const isRole = (name: string) => name.length <= 40 && !/[()]/.test(name) && isRoleTitle(name, settings)
  if (names.length === 0 || !names.every(isRole)) return null
  return names.map((name) =>
    /[^s]s$/.test(name) && isRoleTitle(name.slice(0, -1), settings) ? name.slice(0, -1) : name,
  )
}

function noRole(input: BlockInput, { text, span }: Cell, action: string): Finding {
  const message = `\`${text}\` (${action}) is no list of roles, so who may do it is not in the model. Write the names of the roles, with commas between them.`
  return { ...unknownMark(input, span, text, action), message }
}

function lowest(input: BlockInput, { text, span }: Cell): Finding {
  const message = `The column \`${text}\` names one role for each action and not all that may do it, so none of it is in the model. Write a column for each role, or all of their names.`
  return unrecognised(input, span, message, ['lowest', text])
}
