/** Runs every rule over a model and settles severity, URL and fingerprint of all findings. */
import { compareDiagnostics, type Diagnostic, type Finding } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import { cryptoOfNode } from '../parse/markdown/late.ts'
import { siteAddress } from '../settings/address.ts'
import type { Settings } from '../settings/schema.ts'
import { applyDirectives, directivesOf } from './directives.ts'
import { withInclusions } from './inclusions.ts'
import type { Rule, RuleInput } from './rule.ts'
import { RuleConfig } from './rule-config.ts'
import { rules } from './rules.ts'

/**
 * Diagnostics of one version, sorted by place; those that a directive in a page accepts are left out.
 *
 * @param earlier findings of the stages before validation
 * @param version id of the documentation's version: one page may be right in one and wrong in another
 * @param known the rules to run; those of Rolebook unless a test brings its own
 */
export function validate(
  input: Omit<RuleInput, 'options'>,
  earlier: readonly Finding[],
  version: string,
  known: readonly Rule[] = rules,
): Diagnostic[] {
  const config = new RuleConfig(input.settings)
  const findings: Finding[] = [...earlier]
  for (const rule of known) if (config.isOn(rule)) addAll(findings, runRule(rule, input, config))
  const settled = settle(withInclusions(findings, input.reading), input.settings, version, known)
  const { kept, findings: unheeded } = applyDirectives(settled, directivesOf(input.reading.pages, known), config, known)
  if (unheeded.length === 0) return kept
  return [...kept, ...settle(unheeded, input.settings, version, known)].sort(compareDiagnostics)
}

/** A rule's findings. One that crashes says so, keeps what it had found, and lets the others run. */
function runRule(rule: Rule, input: Omit<RuleInput, 'options'>, config: RuleConfig): Finding[] {
  const findings: Finding[] = []
  for (const { options, isFor } of config.variantsOf(rule)) {
    try {
      rule.check?.({ ...input, options }, (finding) => {
        if (isFor(finding.span.path)) findings.push({ ...finding, ruleId: rule.id })
      })
    } catch (error) {
      const path = input.reading.pages[0]?.file.path ?? ''
      const why = error instanceof Error ? error.message : String(error)
      findings.push({
        ruleId: 'crashed-rule',
        message: `The rule \`${rule.id}\` crashed (${why}), so it may have missed something; the other rules ran. This is a bug of Rolebook: please report it with the page that it crashes on.`,
        span: { path, line: 1, column: 1, endLine: 1, endColumn: 1 },
        subject: rule.id,
        ids: [],
      })
    }
  }
  return findings
}

/** Findings as diagnostics, with severity, URL and fingerprint; those of rules that are off, and doubles, left out. */
export function settle(
  findings: readonly Finding[],
  settings: Settings,
  version: string,
  known: readonly Rule[] = rules,
): Diagnostic[] {
  const byId = new Map(known.map((rule) => [rule.id, rule]))
  const config = new RuleConfig(settings)
  const diagnostics = new Map<string, Diagnostic>()
  for (const finding of findings) {
    const rule = byId.get(finding.ruleId)
    const severity = severityOf(finding, rule, config)
    if (severity === 'off') continue
    const diagnostic = { ...toDiagnostic(finding, settings, version), severity }
    const key = `${diagnostic.fingerprint}:${diagnostic.path}:${diagnostic.line}:${diagnostic.column}`
    if (!diagnostics.has(key)) diagnostics.set(key, diagnostic)
  }
  return [...diagnostics.values()].sort(compareDiagnostics)
}

function severityOf({ severity, span }: Finding, rule: Rule | undefined, config: RuleConfig) {
  if (!rule) return 'error'
  if (severity !== undefined && rule.severity !== 'off' && !config.isGiven(rule, span.path)) return severity
  return config.severityOf(rule, span.path)
}

function toDiagnostic(finding: Finding, settings: Settings, version: string): Diagnostic {
  const { span, ruleId, message, subject } = finding
  return {
    ruleId,
    severity: 'error',
    message,
    url: siteAddress(`rules/${ruleId}/`, settings.site),
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
function fingerprintOf(finding: Pick<Finding, 'ruleId' | 'subject' | 'ids'>, version: string): string {
  const parts = JSON.stringify([finding.ruleId, version, finding.subject, ...finding.ids])
  return cryptoOfNode().createHash('sha256').update(parts).digest('hex').slice(0, 16)
}
