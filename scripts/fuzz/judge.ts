/** Runs inputs in a process of its own, one at a time, and ends that process where it hangs. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FuzzInput } from './input.ts'
import type { Seen, Violation } from './invariants.ts'
import type { Answer, Question } from './worker.ts'

export interface JudgeOptions {
  /** Milliseconds of work that one page may take. */
  limit: number
  /** Megabytes of heap; passing them is a crash. */
  memory: number
  /** Name of a planted defect, for tests. */
  plant?: string
}

const STARTING = 60_000
/** How many times its limit a process may take on the clock, where others keep it from working. */
const PATIENCE = 20
/** Clock ticks of `/proc`, in microseconds: 100 a second wherever Node runs. */
const TICK = 10_000

/** Microseconds that a process has worked; `null` where there is no `/proc`. See `man 5 proc_pid_stat`. */
function workOf({ pid }: ChildProcess): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK
  } catch {
    return null
  }
}

export class Judge {
  /** Most bytes that a process of it was seen to have in memory. */
  memory = 0
  readonly #options: JudgeOptions
  #child: ChildProcess | null = null

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** What is wrong with the input of a seed, or with one that is given. */
  judge(what: number | FuzzInput, thorough = false): Promise<Violation | Seen> {
    return this.#ask(typeof what === 'number' ? { seed: what, thorough } : { input: what, thorough })
  }

  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  #ask(question: Question): Promise<Violation | Seen> {
    const { limit } = this.#options
    return new Promise((resolve) => {
      const child = this.#child ?? this.#start()
      const fresh = child !== this.#child
      this.#child = child
      let step = 'start'
      let timer: NodeJS.Timeout
      const end = (verdict: Violation | Seen, isOver: boolean) => {
        clearTimeout(timer)
        child.off('message', heard)
        child.off('exit', left)
        if (isOver) this.close()
        resolve(verdict)
      }
      /** Ends the process once it has worked, or waited many times, for so long: a busy machine is no hang. */
      const wait = (time: number, before: number, patience: number) => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          const worked = workOf(child)
          const isLong = worked === null || worked - before >= time * 1000
          if (isLong || patience <= 1) end({ kind: 'hang', what: `nothing came of “${step}” in the time for it` }, true)
          else wait(time, before, patience - 1)
        }, time)
      }
      const heard = (answer: Answer) => {
        if ('done' in answer) {
          this.memory = Math.max(this.memory, answer.memory)
          end(answer.done, false)
          return
        }
        step = answer.step
        wait(limit * answer.work, answer.before, PATIENCE)
      }
      const left = (code: number | null, signal: string | null) => {
        this.#child = null
        end({ kind: 'crash', what: `the process ended in “${step}”: ${signal ?? `exit code ${code}`}` }, true)
      }
      wait(fresh ? STARTING : limit, Number.POSITIVE_INFINITY, fresh ? 1 : PATIENCE)
      child.on('message', heard)
      child.on('exit', left)
      child.send(question)
    })
  }

  #start(): ChildProcess {
    const { memory, plant } = this.#options
    return fork(join(import.meta.dirname, 'worker.ts'), plant ? [plant] : [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memory}`],
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
  }
}
