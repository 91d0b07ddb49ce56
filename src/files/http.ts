/**
 * Getting text from a server that nobody vouches for: bounded in time, size, redirects and retries, with one clear line for
 * every way in which it can fail. What goes to the server beside the address is one header, and that goes to one origin.
 */
import { UsageError } from './usage-error.ts'

export interface HttpSettings {
  header: { name: string; value: string }
  /** For one request and its whole answer, in milliseconds. */
  timeout: number
  /** Ends everything at once. */
  signal: AbortSignal
  /** The network, the passing of time in milliseconds, and the clock; for tests. */
  fetch?: typeof fetch
  wait?: (milliseconds: number) => Promise<void>
  now?: () => number
}

export interface HttpAnswer {
  status: number
  contentType: string
  /** Empty where `status` is no success. */
  text: string
}

/** Bytes, unpacked: of one answer, and of all answers to one client. */
const LARGEST_ANSWER = 16 * 1024 * 1024
const LARGEST_TOTAL = 128 * 1024 * 1024
const MOST_REDIRECTS = 5
const RETRIES_WHEN_BUSY = 5
const RETRIES_WHEN_BROKEN = 2
/** Milliseconds: for one wait, and for all waits of one client together. */
const LONGEST_WAIT = 60_000
const LONGEST_WAITING = 180_000

/** Reads from one origin: what it answers is bounded in size, and how long it is waited for in time. */
export class HttpClient {
  readonly #root: URL
  readonly #settings: HttpSettings
  #waited = 0
  #received = 0

  /** @param root an address from `rootAddress` */
  constructor(root: URL, settings: HttpSettings) {
    this.#root = root
    this.#settings = settings
  }

  /** The address that a path is read from, without its query: fit for a message. */
  addressOf(path: string): string {
    return this.#root.origin + this.#pathname(path)
  }

  /**
   * The answer to GET, after redirects within the origin and some retries.
   *
   * @param path from the root, with a leading slash
   * @param refusals statuses of 400 and above that the caller can make something of
   * @throws UsageError where there is no such answer
   */
  async get(path: string, query: Record<string, string>, refusals: readonly number[] = []): Promise<HttpAnswer> {
    const url = new URL(this.#root)
    url.pathname = this.#pathname(path)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const shown = this.addressOf(path)
    const retries = { busy: 0, broken: 0 }
    for (;;) {
      const { retryAfter, ...answer } = await this.#attempt(url, shown)
      const { status } = answer
      if ((status >= 200 && status < 300) || refusals.includes(status)) return answer
      const kind = status === 429 ? 'busy' : 'broken'
      const allowed = status === 429 ? RETRIES_WHEN_BUSY : status >= 500 ? RETRIES_WHEN_BROKEN : 0
      if (retries[kind] >= allowed) throw new UsageError(refusal(status, shown, retries[kind]))
      await this.#pause(retryAfter, retries[kind]++, status, shown)
    }
  }

  #pathname(path: string): string {
    return this.#root.pathname.replace(/(?<!\/)\/+$/, '') + path
  }

  async #attempt(start: URL, shown: string): Promise<HttpAnswer & { retryAfter: string | null }> {
    const { header, timeout, signal, fetch: request = fetch } = this.#settings
    const limit = AbortSignal.timeout(timeout)
    try {
      let url = start
      for (let redirects = 0; ; redirects++) {
        const response = await request(url, {
          headers: { accept: 'application/json', [header.name]: header.value },
          redirect: 'manual',
          signal: AbortSignal.any([signal, limit]),
        })
        const { status } = response
        const location = status >= 300 && status < 400 ? response.headers.get('location') : null
        if (status >= 200 && status < 300) {
          const contentType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
          return { status, contentType, text: await this.#textOf(response, shown), retryAfter: null }
        }
        await response.body?.cancel()
        if (location === null) {
          return { status, contentType: '', text: '', retryAfter: response.headers.get('retry-after') }
        }
        if (redirects === MOST_REDIRECTS) throw new UsageError(`${shown} redirects without end`)
        url = redirected(url, location, shown)
      }
    } catch (error) {
      if (error instanceof UsageError) throw error
      if (signal.aborted) throw new UsageError(`Stopped while reading ${shown}`)
      if (limit.aborted) {
        throw new UsageError(`${shown} gave no whole answer within ${timeout / 1000} s; --timeout SECONDS allows more`)
      }
      throw new UsageError(`${shown} can't be read: ${reasonOf(error)}`)
    }
  }

