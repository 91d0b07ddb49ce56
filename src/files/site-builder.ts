/** Builds the site with Astro. Astro and Starlight are optional: they are loaded here alone, and asked for by name. */

import { existsSync } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { canDraw, finishSite } from './finish-site.ts'
import { UsageError } from './usage-error.ts'

const NEEDED = ['astro', '@astrojs/starlight']

/** The package's own folder: `site/` and `astro.config.mjs` stand in it, whether it runs from source or compiled. */
function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'astro.config.mjs'))) return folder
    if (dirname(folder) === folder) throw new Error('The package has no astro.config.mjs: it is not complete')
  }
}

/** Builds into `outDir` what the input folder describes. Throws a UsageError where Astro or Starlight is not installed. */
export async function buildSite(options: {
  input: string
  outDir: string
  base: string
  /** Of the pictures for previews; on a dark ground. */
  accent: string
}): Promise<void> {
  const root = packageRoot()
  const { build } = await loadAstro(root)
  const astro = createRequire(join(root, 'package.json')).resolve('astro')
  const config = await prepare(root, options.input, 'production')
  process.env.ROLEBOOK_SOCIAL_IMAGES = canDraw(astro) ? 'yes' : ''
  await rm(options.outDir, { recursive: true, force: true })
  await mkdir(options.outDir, { recursive: true })
  await within(options.outDir, () => build({ ...config, outDir: options.outDir }))
  await finishSite({ ...options, root, astro })
}

/**
 * Does something while a folder is the working directory. Astro writes the code that renders the pages into the output folder, but
 * only where that stands under the working directory: else into `.astro` there, which it leaves behind, and which two builds share.
 */
async function within(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    await work()
  } finally {
    process.chdir(before)
  }
}

/** Serves the site that the input folder describes on a local port, until stopped. */
export async function serveSite(options: { input: string }): Promise<{ stop(): Promise<void> }> {
  const root = packageRoot()
  const { dev } = await loadAstro(root)
  return dev({ ...(await prepare(root, options.input, 'development')), logLevel: 'info' })
}

/** Sets what `astro.config.mjs` and the site read from the environment, puts the site's own files beside the logo, and gives the inline config. */
async function prepare(root: string, input: string, mode: 'production' | 'development') {
  const cacheDir = join(input, '.cache')
  process.env.ROLEBOOK_SITE_INPUT = input
  process.env.ROLEBOOK_CACHE_DIR = cacheDir
  process.env.ASTRO_TELEMETRY_DISABLED = '1'
  process.env.NODE_ENV = mode
  // Vite takes this for the site's own base where something around us has set it, as test runners do.
  delete process.env.BASE_URL
  await cp(join(root, 'site', 'public'), join(input, 'public'), { recursive: true, force: false })
  return { root, cacheDir, logLevel: 'error' }
}

interface Astro {
  build(config: Record<string, unknown>): Promise<void>
  dev(config: Record<string, unknown>): Promise<{ stop(): Promise<void> }>
}

async function loadAstro(root: string): Promise<Astro> {
  requireSitePackages()
  const require = createRequire(join(root, 'package.json'))
  return (await import(pathToFileURL(require.resolve('astro')).href)) as Astro
}

/** Throws a UsageError that names what is missing where Astro or Starlight is not installed. */
export function requireSitePackages(): void {
  const root = packageRoot()
  const missing = NEEDED.filter((name) => installedFolder(name, root) === null)
  if (missing.length === 0) return
  const names = missing.map((name) => `\`${name}\``).join(' and ')
  throw new UsageError(`the site needs ${names}: npm install --save-dev ${missing.join(' ')} (or build with --no-site)`)
}

/** Where a package is installed, as Node would find it from a folder; `null` where it is not. */
function installedFolder(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'))
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(folder) === folder) return null
  }
}
