import { styleText } from 'node:util'
import type { Diagnostic } from '../../diagnostic.ts'
import { plural } from '../../text.ts'
import { codeFrame } from '../code-frame.ts'
import { defineFormatter, type Report } from '../formatter.ts'
import { printable } from '../printable.ts'

type Style = Parameters<typeof styleText>[0]

const SEVERITY_STYLE: Record<Diagnostic['severity'], Style> = { error: 'red', warning: 'yellow', info: 'blue' }

export default defineFormatter({
  id: 'stylish',
  summary: 'For people: findings by file, each with the line it stands in',
  format(report, { color }) {
    const paint = (style: Style, text: string) => (color ? styleText(style, text, { validateStream: false }) : text)
    const lines: string[] = []
    let path: string | null = null
    for (const diagnostic of report.diagnostics) {
      if (diagnostic.path !== path) {
        path = diagnostic.path
        lines.push(paint('underline', printable(path)))
      }
      lines.push(...finding(diagnostic, report, paint), '')
    }
    lines.push(...footer(report, paint))
    return `${lines.join('\n')}\n`
  },
})

function finding(diagnostic: Diagnostic, report: Report, paint: (style: Style, text: string) => string): string[] {
  const { line, column, severity, ruleId, message, path } = diagnostic
  const head = `  ${line}:${column}  ${paint(SEVERITY_STYLE[severity], severity)}  ${printable(message)}  ${paint('dim', ruleId)}`
  const text = report.sources.get(path)
  const frame = text === undefined ? [] : codeFrame(text, diagnostic)
  const related = diagnostic.related.map(
    (place) => `    see ${printable(place.path)}:${place.line}:${place.column}: ${printable(place.note)}`,
  )
  return [head, ...frame.map((row) => paint('dim', `    ${row}`)), ...related.map((row) => paint('dim', row))]
}

function footer({ diagnostics, summary }: Report, paint: (style: Style, text: string) => string): string[] {
  const read = `${plural(summary.files, 'file')}, ${plural(summary.blocks, 'block')}, ${plural(summary.roles, 'role')}, ${plural(summary.grants, 'grant')} read`
  const accepted = summary.baselined > 0 ? `; ${plural(summary.baselined, 'finding')} accepted in the baseline` : ''
  if (diagnostics.length === 0) return [paint('green', `No findings (${read}${accepted}).`)]
  const counts = `${plural(summary.errors, 'error')}, ${plural(summary.warnings, 'warning')}`
  return [
    paint(
      summary.errors > 0 ? 'red' : 'yellow',
      `${plural(diagnostics.length, 'finding')}: ${counts} (${read}${accepted}).`,
    ),
  ]
}
