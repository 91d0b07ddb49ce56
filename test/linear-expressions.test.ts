/** Every regular expression takes time in proportion to its text: each is run over what it may stumble over. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { MadeExpression } from './support/made-expressions.ts'
import { type Pump, pumped, pumpsOf } from './support/pumps.ts'
import { ROOT } from './support/shared.ts'

/** In milliseconds: more than any of these takes on a slow machine. */
const HANG = 60_000

/** What makes expressions of text while pages are read, and nobody would think of pumping by hand. */
const MAKERS = globSync('src/parse/**/*.ts', { cwd: ROOT })
  .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('new RegExp('))
  .sort()

/** The expressions that a check of this project's fixtures makes, in a process of its own. */
function madeByCheck(): MadeExpression[] {
  const folder = mkdtempSync(join(tmpdir(), 'rolebook-expressions-'))
  const file = join(folder, 'made.json')
  const preload = join(ROOT, 'test', 'support', 'made-expressions.ts')
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', preload, join(ROOT, 'scripts', 'rolebook.ts'), 'check', '.', '--no-cache'],
      { cwd: join(ROOT, 'test', 'fixtures'), encoding: 'utf8', env: { ...process.env, MADE_EXPRESSIONS: file } },
    )
    expect([0, 1], stderr).toContain(status)
    return JSON.parse(readFileSync(file, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('regular expressions', () => {
  /** Every literal in the sources that parses; and some divisions that look like one, which harm nothing. */
  const LITERAL = /(?<=[=(,:[!&|?;{\s])\/(?![*/?])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/g
  const literals = new Map<string, string>()
  for (const file of globSync('src/**/*.ts', { cwd: ROOT }).sort()) {
    for (const [literal] of readFileSync(join(ROOT, file), 'utf8').matchAll(LITERAL)) {
      const end = literal.lastIndexOf('/')
      try {
        new RegExp(literal.slice(1, end), literal.slice(end + 1))
        literals.set(literal, file)
      } catch {
        // No expression, but part of a sum or a comment.
      }
    }
  }

  /**
   * The first pump that an expression takes more than linear time for, or `null`: those that seem slow at first are run over a text that a
   * square of its length would keep busy for a minute, and stopped long before.
   */
  function slowOn(pattern: RegExp): string | null {
    const pumps = pumpsOf(pattern)
    const first = { pattern, texts: pumps.map((pump) => pumped(pump, 8000)), slow: [] as number[], performance }
    const timed = `for (const [i, text] of texts.entries()) {
      const begun = performance.now()
      text.search(pattern)
      if (performance.now() - begun > 5) slow.push(i)
      if (slow.length === 3) break
    }`
    runInNewContext(timed, first, { timeout: HANG / 12 })
    for (const i of first.slow) {
      const pump = pumps[i] as Pump
      try {
        runInNewContext('text.search(pattern)', { pattern, text: pumped(pump, 600_000) }, { timeout: HANG / 20 })
      } catch (error) {
        return `${JSON.stringify(pump)}: ${error}`
      }
    }
    return null
  }

  it(
    'of the sources take linear time for runs of what they are made of',
    () => {
      expect(literals.size).toBeGreaterThan(300)
      const slow: string[] = []
      for (const [literal, file] of literals) {
        const end = literal.lastIndexOf('/')
        const found = slowOn(new RegExp(literal.slice(1, end), literal.slice(end + 1)))
        if (found !== null) slow.push(`${file}: ${literal}: ${found}`)
      }
      expect(slow).toEqual([])
    },
    10 * HANG,
  )

  it(
    'that are made while pages are checked take linear time too',
    () => {
      const made = madeByCheck()
      const callers = new Set(made.map(({ caller }) => caller.replace(/:.*/, '')))
      for (const file of MAKERS) expect(callers).toContain(file)
      const slow: string[] = []
      for (const { source, flags, caller } of made) {
        const found = slowOn(new RegExp(source, flags))
        if (found !== null) slow.push(`${caller}: /${source}/${flags}: ${found}`)
      }
      expect(slow).toEqual([])
    },
    10 * HANG,
  )

  it.each([/\s+$/, /^(\w*)(\d*)x/, /<a[^>]*>/, /[\p{L})]\s+(\{[{%].*[}%]\}|:\w+:)$/u])(
    'would be found, were one of them %s, which takes a square of its text',
    (pattern) => expect(slowOn(pattern)).not.toBeNull(),
    2 * HANG,
  )

  it(
    'would be found, were one of them of another kind',
    () => {
      expect(() => slowOn(/^(?:a+)+$/)).toThrow('timed out')
    },
    2 * HANG,
  )
})
