import type { Code } from 'mdast'
import type { Finding, Span } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { linesOfColumn } from '../blocks/cells.ts'
import type { Claim, Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { outlineOf } from '../page/outline.ts'
import { CLOUD_COLUMN } from '../words/permission-headings.ts'
import { idsIn, isAboutPermissions, NOTATIONS, type Notation, noId, notationOf, SIGN_OF_ID } from './cloud-ids.ts'
import { listPolicy, policiesOfRoles, roleColumn } from './privileges.ts'
import { type Listed, resourceColumn, resourcesOfCell, strangeResources } from './resources-behind.ts'

/** Headings of what happened, or may happen. */
const EVENTS = /\b(?:events?|logs?|metrics?|alarms?|triggers?)\b/i

/** Columns of marks that say something of each permission: who must agree to it. */
const ASIDE = /\b(?:consent|mandatory|optional|required)\b/i

/** Rows that say which list of a role definition of Azure the rows below them are of. */
const LIST = /^(not)?(?:data)?actions$/i

/** Columns of ids in one notation. */
interface Columns {
  notation: Notation
  columns: number[]
}

/**
 * A table of permissions as clouds write them, with words in the other columns: one policy for a section, or one for each
 * row that names a role. With columns of marks it is a table of roles, and another dialect's.
 */
export default defineDialect({
  id: 'cloud-permission-table',
  summary: 'A table of permissions of a cloud and what they are for, or of roles and such permissions',
  block: 'table',
  examples: [
    {
      name: 'of Google Cloud',
      mdx: '## GCP permissions\n\n| Permission | Used for |\n| --- | --- |\n| `compute.disks.create` | Disks |\n| `compute.disks.get` | Disks |\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
    {
      name: 'calls, and what they need',
      mdx: '## Dock permissions on AWS\n\n| Call | Permissions |\n| --- | --- |\n| `ec2:StartDock` | `ec2:RunInstances`, `ec2:CreateTags` |\n| `ec2:SeeDock` | `ec2:DescribeInstances` |\n',
      expect: ['policy: ec2:CreateTags, ec2:DescribeInstances, ec2:RunInstances'],
    },
    {
      name: 'of Microsoft Graph',
      mdx: '## Permissions\n\n| Resource | Permissions |\n| --- | --- |\n| Microsoft Graph | `Mail.Send`, `User.Read.All` |\n',
      expect: ['policy: Mail.Send, User.Read.All'],
    },
    {
      name: 'roles',
      mdx: '## Azure roles\n\n| Role | Permissions |\n| --- | --- |\n| Pilot | `Microsoft.Compute/disks/read`<br />`Microsoft.Compute/disks/write` |\n| Guest | `Microsoft.Compute/disks/read` |\n',
      expect: [
        'policy: Microsoft.Compute/disks/read, Microsoft.Compute/disks/write',
        'policy: Microsoft.Compute/disks/read',
      ],
    },
  ],
  score: (input) => (columnsOf(input).length > 0 ? 0.93 : 0),
  read(input) {
    const findings: Finding[] = []
    const claims: Claim[] = []
    const role = roleColumn(input)
    for (const { notation, columns } of columnsOf(input)) {
      let refused = false
      const onWhat = notation.provider === 'aws' ? resourceColumn(input.grid) : -1
      const strangers: Written[] = []
      const rows = input.grid.rows.map(({ cells }) => {
        const ids: Listed[] = []
        const { resources, strange } = resourcesOfCell(cells[onWhat])
        addAll(strangers, strange)
        for (const column of columns.filter((at) => at !== role)) {
          const cell = cells[column]
          for (const line of cell?.lines ?? []) {
            const read = idsIn(line, notation)
            if (!cell || isBlank(line)) continue
            const list = LIST.exec(line)
            if (list) refused = list[1] !== undefined
            else if (refused) {
              const lost = (read ?? []).filter((text) => !isDefined(text, input))
              for (const text of lost) findings.push(takenOut(input, cell.span, text))
            }
            if (list || refused) continue
            if (read === null) findings.push(noId(input, cell.span, line, notation))
            for (const text of read ?? []) ids.push({ text, span: cell.span, resources })
          }
        }
        return { cells, ids }
      })
      addAll(findings, strangeResources(input, strangers))
      addAll(
        claims,
        policiesOfRoles(input, rows, (listed) => listPolicy(input, notation, once(listed))),
      )
    }
    return { value: claims, findings }
  },
})

function columnsOf(input: BlockInput): Columns[] {
  const { header } = input.grid
  if (input.markColumns.some((column) => !ASIDE.test(header[column]?.text ?? ''))) return []
  const read = header.map((cell, column) => {
    const lines = linesOfColumn(input.grid, column)
    if (!lines.some((line) => SIGN_OF_ID.test(line)) || EVENTS.test(cell.text)) return null
    const notation = notationOf(
      lines.filter((line) => !isBlank(line)),
      input.settings,
    )
    return notation &&
      isAboutPermissions(
        input,
        notation,
        header.map(({ text }) => text),
      )
      ? notation
      : null
  })
  return NOTATIONS.flatMap((notation) => {
    const all = read.flatMap((found, column) => (found === notation ? [column] : []))
    const named = all.filter((column) => CLOUD_COLUMN.test(header[column]?.text ?? ''))
    const columns = named.length > 0 ? named : all
    return columns.length > 0 ? [{ notation, columns }] : []
  })
}

/** Each id once for the same resources: rows that ask for one in several cases repeat it. */
function once(listed: readonly Listed[]): Listed[] {
  const keyOf = ({ text, resources = [] }: Listed) => [text, ...resources.map((resource) => resource.text)].join('\n')
  return [...new Map(listed.toReversed().map((written) => [keyOf(written), written])).values()].reverse()
}

/** A cell that says that there is nothing. */
function isBlank(line: string): boolean {
  return /^(?:\p{Pd}|n\/?a|none)$/iu.test(line)
}

/** Whether a definition in the same section lists an id: then it is in the model from there, or was reported there. */
function isDefined(id: string, { block: { page, headings } }: BlockInput): boolean {
  const heading = headings.findLast(({ panel }) => panel === null)
  if (!heading) return false
  const outline = outlineOf(page)
  return outline.blocksIn(...outline.sectionOf(heading)).some(({ kind, node }) => {
    if (kind !== 'code') return false
    const { value } = node as Code
    return /"not(?:Data)?Actions"/i.test(value) && value.includes(`"${id}"`)
  })
}

function takenOut(input: BlockInput, span: Span, text: string): Finding {
  const message = `\`${text}\` is taken out of what is allowed, which a table of permissions can't say, so it is not in the model. Show the role's definition as JSON.`
  return unrecognised(input, span, message, [input.surroundings.names[0]?.text ?? '', text])
}
