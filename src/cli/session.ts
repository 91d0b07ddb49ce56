/** What commands share: the project opened and analysed, and its findings sorted by the baseline. */
import { readFile } from 'node:fs/promises'
import { type Analysis, analyse } from '../analyse.ts'
import { compareDiagnostics, type Diagnostic } from '../diagnostic.ts'
import { inProject, openProject, type Project, type Unit } from '../files/project.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Report, Summary } from '../report/formatter.ts'
import { LineIndex } from '../text.ts'
import { applyBaseline, type Baseline, baselineSchema, type Sorted } from '../validate/baseline.ts'
import { fingerprintOf, ruleUrl } from '../validate/run.ts'

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

export const EMPTY_BASELINE: Baseline = { version: 1, accepted: [] }

/** Opens and analyses what ROOT arguments name. */
export async function openSession(
  roots: readonly string[],
  cwd: string,
  options: { baseline: boolean },
): Promise<Session> {
  const project = await openProject(roots, cwd)
  const units = project.units.map((unit): Analysed => {
    const analysis = analyse(unit.files, unit.settings, unit.version.id)
    const { selected } = unit
    const diagnostics = selected
      ? analysis.diagnostics.filter((diagnostic) => selected.has(diagnostic.path))
      : analysis.diagnostics
    return { unit, analysis, diagnostics }
  })
  const file = project.settings.baseline
  const text = options.baseline ? await readFile(inProject(project, file), 'utf8').catch(() => null) : null
  const baseline = text === null ? EMPTY_BASELINE : parseBaseline(text, file)
  const diagnostics = units.flatMap((unit) => unit.diagnostics).sort(compareDiagnostics)
  const sorted = applyBaseline(diagnostics, baseline)
  if (project.complete && text !== null) sorted.open.push(...staleEntries(sorted, text, file, project))
  return { project, units, baseline, sorted }
}

function parseBaseline(text: string, file: string): Baseline {
  try {
    return baselineSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new UsageError(
      `${file} is no valid baseline: ${error instanceof Error ? error.message.split('\n').join(' ') : error}`,
    )
  }
}

function staleEntries(sorted: Sorted, text: string, file: string, project: Project): Diagnostic[] {
  const severity = project.settings.rules['stale-baseline'] ?? 'error'
  if (severity === 'off') return []
  const lines = new LineIndex(text)
  return sorted.stale.map((entry) => {
    const offset = Math.max(0, text.indexOf(entry.fingerprint))
    const { line, column } = lines.at(offset)
    const finding = { ruleId: 'stale-baseline', subject: entry.subject, ids: [entry.fingerprint] }
    return {
      ruleId: finding.ruleId,
      severity,
      message: `This accepted finding of \`${entry.ruleId}\` no longer exists: ${entry.message} Remove it with \`rolebook baseline --prune\`.`,
      url: ruleUrl(finding.ruleId, project.settings),
      path: file,
      line,
      column,
      endLine: line,
      endColumn: column + entry.fingerprint.length,
      subject: entry.subject,
      fingerprint: fingerprintOf(finding, ''),
      related: [],
      fix: null,
    }
  })
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
    for (const file of unit.files) sources.set(file.path, file.text)
    summary.files += unit.selected?.size ?? unit.files.length
    summary.blocks += analysis.reading.blocks.filter(
      ({ block }) => unit.selected?.has(block.page.file.path) ?? true,
    ).length
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
