/** What commands share: the project opened and analysed, and its findings sorted by the baseline. */

import type { ZodType } from 'zod'
import { type Analysis, analyse, quietPages } from '../analyse.ts'
import { compareDiagnostics, type Diagnostic, type Finding } from '../diagnostic.ts'
import { Cache } from '../files/cache.ts'
import { History } from '../files/history.ts'
import { type Overlay, openProject, type Project, type Unit } from '../files/project.ts'
import { UsageError } from '../files/usage-error.ts'
import { addAll } from '../lists.ts'
import type { Model } from '../model/model.ts'
import type { QuietText } from '../parse/page/quiet.ts'
import type { Prose } from '../parse/prose.ts'
import type { Reading, ReadOptions } from '../parse/read.ts'
import { scanner } from '../parse/scan/scan.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Report } from '../report/formatter.ts'
import { issueText } from '../settings/issue.ts'
import { withoutByteOrderMark } from '../text.ts'
import { applyBaseline, type Baseline, baselineSchema, entryDiagnostics, type Sorted } from '../validate/baseline.ts'
import { type Manifest, manifestSchema, shapeFindings } from '../validate/manifest.ts'
import { RuleConfig, ruleConfigErrors } from '../validate/rule-config.ts'
import { rules } from '../validate/rules.ts'
import { lastUpdateFindings } from '../validate/shared/last-update.ts'
import { VERSION } from '../version.ts'
import { readCommitted, reportFrom, type Share, type Shares, summaryOf } from './remembered.ts'

export interface Analysed {
  unit: Unit
  analysis: Analysis
  /** Diagnostics of the selected files. */
  diagnostics: Diagnostic[]
}

export interface Session {
  project: Project
  units: Analysed[]
  baseline: Baseline
  /** Whether the baseline's file is there and counts. */
  hasBaseline: boolean
  sorted: Sorted
  /** Whether anything was asked that the files, the config and the day do not say: git's history. */
  askedElsewhere: boolean
  /** The prose of the pages that hold nothing else, and of which nothing is said. */
  quiet: ReadonlyMap<SourceFile, Prose>
}

const EMPTY_BASELINE: Baseline = { version: 1, accepted: [] }

export interface SessionOptions {
  /** `false`: accepted findings count as open. */
  baseline: boolean
  overlay?: Overlay
  /** Only the findings of these rules; empty for all. */
  rules?: readonly string[]
  /** `YYYY-MM-DD`, for entries of the baseline with a last day. */
  today?: string | null
  /** Whether what is known of unchanged files may be taken from the cache, and kept there. */
  cache?: boolean
  /** Whether every page is parsed, though it can hold no fact: for the site, which shows them all. */
  whole?: boolean
  progress?: ReadOptions['progress']
  /** What the roots name, where it is opened already. */
  project?: Project
}

/** Opens and analyses what ROOT arguments name. */
export async function openSession(roots: readonly string[], cwd: string, options: SessionOptions): Promise<Session> {
  const at = Date.now()
  const project = options.project ?? (await openProject(roots, cwd, options.overlay))
  const wrong = ruleConfigErrors(project.settings, rules)
  if (wrong.length > 0) throw new UsageError(`${project.config ?? 'The config'}: ${wrong[0]}`)
  const file = project.settings.baseline
  const text = options.baseline ? await readCommitted(project, file) : null
  const baseline = text === null ? EMPTY_BASELINE : parseCommitted(baselineSchema, text, file, 'baseline')
  const shapes = await readCommitted(project, project.settings.manifest)
  const manifest =
    shapes === null ? null : parseCommitted(manifestSchema, shapes, project.settings.manifest, 'manifest')
  const cache = options.cache ? await Cache.open(project.base, project.settings, VERSION) : null
  // Of all versions, and where pages are read a second time.
  const history = new History(project.base)
  const units = project.units.map((unit): Analysed => {
    const { selected, fallback, complete } = unit
    const scan = scanner(unit.settings)
    const analysis = analyse(unit.files, unit.settings, unit.version.id, {
      fallback,
      complete,
      outside: (reading, model) => [
        ...shapeDifferences(unit, reading, manifest),
        ...staleUpdates(history, unit, reading, model),
      ],
      ...(options.whole ? {} : { quiet: (source: SourceFile) => cachedText(cache, source) ?? scan(source) }),
      ...(options.progress ? { progress: options.progress } : {}),
    })
    const diagnostics = selected
      ? analysis.diagnostics.filter((diagnostic) => selected.has(diagnostic.path))
      : analysis.diagnostics
    return { unit, analysis, diagnostics }
  })
  const quiet = quietOf(units)
  await cache?.save(
    quiet,
    units.flatMap(({ unit }) => unit.files),
    roots.length === 0 && options.overlay === undefined,
    at,
  )
  settleBorrowed(units)
  const diagnostics = units.flatMap((unit) => unit.diagnostics).sort(compareDiagnostics)
  const sorted = applyBaseline(diagnostics, baseline, options.today)
  if (project.complete && text !== null) addAll(sorted.open, entryDiagnostics(sorted, text, file, project.settings))
  const chosen = new Set(options.rules)
  if (chosen.size > 0) sorted.open = sorted.open.filter(({ ruleId }) => chosen.has(ruleId))
  return { project, units, baseline, hasBaseline: text !== null, sorted, askedElsewhere: history.asked, quiet }
}

