import { type Analysis, analyse } from '../../analyse.ts'
import { UsageError } from '../../files/usage-error.ts'
import stylish from '../../report/formatters/stylish.ts'
import { toJson } from '../../text.ts'
import { withPartials } from '../datasets.ts'
import { say } from '../report-output.ts'
import { type Analysed, openSession, reportOf } from '../session.ts'
import type { Terminal } from '../terminal.ts'

export interface ExtractOptions {
  docsVersion?: string
}

/** Prints the dataset of one version: the one asked for, else the first that the roots name. Never fails on findings. */
export async function extract(roots: string[], options: ExtractOptions, terminal: Terminal): Promise<number> {
  const session = await openSession(roots, terminal.cwd, { baseline: true })
  const versions = session.units.map(({ unit }) => unit.version.id)
  const index = options.docsVersion === undefined ? 0 : versions.indexOf(options.docsVersion)
  const chosen = session.units[index]
  if (!chosen) throw new UsageError(`No version \`${options.docsVersion}\` here: there are ${versions.join(', ')}`)
  if (versions.length > 1 && options.docsVersion === undefined) {
    terminal.err(
      `This is version \`${versions[0]}\`; --docs-version prints another (${versions.slice(1).join(', ')}).\n`,
    )
  }
  terminal.out(toJson(selectedAnalysis(chosen).model.dataset))
  const report = reportOf(session)
  if (report.diagnostics.length > 0) say(stylish.format(report, { color: terminal.color.err }), terminal, 'err')
  return 0
}

/** Where single files were named: what they say, with the partials that they include, and nothing of other pages. */
function selectedAnalysis({ unit, analysis }: Analysed): Analysis {
  if (!unit.selected) return analysis
  const files = withPartials(unit.files, unit.selected, analysis.reading)
  return analyse(files, unit.settings, unit.version.id, { fallback: unit.fallback, complete: false })
}
