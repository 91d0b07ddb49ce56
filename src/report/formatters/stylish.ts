import { styleText } from 'node:util'
import type { Diagnostic } from '../../diagnostic.ts'
import { addAll, greatest } from '../../lists.ts'
import { plural } from '../../text.ts'
import { codeFrame } from '../code-frame.ts'
import { defineFormatter, type Report } from '../formatter.ts'
import { printable } from '../printable.ts'
import { countsOf, coverageOf, isAbsolute } from '../selection.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

const SEVERITY_STYLE: Record<Diagnostic['severity'], Style> = { error: 'red', warning: 'yellow', info: 'blue' }

export default defineFormatter({
  id: 'stylish',
  summary: 'For people: findings by file, each with the line it stands in',
  format(report, { color }) {
    const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text)
    const lines: string[] = []
    let path: string | null = null
    for (const diagnostic of report.diagnostics) {
      if (diagnostic.path !== path) {
        path = diagnostic.path
        lines.push(paint('underline', printable(path)))
      }
      addAll(lines, finding(diagnostic, report, color, paint))
      lines.push('')
    }
    // With colour, each finding links to its rule's page.
    if (!color) addAll(lines, rulePages(report))
    addAll(lines, footer(report, paint))
    return `${lines.join('\n')}\n`
  },
})

function finding(diagnostic: Diagnostic, report: Report, color: boolean, paint: Paint): string[] {
  const { line, column, severity, ruleId, message, path, url } = diagnostic
  const rule = paint('dim', ruleId)
  const linked = color && isAbsolute(url) ? hyperlink(rule, url) : rule
  const head = `  ${line}:${column}  ${paint(SEVERITY_STYLE[severity], severity)}  ${printable(message)}  ${linked}`
  const text = report.sources.get(path)
  const frame = text === undefined ? [] : codeFrame(text, diagnostic)
  const related = diagnostic.related.map(
    (place) => `    see ${printable(place.path)}:${place.line}:${place.column}: ${printable(place.note)}`,
  )
  return [head, ...frame.map((row) => paint('dim', `    ${row}`)), ...related.map((row) => paint('dim', row))]
}

/** Text that a terminal opens a page for (OSC 8); one that knows no links shows the text. */
function hyperlink(text: string, url: string): string {
  return `\x1b]8;;${printable(url)}\x1b\\${text}\x1b]8;;\x1b\\`
}

/** The page of each rule that found something, once; none where the config names no site. */
function rulePages({ diagnostics }: Report): string[] {
  const pages = new Map(diagnostics.filter(({ url }) => isAbsolute(url)).map(({ ruleId, url }) => [ruleId, url]))
  if (pages.size === 0) return []
  const width = greatest([...pages.keys()].map((id) => id.length))
  return [...[...pages].map(([id, url]) => `${printable(id).padEnd(width)}  ${printable(url)}`), '']
}

function footer(report: Report, paint: Paint): string[] {
  const { diagnostics, summary } = report
  const coverage = coverageOf(report)
  if (diagnostics.length === 0) {
    const found = summary.warnings > 0 ? `No errors, ${plural(summary.warnings, 'warning')} not shown` : 'No findings'
    return [paint('green', `${found} (${coverage}).`)]
  }
  const gravest = summary.errors > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'info'
  const count = `${plural(diagnostics.length, 'finding')}: ${countsOf(report)} (${coverage}).`
  const fixable = diagnostics.filter(({ fix }) => fix !== null).length
  return [
    paint(SEVERITY_STYLE[gravest], count),
    ...(fixable > 0 ? [`${fixable} can be mended with \`rolebook fix\`.`] : []),
  ]
}
