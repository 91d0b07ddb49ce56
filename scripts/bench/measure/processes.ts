/** Times whole processes side by side: wall clock from start to exit, time of processors, and peak memory. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Command {
  id: string
  what: string
  argv: readonly string[]
  cwd: string
  /** Exit codes of a run that did its work; a linter's 1 says that it found something. */
  fine?: readonly number[]
  /** Done before each run, and not timed. */
  before?: () => void
}

export interface Measured {
  id: string
  what: string
  /** Median, least and most wall clock, in milliseconds. */
  ms: number
  least: number
  most: number
  /** Median of the peak resident set of its largest process, in bytes; `null` where it can't be measured. */
  memory: number | null
  /** Median time that processors spent on it and its children, in milliseconds; `null` where it can't be measured. */
  cpu: number | null
  runs: number
}

export interface Rounds {
  runs: number
  /** Milliseconds that one command may take in all: one that is slow is run less often, at least once. */
  budget: number
  warmUp: boolean
  progress: (line: string) => void
}

interface Run {
  ms: number
  memory: number | null
  cpu: number | null
}

/** GNU time: Node tells no parent how much memory a child took. */
const GNU_TIME = '/usr/bin/time'
const hasTime = existsSync(GNU_TIME) && spawnSync(GNU_TIME, ['-f', '%M', 'true']).status === 0

/** What one command took, once. Its output goes nowhere. Throws where it fails. */
function runOnce({ argv, cwd, fine = [0], before, what }: Command): Run {
  before?.()
  const folder = mkdtempSync(join(tmpdir(), 'rolebook-time-'))
  const report = join(folder, 'memory')
  const [program = '', ...args] = hasTime ? [GNU_TIME, '-q', '-f', '%M %U %S', '-o', report, ...argv] : argv
  // No colour, no CI's own output: what a pipe sees.
  const { CI: _, GITHUB_ACTIONS: __, ...env } = process.env
  const start = performance.now()
  const { status, error, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 30,
  })
  const ms = performance.now() - start
  try {
    if (error) throw error
    if (status === null || !fine.includes(status))
      throw new Error(`${what} ended with ${status}: ${String(stderr).slice(0, 2000)}`)
    if (!hasTime) return { ms, memory: null, cpu: null }
    const [memory = 0, user = 0, system = 0] = readFileSync(report, 'utf8').trim().split(/\s+/).slice(-3).map(Number)
    return { ms, memory: memory * 1024, cpu: (user + system) * 1000 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Runs commands in rounds, each once a round and in the same order, so that noise of the machine meets all alike: after a
 * warm-up round that is not counted, `runs` rounds.
 */
export function measure(commands: readonly Command[], { runs, budget, warmUp, progress }: Rounds): Measured[] {
  const taken = new Map(commands.map((command) => [command, [] as Run[]]))
  const left = new Map(commands.map((command) => [command, budget]))
  for (let round = warmUp ? -1 : 0; round < runs; round++) {
    for (const command of commands) {
      const earlier = taken.get(command) as Run[]
      const rest = left.get(command) as number
      const expected = earlier.at(-1)?.ms ?? 0
      if (earlier.length > 0 && rest < expected) continue
      const run = runOnce(command)
      progress(`${round < 0 ? 'warm-up' : `round ${round + 1}`}  ${command.what}: ${(run.ms / 1000).toFixed(2)} s`)
      left.set(command, rest - run.ms)
      if (round >= 0) earlier.push(run)
    }
  }
  return commands.map((command): Measured => {
    const done = taken.get(command) as Run[]
    const times = done.map(({ ms }) => ms)
    const processors = done.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]))
    const memories = done.flatMap(({ memory }) => (memory === null ? [] : [memory]))
    return {
      id: command.id,
      what: command.what,
      ms: median(times),
      least: Math.min(...times),
      most: Math.max(...times),
      memory: memories.length === 0 ? null : median(memories),
      cpu: processors.length === 0 ? null : median(processors),
      runs: done.length,
    }
  })
}

/** What a program prints, as JSON. */
export function jsonOf<T>(argv: readonly string[], cwd: string): T {
  const [program = '', ...args] = argv
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr.slice(0, 2000)}`)
  return JSON.parse(stdout)
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length === 0) return 0
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
}

/** How a quantity grows with another: the slope of the line through their logarithms (least squares); 1 is linear. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x0, y0] = [meanOf(logs.map(([x]) => x)), meanOf(logs.map(([, y]) => y))]
  const over = logs.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0)
  return over / logs.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
}
