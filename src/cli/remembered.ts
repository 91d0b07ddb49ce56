/** Reports that a run left for the next, and what of a project a report depends on. */
import { readFile } from 'node:fs/promises'
import type { Diagnostic } from '../diagnostic.ts'
import { inProject, type Project, type Unit } from '../files/project.ts'
import { ReportCache } from '../files/report-cache.ts'
import type { Prose } from '../parse/prose.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Report, Summary } from '../report/formatter.ts'
import { VERSION } from '../version.ts'

/** How a project is checked. */
export interface Way {
  roots: readonly string[]
  /** Whether accepted findings are left out. */
  baseline: boolean
  /** The rules to report; all where none is given. */
  rules: readonly string[]
  /** `YYYY-MM-DD`. */
  today: string | null
}

/** Of a report, all but the texts of its files. */
export type Findings = Pick<Report, 'diagnostics' | 'summary'>

/** What of a report is of one file, of one version. */
export interface Share {
  blocks: number
  roles: number
  grants: number
  /** The findings that the baseline accepts. */
  baselined: number
}

/** Shares with their paths, for each unit of a project in their order; files that have none are left out. */
export type Shares = readonly (readonly (readonly [path: string, share: Share])[])[]

interface KeptReport extends Findings {
  shares: Shares
}

/**
 * What an earlier check of the same files in the same way found; `null` where nothing can be kept.
 *
 * @param at now, in ms since 1970, before any file is read
 */
export async function rememberedReport(project: Project, way: Way, at: number): Promise<Remembered | null> {
  const { config, base, settings, complete, units } = project
  const committed = await Promise.all(
    [settings.baseline, settings.manifest].map((file) => readCommitted(project, file)),
  )
  const read = units.map(({ version, files, selected, fallback, complete: all }) => {
    return [version, files.length, selected && [...selected].sort(), fallback.length, all]
  })
  const cache = ReportCache.open(
    base,
    [VERSION, config, settings, complete, way, committed, read],
    filesOf(project),
    at,
  )
  return cache && new Remembered(cache, project)
}

/** What an earlier check of a project in one way found, and the place for what this one finds. */
export class Remembered {
  readonly #cache: ReportCache
  readonly #project: Project

  constructor(cache: ReportCache, project: Project) {
    this.#cache = cache
    this.#project = project
  }

  /** @param selection the same project opened for some of its files: then the report is of these alone */
  async find(selection?: Project): Promise<Findings | null> {
    const report = await this.#find()
    return report && selection ? selectedOf(report, selection) : report
  }

  async #find(): Promise<KeptReport | null> {
    const units = this.#project.units.flatMap((unit) =>
      [...unit.files, ...unit.fallback].map((file) => ({ unit, file })),
    )
    const kept = await this.#cache.find(async (i) => {
      const { unit, file } = units[i] as (typeof units)[number]
      // The scan is loaded where a page has changed.
      const [{ scanner }, { gistOf }] = await Promise.all([
        import('../parse/scan/scan.ts'),
        import('../parse/page/quiet.ts'),
      ])
      const text = scanner(unit.settings)(file)
      return text && gistOf(text)
    })
    return isKeptReport(kept) && kept.shares.length === this.#project.units.length ? kept : null
  }

  /** @param prose that of the pages which hold nothing else, and of which nothing is said */
  async keep({ diagnostics, summary }: Findings, shares: Shares, prose: ReadonlyMap<SourceFile, Prose>): Promise<void> {
    const { gistOfProse } = await import('../parse/page/quiet.ts')
    await this.#cache.keep({ diagnostics, summary, shares } satisfies KeptReport, (file) => {
      const own = prose.get(file)
      // Where a rule looked at the text itself, what it says is more than its gist.
      return own === undefined || file.asked !== false ? null : gistOfProse(own)
    })
  }
}

function isKeptReport(value: unknown): value is KeptReport {
  if (typeof value !== 'object' || value === null) return false
  const { diagnostics, summary, shares } = value as Partial<KeptReport>
  return Array.isArray(diagnostics) && typeof summary === 'object' && summary !== null && isShares(shares)
}

function isShares(value: unknown): value is Shares {
  const isEntry = (entry: unknown) =>
    Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]?.blocks + entry[1]?.baselined)
  return Array.isArray(value) && value.every((unit) => Array.isArray(unit) && unit.every(isEntry))
}

/** Counts the selected files of units, what is read from them, and open findings. */
export function summaryOf(units: readonly Unit[], shares: Shares, open: readonly Diagnostic[]): Summary {
  const summary = { files: 0, blocks: 0, roles: 0, grants: 0, errors: 0, warnings: 0, baselined: 0 }
  for (const [i, { files, selected }] of units.entries()) {
    summary.files += selected?.size ?? files.length
    for (const [path, share] of shares[i] ?? []) {
      if (selected?.has(path) === false) continue
      for (const key of ['blocks', 'roles', 'grants', 'baselined'] as const) summary[key] += share[key]
    }
  }
  for (const { severity } of open) {
    if (severity === 'error') summary.errors++
    else if (severity === 'warning') summary.warnings++
  }
  return summary
}

/** What a check of some files of a project says, from what a check of all of them said. */
function selectedOf({ diagnostics, shares }: KeptReport, { units }: Project): Findings {
  const paths = new Set(units.flatMap(({ selected }) => [...(selected ?? [])]))
  const open = diagnostics.filter(({ path }) => paths.has(path))
  return { diagnostics: open, summary: summaryOf(units, shares, open) }
}

/** A file that stands beside the config; `null` where there is no config or no such file. */
export async function readCommitted(project: Project, file: string): Promise<string | null> {
  return project.config !== null ? readFile(inProject(project, file), 'utf8').catch(() => null) : null
}

/** All files that are read for a report, in their order; what several versions share as often as they do. */
export function filesOf({ units }: Project): SourceFile[] {
  return units.flatMap(({ files, fallback }) => [...files, ...fallback])
}

/** A report with the texts of the files that its findings name. */
export function reportFrom({ diagnostics, summary }: Findings, files: readonly SourceFile[]): Report {
  const named = new Set(diagnostics.flatMap(({ path, related }) => [path, ...related.map((place) => place.path)]))
  const sources = new Map<string, string>()
  for (const file of files) if (named.has(file.path)) sources.set(file.path, file.text)
  return { diagnostics, summary, sources, version: VERSION }
}
