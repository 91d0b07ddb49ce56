import * as z from 'zod'
import { type Change, KINDS, SEVERITIES, SUBJECTS } from '../../diff/change.ts'
import { diffDatasets, idOf } from '../../diff/diff.ts'
import { countsOf, kindsIn } from '../../diff/versions.ts'
import { addAll } from '../../lists.ts'
import { NameError } from '../../query/ask.ts'
import {
  at,
  clipped,
  dataOf,
  dataOutput,
  defineTool,
  lines,
  loadedAs,
  nameInput,
  paged,
  pagingInput,
  pagingOutput,
  placeOutput,
} from '../tool.ts'

/** So many lines of detail are given for a change. */
const DETAILS = 50

const thing = z.strictObject({ id: z.string(), name: z.string(), source: placeOutput.nullable() }).nullable()

export default defineTool({
  name: 'diff_versions',
  title: 'Compare two versions',
  description:
    'Says what changed from one loaded version of the data to another: roles, policies, catalogues, resources, permissions and mappings that were added, removed, renamed, widened (more can be done), narrowed, or changed in words alone. Moved tables and reordered rows are no change. Only versions that were loaded at the start can be compared: an unknown label is answered with those there are.',
  input: z.strictObject({
    from: nameInput('The older version, as `data.label` names it'),
    to: nameInput('The newer version'),
    subject: z.enum(SUBJECTS).optional().describe('Only changes of this kind of thing'),
    kind: z.enum(KINDS).optional().describe('Only changes of this kind'),
    id: nameInput('Only changes of the thing with this id').optional(),
    ...pagingInput(200, 50),
  }),
  output: z.strictObject({
    from: dataOutput,
    to: dataOutput,
    counts: z
      .array(z.strictObject({ subject: z.enum(SUBJECTS), kind: z.enum(KINDS), count: z.int() }))
      .describe('Of all changes that fit, also of those that are not listed'),
    changes: z.array(
      z.strictObject({
        subject: z.enum(SUBJECTS),
        kind: z.enum(KINDS),
        severity: z.enum(SEVERITIES).describe('What the change asks of a version number'),
        before: thing.describe('Null for what is new'),
        after: thing.describe('Null for what is gone'),
        details: z.array(z.string()).describe(`What about it changed, a line each, at most ${DETAILS}`),
        detailsTotal: z.int(),
      }),
    ),
    ...pagingOutput,
  }),
  run(loaded, { from, to, subject, kind, id, limit, offset }) {
    if (loaded.length < 2)
      throw new NameError(`only version ${loaded[0]?.label} is loaded, so there is nothing to compare it with`)
    const [before, after] = [loadedAs(loaded, from), loadedAs(loaded, to)]
    const wanted = diffDatasets(before.dataset, after.dataset).filter(
      (change) =>
        (subject === undefined || change.subject === subject) &&
        (kind === undefined || change.kind === kind) &&
        (id === undefined || change.before?.id === id || change.after?.id === id),
    )
    const { items, ...paging } = paged(wanted, { limit, offset })
    const changes = items.map((change) => {
      const details = detailsOf(change)
      return {
        subject: change.subject,
        kind: change.kind,
        severity: change.severity,
        before: change.before,
        after: change.after,
        details: details.slice(0, DETAILS).map((line) => clipped(line)),
        detailsTotal: details.length,
      }
    })
    const counted = countsOf({ before: before.dataset, after: after.dataset, changes: wanted })
    const counts = kindsIn(counted).map((of) => ({
      ...{ subject: of.subject, kind: of.kind },
      count: counted[of.subject]?.[of.kind] ?? 0,
    }))
    const list = items.map((change) => {
      const source = (change.after ?? change.before)?.source
      return `${change.subject} ${change.kind}: ${idOf(change)}${source ? ` ${at(source)}` : ''}`
    })
    const structured = { from: dataOf(before), to: dataOf(after), counts, changes, ...paging }
    const head = wanted.length === 0 ? 'Nothing changed' : `${wanted.length} changes from ${from} to ${to}`
    return { text: lines([head, ...list]), structured }
  },
})

function detailsOf(change: Change): string[] {
  const lines: string[] = []
  const said = (standing: { effect: string; note: string | null } | null) =>
    standing === null ? 'not named' : standing.effect + (standing.note === null ? '' : ` (${standing.note})`)
  if ('grants' in change)
    for (const { permission, before, after } of change.grants)
      lines.push(`${permission}: ${said(before)} → ${said(after)}`)
  if ('actions' in change) for (const { action, by } of change.actions) lines.push(`${action} (by ${by})`)
  if ('permissions' in change) addAll(lines, change.permissions)
  if ('fields' in change)
    for (const { field, before, after } of change.fields)
      lines.push(`${field}: ${before ?? 'none'} → ${after ?? 'none'}`)
  if ('requires' in change) {
    const text = (lists: string[][]) => lists.map((list) => list.join(' or ')).join(', and ') || 'nothing'
    lines.push(`asks for: ${text(change.requires.before)} → ${text(change.requires.after)}`)
  }
  if ('similarity' in change) lines.push(`${Math.round(change.similarity * 100)}% of what it holds stayed`)
  return lines
}
