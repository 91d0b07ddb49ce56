/** The process that inputs run in: it may crash, hang or grow, and is ended from outside. Talks with `judge.ts`. */
import { type FuzzInput, inputOf } from './input.ts'
import { check, ROLEBOOK, type Seen, type Violation } from './invariants.ts'
import { readPages } from './pages.ts'
import { PLANTED } from './planted.ts'

/** What is asked for: the input of a seed, or one that is given. */
export type Question = { seed: number; thorough: boolean } | { input: FuzzInput; thorough: boolean }

export type Answer =
  /** A step that begins, what it may take as a number of pages, and the microseconds of work that were done before it. */
  { step: string; work: number; before: number } | { done: Violation | Seen; memory: number }

const pages = readPages()
const subject = PLANTED[process.argv[2] ?? ''] ?? ROLEBOOK
const send = (answer: Answer) => process.send?.(answer)

function step(name: string, work: number): void {
  const { user, system } = process.cpuUsage()
  send({ step: name, work, before: user + system })
}

process.on('message', async (question: Question) => {
  const { thorough } = question
  const input = 'seed' in question ? inputOf(question.seed, pages) : question.input
  const done = await check(input, { subject, thorough, step })
  send({ done, memory: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit())
// What is loaded when it is first needed is no page's work.
await check({ files: [{ path: 'a.mdx', bytes: Buffer.from('<x>\n\n- a.get\n') }], config: {} })
step('start', 1)
