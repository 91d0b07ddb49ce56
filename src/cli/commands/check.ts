import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../../files/usage-error.ts'
import type { Formatter, Report } from '../../report/formatter.ts'
import { formatters } from '../../report/formatters.ts'
import { openSession, reportOf } from '../session.ts'
import type { Terminal } from '../terminal.ts'

export interface CheckOptions {
  format: string[]
  output: string[]
  maxWarnings?: number
  baseline: boolean
}

export async function check(roots: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const chosen = (options.format.length > 0 ? options.format : ['stylish']).map(formatterOf)
  if (options.output.length > chosen.length) throw new UsageError('Each --output needs a --format before it')
  const session = await openSession(roots, terminal.cwd, options)
  const report = reportOf(session)
  if (report.summary.files === 0) terminal.err('No .md or .mdx files were found here: nothing was checked.\n')
  for (const [i, formatter] of chosen.entries()) await print(formatter, options.output[i], report, terminal)
  const { errors, warnings } = report.summary
  return errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0
}

function formatterOf(id: string): Formatter {
  const formatter = formatters.find((candidate) => candidate.id === id)
  if (!formatter) throw new UsageError(`Unknown format \`${id}\`: there are ${formatters.map((f) => f.id).join(', ')}`)
  return formatter
}

async function print(
  formatter: Formatter,
  output: string | undefined,
  report: Report,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined) {
    terminal.out(formatter.format(report, { color: terminal.color.out }))
    return
  }
  const path = resolve(terminal.cwd, output)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, formatter.format(report, { color: false }))
}
