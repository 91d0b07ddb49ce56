import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeWhole } from '../../files/atomic.ts'
import { findConfig, loadConfig } from '../../files/config.ts'
import { type HttpSettings, rootAddress } from '../../files/http.ts'
import { LiveSystem } from '../../files/live-system.ts'
import { UsageError } from '../../files/usage-error.ts'
import { codeOf } from '../../files/write-error.ts'
import type { Dataset } from '../../model/dataset.ts'
import { reconcile } from '../../reconcile/reconcile.ts'
import { fromDump, type Made, type System, systemPermissions, systemRoles, toDump } from '../../reconcile/system.ts'
import { printable } from '../../report/printable.ts'
import { resolveSettings } from '../../settings/defaults.ts'
import type { LiveSystemSettings } from '../../settings/schema.ts'
import { toJson } from '../../text.ts'
import { openDatasets } from '../datasets.ts'
import { reconciliationJson, reconciliationText } from '../reconcile-text.ts'
import { say } from '../report-output.ts'
import type { Terminal } from '../terminal.ts'

export interface ReconcileOptions {
  url?: string
  apiKeyEnv?: string
  data?: string
  docsVersion?: string
  scope: string[]
  /** Seconds. */
  timeout: number
  allowHttp?: boolean
  dump?: string
  from?: string
  json?: boolean
}

/** Bytes of a dump. */
const LARGEST_DUMP = 64 * 1024 * 1024
const LONGEST_TIMEOUT = 600
/** A shorter text may stand in any name. */
const SHORTEST_SECRET = 8

/**
 * Compares the documentation with a running system, or with a dump of one: 0 where they agree on all that was compared, 1
 * where they do not. What keeps from comparing is a UsageError. The key is sent in one header, and shown nowhere.
 */
export async function reconcileCommand(options: ReconcileOptions, terminal: Terminal): Promise<number> {
  const live = options.from === undefined ? liveFrom(options, terminal) : offline(options)
  const conceal = live ? concealing(live.key) : (text: string) => text
  try {
    const { datasets, settings } = await openDatasets(options.data, terminal.cwd, options.docsVersion)
    const docs = datasets[0]
    if (!docs || docs.roles.length === 0)
      throw new UsageError('The documentation names no role: there is nothing to compare')
    const own = (settings ?? (await settingsHere(terminal.cwd))).liveSystem
    const scopes = options.scope.length > 0 ? options.scope : own.scopes
    const system = live
      ? await readLive(live, { ...own, scopes }, docs, terminal)
      : await readDump(options.from as string, terminal.cwd)
    if (options.dump !== undefined)
      await writeWhole(resolve(terminal.cwd, options.dump), conceal(toJson(toDump(system))), options.dump)
    mustServe(system, scopes)
    const result = reconcile(docs, system, scopes)
    if (result.scopes.every(({ roles }) => roles.docs === 0)) {
      throw new UsageError(
        'The documentation names no role in a scope that the system serves: there is nothing to compare',
      )
    }
    const of = { docs, origin: system.origin, others: system.others, versions: datasets.length }
    if (options.json) terminal.out(conceal(toJson(reconciliationJson(result, of))))
    else say(conceal(reconciliationText(result, of)), terminal)
    return result.agreement ? 0 : 1
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(conceal(printable(error.message)))
  }
}

interface Live {
  root: URL
  key: string
  timeout: number
}

function liveFrom({ url, apiKeyEnv, timeout, allowHttp = false }: ReconcileOptions, { env }: Terminal): Live {
  if (url === undefined) {
    throw new UsageError('Say what to compare with: --url URL --api-key-env NAME, or --from FILE for what --dump wrote')
  }
  if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
    throw new UsageError(`--timeout takes 1 to ${LONGEST_TIMEOUT} seconds`)
  }
  const root = rootAddress(url, allowHttp)
  if (apiKeyEnv === undefined) {
    throw new UsageError('--api-key-env NAME is missing: the environment variable that holds the key')
  }
  return { root, key: keyFrom(apiKeyEnv, env), timeout: timeout * 1000 }
}

