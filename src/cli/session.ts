/** What commands share: the project opened and analysed, and its findings sorted by the baseline. */
import { readFile } from 'node:fs/promises'
import { type Analysis, analyse } from '../analyse.ts'
import { compareDiagnostics, type Diagnostic, type Finding } from '../diagnostic.ts'
import { inProject, openProject, type Project, type Unit } from '../files/project.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Reading } from '../parse/read.ts'
import type { Report, Summary } from '../report/formatter.ts'
import { LineIndex } from '../text.ts'
import { applyBaseline, type Baseline, baselineSchema, type Sorted } from '../validate/baseline.ts'
import { type Manifest, manifestSchema, shapeFindings } from '../validate/manifest.ts'
import { ruleConfigErrors } from '../validate/rule-config.ts'
import { rules } from '../validate/rules.ts'
import { settle } from '../validate/run.ts'

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
  sorted: Sorted
}

const EMPTY_BASELINE: Baseline = { version: 1, accepted: [] }

/** Opens and analyses what ROOT arguments name. */
export async function openSession(
  roots: readonly string[],
  cwd: string,
  options: { baseline: boolean },
): Promise<Session> {
  const project = await openProject(roots, cwd)
  const wrong = ruleConfigErrors(project.settings, rules)
  if (wrong.length > 0) throw new UsageError(`${project.config ?? 'The config'}: ${wrong[0]}`)
  const file = project.settings.baseline
  const text = options.baseline ? await readCommitted(project, file) : null
  const baseline = text === null ? EMPTY_BASELINE : parseCommitted(baselineSchema, text, file, 'baseline')
  const shapes = await readCommitted(project, project.settings.manifest)
  const manifest =
    shapes === null ? null : parseCommitted(manifestSchema, shapes, project.settings.manifest, 'manifest')
  const units = project.units.map((unit): Analysed => {
    const { selected, fallback, complete } = unit
    const outside = (reading: Reading) => shapeDifferences(unit, reading, manifest)
    const analysis = analyse(unit.files, unit.settings, unit.version.id, { fallback, complete, outside })
    const diagnostics = selected
      ? analysis.diagnostics.filter((diagnostic) => selected.has(diagnostic.path))
      : analysis.diagnostics
    return { unit, analysis, diagnostics }
  })
  settleBorrowed(units)
  const diagnostics = units.flatMap((unit) => unit.diagnostics).sort(compareDiagnostics)
  const sorted = applyBaseline(diagnostics, baseline)
  if (project.complete && text !== null) sorted.open.push(...staleEntries(sorted, text, file, project))
  return { project, units, baseline, sorted }
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

/** A file that stands beside the config; `null` where there is no config or no such file. */
async function readCommitted(project: Project, file: string): Promise<string | null> {
  return project.config !== null ? readFile(inProject(project, file), 'utf8').catch(() => null) : null
}

function parseCommitted<T>(schema: { parse(value: unknown): T }, text: string, file: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n').join(' ') : error
    throw new UsageError(`${file} is no valid ${what}: ${why}`)
  }
}

/** Shapes are compared where a whole version was read: a single file says nothing of the others. */
function shapeDifferences(unit: Unit, reading: Reading, manifest: Manifest | null): Finding[] {
  const expected = manifest?.versions[unit.version.id]
  return expected && !unit.selected ? shapeFindings(reading, expected) : []
}

function staleEntries(sorted: Sorted, text: string, file: string, project: Project): Diagnostic[] {
  const lines = new LineIndex(text)
  const findings = sorted.stale.map(({ fingerprint, ruleId, subject, message }): Finding => {
    const { line, column } = lines.at(Math.max(0, text.indexOf(fingerprint)))
    return {
      ruleId: 'stale-baseline',
      message: `This accepted finding of \`${ruleId}\` no longer exists: ${message} Remove it with \`rolebook baseline --prune\`.`,
      span: { path: file, line, column, endLine: line, endColumn: column + fingerprint.length },
      subject,
      ids: [fingerprint],
    }
  })
  return settle(findings, project.settings, '')
}

/** The session's open findings as a report. */
export function reportOf(session: Session): Report {
  const sources = new Map<string, string>()
  const summary: Summary = {
    files: 0,
    blocks: 0,
    roles: 0,
    grants: 0,
    errors: 0,
    warnings: 0,
    baselined: session.sorted.accepted.length,
  }
  for (const { unit, analysis } of session.units) {
    for (const { file } of analysis.reading.pages) sources.set(file.path, file.text)
    summary.files += unit.selected?.size ?? unit.files.length
    const blocks = new Set(analysis.reading.blocks.map(({ block }) => block))
    summary.blocks += [...blocks].filter(({ page }) => unit.selected?.has(page.file.path) ?? true).length
    const roles = analysis.model.dataset.roles.filter((role) => unit.selected?.has(role.source.path) ?? true)
    summary.roles += roles.length
    summary.grants += roles.reduce((sum, role) => sum + role.grants.length, 0)
  }
  for (const { severity } of session.sorted.open) {
    if (severity === 'error') summary.errors++
    else if (severity === 'warning') summary.warnings++
  }
  return { diagnostics: session.sorted.open, summary, sources }
}
