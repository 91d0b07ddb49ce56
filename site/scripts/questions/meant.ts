/** Permissions that somebody asks for in words of their own: “delete cluster”, “remove a clustr”. */

import type { SiteFacts } from '../../lib/facts-file.ts'
import type { SearchEntry } from '../../lib/search-index.ts'
import { matchEntries } from '../search-match.ts'
import { mended } from '../search-near.ts'

/** How many are offered. */
const MOST = 5

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
