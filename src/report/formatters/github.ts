import type { Diagnostic, Severity } from '../../diagnostic.ts'
import { plural } from '../../text.ts'
import { defineFormatter } from '../formatter.ts'
import { printable } from '../printable.ts'
import { lastLine, mostPressing } from '../selection.ts'

/** GitHub keeps so many annotations of each kind a step, and drops the others without a word. */
const KEPT = 10

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' }

export default defineFormatter({
  id: 'github',
  summary: 'Annotations on a pull request, as GitHub Actions reads them from a log',
  format(report) {
    const total = report.diagnostics.length
    if (total === 0) return ''
    const left: Record<Severity, number> = { error: KEPT, warning: KEPT, info: KEPT }
    const annotated = mostPressing(report).filter(({ severity }) => left[severity]-- > 0)
    const why = annotated.length < total ? `; GitHub keeps ${KEPT} of each severity` : ''
    return `${annotated.map(command).join('\n')}\n${annotated.length} of ${plural(total, 'finding')} annotated${why}.\n`
  },
})

function command(diagnostic: Diagnostic): string {
  const { severity, path, line, column, endLine, endColumn, ruleId, message } = diagnostic
  // Columns are for one line only: with them on several, GitHub refuses the annotation.
  const columns = endLine === line ? { col: column, endColumn } : {}
  const properties = Object.entries({ file: path, line, endLine: lastLine(diagnostic), ...columns, title: ruleId })
  return `::${COMMANDS[severity]} ${properties.map(([key, value]) => `${key}=${property(value)}`).join(',')}::${data(message)}`
}

/** Text after the second `::`. The runner decodes `%0A`, so that lines stay lines; nothing else drives it. */
function data(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => printable(line))
  return lines.join('\n').replace(/[%\n]/g, (sign) => encodeURIComponent(sign))
}

/** The value of a property: what ends a property is escaped as well. */
function property(value: string | number): string {
  return data(String(value)).replace(/[:,]/g, (sign) => encodeURIComponent(sign))
}
