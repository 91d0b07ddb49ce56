/** The built site in `dist/`: built when it is missing or older than what it is made from. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './shared.ts'

/** `ROLEBOOK_DIST` names a folder that is built already, for those who build in a folder of their own. */
const GIVEN = process.env.ROLEBOOK_DIST
export const DIST = GIVEN ?? join(ROOT, 'dist')
export const SITE = join(DIST, 'site')

const SOURCES = [
  'src',
  'site',
  'content',
  'astro.config.mjs',
  'rolebook.config.ts',
  'rolebook.baseline.json',
  'package.json',
]

function newest(path: string): number {
  if (!existsSync(path)) return 0
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0)
}

export function ensureSite(): void {
  if (GIVEN || isCurrent()) return
  // Files of tests run side by side: the first builds, the others wait for it.
  const lock = join(tmpdir(), `rolebook-build-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`)
  for (let waited = 0; !take(lock); waited += PAUSE) {
    if (waited > PATIENCE) throw new Error(`Somebody has been building for long: remove ${lock} if nobody is`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
  }
  try {
    if (isCurrent()) return
    execFileSync(process.execPath, ['scripts/rolebook.ts', 'build'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

const PAUSE = 200
const PATIENCE = 240_000

function isCurrent(): boolean {
  const home = join(SITE, 'index.html')
  const sources = Math.max(...SOURCES.map((name) => newest(join(ROOT, name))))
  return existsSync(home) && statSync(home).mtimeMs > sources
}

/** Makes the lock, and says whether it was this one that made it. A lock that a killed run left behind is broken. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const info = statSync(lock, { throwIfNoEntry: false })
    if (info && Date.now() - info.mtimeMs > PATIENCE) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

/** Paths of the files under a folder, with forward slashes, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

/** A browser of this machine, or `null`. */
export function findChromium(): string | null {
  const places = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}
