/** The code that a data package ships, compiled: JavaScript and declarations by their path in the package, as JSON. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What Node 20 and browsers of its day run. */
const OPTIONS = [
  ...['--ignoreConfig', '--target', 'es2022', '--lib', 'es2022', '--module', 'nodenext', '--types', 'node'],
  ...['--declaration', '--rewriteRelativeImportExtensions', '--verbatimModuleSyntax', '--skipLibCheck'],
  ...['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--newLine', 'lf'],
]

const SOURCES = [
  { source: 'src/query/questions.ts', to: (name: string) => `query/${name.replace(/^questions\./, 'index.')}` },
  { source: 'src/files/verify-package.ts', to: (name: string) => name.replace('verify-package', 'verify') },
]

export function packageCode(): string {
  const files = new Map(SOURCES.flatMap(({ source, to }) => compiled(source).map(([name, text]) => [to(name), text])))
  return `${JSON.stringify(Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`
}

/** A module and all that it imports from its folder. */
function compiled(source: string): [name: string, text: string][] {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const outDir = mkdtempSync(join(tmpdir(), 'rolebook-code-'))
  try {
    const { status, stdout } = spawnSync(process.execPath, [tsc, source, '--outDir', outDir, ...OPTIONS], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`${source} can't be compiled for the data package:\n${stdout}`)
    // Declarations keep the endings of the sources, which are not there.
    return readdirSync(outDir).map((name) => [
      name,
      readFileSync(join(outDir, name), 'utf8').replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"),
    ])
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
