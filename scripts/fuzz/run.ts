/**
 * `npm run fuzz -- [OPTIONS]`: made pages, sets of pages and configs, and what must hold for each.
 *
 *   --minutes N   minutes to run (1)
 *   --inputs N    inputs to run at most
 *   --seed S      seed of the first; the next has the next one (1)
 *   --jobs N      processes (2)
 *   --limit MS    milliseconds that one page may take (2,000)
 *   --out FOLDER  where inputs that break something are saved (a new temporary folder)
 *   --plant NAME  run it on a Rolebook with a planted defect (see planted.ts)
 *
 * Exits with 1 where anything is found. `--seed S --inputs 1` runs one again.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plural } from '../../src/text.ts'
import { campaign, summaryOf } from './campaign.ts'
import { PLANTED } from './planted.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string' },
    jobs: { type: 'string' },
    limit: { type: 'string' },
    out: { type: 'string' },
    plant: { type: 'string' },
  },
})

function number(name: 'minutes' | 'inputs' | 'seed' | 'jobs' | 'limit', otherwise: number): number {
  const value = Number(values[name] ?? otherwise)
  if (value >= 0) return value
  console.error(`--${name} takes a number: not ${values[name]}`)
  process.exit(2)
}

const { plant } = values
if (plant !== undefined && !Object.hasOwn(PLANTED, plant)) {
  console.error(`--plant takes ${Object.keys(PLANTED).join(', ')}: not ${plant}`)
  process.exit(2)
}
const seed = number('seed', 1)
const jobs = Math.max(1, number('jobs', 2))
const inputs = number('inputs', Number.POSITIVE_INFINITY)
const begun = performance.now()
const result = await campaign({
  seed,
  inputs,
  jobs,
  time: number('minutes', values.inputs === undefined ? 1 : 24 * 60) * 60_000,
  limit: number('limit', 2000),
  memory: 512,
  out: values.out ?? mkdtempSync(join(tmpdir(), 'rolebook-fuzz-')),
  say: (line) => console.log(line),
  ...(plant === undefined ? {} : { plant }),
})
const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
console.log(`seeds ${seed} to ${seed + result.inputs - 1}, ${plural(jobs, 'process', 'processes')}, ${minutes} minutes`)
console.log(summaryOf(result))
process.exitCode = result.found.length > 0 ? 1 : 0
