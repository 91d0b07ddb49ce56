/** Where reports go: each format to standard output or its own file, and what a CI system gets besides. */
import { appendFile, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { writeWhole } from '../files/atomic.ts'
import { sha256 } from '../files/hash.ts'
import { UsageError } from '../files/usage-error.ts'
import { codeOf, reasonOf } from '../files/write-error.ts'
import type { Formatter, Report } from '../report/formatter.ts'
import { formatters } from '../report/formatters.ts'
import { relocate } from '../report/relocate.ts'
import { stepSummary } from '../report/step-summary.ts'
import type { Terminal } from './terminal.ts'

/** A format, and the file that it goes to; `null` for standard output. */
export interface Output {
  format: string
  file: string | null
}

interface Destination {
  formatter: Formatter
  file: string | null
}

/** What people and programs read where they stand; all other formats are for a CI system, which counts from its root. */
const LOCAL = new Set(['stylish', 'json'])

/** GitHub refuses a step's summary beyond 1 MiB; some room is left for what other commands of the step add. */
const SUMMARY_LIMIT = 1_000_000

/**
 * Where a report will go: to what was asked for, else as text to standard output. In GitHub Actions, text on standard
 * output gets annotations with it. Throws a usage error for a format that there is not, and for two of one file.
 */
export function destinations(outputs: readonly Output[], terminal: Terminal): Destination[] {
  const asked = outputs.length > 0 ? [...outputs] : [{ format: 'stylish', file: null }]
  const isShown = asked.some(({ format, file }) => format === 'stylish' && file === null)
  if (inActions(terminal) && isShown && asked.every(({ format }) => format !== 'github')) {
    asked.push({ format: 'github', file: null })
  }
  requireOwnFiles(asked, terminal)
  return asked.map(({ format, file }) => ({ formatter: formatterOf(format), file }))
}

/** Throws a usage error where two formats go to one file. */
export function requireOwnFiles(outputs: readonly Output[], terminal: Terminal): void {
  const files = new Set<string>()
  for (const { file } of outputs) {
    if (file === null) continue
    const path = resolve(terminal.cwd, file)
    if (files.has(path)) throw new UsageError(`Two formats go to ${file}: give each a file of its own`)
    files.add(path)
  }
}

/**
 * Writes a report to all of its destinations, and appends GitHub's step summary where there is one.
 *
 * @param base absolute folder that the report's paths are relative to
 */
export async function writeReport(
  to: readonly Destination[],
  report: Report,
  base: string,
  terminal: Terminal,
): Promise<void> {
  const forCi = await asCiSeesIt(report, base, terminal)
  for (const { formatter, file } of to) {
    const seen = LOCAL.has(formatter.id) ? report : forCi
    const color = file === null && terminal.color.out
    const text = formatter.format(seen, { color })
    if (file !== null) await writeTo(file, text, terminal)
    else if (formatter.id === 'stylish') say(text, terminal)
    else terminal.out(text)
  }
  const summary = terminal.env.GITHUB_STEP_SUMMARY ?? ''
  if (inActions(terminal) && summary !== '') await appendSummary(summary, forCi, terminal)
}

function inActions({ env }: Terminal): boolean {
  return env.GITHUB_ACTIONS === 'true'
}

/** A runner obeys commands that stand in a log: none of those that a page holds. No text can hold its own hash. */
function withoutCommands(text: string): string {
  const token = `rolebook-${sha256(text).slice(0, 32)}`
  return `::stop-commands::${token}\n${text}::${token}::\n`
}

/** Prints text for people that pages have a part in. */
export function say(text: string, terminal: Terminal, stream: 'out' | 'err' = 'out'): void {
  terminal[stream](inActions(terminal) ? withoutCommands(text) : text)
}

/** Writes a report to a file, whose folder need not be there. */
export async function writeTo(file: string, text: string, terminal: Terminal): Promise<void> {
  const path = resolve(terminal.cwd, file)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(path, text)
  } catch (error) {
    if (error instanceof UsageError && !('code' in error)) throw error
    throw new UsageError(`Could not write ${file}: ${whyOf(error)}`)
  }
}

/** A summary that can't be written is no reason to fail: the findings are in the log. */
async function appendSummary(file: string, report: Report, terminal: Terminal): Promise<void> {
  try {
    const there = await stat(file).then(
      ({ size }) => size,
      () => 0,
    )
    const text = stepSummary(report, SUMMARY_LIMIT - there)
    if (there + Buffer.byteLength(text) <= SUMMARY_LIMIT) await appendFile(file, text)
  } catch (error) {
    terminal.err(`The step summary could not be written: ${whyOf(error)}.\n`)
  }
}

function whyOf(error: unknown): string {
  return reasonOf(error) ?? codeOf(error) ?? String(error)
}

/** The report with paths from the repository's root, and the address of its files, as the CI system's environment says. */
async function asCiSeesIt(report: Report, base: string, { env }: Terminal): Promise<Report> {
  const forge = forgeOf(env)
  if (!forge) return report
  const inside = relative(await real(forge.root), await real(base))
  const isInside = inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(inside) !== inside
  const prefix = inside === '' || !isInside ? '' : `${inside.replaceAll(sep, '/')}/`
  const moved = relocate(report, prefix)
  return forge.url === null || !isInside ? moved : { ...moved, sourceUrl: forge.url }
}

/** The root of the checkout, and the address of its files at the commit that is checked. */
function forgeOf(env: Terminal['env']): { root: string; url: string | null } | null {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA } = env
  if (GITHUB_ACTIONS === 'true' && GITHUB_WORKSPACE) {
    const isKnown = GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA
    return {
      root: GITHUB_WORKSPACE,
      url: isKnown ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/` : null,
    }
  }
  const { GITLAB_CI, CI_PROJECT_DIR, CI_PROJECT_URL, CI_COMMIT_SHA } = env
  if (GITLAB_CI === 'true' && CI_PROJECT_DIR) {
    const isKnown = CI_PROJECT_URL && CI_COMMIT_SHA
    return { root: CI_PROJECT_DIR, url: isKnown ? `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}/` : null }
  }
  return null
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

function formatterOf(id: string): Formatter {
  const formatter = formatters.find((candidate) => candidate.id === id)
  if (!formatter) throw new UsageError(`Unknown format \`${id}\`: there are ${formatters.map((f) => f.id).join(', ')}`)
  return formatter
}
