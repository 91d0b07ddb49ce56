import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { runExample } from '../../examples.ts'
import { ACCENT, accentProblem, toReadable } from '../../export/accent.ts'
import { addressProblem } from '../../export/addresses.ts'
import { apiFiles } from '../../export/api/build.ts'
import { presetErrors } from '../../export/policy-presets.ts'
import { rulePage, siteFiles } from '../../export/site-files.ts'
import type { VersionStep } from '../../export/site-input.ts'
import { remake } from '../../files/atomic.ts'
import { type Logo, readLogo } from '../../files/logo.ts'
import { copyFolder, removeFolder, writeFiles } from '../../files/output.ts'
import { buildSite, requireSitePackages } from '../../files/site-builder.ts'
import { UsageError } from '../../files/usage-error.ts'
import { plural, toJson } from '../../text.ts'
import { rules } from '../../validate/rules.ts'
import { type Published, publishedData, publishedVersions } from '../publish.ts'
import { destinations, writeReport } from '../report-output.ts'
import { openSession, reportOf, type Session } from '../session.ts'
import type { Terminal } from '../terminal.ts'

/** check, gate, export, site. Nothing is published while a finding of error severity is open, unless the gate is off. */
export async function build(
  roots: string[],
  options: { out: string; site: boolean; gate: boolean },
  terminal: Terminal,
): Promise<number> {
  if (options.site) requireSitePackages()
  const session = await openSession(roots, terminal.cwd, { baseline: true, whole: options.site })
  const logo = options.site ? await lookOf(session) : null
  const wrong = presetErrors(
    session.project.settings,
    session.units.map(({ analysis }) => analysis.model.policies),
  )
  if (session.project.complete && wrong.length > 0)
    throw new UsageError(`${session.project.config ?? 'The config'}: ${wrong[0]}`)
  const report = reportOf(session)
  await writeReport(destinations([], terminal), report, session.project.base, terminal)
  if (report.summary.errors > 0 && options.gate) {
    terminal.err(
      'Nothing was built: mend the errors above, accept them with `rolebook baseline --reason "…"`, or build all the same with --no-gate.\n',
    )
    return 1
  }
  const out = resolve(terminal.cwd, options.out)
  const shown = relative(terminal.cwd, out) || '.'
  const data = publishedData(session)
  // Data and site take the places of the last ones together, at the end.
  await remake(out, async (stage) => {
    await writeFiles(join(stage, 'data'), data.files)
    if (options.site) await makeSite(stage, session, data, logo)
  })
  for (const sentence of data.leftOut) terminal.err(`${sentence}\n`)
  terminal.out(`${shown}/data: ${plural(data.files.size, 'file')} written.\n`)
  if (options.site) terminal.out(`${shown}/site: the site is built.\n`)
  return 0
}

/** Builds the site into `site/` of a folder that has `data/` already, with the data and the API under it. */
async function makeSite(folder: string, session: Session, data: Published, logo: Logo | null): Promise<void> {
  const input = await mkdtemp(join(tmpdir(), 'rolebook-'))
  const site = join(folder, 'site')
  let steps: VersionStep[]
  try {
    steps = await writeSiteInput(input, session, data, logo)
    const { accent, accentDark, base } = session.project.settings.site
    await buildSite({ input, outDir: site, base, accent: accentDark ?? toReadable(accent ?? ACCENT, 'dark') })
  } finally {
    await removeFolder(input)
  }
  await copyFolder(join(folder, 'data'), join(site, 'data'))
  await writeFiles(join(site, 'api', 'v1'), apiFiles(publishedVersions(session), steps, session.project.settings))
}

/** The logo that the config names, checked as its colours and addresses are: throws a UsageError where one can't be used. */
export async function lookOf({ project }: Session): Promise<Logo | null> {
  const { site } = project.settings
  const problem = accentProblem(site) ?? addressProblem(site)
  if (problem !== null) throw new UsageError(`${project.config ?? 'The config'}: ${problem}`)
  return site.logo === null ? null : readLogo(site.logo, project.base)
}

/** Writes what the site is made from into a folder, with its logo (see `lookOf`), and gives what of it the API tells as well. */
export async function writeSiteInput(
  folder: string,
  session: Session,
  data: Published,
  logo: Logo | null,
): Promise<VersionStep[]> {
  const expiry = new Map(session.baseline.accepted.map((entry) => [entry.fingerprint, entry.expires]))
  const versions = session.units.map(({ unit, analysis, diagnostics }) => {
    const own = new Set(diagnostics)
    return {
      version: unit.version,
      analysis,
      open: session.sorted.open.filter((diagnostic) => own.has(diagnostic)),
      accepted: session.sorted.accepted
        .filter(({ diagnostic }) => own.has(diagnostic))
        .map((entry) => ({ ...entry, expires: expiry.get(entry.diagnostic.fingerprint) })),
    }
  })
  const pages = rules.map((rule) => rulePage(rule, runExample))
  const { file = '', width = 0, height = 0 } = logo ?? {}
  const files = siteFiles(versions, pages, session.project.settings, logo && { file, width, height })
  files.set('data/index.json', toJson(data.index))
  await writeFiles(folder, files)
  await writeFiles(join(folder, 'data'), data.files)
  if (logo) await writeFiles(folder, new Map([[`public/${logo.file}`, logo.bytes]]))
  return JSON.parse(files.get('changes.json') as string)
}
