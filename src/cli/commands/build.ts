import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { runExample } from '../../examples.ts'
import { rulePage, siteFiles } from '../../export/site-files.ts'
import { copyFolder, removeFolder, replaceFolder, writeFiles } from '../../files/output.ts'
import { buildSite, requireSitePackages } from '../../files/site-builder.ts'
import { plural, toJson } from '../../text.ts'
import { rules } from '../../validate/rules.ts'
import { type Published, publishedData } from '../publish.ts'
import { destinations, writeReport } from '../report-output.ts'
import { openSession, reportOf, type Session } from '../session.ts'
import type { Terminal } from '../terminal.ts'

/** check, gate, export, site. Nothing is published while a finding of error severity is open. */
export async function build(
  roots: string[],
  options: { out: string; site: boolean },
  terminal: Terminal,
): Promise<number> {
  if (options.site) requireSitePackages()
  const session = await openSession(roots, terminal.cwd, { baseline: true })
  const report = reportOf(session)
  await writeReport(destinations([], terminal), report, session.project.base, terminal)
  if (report.summary.errors > 0) {
    terminal.err('Nothing was built: mend the errors above, or accept them with `rolebook baseline --reason "…"`.\n')
    return 1
  }
  const out = resolve(terminal.cwd, options.out)
  const shown = relative(terminal.cwd, out) || '.'
  const data = publishedData(session)
  await replaceFolder(join(out, 'data'), data.files)
  terminal.out(`${shown}/data: ${plural(data.files.size, 'file')} written.\n`)
  if (!options.site) return 0
  const input = await mkdtemp(join(tmpdir(), 'rolebook-'))
  try {
    await writeSiteInput(input, session, data)
    await buildSite({ input, outDir: join(out, 'site') })
  } finally {
    await removeFolder(input)
  }
  await copyFolder(join(out, 'data'), join(out, 'site', 'data'))
  terminal.out(`${shown}/site: the site is built.\n`)
  return 0
}

/** Writes what the site is made from into a folder. */
export async function writeSiteInput(folder: string, session: Session, data: Published): Promise<void> {
  const versions = session.units.map(({ unit, analysis, diagnostics }) => ({
    version: unit.version,
    analysis,
    open: session.sorted.open.filter((diagnostic) => diagnostics.includes(diagnostic)),
    accepted: session.sorted.accepted.filter(({ diagnostic }) => diagnostics.includes(diagnostic)),
  }))
  const pages = rules.map((rule) => rulePage(rule, runExample))
  const files = siteFiles(versions, pages, session.project.settings)
  files.set('data/index.json', toJson(data.index))
  for (const [path, text] of data.files) files.set(`data/${path}`, text)
  await writeFiles(folder, files)
}
