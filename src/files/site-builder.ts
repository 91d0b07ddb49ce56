/** Builds the site with Astro. Astro and Starlight are optional: they are loaded here alone, and asked for by name. */

import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { UsageError } from './usage-error.ts'

const NEEDED = ['astro', '@astrojs/starlight']

/** The package's own folder: `site/` and `astro.config.mjs` stand in it, whether it runs from source or compiled. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'astro.config.mjs'))) return folder
    if (dirname(folder) === folder) throw new Error('The package has no astro.config.mjs: it is not complete')
  }
}

/** Builds into `outDir` what the input folder describes. Throws a UsageError where Astro or Starlight is not installed. */
export async function buildSite(options: { input: string; outDir: string }): Promise<void> {
  const root = packageRoot()
  const { build } = await loadAstro(root)
  const cache = join(options.input, '.cache')
  process.env.ROLEBOOK_SITE_INPUT = options.input
  process.env.ROLEBOOK_CACHE_DIR = cache
  process.env.ASTRO_TELEMETRY_DISABLED = '1'
  process.env.NODE_ENV = 'production'
  await rm(options.outDir, { recursive: true, force: true })
  await mkdir(options.outDir, { recursive: true })
  await build({ root, outDir: options.outDir, cacheDir: cache, logLevel: 'warn' })
}

interface Astro {
  build(config: Record<string, unknown>): Promise<void>
  dev(config: Record<string, unknown>): Promise<unknown>
}

async function loadAstro(root: string): Promise<Astro> {
  const require = createRequire(join(root, 'package.json'))
  const missing = NEEDED.filter((name) => {
    try {
      require.resolve(`${name}/package.json`)
      return false
    } catch {
      return true
    }
  })
  if (missing.length > 0) {
    const names = missing.map((name) => `\`${name}\``).join(' and ')
    throw new UsageError(
      `the site needs ${names}: npm install --save-dev ${missing.join(' ')} (or build with --no-site)`,
    )
  }
  return (await import(pathToFileURL(require.resolve('astro')).href)) as Astro
}
