/** Runs every rule over a model and settles severity, URL and fingerprint of all findings. */
import { createHash } from 'node:crypto'
import { compareDiagnostics, type Diagnostic, type Finding } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import { withInclusions } from './inclusions.ts'
import type { RuleInput } from './rule.ts'
import { rules } from './rules.ts'

/**
 * Diagnostics of one version, sorted by place.
 *
 * @param earlier findings of the stages before validation
 * @param version id of the documentation's version: one page may be right in one and wrong in another
 */
export function validate(input: RuleInput, earlier: readonly Finding[], version: string): Diagnostic[] {
  const findings: Finding[] = [...earlier]
  for (const rule of rules) {
    if (input.settings.rules[rule.id] === 'off') continue
    rule.check?.(input, (finding) => findings.push({ ...finding, ruleId: rule.id }))
  }
  return settle(withInclusions(findings, input.reading), input.settings, version)
}

/** Findings as diagnostics, with severity, URL and fingerprint; those of rules that are off, and doubles, left out. */
export function settle(findings: readonly Finding[], settings: Settings, version: string): Diagnostic[] {
  const diagnostics = new Map<string, Diagnostic>()
  for (const finding of findings) {
    const diagnostic = toDiagnostic(finding, settings, version)
    if (!diagnostic) continue
    const key = `${diagnostic.fingerprint}:${diagnostic.path}:${diagnostic.line}:${diagnostic.column}`
    if (!diagnostics.has(key)) diagnostics.set(key, diagnostic)
  }
  return [...diagnostics.values()].sort(compareDiagnostics)
}

function toDiagnostic(finding: Finding, settings: Settings, version: string): Diagnostic | null {
  const rule = rules.find((candidate) => candidate.id === finding.ruleId)
  const severity = settings.rules[finding.ruleId] ?? rule?.severity ?? 'error'
  if (severity === 'off') return null
  const { span, ruleId, message, subject } = finding
  return {
    ruleId,
    severity,
    message,
    url: ruleUrl(ruleId, settings),
    path: span.path,
    line: span.line,
    column: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
    subject,
    fingerprint: fingerprintOf(finding, version),
    related: finding.related ?? [],
    fix: finding.fix ?? null,
  }
}

/** 16 hexadecimal digits of the SHA-256 of rule, version, subject and ids. */
export function fingerprintOf(finding: Pick<Finding, 'ruleId' | 'subject' | 'ids'>, version: string): string {
  const parts = JSON.stringify([finding.ruleId, version, finding.subject, ...finding.ids])
  return createHash('sha256').update(parts).digest('hex').slice(0, 16)
}

export function ruleUrl(ruleId: string, settings: Settings): string {
  const path = `rules/${ruleId}/`
  if (!settings.site.url) return `/${path}`
  return new URL(path, settings.site.url.endsWith('/') ? settings.site.url : `${settings.site.url}/`).href
}
