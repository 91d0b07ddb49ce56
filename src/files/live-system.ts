/** Reads the roles and permissions of a running system over its HTTP API, all of them or none. */

import { addAll } from '../lists.ts'
import type { LiveSystemSettings } from '../settings/schema.ts'
import { plural } from '../text.ts'
import { sha256 } from './hash.ts'
import { HttpClient, type HttpSettings } from './http.ts'
import { UsageError } from './usage-error.ts'

const MOST_ROLES = 20_000
const MOST_PAGES = 1_000
/** What a server may say to a scope that it does not know. */
const UNKNOWN_SCOPE = [400, 404, 422]

/** One running system; what it answers is checked against what it says of itself. */
export class LiveSystem {
  readonly #client: HttpClient
  readonly #settings: LiveSystemSettings

  constructor(root: URL, settings: LiveSystemSettings, http: HttpSettings) {
    this.#client = new HttpClient(root, http)
    this.#settings = settings
  }

  /**
   * The items of all pages of `{ items, listmeta: { count, continue } }`. A page is asked for by the token of the one before
   * where that gave one, else by the number of roles received.
   *
   * @throws UsageError for a page that is no such object, that was received before, and where the pages together hold
   *   another number of roles than they say
   */
  async roles(): Promise<unknown[]> {
    const { rolesPath, pageSize } = this.#settings
    const shown = this.#client.addressOf(rolesPath)
    const items: unknown[] = []
    const pages = new Set<string>()
    const tokens = new Set<string>()
    let query: Record<string, string> = { offset: '0' }
    for (;;) {
      const { value, text } = await this.#json(rolesPath, { limit: String(pageSize), ...query })
      const page = pageOf(value)
      if (typeof page === 'string') throw new UsageError(`${shown}, page ${pages.size + 1}: ${page}`)
      const hash = sha256(text)
      if (page.items.length > 0 && pages.has(hash)) {
        throw new UsageError(`${shown} answers with the same page twice: it does not page as asked`)
      }
      pages.add(hash)
      addAll(items, page.items)
      if (items.length > MOST_ROLES || (page.count ?? 0) > MOST_ROLES || pages.size > MOST_PAGES) {
        throw new UsageError(`${shown} lists more than ${MOST_ROLES} roles: not read further`)
      }
      const { token } = page
      if (token !== null) {
        if (tokens.has(token)) throw new UsageError(`${shown} gives the same \`continue\` twice: its pages have no end`)
        tokens.add(token)
        query = { continue: token }
        continue
      }
      // Without a count only an empty page says that there are no more.
      const isLast = tokens.size > 0 || page.items.length === 0 || (page.count !== null && items.length >= page.count)
      if (isLast) {
        if (page.count !== null && page.count !== items.length) {
          throw new UsageError(
            `${shown} says that it has ${plural(page.count, 'role')}, and sent ${items.length}: run this again`,
          )
        }
        return items
      }
      query = { offset: String(items.length) }
    }
  }

  /**
   * The items of the bare array of a scope's permissions.
   *
   * @param required whether the system must know the scope; else `null` is the answer where it does not
   */
  async permissions(scope: string, required: boolean): Promise<unknown[] | null> {
    const { permissionsPath, scopeParameter } = this.#settings
    const shown = `${this.#client.addressOf(permissionsPath)} for \`${scope}\``
    const { status, value } = await this.#json(permissionsPath, { [scopeParameter]: scope }, UNKNOWN_SCOPE)
    if (status >= 400 && !required) return null
    if (status >= 400) throw new UsageError(`${shown} answers ${status}: it knows no such scope, or --url names no API`)
    if (!Array.isArray(value)) throw new UsageError(`${shown}: an array was expected, not ${kindOf(value)}`)
    return value
  }

  async #json(path: string, query: Record<string, string>, refusals: readonly number[] = []) {
    const { status, text, contentType } = await this.#client.get(path, query, refusals)
    if (status >= 400) return { status, text, value: null }
    try {
      return { status, text, value: JSON.parse(text) as unknown }
    } catch {
      const type = /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? ` (${contentType})` : ''
      const hint = contentType === 'text/html' ? ': does --url name the root of the API?' : ': the page is broken'
      throw new UsageError(`${this.#client.addressOf(path)} answers with no JSON${type}${hint}`)
    }
  }
}

interface Page {
  items: unknown[]
  count: number | null
  token: string | null
}

/** A page, or what is wrong with it. */
function pageOf(value: unknown): Page | string {
  if (!isObject(value)) return `an object was expected, not ${kindOf(value)}`
  const { items, listmeta = null } = value
  if (!Array.isArray(items)) return `\`items\` is no list, but ${kindOf(items)}`
  if (listmeta === null) return { items, count: null, token: null }
  if (!isObject(listmeta)) return `\`listmeta\` is no object, but ${kindOf(listmeta)}`
  const { count = null, continue: token = null } = listmeta
  if (count !== null && !(Number.isSafeInteger(count) && (count as number) >= 0)) {
    return '`listmeta.count` is no number of roles'
  }
  if (token !== null && typeof token !== 'string') return `\`listmeta.continue\` is no text, but ${kindOf(token)}`
  return { items, count: count as number | null, token: token === '' ? null : token }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}
