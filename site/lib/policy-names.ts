/** What a policy is called where it stands among others: commands and snippets often make several of one title. */
import type { Policy } from '../../src/model/dataset.ts'
import type { Version } from './version.ts'

const known = new WeakMap<Version, ReadonlySet<string>>()

/** Titles that several policies have. */
export function namedTwice(version: Version): ReadonlySet<string> {
  let twice = known.get(version)
  if (!twice) {
    const seen = new Set<string>()
    twice = new Set(version.data.policies.flatMap(({ title }) => (seen.size < seen.add(title).size ? [] : [title])))
    known.set(version, twice)
  }
  return twice
}

/** Its title, with what tells it apart where another policy has the same. */
export function policyName(version: Version, { id, title, variant }: Policy): string {
  return namedTwice(version).has(title) ? `${title} (${variant ?? id})` : title
}
