/** Roles that a list in running text describes, by the names that tables and headings of its page give them. */
import type { RoleClaim } from '../parse/claim.ts'
import { wordsOf } from '../parse/words/vocabulary.ts'
import { singular } from '../text.ts'

/** A role as far as it is known by its name. */
interface Named {
  name: string
  scope: string
  nameEvidence: { span: { path: string } }
}

/**
 * The role that each row of lists describes by a longer name than the page has for it elsewhere: “Fleet Admins” is `Admin` where one
 * role of the page and scope is called so, no other row of the list means it, and none of any list is called just so. The others are
 * roles of their own.
 */
export function shortNames<Role extends Named>(
  claims: readonly RoleClaim[],
  roles: Iterable<Role>,
  scopeOf: (claim: RoleClaim) => string,
): Map<RoleClaim, Role> {
  const byName = new Map<string, Role>()
  if (claims.length > 0) for (const role of roles) byName.set(keyOf(role, wordsOf(role.name)), role)
  const found = new Map<RoleClaim, Role>()
  const meant = new Map<string, RoleClaim[]>()
  const exact = new Set<string>()
  const longer = new Map<RoleClaim, string>()
  for (const claim of claims) {
    const { path } = claim.evidence.span
    const words = wordsOf(claim.name)
    const about = { scope: scopeOf(claim), nameEvidence: claim.evidence }
    const keys = words.map((_, i) => keyOf(about, words.slice(i)))
    const key = keys.find((candidate) => byName.has(candidate))
    if (key === undefined) continue
    found.set(claim, byName.get(key) as Role)
    if (key === keys[0]) exact.add(key)
    else longer.set(claim, key)
    const list = JSON.stringify([path, claim.block.evidence.span.line, key])
    meant.set(list, [...(meant.get(list) ?? []), claim])
  }
  for (const [claim, key] of longer) if (exact.has(key)) found.delete(claim)
  for (const rows of meant.values()) if (rows.length > 1) for (const row of rows) found.delete(row)
  return found
}

function keyOf({ scope, nameEvidence }: Omit<Named, 'name'>, words: readonly string[]): string {
  return JSON.stringify([nameEvidence.span.path, scope, words.map(singular)])
}
