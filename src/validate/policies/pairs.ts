/** Policies that differ in one word of their ids, such as `static` and `dynamic`, and what one allows beyond the other. */
import type { PolicyEntity } from '../../model/model.ts'
import { actionsOf, type PlacedAction, sameAction } from './statements.ts'
import { covers } from './wildcard.ts'

/** The words that part a pair where no option says others: the one that asks for less, and the one that may ask for more. */
export const LESS = 'static'
export const MORE = 'dynamic'

/** The policy of the same provider that has `other` where this one's id has `word`; `null` where one of them has `NotAction`. */
export function partnerOf(
  policy: PolicyEntity,
  word: string,
  other: string,
  byId: ReadonlyMap<string, PolicyEntity>,
): PolicyEntity | null {
  const id = withWord(policy.id, word, other)
  const partner = id === null ? undefined : byId.get(id)
  if (!partner || partner.policy.provider !== policy.policy.provider) return null
  return isPlain(policy) && isPlain(partner) ? partner : null
}

/** What a policy allows and another does not, whatever the resource; a pattern covers what it fits. */
export function actionsBeyond(policy: PolicyEntity, other: PolicyEntity): PlacedAction[] {
  const { provider } = policy.policy
  const given = allowedBy(other).map(({ action }) => action)
  const exact = new Set(given.map((action) => sameAction(provider, action)))
  const patterns = given.filter((action) => action.includes('*'))
  return allowedBy(policy).filter(
    ({ action }) => !exact.has(sameAction(provider, action)) && !patterns.some((pattern) => covers(pattern, action)),
  )
}

/** An id with one word in the place of another; `null` where it does not have the word, or has it twice. */
function withWord(id: string, word: string, other: string): string | null {
  const parts = id.split(/([-/])/)
  const at = parts.indexOf(word)
  return at < 0 || at !== parts.lastIndexOf(word) ? null : parts.with(at, other).join('')
}

function isPlain({ claims }: PolicyEntity): boolean {
  return claims.every(({ statements }) => statements.every(({ notActions }) => notActions.length === 0))
}

function allowedBy({ claims }: PolicyEntity): PlacedAction[] {
  return claims.flatMap(({ statements }) =>
    statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => actionsOf(statement)),
  )
}
