/** What words beside a mark or a level say of it: how far it goes, and what a “no” leaves. */

/** Words that bound nothing: “✅ Full”, “✅ (all)”. */
const WITHOUT_BOUNDS = /^(?:all|everything|full(?: access)?)$/i

export function isWithoutBounds(note: string): boolean {
  return WITHOUT_BOUNDS.test(note.trim())
}

const OWN = String.raw`(?:(?:for|in|of|on|to|with) )?(?:(?:her|his|its|my|our|the|their|your) )?own\b(?: [\p{L}-]{1,30}){0,3}`
const ASSIGNED = String.raw`(?:for |in |of |on |to )?assigned\b(?: [\p{L}-]{1,30}){0,2}`
const SELF = '(?:for )?(?:self|themsel(?:f|ves)|yourself)'
/** Whose alone it is: “own only”, “only their own docks”. Who else may (“owners only”) leaves nothing. */
const WHOSE = [OWN, ASSIGNED, SELF].flatMap((whose) => [
  new RegExp(`^(?:only|just)(?: the)? ${whose}$`, 'iu'),
  new RegExp(`^${whose} only$`, 'iu'),
])
const ONLY_IF = /^only (?:after|during|if|once|when|while)\s/i
const UNLESS =
  /^(?:unless|except(?: for)?(?= (?:(?:for|in|of|on|to|with) )?(?:(?:her|his|its|their|your) )?own\b| if\b| when\b))\s/i

/** The condition under which what a mark refuses is allowed all the same: of “❌ (own only)” that it is one's own; `null` where the note says none. */
export function exceptionIn(note: string): string | null {
  const text = note.replace(/\.$/, '')
  if (ONLY_IF.test(text) || WHOSE.some((whose) => whose.test(text))) return note
  // By itself it would say when what is granted is not.
  return UNLESS.test(text) ? `no, ${note}` : null
}
