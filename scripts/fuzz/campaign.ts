/** Runs the inputs of a range of seeds in several processes, and saves those that break something. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { printable } from '../../src/report/printable.ts'
import { type FuzzInput, inputOf } from './input.ts'
import { KINDS, type Kind, type Seen, type Violation } from './invariants.ts'
import { Judge, type JudgeOptions } from './judge.ts'
import { minimised } from './minimise.ts'
import { readPages } from './pages.ts'

export interface CampaignOptions extends JudgeOptions {
  /** The first seed; the input after it has the next one. */
  seed: number
  /** Inputs to run at most. */
  inputs: number
  /** Milliseconds after which no more are begun. */
  time: number
  /** Processes at once. */
  jobs: number
  /** Folder that inputs which break something are saved under. */
  out: string
  /** How often a smaller input is tried of one that breaks something; fewer where each costs a process. */
  attempts?: number
  /** Told of each as it is found. */
  say: (line: string) => void
}

export interface Found {
  seed: number
  kind: Kind
  what: string
  /** Folder with the input and the smaller one. */
  folder: string
}

export interface CampaignResult {
  inputs: number
  /** Inputs of several files, inputs with a block that was read, with a finding, that `fix` mended, that the scan passed over. */
  sets: number
  read: number
  findings: number
  fixed: number
  passed: number
  found: Found[]
  /** Bytes; the most that one process had. */
  memory: number
}

/** After so many something is plainly broken. */
const MOST_FOUND = 20
const SMALLER_OF_A_KIND = 3
/** One input in so many is checked in every way, the slow ones too. */
const THOROUGH_EACH = 50

export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, inputs, time, jobs } = options
  const result: CampaignResult = { inputs: 0, sets: 0, read: 0, findings: 0, fixed: 0, passed: 0, found: [], memory: 0 }
  const pages = readPages()
  const end = performance.now() + time
  let next = seed
  const run = async () => {
    const judge = new Judge(options)
    while (next < seed + inputs && performance.now() < end && result.found.length < MOST_FOUND) {
      const own = next++
      const verdict = await judge.judge(own, own % THOROUGH_EACH === 0)
      result.inputs++
      if ('kind' in verdict) {
        const folder = join(options.out, `${verdict.kind}-${own}`)
        const others = result.found.filter(({ kind }) => kind === verdict.kind).length
        result.found.push({ seed: own, ...verdict, folder })
        await saveBoth(own, inputOf(own, pages), verdict, folder, judge, others < SMALLER_OF_A_KIND, options)
      } else count(verdict, result)
    }
    result.memory = Math.max(result.memory, judge.memory)
    judge.close()
  }
  await Promise.all(Array.from({ length: jobs }, run))
  result.found.sort((a, b) => a.seed - b.seed)
  return result
}

function count({ files, blocks, findings, fixed, passed }: Seen, result: CampaignResult): void {
  result.sets += Number(files > 1)
  result.read += Number(blocks > 0)
  result.findings += Number(findings > 0)
  result.fixed += Number(fixed)
  result.passed += Number(passed > 0)
}

/** Saves an input as it was and, where that is wanted, as small as it can be made. */
async function saveBoth(
  seed: number,
  input: FuzzInput,
  { kind, what }: Violation,
  folder: string,
  judge: Judge,
  wantsSmaller: boolean,
  { say, attempts = kind === 'hang' ? 40 : 400 }: CampaignOptions,
): Promise<void> {
  saveInput(input, folder, `seed ${seed}: ${kind}: ${what}\n`)
  say(`seed ${seed}: ${kind}: ${what.split('\n').map(printable).join('\n')}\n  saved: ${folder}`)
  if (!wantsSmaller) return
  const thorough = seed % THOROUGH_EACH === 0
  let why = what
  const breaks = async (candidate: FuzzInput) => {
    const verdict = await judge.judge(candidate, thorough)
    if (!('kind' in verdict) || verdict.kind !== kind) return false
    why = verdict.what
    return true
  }
  const small = await minimised(input, breaks, attempts)
  saveInput(small, join(folder, 'smaller'), `${kind}: ${why}\n`)
  say(`  smaller: ${join(folder, 'smaller')}`)
}

function saveInput({ files, config }: FuzzInput, folder: string, why: string): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, 'docs', path)), { recursive: true })
    writeFileSync(join(folder, 'docs', path), bytes)
  }
  const versions = [{ id: 'latest', root: 'docs' }]
  writeFileSync(join(folder, 'rolebook.config.json'), `${JSON.stringify({ ...config, versions }, null, 2)}\n`)
  writeFileSync(join(folder, 'why.txt'), why)
}

/** The result in two lines: what ran, and how much of each kind was found. */
export function summaryOf({ inputs, found, ...seen }: CampaignResult): string {
  const counts = KINDS.map((kind) => `${kind} ${found.filter((one) => one.kind === kind).length}`)
  const { sets, read, findings, fixed, passed, memory } = seen
  return [
    `inputs ${inputs}: ${sets} of several files, ${read} with permissions, ${findings} with findings, ${fixed} mended, ${passed} passed over by the scan; at most ${Math.ceil(memory / 2 ** 20)} MB a process`,
    counts.join(', '),
  ].join('\n')
}
