/** The baseline: findings that a team has accepted, each with a reason. */
import { z } from 'zod'
import { compareText, type Diagnostic } from '../diagnostic.ts'

const entrySchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  ruleId: z.string(),
  subject: z.string().nullable(),
  /** The message when it was accepted: for the reader of the file, not compared. */
  message: z.string(),
  reason: z.string().min(1),
})

export const baselineSchema = z.strictObject({ version: z.literal(1), accepted: z.array(entrySchema) })

export type BaselineEntry = z.infer<typeof entrySchema>
export type Baseline = z.infer<typeof baselineSchema>

export interface Sorted {
  /** Findings that nobody accepted. */
  open: Diagnostic[]
  /** Findings that the baseline accepts, with its reason. */
  accepted: { diagnostic: Diagnostic; reason: string }[]
  /** Entries that match no finding any more. */
  stale: BaselineEntry[]
}

/** Sorts diagnostics by what the baseline says of them. */
export function applyBaseline(diagnostics: readonly Diagnostic[], baseline: Baseline): Sorted {
  const entries = new Map(baseline.accepted.map((entry) => [entry.fingerprint, entry]))
  const used = new Set<string>()
  const open: Diagnostic[] = []
  const accepted: Sorted['accepted'] = []
  for (const diagnostic of diagnostics) {
    const entry = entries.get(diagnostic.fingerprint)
    if (entry?.ruleId === diagnostic.ruleId) {
      used.add(entry.fingerprint)
      accepted.push({ diagnostic, reason: entry.reason })
    } else open.push(diagnostic)
  }
  return { open, accepted, stale: baseline.accepted.filter((entry) => !used.has(entry.fingerprint)) }
}

/**
 * The baseline with these findings accepted for a reason. Entries that no longer fire are dropped, reasons that stand
 * are kept; sorted by rule, subject, message.
 */
export function accept(baseline: Baseline, diagnostics: readonly Diagnostic[], reason: string): Baseline {
  const { open, accepted } = applyBaseline(diagnostics, baseline)
  const entries = new Map<string, BaselineEntry>()
  const add = (diagnostic: Diagnostic, why: string) => {
    const { fingerprint, ruleId, subject, message } = diagnostic
    if (!entries.has(fingerprint)) entries.set(fingerprint, { fingerprint, ruleId, subject, message, reason: why })
  }
  for (const { diagnostic, reason: kept } of accepted) add(diagnostic, kept)
  for (const diagnostic of open) add(diagnostic, reason)
  const sorted = [...entries.values()].sort(
    (a, b) =>
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.subject ?? '', b.subject ?? '') ||
      compareText(a.message, b.message) ||
      compareText(a.fingerprint, b.fingerprint),
  )
  return { version: 1, accepted: sorted }
}
