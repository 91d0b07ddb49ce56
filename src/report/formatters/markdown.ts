import { type Diagnostic, placeText, pointText } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import { plural } from '../../text.ts'
import { codeFrame } from '../code-frame.ts'
import { defineFormatter, type Report } from '../formatter.ts'
import { fenced, inertMessage, inertText, placeCell, ruleCell } from '../markdown-text.ts'
import { countsOf, coverageOf, mostThatFit } from '../selection.ts'

/** A comment on GitHub holds so many characters. */
const LIMIT = 65_536

export default defineFormatter({
  id: 'markdown',
  summary: 'Markdown, for a comment on a pull request',
  format(report) {
    const page = (diagnostics: readonly Diagnostic[], isDetailed: boolean) => render(report, diagnostics, isDetailed)
    // Tables come before details: a finding is worth more than the line it stands in.
    const detailed = page(report.diagnostics, true)
    if (detailed.length <= LIMIT) return detailed
    return page(
      mostThatFit(report, (diagnostics) => page(diagnostics, false).length <= LIMIT),
      false,
    )
  },
})

function render(report: Report, shown: readonly Diagnostic[], isDetailed: boolean): string {
  const total = report.diagnostics.length
  const title = total === 0 ? 'no findings' : countsOf(report)
  const parts = [`## Rolebook: ${title}`, `${coverageOf(report)}.`]
  for (const [path, diagnostics] of Map.groupBy(shown, (diagnostic) => diagnostic.path)) {
    parts.push(`### ${inertText(path)}`, table(diagnostics, report))
    if (isDetailed) addAll(parts, folded(diagnostics, report))
  }
  const fixable = report.diagnostics.filter(({ fix }) => fix !== null).length
  if (fixable > 0) parts.push(`${fixable} can be mended with <code>rolebook fix</code>.`)
  if (shown.length < total) parts.push(`… and ${plural(total - shown.length, 'more finding')}.`)
  return `${parts.join('\n\n')}\n`
}

function table(diagnostics: readonly Diagnostic[], report: Report): string {
  const rows = diagnostics.map((diagnostic) => {
    const { severity, message } = diagnostic
    const place = placeCell(diagnostic, report, pointText(diagnostic))
    return `| ${place} | ${severity} | ${inertMessage(message)} | ${ruleCell(diagnostic)} |`
  })
  return ['| place | severity | finding | rule |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** The lines that findings stand in, and the other places that they speak of. */
function folded(diagnostics: readonly Diagnostic[], { sources }: Report): string[] {
  const parts = diagnostics.flatMap((diagnostic) => {
    const { path, related, fix, ruleId } = diagnostic
    const text = sources.get(path)
    const frame = text === undefined ? [] : codeFrame(text, diagnostic)
    const notes = [
      ...related.map((place) => `- see ${inertText(placeText(place))}: ${inertMessage(place.note)}`),
      ...(fix ? [`- mended by: ${inertMessage(fix.description)}`] : []),
    ]
    if (frame.length === 0 && notes.length === 0) return []
    return [
      `${pointText(diagnostic)} ${inertText(ruleId)}`,
      ...(frame.length > 0 ? [fenced(frame)] : []),
      ...(notes.length > 0 ? [notes.join('\n')] : []),
    ].join('\n\n')
  })
  return parts.length > 0 ? ['<details>\n<summary>Details</summary>', ...parts, '</details>'] : []
}
