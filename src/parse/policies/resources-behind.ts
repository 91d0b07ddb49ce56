/**
 * Resources that stand behind permissions of AWS outside of a document: `s3:GetObject   arn:aws:s3:::dock/*`, `iam:PassRole on
 * arn:aws:iam::*:role/dock`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
import type { Finding } from '../../diagnostic.ts'
import { type Grid, linesOfColumn } from '../blocks/cells.ts'
import type { Written } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'

/** An id with the resources that it is allowed on; without them where nothing says which. */
export interface Listed extends Written {
  resources?: readonly Written[]
}

/** A line whose id has a resource behind it. */
export interface Behind {
  /** What stands before it. */
  head: string
  /** As a policy names them: `*` and ARNs; `null` where it is written otherwise. */
  resources: string[] | null
  text: string
}

/** An id, what parts it from its resource (a gap as between columns, or a word), and the rest. */
const BEHIND =
  /^(["']?[A-Za-z][\w-]{0,60}:[\w*]{1,80}["']?)(\t\s*|\s{2,}|\s(?:on|for|to)?(?:\s?resources?:?)?\s?)(\S.*)$/
const RESOURCE = /^(?:\*|arn:[^\s:]*:\S+)$/
/** A path without the service and the account, as of an interface: `/apis*`, `hostedzone/{id}`. */
const PATH = /^[\w.${}<>*-]*\/[\w.${}<>*:/-]*$/

/** Splits a line of an id and a resource; `null` for any other, such as one with words behind the id. */
export function resourceBehind(line: string): Behind | null {
  const [, head, gap = '', rest = ''] = BEHIND.exec(line) ?? []
  if (head === undefined) return null
  const text = /^\((.*)\)$/.exec(rest)?.[1] ?? rest
  const resources = resourcesIn(text)
  if (resources) return { head, resources, text }
  // What has one blank alone before it may be anything.
  const isColumn = gap.trim() === '' && (gap.length > 1 || gap === '\t' || text.startsWith('/'))
  const isPath = isColumn && (text.startsWith('arn:') || text.split(/,\s*/).every((part) => PATH.test(part)))
  return isPath ? { head, resources: null, text } : null
}

/** The resources of a text that names nothing else; `null` for any other. */
function resourcesIn(text: string): string[] | null {
  const parts = text.split(/,\s*|\sand\s/).map((part) => part.replace(/^["'`](.*)["'`]$/, '$1'))
  return parts.every((part) => RESOURCE.test(part)) ? parts : null
}

const HEADING = /\b(?:resources?|arns?)\b/i

/** The column of a table that says on which resources its permissions of AWS are allowed; -1 where none does. */
export function resourceColumn(grid: Grid): number {
  return grid.header.findIndex(({ text }, column) => {
    if (!HEADING.test(text)) return false
    const lines = linesOfColumn(grid, column).filter((line) => line.trim() !== '')
    return lines.filter((line) => resourcesIn(line) !== null).length * 2 > lines.length
  })
}

/** The resources that a cell names, and the lines of it that name none as a policy does. */
export function resourcesOfCell(cell: { lines: readonly string[]; span: Written['span'] } | undefined): {
  resources: Written[]
  strange: Written[]
} {
  const resources: Written[] = []
  const strange: Written[] = []
  for (const line of cell?.lines ?? []) {
    if (!cell || line.trim() === '') continue
    const read = resourcesIn(line)
    if (read) for (const text of read) resources.push({ text, span: cell.span })
    else strange.push({ text: line, span: cell.span })
  }
  return { resources, strange }
}

/** One finding for all resources of a block that no policy could name so; none where there are none. */
export function strangeResources(input: BlockInput, strange: readonly Written[]): Finding[] {
  const [first] = strange
  if (!first) return []
  const more = strange.length > 1 ? `, and ${strange.length - 1} more,` : ''
  const are = strange.length > 1 ? 'are' : 'is'
  const message = `\`${first.text}\`${more} ${are} written as no policy names a resource, so what it limits is not in the model: the permission is. Write \`arn:…\` or \`*\`.`
  return [unrecognised(input, first.span, message, [input.surroundings.names[0]?.text ?? '', first.text])]
}
