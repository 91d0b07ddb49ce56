/** Where the site shows what. */
import type { Settings } from './schema.ts'

/**
 * The address of something on the site: a whole one where the config says where the site stands, else one of its host.
 *
 * @param path relative to the site's base: `rules/duplicate-row/`
 */
export function siteAddress(path: string, { url, base }: Settings['site']): string {
  return url === null ? `${base}${path}` : new URL(`${base.slice(1)}${path}`, url.endsWith('/') ? url : `${url}/`).href
}
