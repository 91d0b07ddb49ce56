// The site's build. `rolebook build` calls it with ROLEBOOK_SITE_INPUT set to the folder that it wrote; the package may
// stand in another project's node_modules, so every path is relative to this file and nothing is written beside it.
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'

process.env.ASTRO_TELEMETRY_DISABLED = '1'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const cacheDir = process.env.ROLEBOOK_CACHE_DIR ?? join(tmpdir(), 'rolebook-astro')

/** Starlight wants these here; all else is read by `site/lib/dataset.ts`. */
const input = process.env.ROLEBOOK_SITE_INPUT
const { title, site } = input
  ? JSON.parse(readFileSync(join(input, 'index.json'), 'utf8'))
  : { title: 'Rolebook', site: { base: '/', url: null, favicon: 'favicon.svg' } }
const accent = input && existsSync(join(input, 'accent.css')) ? [join(input, 'accent.css')] : []

const component = (name) => at(`./site/components/overrides/${name}.astro`)
const style = (name) => at(`./site/styles/${name}.css`)

/**
 * A build renders its pages with code that stands in the output folder for a while, and that folder may be anywhere. So
 * this code holds its dependencies and asks no node_modules for them.
 */
const selfContained = {
  name: 'rolebook:self-contained',
  hooks: {
    'astro:config:setup': ({ command, updateConfig }) => {
      if (command !== 'build') return
      const held = { resolve: { noExternal: true } }
      updateConfig({ vite: { environments: { prerender: held, ssr: held } } })
    },
  },
}

export default defineConfig({
  srcDir: at('./site'),
  publicDir: input ? join(input, 'public') : at('./site/public'),
  ...(site.url ? { site: site.url } : {}),
  base: site.base,
  outDir: process.env.ROLEBOOK_SITE_OUT ?? at('./dist/site'),
  cacheDir,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  prefetch: false,
  build: { inlineStylesheets: 'never' },
  vite: { cacheDir: join(cacheDir, 'vite') },
  integrations: [
    selfContained,
    starlight({
      title,
      favicon: `/${site.favicon}`,
      disable404Route: true,
      pagination: false,
      customCss: [
        ...[
          'theme',
          'base',
          'tables',
          'parts',
          'home',
          'views',
          'prose',
          'search',
          'roles',
          'policies',
          'questions',
          'furniture',
          'print',
        ].map(style),
        ...accent,
      ],
      components: {
        Footer: component('Footer'),
        PageTitle: component('PageTitle'),
        Search: component('Search'),
        SiteTitle: component('SiteTitle'),
      },
      expressiveCode: {
        styleOverrides: { borderRadius: '0.375rem', codeFontSize: '0.8125rem' },
      },
    }),
  ],
})