/** Who gives a key in place of a variable's name does not see it again. */
function keyFrom(name: string, env: Terminal['env']): string {
  const shown = /^(?:[A-Z_][A-Z0-9_]*|[A-Za-z_]+)$/.test(name) ? `The environment variable ${name}` : null
  const key = (Object.hasOwn(env, name) ? (env[name] ?? '') : '').trim()
  if (key === '') {
    throw new UsageError(
      shown
        ? `${shown} is not set, or is empty`
        : '--api-key-env takes the name of an environment variable that is set',
    )
  }
  if (!/^[\x21-\x7E]+$/.test(key)) {
    throw new UsageError(
      `${shown ?? 'The key'} holds characters that no key has: spaces, line breaks or accented letters`,
    )
  }
  return key
}

function offline({ url, apiKeyEnv, dump }: ReconcileOptions): null {
  const other = Object.entries({ '--url': url, '--api-key-env': apiKeyEnv, '--dump': dump }).find(([, value]) => value)
  if (other) throw new UsageError(`--from reads a file in place of a system: leave out ${other[0]}`)
  return null
}

/** A text without the key, should the system send it back. */
function concealing(key: string): (text: string) => string {
  const spellings = [key, JSON.stringify(key).slice(1, -1)].filter(({ length }) => length >= SHORTEST_SECRET)
  return (text) => spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[key]'), text)
}

async function settingsHere(cwd: string) {
  const config = findConfig(cwd)
  return config === null ? resolveSettings() : (await loadConfig(config)).settings
}

async function readLive(live: Live, own: LiveSystemSettings, docs: Dataset, terminal: Terminal): Promise<System> {
  const http: HttpSettings = {
    header: { name: own.header, value: live.key },
    timeout: live.timeout,
    signal: terminal.signal,
  }
  const origin = live.root.origin + live.root.pathname.replace(/(?<!\/)\/+$/, '')
  const api = new LiveSystem(live.root, own, http)
  const { roles, others } = made(systemRoles(await api.roles(), own.builtInType), `${origin}${own.rolesPath}`)
  const known = new Set([...roles.map(({ scope }) => scope), ...(own.scopes ?? [])])
  const inDocs = own.scopes ? [] : [...docs.roles, ...docs.catalogues].map(({ scope }) => scope)
  const permissions: System['permissions'] = new Map()
  for (const scope of [...new Set([...known, ...inDocs])].sort()) {
    if (own.scopes && !own.scopes.includes(scope)) continue
    const items = await api.permissions(scope, known.has(scope))
    permissions.set(
      scope,
      items && made(systemPermissions(items, scope), `${origin}${own.permissionsPath} for \`${scope}\``),
    )
  }
  return { origin, roles, others, permissions }
}

async function readDump(file: string, cwd: string): Promise<System> {
  const path = resolve(cwd, file)
  let value: unknown
  try {
    const info = await stat(path)
    if (!info.isFile()) throw new UsageError(`${file} is no file`)
    if (info.size > LARGEST_DUMP) throw new UsageError(`${file} is larger than ${LARGEST_DUMP / 1024 / 1024} MiB`)
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof SyntaxError) throw new UsageError(`${file} is no JSON: was it written by --dump?`)
    throw new UsageError(`${file} can't be read (${codeOf(error) ?? 'unknown'})`)
  }
  return made(fromDump(value), `${file} is no dump of a system`)
}

/** A scope that was asked for by name and that nothing was read of is no agreement. */
function mustServe(system: System, scopes: readonly string[] | null): void {
  const missing = (scopes ?? []).find(
    (scope) => !system.permissions.get(scope) && !system.roles.some((role) => role.scope === scope),
  )
  if (missing !== undefined)
    throw new UsageError(
      `Nothing was read of scope \`${missing}\`: ${system.origin} has neither roles nor permissions of it`,
    )
}

function made<T>(result: Made<T>, what: string): T {
  if ('value' in result) return result.value
  throw new UsageError(`${what}: ${result.problem}`)
}
