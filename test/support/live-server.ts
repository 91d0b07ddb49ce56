/** A system to reconcile with: an HTTP server on this machine that pages as the real one does, and misbehaves on request. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Dataset } from '../../src/model/dataset.ts'

export const KEY = 'k3y-Wh1ch-Must-Not-Be-Seen'

export interface LiveRole {
  metadata: { name: string; uid: string; annotations: { scope: string } }
  spec: { permissions: string[]; scope: string; type: string }
}

export interface LiveState {
  roles: LiveRole[]
  /** What may be granted, by scope and by name of the component. */
  permissions: Map<string, { name: string; permissions: string[]; scope: string }[]>
}

/** What a system would serve in which everything is as a dataset says. */
export function stateOf(dataset: Dataset, scopes: readonly string[]): LiveState {
  const roles = dataset.roles.filter(({ scope }) => scopes.includes(scope))
  const permissions: LiveState['permissions'] = new Map()
  for (const scope of scopes) {
    const named = new Set([
      ...roles
        .filter((role) => role.scope === scope)
        .flatMap(({ grants }) => grants.map(({ permission }) => permission)),
      ...dataset.catalogues.filter((list) => list.scope === scope).flatMap((list) => list.permissions),
    ])
    const components = Map.groupBy([...named].sort().reverse(), (id) => id.split('.')[0] as string)
    permissions.set(
      scope,
      [...components].map(([name, list]) => ({ name, permissions: list, scope })),
    )
  }
  const items = roles.map(({ name, scope, permissions }, index) => liveRole(name, scope, permissions, `uid-${index}`))
  return { roles: items.reverse(), permissions }
}

export function liveRole(name: string, scope: string, permissions: string[], uid: string, type = 'system'): LiveRole {
  return { metadata: { name, uid, annotations: { scope } }, spec: { permissions: [...permissions], scope, type } }
}

export interface Seen {
  url: string
  key: string | undefined
}

/** Answers in place of the server where it returns `true`. `count` is the number of requests so far, this one among them. */
export type Twist = (request: IncomingMessage, response: ServerResponse, count: number) => boolean

export interface LiveServer {
  url: string
  seen: Seen[]
  close: () => Promise<void>
}

export interface LiveOptions {
  /** By which it gives further pages; the real one takes either. */
  paging?: 'offset' | 'continue'
  twist?: Twist
  key?: string
}

/** Starts a server on a free port of this machine. */
export async function liveServer(state: LiveState, options: LiveOptions = {}): Promise<LiveServer> {
  const { paging = 'offset', twist, key = KEY } = options
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const given = request.headers.apikey
    seen.push({ url: request.url ?? '', key: typeof given === 'string' ? given : undefined })
    if (twist?.(request, response, seen.length)) return
    const url = new URL(request.url ?? '', 'http://localhost')
    if (given !== key) return answer(response, 401, { code: 'Unauthorized' })
    if (url.pathname === '/v1/roles') return answer(response, 200, pageOf(state.roles, url.searchParams, paging))
    if (url.pathname === '/v1/permissions') {
      const list = state.permissions.get(url.searchParams.get('scope') ?? '')
      return list ? answer(response, 200, list) : answer(response, 422, { code: 'InvalidScope' })
    }
    return answer(response, 404, {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function answer(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}

/** A page as the real system gives it; more than 50 are never given. */
export function pageOf(roles: readonly LiveRole[], query: URLSearchParams, paging: 'offset' | 'continue') {
  const token = query.get('continue')
  const offset = token === null ? Number(query.get('offset') ?? 0) : Number(token.replace('token-', ''))
  const limit = Math.min(50, Number(query.get('limit') ?? 50))
  const items = roles.slice(offset, offset + limit)
  const next = offset + items.length
  const more = paging === 'continue' && next < roles.length ? `token-${next}` : ''
  return { items, listmeta: { continue: more, count: roles.length, limit: items.length, offset: next } }
}
