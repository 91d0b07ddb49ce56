/** “Last Update” lines against the history of what they stand above. */
import { type Finding, placeText, type Span } from '../../diagnostic.ts'
import type { Model } from '../../model/model.ts'
import { placeOf } from '../../parse/source.ts'

/**
 * The policies that were changed after the day of their “Last Update” line. A line that was itself changed on the day of
 * the policy's last change, or later, is believed, whatever day it says: a change is often merged days after it was written.
 *
 * @param changedOn the day (`YYYY-MM-DD`) on which the lines of a span were last changed, `null` where nobody knows
 */
export function lastUpdateFindings(model: Model, changedOn: (span: Span) => string | null): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const { id, claims } of model.policies) {
    for (const { lastUpdate, lastUpdateSpan, evidence } of claims) {
      const place = placeText(evidence.span)
      // A partial that is read with several sets of props stands at one place.
      if (lastUpdate === null || !lastUpdateSpan || seen.has(place)) continue
      seen.add(place)
      const changed = changedOn(evidence.span)
      if (changed === null || changed <= lastUpdate) continue
      const written = changedOn(lastUpdateSpan)
      if (written === null || written >= changed) continue
      findings.push({
        ruleId: 'last-update-stale',
        message: `This line says ${lastUpdate}, but the policy below was changed on ${changed}. Write the day of the change.`,
        span: lastUpdateSpan,
        subject: id,
        ids: [lastUpdate],
        related: [{ ...placeOf(evidence.span), note: `changed on ${changed}` }],
      })
    }
  }
  return findings
}
