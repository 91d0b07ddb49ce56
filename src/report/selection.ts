/** Which findings are said first where not all fit, and how many there are of each kind. */
import type { Diagnostic, Severity, Span } from '../diagnostic.ts'
import { plural } from '../text.ts'
import type { Report } from './formatter.ts'

/** Severities, the gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

/** The findings, the gravest first; among equals those on changed lines first, then as they stood. */
export function mostPressing({ diagnostics, changed }: Pick<Report, 'diagnostics' | 'changed'>): Diagnostic[] {
  const rank = (diagnostic: Diagnostic) =>
    SEVERITIES.indexOf(diagnostic.severity) * 2 + (isOnChangedLine(diagnostic, changed) ? 0 : 1)
  // A stable sort: findings of one rank keep their order.
  return diagnostics
    .map((diagnostic) => ({ diagnostic, rank: rank(diagnostic) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ diagnostic }) => diagnostic)
}

function isOnChangedLine(diagnostic: Diagnostic, changed: Report['changed']): boolean {
  const { path, line } = diagnostic
  const lines = changed?.get(path)
  if (!lines) return false
  const last = lastLine(diagnostic)
  if (lines.size < last - line) return [...lines].some((changedLine) => changedLine >= line && changedLine <= last)
  for (let i = line; i <= last; i++) if (lines.has(i)) return true
  return false
}

/** The last line that a stretch says something of: its end is exclusive, so one at a first column belongs to the line above. */
export function lastLine({ line, endLine, endColumn }: Span): number {
  return endColumn === 1 && endLine > line ? endLine - 1 : endLine
}

/** The most findings, the most pressing ones first, of which `fits` holds; whatever holds of many must hold of fewer. */
export function mostThatFit(report: Report, fits: (diagnostics: Diagnostic[]) => boolean): Diagnostic[] {
  if (fits(report.diagnostics)) return report.diagnostics
  const pressing = mostPressing(report)
  const first = (count: number) => {
    const chosen = new Set(pressing.slice(0, count))
    return report.diagnostics.filter((diagnostic) => chosen.has(diagnostic))
  }
  let low = 0
  let high = pressing.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fits(first(middle))) low = middle
    else high = middle - 1
  }
  return first(low)
}

/** `2 errors, 0 warnings`, and `, 1 info` where there are any. */
export function countsOf({ diagnostics, summary }: Report): string {
  const infos = diagnostics.filter(({ severity }) => severity === 'info').length
  const isQuiet = summary.warnings > 0 && diagnostics.every(({ severity }) => severity === 'error')
  const counts = `${plural(summary.errors, 'error')}, ${plural(summary.warnings, 'warning')}${isQuiet ? ' not shown' : ''}`
  return infos > 0 ? `${counts}, ${infos} info` : counts
}

/** `3 files, 4 blocks, 1 role, 12 grants read`, and how many findings the baseline accepts, where it accepts any. */
export function coverageOf({ summary }: Report): string {
  const read = `${plural(summary.files, 'file')}, ${plural(summary.blocks, 'block')}, ${plural(summary.roles, 'role')}, ${plural(summary.grants, 'grant')} read`
  return summary.baselined > 0 ? `${read}; ${plural(summary.baselined, 'finding')} accepted in the baseline` : read
}

/** Whether a rule's URL leads somewhere by itself: only where the config names a site. */
export function isAbsolute(url: string): boolean {
  return /^https?:\/\//.test(url)
}
