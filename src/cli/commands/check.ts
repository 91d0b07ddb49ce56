import { relative, resolve } from 'node:path'
import { contains, posix } from '../../files/paths.ts'
import { openProject, type Project } from '../../files/project.ts'
import { UsageError } from '../../files/usage-error.ts'
import { type Watched, watchFiles } from '../../files/watch.ts'
import type { Report } from '../../report/formatter.ts'
import { progressOn } from '../progress.ts'
import { type Findings, filesOf, rememberedReport, reportFrom, type Way } from '../remembered.ts'
import { destinations, type Output, writeReport } from '../report-output.ts'
import { requireRules } from '../rule-ids.ts'
import { linesChanged, overlayOf, type SelectionOptions } from '../selection.ts'
import { type Terminal, todayOf, usageText } from '../terminal.ts'

export interface CheckOptions extends SelectionOptions {
  /** Formats in the order given, each with the file it goes to or `null` for standard output. */
  outputs: Output[]
  maxWarnings?: number
  baseline: boolean
  /** Rules to report; all where none is given. */
  rule: string[]
  /** Report errors only; warnings count towards `maxWarnings` all the same. */
  quiet?: boolean
  watch?: boolean
  cache: boolean
}

/** Extracts and validates. 1 where an error is open, or more warnings than allowed. */
export async function check(roots: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  requireRules(options.rule)
  if (!options.watch) return checkOnce(roots, options, terminal)
  if (options.stdin || options.staged)
    throw new UsageError('--watch looks at files on the disk: not with --stdin or --staged')
  let code = await checkOnce(roots, options, terminal)
  const watched = await watchedBy(roots, terminal)
  terminal.err('Watching for changes; end with Ctrl-C.\n')
  for await (const _ of watchFiles(watched, terminal.signal)) {
    try {
      code = await checkOnce(roots, options, terminal)
    } catch (error) {
      // A config that is being written, a file that is being moved: the next change tells more.
      if (!(error instanceof UsageError)) throw error
      terminal.err(usageText(error, terminal))
    }
  }
  return code
}

/** All that a check reads: what the roots name, the versions of the config, and its own folder for the config itself. */
async function watchedBy(roots: readonly string[], { cwd }: Terminal): Promise<Watched[]> {
  const { config, base, settings } = await openProject(roots, cwd)
  const named = roots.map((root) => resolve(cwd, root))
  if (config === null) return (named.length > 0 ? named : [cwd]).map((path) => ({ path, recursive: true }))
  const versions = settings.versions.map(({ root }) => resolve(base, root))
  const all = [...new Set([...(versions.length > 0 ? versions : [base]), ...named])]
  const outermost = all.filter((path) => !all.some((other) => other !== path && contains(other, path)))
  const own = outermost.includes(base) ? [] : [{ path: base, recursive: false }]
  return [...own, ...outermost.map((path) => ({ path, recursive: true }))]
}

async function checkOnce(roots: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const to = destinations(options.outputs, terminal)
  const { base, found } = await find(roots, options, terminal)
  const annotated = to.some(({ formatter }) => formatter.id === 'github')
  const changed = annotated ? await changedIn(base, options, terminal) : {}
  const report = shown({ ...found, ...changed }, options)
  if (report.summary.files === 0) terminal.err(nothing(options))
  await writeReport(to, report, base, terminal)
  const { errors, warnings } = report.summary
  return errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0
}

/** The report of what the roots name, and the absolute folder that its paths are relative to. */
async function find(
  roots: string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<{ base: string; found: Report }> {
  const { cwd } = terminal
  const { baseline, cache, rule: rules } = options
  const today = todayOf(terminal)
  const overlay = await overlayOf(options, terminal)
  const at = Date.now()
  const project = await openProject(roots, cwd, overlay)
  const { base } = project
  const isOfDisk = overlay === undefined || overlay.contents.size === 0
  const way = { roots, baseline, rules, today }
  const memory = cache && isOfDisk ? await rememberedReport(project, way, at) : null
  const known = (await memory?.find()) ?? (memory && overlay && (await ofAll(project, way, at, terminal)))
  if (known) return { base, found: reportFrom(known, filesOf(project)) }
  // The parsers and rules are loaded where they are needed.
  const { openSession, reportOf, sharesOf } = await import('../session.ts')
  const progress = progressOn(terminal)
  const common = { baseline, cache, rules, today, progress: progress.step, ...(overlay ? { overlay } : {}) }
  const session = await openSession(roots, cwd, { ...common, project })
  progress.end()
  const missed = options.stdinFilename !== undefined && session.units.every(({ unit }) => unit.selected?.size === 0)
  // A file that no root holds is checked by itself.
  if (missed && overlay) {
    const alone = await openSession([options.stdinFilename as string], cwd, common)
    return { base: alone.project.base, found: reportOf(alone) }
  }
  const shares = sharesOf(session)
  const found = reportOf(session, shares)
  if (!session.askedElsewhere) await memory?.keep(found, shares, session.quiet)
  return { base, found }
}

/** What a check of some files says, where one of all files is remembered. */
async function ofAll(selection: Project, way: Way, at: number, { cwd }: Terminal): Promise<Findings | null> {
  const all = await openProject(way.roots, cwd)
  return (await (await rememberedReport(all, way, at))?.find(selection)) ?? null
}

/** The lines that a pull request or the working tree changes, by the paths of the report. */
async function changedIn(base: string, { since }: CheckOptions, terminal: Terminal): Promise<Pick<Report, 'changed'>> {
  const branch = terminal.env.GITHUB_BASE_REF ?? ''
  const lines = await linesChanged(since ?? (branch === '' ? undefined : `origin/${branch}`), terminal)
  const paths = [...lines].map(([path, numbers]) => [posix(relative(base, path)), numbers] as const)
  return { changed: new Map(paths) }
}

function shown(report: Report, { quiet }: CheckOptions): Report {
  return quiet ? { ...report, diagnostics: report.diagnostics.filter(({ severity }) => severity === 'error') } : report
}

function nothing({ changed, since, staged }: CheckOptions): string {
  if (staged) return 'No .md or .mdx files are staged: nothing was checked.\n'
  if (changed || since !== undefined) return 'No .md or .mdx files have changed: nothing was checked.\n'
  return 'No .md or .mdx files were found here: nothing was checked.\n'
}
