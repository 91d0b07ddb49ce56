/** The baseline: findings that a team has accepted, each with a reason. */
import * as z from 'zod'
import { compareText, type Diagnostic, type Finding } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import { LineIndex } from '../text.ts'
import { settle } from './run.ts'

const entrySchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  ruleId: z.string(),
  subject: z.string().nullable(),
  /** The message when it was accepted: for the reader of the file, not compared. */
  message: z.string(),
  reason: z.string().min(1),
  /** The last day, `YYYY-MM-DD`, on which the finding is accepted; by choice. */
  expires: z.iso.date().optional(),
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
  /** Entries whose finding is there and whose day is past: the finding is open again. */
  expired: BaselineEntry[]
}

/**
 * Sorts diagnostics by what the baseline says of them.
 *
 * @param today `YYYY-MM-DD`, for entries with a last day; `null`: none has passed
 */
export function applyBaseline(
  diagnostics: readonly Diagnostic[],
  baseline: Baseline,
  today: string | null = null,
): Sorted {
  const entries = new Map(baseline.accepted.map((entry) => [entry.fingerprint, entry]))
  const used = new Set<string>()
  const open: Diagnostic[] = []
  const accepted: Sorted['accepted'] = []
  const expired = new Set<BaselineEntry>()
  for (const diagnostic of diagnostics) {
    const entry = entries.get(diagnostic.fingerprint)
    if (entry?.ruleId === diagnostic.ruleId) {
      used.add(entry.fingerprint)
      if (today !== null && entry.expires !== undefined && entry.expires < today) {
        expired.add(entry)
        open.push(diagnostic)
      } else accepted.push({ diagnostic, reason: entry.reason })
    } else open.push(diagnostic)
  }
  return {
    open,
    accepted,
    stale: baseline.accepted.filter((entry) => !used.has(entry.fingerprint)),
    expired: [...expired],
  }
}

/** Why findings are accepted, and until when. */
export interface Acceptance {
  reason: string
  /** `YYYY-MM-DD`. */
  expires?: string | undefined
}

/**
 * The next baseline: entries that no finding matches are dropped, the others stand as they are, and `added` findings are
 * accepted anew; sorted by rule, subject, message.
 *
 * @param present all findings, accepted or not
 */
export function nextBaseline(
  baseline: Baseline,
  present: readonly Diagnostic[],
  added: readonly Diagnostic[],
  { reason, expires }: Acceptance,
): Baseline {
  const firing = new Set(present.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`))
  const standing = baseline.accepted.filter(({ ruleId, fingerprint }) => firing.has(`${ruleId} ${fingerprint}`))
  const entries = new Map(standing.map((entry) => [entry.fingerprint, entry]))
  const dated = expires === undefined ? {} : { expires }
  const fresh = new Map(added.map((diagnostic) => [diagnostic.fingerprint, diagnostic]))
  for (const { fingerprint, ruleId, subject, message } of fresh.values())
    entries.set(fingerprint, { fingerprint, ruleId, subject, message, reason, ...dated })
  const sorted = [...entries.values()].sort(
    (a, b) =>
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.subject ?? '', b.subject ?? '') ||
      compareText(a.message, b.message) ||
      compareText(a.fingerprint, b.fingerprint),
  )
  return { version: 1, accepted: sorted }
}

/**
 * Diagnostics at the baseline's own entries: those that match no finding any more, and those whose day is past.
 *
 * @param text the baseline's file, `path` its path
 */
export function entryDiagnostics(sorted: Sorted, text: string, path: string, settings: Settings): Diagnostic[] {
  const lines = new LineIndex(text)
  const at = ({ fingerprint }: BaselineEntry) => {
    const { line, column } = lines.at(Math.max(0, text.indexOf(fingerprint)))
    return { path, line, column, endLine: line, endColumn: column + fingerprint.length }
  }
  const stale = sorted.stale.map((entry): Finding => {
    const message = `This accepted finding of \`${entry.ruleId}\` no longer exists: ${entry.message} Remove it with \`rolebook baseline --prune\`.`
    return { ruleId: 'stale-baseline', message, span: at(entry), subject: entry.subject, ids: [entry.fingerprint] }
  })
  const expired = sorted.expired.map((entry): Finding => {
    const message = `This finding of \`${entry.ruleId}\` was accepted until ${entry.expires} (“${entry.reason}”), and it is still there: ${entry.message} Mend it, or give the entry another day.`
    return { ruleId: 'expired-baseline', message, span: at(entry), subject: entry.subject, ids: [entry.fingerprint] }
  })
  return settle([...stale, ...expired], settings, '')
}
