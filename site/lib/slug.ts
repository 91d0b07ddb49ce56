/** URL slugs for ids: as published files are named, and apart from the site's own routes. */
import { slugsOf as namesOf, RESERVED } from '../../src/export/slug.ts'

export { readable } from '../../src/export/slug.ts'

const ROUTES: ReadonlySet<string> = new Set([...RESERVED, 'actions', 'builder', 'page'])

/** One slug for each id (see `src/export/slug.ts`); the site's own routes are nobody's. */
export function slugsOf(ids: Iterable<string>, reserved: ReadonlySet<string> = ROUTES): Map<string, string> {
  return namesOf(ids, reserved)
}
