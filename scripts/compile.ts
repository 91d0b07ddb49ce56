/**
 * Makes `lib/`, for the package: the command line, the library and the parsers that are loaded late as bundles, so that a run
 * opens a few files in place of hundreds, and the types beside them. What is bundled is named with its licence.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundledPackages, notices } from './licences.ts'
import { standaloneValidator } from './standalone-validator.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}lib`, { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (status !== 0) process.exit(status ?? 1)

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    rolebook: 'scripts/rolebook.ts',
    index: 'src/index.ts',
    // Beside the parts that load it.
    'chunks/reference': 'src/parse/markdown/reference.ts',
    'chunks/yaml': 'src/parse/markdown/yaml.ts',
  },
  outdir: 'lib',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  mainFields: ['module', 'main'],
  // A binary for each platform, and what only the site needs and its users install.
  external: ['satteri', 'astro', '@astrojs/*', 'pagefind'],
  // Some dependencies are CommonJS and ask for Node's own modules.
  banner: {
    js: "import{createRequire as rolebookRequire}from'node:module';const require=rolebookRequire(import.meta.url);",
  },
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  // What is read at each start; names stay, for the traces of errors.
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [standaloneValidator(root)],
  metafile: true,
  logLevel: 'warning',
})
chmodSync(`${root}lib/rolebook.js`, 0o755)
copyFileSync(`${root}src/settings/config.schema.json`, `${root}lib/config.schema.json`)
writeFileSync(`${root}lib/LICENSES.md`, notices(bundledPackages(Object.keys(metafile.inputs), root)))
