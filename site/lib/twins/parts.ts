/** What the twins of several pages have in common. */
import type { SiteFinding } from '../../../src/export/site-input.ts'
import type { Role, Source } from '../../../src/model/dataset.ts'
import type { Site } from '../dataset.ts'
import { actionsOf, type MatrixModel, roleMatrix } from '../matrix.ts'
import type { Version } from '../version.ts'
import { ACCESS_TITLE, place } from '../words.ts'
import { code, document, heading, link, quoted, table, text } from './markdown.ts'

/** The address of the twin of a page. Absolute where it is known where the site stands, as a twin is read anywhere. */
export function twinAddress(site: Site, page: string | null): string | null {
  if (page === null) return null
  const path = page.replace(/#.*$/, '')
  const file = path.endsWith('/') ? `${path}index.md` : path
  return `${site.identity.url ?? ''}${file}`
}

export function source(at: Pick<Source, 'path' | 'line'>): string {
  return code(place(at))
}

/** Roles and permissions as a table: what a matrix shows, in rows that can be searched. */
export function grants(site: Site, version: Version, role: Role): string {
  const matrix = roleMatrix(version, role)
  const actions = actionsOf(version, role)
    .flatMap(({ rows }) => rows)
    .filter((action) => action.mark.effect !== 'none')
  return [matrix ? matrixTable(site, matrix, 'Resource') : '', actions.length > 0 ? actionTable(actions) : '']
    .filter(Boolean)
    .join('\n\n')
}

/** One row for each row of the matrix that says anything: what is granted, under a condition, refused. */
export function matrixTable(site: Site, matrix: MatrixModel, rowsAre: string): string {
  const groups = matrix.groups.flatMap((group) =>
    group.rows.map((row) => {
      const marks = [
        ...row.marks.map((mark, i) => ({ mark, operation: matrix.columns[i]?.operation ?? '' })),
        ...row.others,
      ].filter(({ mark }) => mark.effect !== 'none' && mark.effect !== 'absent')
      const said = marks.map(({ mark, operation }) => {
        const note = [mark.effect === 'granted' ? '' : mark.effect, mark.note ?? ''].filter(Boolean).join(': ')
        return note ? `${code(operation)} (${quoted(note)})` : code(operation)
      })
      const key = row.key !== null && row.key !== row.label ? ` ${code(row.key)}` : ''
      return [
        link(text(row.label), twinAddress(site, row.href)) + key,
        group.title ? text(group.title) : '',
        said.join(', '),
      ]
    }),
  )
  const grouped = groups.some((row) => row[1] !== '')
  const rows = groups.filter((row) => row[2] !== '').map((row) => (grouped ? row : [row[0]!, row[2]!]))
  return table(grouped ? [rowsAre, 'Scope', 'Operations'] : [rowsAre, 'Operations'], rows)
}

type Action = ReturnType<typeof actionsOf>[number]['rows'][number]

function actionTable(actions: readonly Action[]): string {
  return table(
    ['Action', 'Access', 'Mark'],
    actions.map((action) => [
      text(action.title),
      ACCESS_TITLE[action.access],
      [action.mark.effect, action.mark.note ?? ''].filter(Boolean).map(quoted).join(': '),
    ]),
  )
}

/** Findings of one list of a twin. */
const MOST_FINDINGS = 200

export function findings(site: Site, version: Version, list: readonly SiteFinding[]): string {
  const left = list.length - MOST_FINDINGS
  const more = left > 0 ? `\n- and ${left} more` : ''
  const shown = list
    .slice(0, MOST_FINDINGS)
    .map((finding) => {
      const rule = link(text(finding.ruleId), twinAddress(site, version.links.rule(finding.ruleId)))
      const accepted = finding.accepted === null ? '' : ` Accepted: ${quoted(finding.accepted)}`
      return `- ${finding.severity}, ${rule}, ${source(finding)}: ${quoted(finding.message)}${accepted}`
    })
    .join('\n')
  return shown + more
}

export function findingsSection(site: Site, version: Version, list: readonly SiteFinding[]): string {
  return list.length === 0 ? '' : `${heading(2, 'Findings')}\n\n${findings(site, version, list)}`
}

/** The head of a twin: title, what it is, where the page stands. */
export function head(site: Site, version: Version | null, title: string, kind: string, page: string): string {
  const of = version && !version.current ? `${kind}, ${version.title}` : kind
  return document(
    heading(1, title),
    `${text(of)} in ${text(site.title)}. Page: <${site.identity.url ?? ''}${page}>`,
  ).trimEnd()
}
