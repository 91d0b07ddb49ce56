/** A small static server for the built site, on a free port of this machine. */
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

export interface Served {
  origin: string
  close(): Promise<void>
}

/** Longer than the browser takes for a frame, so that each piece is shown before the next comes. */
const PAUSE = 35

async function* inPieces(body: Buffer, size: number) {
  for (let start = 0; start < body.length; start += size) {
    yield body.subarray(start, start + size)
    await setTimeout(PAUSE)
  }
}

/**
 * Serves a folder as a plain web server does: `index.html` in folders, a redirect to the slash, `404.html` for the rest.
 * With `pieces` in bytes, documents come in pieces with a pause after each, as on a slow line.
 */
export async function serve(folder: string, { pieces }: { pieces?: number } = {}): Promise<Served> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = normalize(join(folder, decodeURIComponent(pathname)))
    if (path !== folder && !path.startsWith(folder + sep)) return void response.writeHead(403).end()
    const info = await stat(path).catch(() => null)
    if (info?.isDirectory() && !pathname.endsWith('/'))
      return void response.writeHead(301, { location: `${pathname}/` }).end()
    const file = info?.isDirectory() ? join(path, 'index.html') : path
    const body = await readFile(file).catch(() => null)
    if (body) {
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      if (pieces && extname(file) === '.html') Readable.from(inPieces(body, pieces)).pipe(response)
      else response.end(body)
    } else
      response
        .writeHead(404, { 'content-type': TYPES['.html'] })
        .end(await readFile(join(folder, '404.html')).catch(() => 'Not found'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
