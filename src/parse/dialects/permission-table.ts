import type { Finding } from '../../diagnostic.ts'
import type { Row } from '../blocks/cells.ts'
import type { Claim } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { isUnderArea } from '../tables/areas.ts'
import { catalogueTitle } from '../tables/catalogue-title.ts'
import { ATTRIBUTE } from '../tables/shape.ts'
import { hiddenCharacters, raggedRows } from '../tables/table-findings.ts'
import { holdsOthers, holdsPermissions, spellingIn } from '../unread/subject.ts'
import { OF_ROLES } from '../words/permission-headings.ts'
import { isRoleLike } from '../words/role-name.ts'
import { permissionsIn, type Spelling } from '../words/vocabulary.ts'

/** A row for each permission, with what it means: the grants of the role that the heading names, or a catalogue. */
export default defineDialect({
  id: 'permission-table',
  summary: 'A table of `resource.operation` and descriptions, for one role or as a catalogue',
  block: 'table',
  examples: [
    {
      name: 'the permissions of a role',
      mdx: '## Dock Viewer\n\n| Permission | Description |\n| --- | --- |\n| dock.get | Reads one |\n| dock.list | Reads all |\n',
      expect: ['grant: dock.get', 'grant: dock.list'],
    },
    {
      name: 'what custom roles may use',
      mdx: '## Available permissions\n\n| Permission | Description |\n| --- | --- |\n| dock.get | Reads one |\n',
      expect: ['catalogue: dock.get'],
    },
    {
      name: 'ids with a colon',
      mdx: '## Dock Viewer\n\n| Permission | Description |\n| --- | --- |\n| `dock:get` | Reads one |\n| `dock:list` | Reads all |\n',
      expect: ['grant: dock.get', 'grant: dock.list'],
    },
  ],
  score(input) {
    const { rows, header } = input.grid
    if (input.markColumns.some((column) => !ATTRIBUTE.test(header[column]?.text ?? ''))) return 0
    if (OF_ROLES.test(header[0]?.text ?? '')) return 0
    if (holdsOthers(input)) return 0
    const sections = sectionsAmong(rows, spellingIn(input, linesOf(rows)))
    const lines = linesOf(rows.filter((row) => !sections.has(row)))
    return holdsPermissions(lines, input) ? 0.8 : 0
  },
  read(input) {
    const findings: Finding[] = [...raggedRows(input, []), ...hiddenCharacters(input, [0])]
    const block = input.surroundings
    const lines = linesOf(input.grid.rows)
    const spelling = spellingIn(input, lines)
    const title =
      catalogueTitle(
        input,
        lines.flatMap((line) => permissionsIn(line, spelling)),
      ) ??
      titleOfAsked(input) ??
      (isUnderArea(input) ? (block.names[0]?.text ?? null) : null)
    const claims: Claim[] = title === null ? [{ kind: 'grant-block', block }] : []
    const sections = sectionsAmong(input.grid.rows, spelling)
    for (const row of input.grid.rows) {
      const cell = row.cells[0]
      if (!cell || cell.text === '' || row.wide || sections.has(row)) continue
      const evidence = input.evidence(cell.span)
      for (const line of cell.lines) {
        const ids = permissionsIn(line, spelling)
        if (ids.length === 0) {
          const message = `\`${line}\` stands in a table of permissions but is not written as \`resource.operation\`, so it is not in the model.`
          findings.push(unrecognised(input, cell.span, message, [block.names[0]?.text ?? '', line]))
        }
        for (const id of ids) {
          if (title === null) claims.push({ kind: 'grant', block, ...id, effect: 'granted', note: null, evidence })
          else claims.push({ kind: 'catalogue', block, title, ...id, evidence })
        }
      }
    }
    return { value: claims, findings }
  },
})

function linesOf(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => row.cells[0]?.lines ?? [])
}

/** Rows that name a section: in bold, where ids are not, and over an id or another one. */
function sectionsAmong(rows: readonly Row[], spelling: Spelling): ReadonlySet<Row> {
  const sections = new Set<Row>()
  const isId = ({ cells: [cell] }: Row) => cell?.lines.some((line) => permissionsIn(line, spelling).length > 0) === true
  let over = false
  for (const row of rows.toReversed()) {
    if (isId(row)) {
      if (row.cells[0]?.strong) return new Set()
      over = true
    } else if (over && row.cells[0]?.strong) sections.add(row)
    else over = false
  }
  return sections
}

/** Headings of what is asked for and may be given: nobody has it yet. */
const OF_TOKENS = /^(?:oauth|token) scopes?$/i
const ASKED = /^(?:is )?(?:mandatory|needed|optional|recommended|required)\??$/i

/** The title of a table of what a token or a program asks for, which is nobody's role unless its heading names one; `null` for any other. */
function titleOfAsked({ grid, surroundings, settings }: BlockInput): string | null {
  const [heading, ...others] = grid.header
  if (!heading || !(OF_TOKENS.test(heading.text) || others.some(({ text }) => ASKED.test(text)))) return null
  const [nearest] = surroundings.names
  return nearest && isRoleLike(nearest.text, settings) ? null : (nearest?.text ?? heading.text)
}
