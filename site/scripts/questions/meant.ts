/** Permissions that somebody asks for in words of their own: “delete cluster”, “remove a clustr”. */

import type { SiteFacts } from '../../lib/facts-file.ts'
import type { SearchEntry } from '../../lib/search-index.ts'
import { matchEntries } from '../search-match.ts'
import { mended } from '../search-near.ts'
import { askedWords, usualVerb, wordsOf } from '../search-words.ts'

/** How many are offered. */
const MOST = 5

/** The words of each permission's names, without order. */
const known = new WeakMap<SiteFacts, Map<string, string[]>>()

/** Ids of the permissions that a text names in words and says nothing else: “who can remove a cluster”. */
export function permissionsSaid(facts: SiteFacts, text: string): string[] {
  let named = known.get(facts)
  if (!named) {
    named = new Map()
    const titles = new Map(facts.resources.map(({ id, title }) => [id, title]))
    for (const { id, title, resource, operation } of facts.permissions) {
      const names = resource !== null && operation !== null ? [id, `${titles.get(resource)} ${operation}`] : []
      if (title) names.push(title)
      for (const key of new Set(names.map((name) => unordered(wordsOf(name).map(usualVerb)))))
        named.set(key, [...(named.get(key) ?? []), id])
    }
    known.set(facts, named)
  }
  const { full } = askedWords(text)
  return full.length > 1 ? (named.get(unordered(full)) ?? []) : []
}

function unordered(words: readonly string[]): string {
  return [...new Set(words)].sort().join(' ')
}

/** Ids of permissions whose names have the words of a text, the nearest first; of what it was meant to be where none has. */
export function permissionsInWords(facts: SiteFacts, text: string): string[] {
  const titles = new Map(facts.resources.map(({ id, title }) => [id, title]))
  const entries = facts.permissions.map(({ id, title, resource, operation }): SearchEntry => {
    const called = resource === null || operation === null ? [] : [`${titles.get(resource) ?? resource} ${operation}`]
    return ['permission', id, '', '', [...called, ...(title ? [title] : [])]]
  })
  const found = matchEntries(entries, text)
  const meant = found.length === 0 ? mended(entries, text) : null
  return (meant === null ? found : matchEntries(entries, meant)).slice(0, MOST).map(([, id]) => id)
}
