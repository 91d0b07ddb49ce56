/** A static host as Netlify and Cloudflare Pages are one: the site under a sub-path, with the headers that `_headers` asks for. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import type { Served } from './serve.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
}

/** Rules of a `_headers` file in order: a path that may end with `*`, or hold it, and headers. */
export function headerRules(text: string): { pattern: RegExp; headers: [string, string][] }[] {
  const rules: { pattern: RegExp; headers: [string, string][] }[] = []
  for (const line of text.split('\n')) {
    if (/^\s*$/.test(line)) continue
    if (/^\S/.test(line)) {
      const pattern = line.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      rules.push({ pattern: new RegExp(`^${pattern.join('.*')}$`), headers: [] })
    } else {
      const at = line.indexOf(':')
      rules.at(-1)?.headers.push([line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()])
    }
  }
  return rules
}

export async function staticHost(folder: string, base: string): Promise<Served> {
  const rules = headerRules(readFileSync(join(folder, '_headers'), 'utf8'))
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null
    let file = inside === null ? '' : normalize(join(folder, inside))
    if (!(file === folder || file.startsWith(folder + sep) || `${file}${sep}` === `${folder}${sep}`)) file = ''
    if (file !== '' && existsSync(file) && statSync(file).isDirectory()) {
      if (!pathname.endsWith('/')) return void response.writeHead(301, { location: `${pathname}/` }).end()
      file = join(file, 'index.html')
    }
    const found = file !== '' && existsSync(file)
    const headers = Object.fromEntries(
      rules.filter(({ pattern }) => pattern.test(pathname)).flatMap(({ headers }) => headers),
    )
    const body = found ? file : join(folder, '404.html')
    response.writeHead(found ? 200 : 404, {
      'content-type': TYPES[extname(body)] ?? 'application/octet-stream',
      ...headers,
    })
    response.end(readFileSync(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
