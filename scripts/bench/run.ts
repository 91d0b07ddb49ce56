/**
 * `npm run bench [-- --files N]`: what `rolebook check` takes on a made tree, beside the floor of reading every file.
 * Five runs each; medians.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { main } from '../../src/cli/main.ts'
import { bareTerminal } from '../../src/cli/terminal.ts'
import { findFiles } from '../../src/files/sources.ts'
import { buildModel } from '../../src/model/build.ts'
import { readFiles } from '../../src/parse/read.ts'
import { resolveSettings } from '../../src/settings/defaults.ts'
import { linearity } from './linear.ts'
import { makeTree } from './tree.ts'

const RUNS = 5
const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({ options: { files: { type: 'string', default: '500' } } })
const count = Number(values.files)

const folder = await mkdtemp(join(tmpdir(), 'rolebook-bench-'))
const bytes = makeTree(folder, count, root)
const settings = resolveSettings()
const paths = await findFiles(folder, settings)
const sources = paths.map((path) => ({
  path,
  relativePath: path.slice(folder.length + 1),
  text: readFileSync(path, 'utf8'),
  sha256: '',
}))
const quiet = bareTerminal({ cwd: folder })

const rows: [what: string, milliseconds: number][] = [
  ['floor: read every file', await median(() => void paths.map((path) => readFileSync(path)))],
  ['parse: files to claims', await median(() => void readFiles(sources, settings))],
  ['model: claims to dataset', await timeModel()],
  ['rolebook check, whole', await median(() => main(['check'], quiet))],
]
await rm(folder, { recursive: true })

const floor = rows[0]?.[1] ?? 1
console.log(`${count} files, ${(bytes / 1e6).toFixed(1)} MB, node ${process.versions.node}, median of ${RUNS}`)
for (const [what, ms] of rows)
  console.log(`${what.padEnd(26)} ${ms.toFixed(1).padStart(9)} ms ${(ms / floor).toFixed(1).padStart(8)} × floor`)
console.log('\nGrowing pages, at 1/8, 1/4, 1/2 and all of the size:')
for (const line of linearity()) console.log(line)
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)

async function timeModel(): Promise<number> {
  const reading = readFiles(sources, settings).value
  return median(() => void buildModel(reading, 'bench', settings))
}

async function median(run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] as number
}
