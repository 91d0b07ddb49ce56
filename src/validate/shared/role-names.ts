/** Names of roles, compared by their words. */
import { wordsOf } from '../../parse/words/vocabulary.ts'
import type { Settings } from '../../settings/schema.ts'
import { singular } from '../../text.ts'

/**
 * What a name has in common with its other spellings: case, hyphens, spaces and plurals aside. `Tenants Cluster-Admin` and
 * `tenant cluster admin` are one; `C` and `C++` are two.
 */
export function nameKey(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_\-–—./'’]+/)
    .filter((word) => word !== '')
    .map(singular)
    .join(' ')
}

/** The same for rows of role tables, which may add `role`, or a remark in parentheses: `Cluster Admin Role (default)`. */
export function listedKey(name: string): string {
  const [bare = ''] = name.split(/[([]/, 1)
  return nameKey(bare.trim() === '' ? name : bare).replace(/ role$/, '')
}

/** The words of a role's name without the one that gives its level: what it is an admin or a viewer of. */
export function subjectWords(name: string, settings: Settings): string {
  const words = wordsOf(name)
  const levels = new Set(Object.values(settings.vocabulary.levels).flat())
  const level = words.findLastIndex((word) => levels.has(word))
  return words
    .filter((_, i) => i !== level)
    .map(singular)
    .join(' ')
}
