import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../../files/usage-error.ts'
import type { Formatter, Report } from '../../report/formatter.ts'
import { formatters } from '../../report/formatters.ts'
import { openSession, reportOf } from '../session.ts'
import type { Terminal } from '../terminal.ts'

export interface CheckOptions {
  /** Formats in the order given, each with the file it goes to or `null` for standard output. */
  outputs: { format: string; file: string | null }[]
  maxWarnings?: number
  baseline: boolean
}

export async function check(roots: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const outputs = options.outputs.length > 0 ? options.outputs : [{ format: 'stylish', file: null }]
  const chosen = outputs.map(({ format, file }) => ({ formatter: formatterOf(format), file }))
  const session = await openSession(roots, terminal.cwd, options)
  const report = reportOf(session)
  if (report.summary.files === 0) terminal.err('No .md or .mdx files were found here: nothing was checked.\n')
  for (const { formatter, file } of chosen) await print(formatter, file, report, terminal)
  const { errors, warnings } = report.summary
  return errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0
}

function formatterOf(id: string): Formatter {
  const formatter = formatters.find((candidate) => candidate.id === id)
  if (!formatter) throw new UsageError(`Unknown format \`${id}\`: there are ${formatters.map((f) => f.id).join(', ')}`)
  return formatter
}

async function print(formatter: Formatter, output: string | null, report: Report, terminal: Terminal): Promise<void> {
  if (output === null) {
    terminal.out(formatter.format(report, { color: terminal.color.out }))
    return
  }
  const path = resolve(terminal.cwd, output)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, formatter.format(report, { color: false }))
}
