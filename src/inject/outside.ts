/** What a page says outside of its regions, which is its author's: writing a region must not change it. */
import type { PolicyClaim } from '../parse/claim.ts'
import type { Region } from './markers.ts'
import { isIn, type PageReading } from './said.ts'

interface Statement {
  /** The id of the role or policy, for messages. */
  subject: string
  count: number
  /** Whether it may come to be said by what another block says: it is no change of what stands here. */
  mayAppear: boolean
}

/** Statements by what they say, wherever they stand. */
export type Outside = ReadonlyMap<string, Statement>

/** What is said of roles and policies in no one of these regions. */
export function outsideOf(reading: PageReading, regions: readonly Region[]): Outside {
  const statements = new Map<string, Statement>()
  const isOutside = ({ line }: { line: number }) => !regions.some((region) => isIn(region, line))
  const add = (subject: string, said: unknown, mayAppear = false) => {
    const key = JSON.stringify(said)
    const known = statements.get(key) ?? { subject, count: 0, mayAppear: true }
    statements.set(key, { subject, count: known.count + 1, mayAppear: known.mayAppear && mayAppear })
  }
  for (const { id, grants, blocks } of reading.model.roles) {
    if (blocks.some(({ evidence }) => isOutside(evidence.span))) add(id, [id], true)
    for (const { permission, effect, note, evidence } of grants) {
      // Of spellings that differ in case the one that most grants use counts, so it is nothing that one block says.
      if (isOutside(evidence.span))
        add(id, [id, permission.toLowerCase(), effect, note], reading.waitsForResource(evidence.span))
    }
  }
  for (const { id, claims } of reading.model.policies)
    for (const claim of claims) if (isOutside(claim.evidence.span)) add(id, contentOf(claim))
  return statements
}

/** Without its id: that of a policy is qualified where another one has its name. */
function contentOf(claim: PolicyClaim): unknown {
  const { block, provider, policyKind, title, variant, statements, document } = claim
  const names = block.names.map(({ text }) => text)
  return [names, provider, policyKind, title, variant, statements.map(({ evidence, parts, ...said }) => said), document]
}

/** Of whom something is said no more, or, where all is still said, of whom more is; each once, in order of the page's model. */
export function changedOutside(before: Outside, after: Outside): string[] {
  const moreOf = (some: Outside, others: Outside) =>
    [...some].filter(([key, { count }]) => (others.get(key)?.count ?? 0) < count).map(([, statement]) => statement)
  const lost = moreOf(before, after)
  const changed = lost.length > 0 ? lost : moreOf(after, before).filter(({ mayAppear }) => !mayAppear)
  return [...new Set(changed.map(({ subject }) => subject))]
}