/** What several versions read is quiet where it is in all of them. */
function quietOf(units: readonly Analysed[]): Map<SourceFile, Prose> {
  const quiet = new Map<SourceFile, Prose>()
  const loud = new Set<SourceFile>()
  for (const { unit, analysis } of units) {
    const own = quietPages(analysis)
    for (const file of [...unit.files, ...unit.fallback]) if (!own.has(file)) loud.add(file)
    for (const [file, prose] of own) quiet.set(file, prose)
  }
  for (const file of loud) quiet.delete(file)
  return quiet
}

/** What the cache knows of a file: only files without inclusions are kept there. */
function cachedText(cache: Cache | null, source: SourceFile): QuietText | null {
  const prose = cache?.find(source)
  return prose ? { prose, inclusions: [], tables: false, frontMatter: null } : null
}

/** What one version does not use, another may. */
const UNUSED = new Set(['unused-partial', 'unused-directive'])

/**
 * A partial that several versions share is read once for each. What its own version says of it is said once; and it is
 * used, if one of them uses it.
 */
function settleBorrowed(units: readonly Analysed[]): void {
  const borrowed = new Set(units.flatMap(({ analysis }) => [...analysis.reading.borrowed]))
  if (borrowed.size === 0) return
  const said = new Set<string>()
  for (const unit of units) {
    unit.diagnostics = unit.diagnostics.filter(({ ruleId, path, line, column, message }) => {
      if (!borrowed.has(path)) return true
      const key = JSON.stringify([ruleId, path, line, column, message])
      const double = said.has(key) || UNUSED.has(ruleId)
      said.add(key)
      return !double
    })
  }
}

function parseCommitted<T>(schema: ZodType<T>, text: string, file: string, what: string): T {
  let value: unknown
  try {
    value = JSON.parse(withoutByteOrderMark(text))
  } catch (error) {
    throw new UsageError(`${file} is no valid JSON: ${error instanceof Error ? error.message : error}`)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new UsageError(`${file} is no valid ${what}: ${issueText(parsed.error)}`)
  return parsed.data
}

/** A version is read as a whole, whichever of its files are reported on. */
function shapeDifferences(unit: Unit, reading: Reading, manifest: Manifest | null): Finding[] {
  const expected = manifest?.versions[unit.version.id]
  return expected ? shapeFindings(reading, expected) : []
}

/** Policies against git's history; git runs only where a policy has a “Last Update” line and the rule is on. */
function staleUpdates(history: History, unit: Unit, reading: Reading, model: Model): Finding[] {
  const rule = rules.find(({ id }) => id === 'last-update-stale')
  if (!rule || !new RuleConfig(unit.settings).isOn(rule)) return []
  const files = new Map(reading.pages.map(({ file }) => [file.path, file]))
  return lastUpdateFindings(model, (span) => {
    const file = unit.selected?.has(span.path) === false ? undefined : files.get(span.path)
    return file === undefined ? null : history.changedOn(span, file.text)
  })
}

/** What of the session's report is of which file. */
export function sharesOf({ units, sorted }: Session): Shares {
  /** A path that several versions share counts with the first of them. */
  const accepted = Map.groupBy(sorted.accepted, ({ diagnostic }) => diagnostic.path)
  return units.map(({ analysis, unit }) => {
    const shares = new Map<string, Share>()
    const of = (path: string): Share => {
      const share = shares.get(path) ?? { blocks: 0, roles: 0, grants: 0, baselined: 0 }
      shares.set(path, share)
      return share
    }
    for (const block of new Set(analysis.reading.blocks.map((one) => one.block))) of(block.page.file.path).blocks++
    for (const { source, grants } of analysis.model.dataset.roles) {
      const share = of(source.path)
      share.roles++
      share.grants += grants.length
    }
    for (const { path } of unit.files) {
      const { length = 0 } = accepted.get(path) ?? []
      if (length > 0) of(path).baselined = length
      accepted.delete(path)
    }
    return [...shares]
  })
}

/** The session's open findings as a report. */
export function reportOf(session: Session, shares: Shares = sharesOf(session)): Report {
  const files = new Map<string, SourceFile>()
  for (const { analysis } of session.units) for (const { file } of analysis.reading.pages) files.set(file.path, file)
  const { open, accepted } = session.sorted
  const units = session.units.map(({ unit }) => unit)
  // One that is accepted may name a page that is gone, which is no file's share.
  const summary = { ...summaryOf(units, shares, open), baselined: accepted.length }
  return reportFrom({ diagnostics: open, summary }, [...files.values()])
}