  /** The body as UTF-8, read no further than the limits. */
  async #textOf(response: Response, shown: string): Promise<string> {
    const parts: Uint8Array[] = []
    const limit = Math.min(LARGEST_ANSWER, LARGEST_TOTAL - this.#received)
    let size = 0
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > limit) {
        const bound = limit < LARGEST_ANSWER ? LARGEST_TOTAL : LARGEST_ANSWER
        throw new UsageError(`${shown} sends more than ${bound / 1024 / 1024} MiB: not read further`)
      }
      parts.push(part)
    }
    this.#received += size
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
    } catch {
      throw new UsageError(`${shown} answers with text that is no UTF-8`)
    }
  }

  async #pause(retryAfter: string | null, attempt: number, status: number, shown: string): Promise<void> {
    const { wait = sleep, now = Date.now, signal } = this.#settings
    const time = delayOf(retryAfter, now()) ?? 1000 * 2 ** attempt
    if (time > LONGEST_WAIT || this.#waited + time > LONGEST_WAITING) {
      throw new UsageError(
        `${shown} answers ${status} and asks to wait ${Math.ceil(time / 1000)} s: run this again later`,
      )
    }
    this.#waited += time
    await wait(time)
    if (signal.aborted) throw new UsageError(`Stopped while waiting for ${shown}`)
  }
}

/**
 * The address that a command line gives, fit to send a key to: absolute, without credentials, query and fragment, and
 * encrypted unless it is this machine's own. Throws a UsageError otherwise; no message repeats what is refused.
 */
export function rootAddress(text: string, allowHttp: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new UsageError('--url takes an address such as https://api.example.com')
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('--url holds credentials: leave them out, the key comes from the environment (--api-key-env)')
  }
  if (url.search !== '' || url.hash !== '') throw new UsageError('--url takes the root of the API: leave out ? and #')
  if (url.protocol === 'http:' && !allowHttp && !isOwnMachine(url.hostname)) {
    throw new UsageError(`${url.origin} would be sent the key unencrypted: use https://, or --allow-http`)
  }
  return url
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function redirected(from: URL, location: string, shown: string): URL {
  if (!URL.canParse(location, from.href)) throw new UsageError(`${shown} redirects to no address`)
  const to = new URL(location, from.href)
  if (to.origin !== from.origin || to.username !== '' || to.password !== '') {
    throw new UsageError(`${shown} redirects to another origin (${to.origin}): the key was not sent there`)
  }
  return to
}

function refusal(status: number, shown: string, retries: number): string {
  const tried = retries === 0 ? '' : ` after ${retries} ${retries === 1 ? 'retry' : 'retries'}`
  switch (status) {
    case 401:
      return `${shown} refuses the key (401): is it right, whole and not expired?`
    case 403:
      return `${shown} refuses the key (403): it may not read this`
    case 404:
      return `${shown} is not there (404): does --url name the root of the API?`
    case 429:
      return `${shown} still answers 429, too many requests,${tried}: run this again later`
  }
  return status >= 500
    ? `${shown} fails with ${status}${tried}: the fault is on its side; run this again later`
    : `${shown} answers ${status}, which is no answer to work with`
}

/** Milliseconds that a Retry-After header asks for: seconds or a date (RFC 9110, 10.2.3); `null` for neither. */
function delayOf(header: string | null, now: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name can not be looked up at present',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it broke the connection off',
  UND_ERR_SOCKET: 'it broke the connection off',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'the host is out of reach',
  ENETUNREACH: 'the network is out of reach',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** Why a request failed, from the error's code alone: messages may repeat what was sent. */
function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === null) return 'the request failed'
  const reason = REASONS[code]
  if (reason !== undefined) return `${reason} (${code})`
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    return `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names a file of further authorities`
  }
  return /SSL|TLS|EPROTO/.test(code) ? `it speaks no TLS that fits (${code})` : code
}

/** The code of an error or of what caused it; the first of several. */
function codeOf(error: unknown): string | null {
  let current: unknown = error
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    const { code } = current as { code?: unknown }
    if (typeof code === 'string' && /^[A-Z0-9_]{2,50}$/.test(code)) return code
    current = current instanceof AggregateError ? current.errors[0] : current.cause
  }
  return null
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
