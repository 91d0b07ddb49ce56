/** The page that GitHub Actions shows for a step. */
import { type Diagnostic, placeText } from '../diagnostic.ts'
import { plural } from '../text.ts'
import type { Report } from './formatter.ts'
import { inertMessage, placeCell, ruleCell } from './markdown-text.ts'
import { countsOf, coverageOf, mostThatFit } from './selection.ts'

/** GitHub refuses a summary of more than 1 MiB; some room is left for what a step adds itself. */
const LIMIT = 1_000_000

/** Bytes that the sentence about what was left out takes at most. */
const ROOM_FOR_MORE = 100

/** The report as Markdown: the counts, and a table of findings in at most `limit` bytes of UTF-8; it ends in a newline. */
export function stepSummary(report: Report, limit = LIMIT): string {
  const total = report.diagnostics.length
  const head = [`## Rolebook: ${total === 0 ? 'no findings' : countsOf(report)}`, '', `${coverageOf(report)}.`, '']
  const table = ['| rule | severity | place | message |', '| --- | --- | --- | --- |']
  const rows = new Map(report.diagnostics.map((diagnostic) => [diagnostic, row(diagnostic, report)]))
  const sizes = new Map([...rows].map(([diagnostic, text]) => [diagnostic, bytes(text) + 1]))
  const fixed = bytes([...head, ...table].join('\n')) + ROOM_FOR_MORE
  const size = (diagnostics: readonly Diagnostic[]) => diagnostics.reduce((sum, d) => sum + (sizes.get(d) ?? 0), fixed)
  const shown = mostThatFit(report, (diagnostics) => size(diagnostics) <= limit)
  const lines = [...head, ...(shown.length > 0 ? [...table, ...shown.map((d) => rows.get(d) as string), ''] : [])]
  if (shown.length < total) lines.push(`… and ${plural(total - shown.length, 'more finding')}.`, '')
  return `${lines.join('\n')}`
}

function row(diagnostic: Diagnostic, report: Report): string {
  const { severity, message } = diagnostic
  const place = placeCell(diagnostic, report, placeText(diagnostic))
  return `| ${ruleCell(diagnostic)} | ${severity} | ${place} | ${inertMessage(message)} |`
}

const encoder = new TextEncoder()

function bytes(text: string): number {
  return encoder.encode(text).length
}
