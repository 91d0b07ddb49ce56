/** Which files a command reports on, and where their text comes from: the disk, git's index, or standard input. */
import { realpath } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Changes, changedFiles, changedLines, stagedFiles } from '../files/changes.ts'
import { configNames } from '../files/config.ts'
import type { Overlay } from '../files/project.ts'
import { UsageError } from '../files/usage-error.ts'
import { plural } from '../text.ts'
import type { Terminal } from './terminal.ts'

export interface SelectionOptions {
  /** Files that differ from the last commit. */
  changed?: boolean
  /** Files that differ from where this branch left a revision. */
  since?: string
  /** What the next commit changes, as the index has it. */
  staged?: boolean
  /** One file, whose text comes from standard input. */
  stdin?: boolean
  stdinFilename?: string
}

/** The overlay that the options ask for; `undefined` for none. */
export async function overlayOf(options: SelectionOptions, terminal: Terminal): Promise<Overlay | undefined> {
  const { changed, since, staged, stdin, stdinFilename } = options
  const asked = [changed || since !== undefined, staged, stdin].filter(Boolean).length
  if (asked > 1) throw new UsageError('Give one of --changed, --staged and --stdin')
  if (stdinFilename !== undefined && !stdin) throw new UsageError('--stdin-filename needs --stdin')
  const { cwd } = terminal
  if (stdin) {
    if (stdinFilename === undefined)
      throw new UsageError('--stdin needs --stdin-filename: rules and scopes go by the path')
    const absolute = resolve(cwd, stdinFilename)
    return { contents: new Map([[absolute, await terminal.input()]]), selected: new Set([absolute]) }
  }
  if (changed || since !== undefined) {
    const here = await spelling(cwd)
    const changes = await changedFiles(cwd, since)
    sayWhatIsLeftOut(changes, terminal)
    return { contents: new Map(), selected: new Set([...changes.changed].map(here)) }
  }
  if (staged) {
    const here = await spelling(cwd)
    const index = await stagedFiles(cwd)
    sayWhatIsLeftOut(index, terminal)
    return {
      contents: new Map([...index.contents].map(([path, content]) => [here(path), content])),
      selected: new Set([...index.changed].map(here)),
    }
  }
  return undefined
}

/** A page that is gone, or another config, may mean something to pages that have not changed. */
function sayWhatIsLeftOut({ changed, removed }: Changes, terminal: Terminal): void {
  const pages = [...removed].filter((path) => /\.mdx?$/i.test(path)).length
  const isConfig = [...changed, ...removed].some((path) => configNames.includes(basename(path)))
  const what = [...(pages > 0 ? [`${plural(pages, 'page')} removed`] : []), ...(isConfig ? ['the config changed'] : [])]
  if (what.length === 0) return
  const text = what.join(' and ')
  terminal.err(
    `${text.charAt(0).toUpperCase()}${text.slice(1)}: what that means for other pages, a check of all pages says.\n`,
  )
}

/** Lines that differ from a revision, by absolute path; none where there is no repository. */
export async function linesChanged(since: string | undefined, terminal: Terminal): Promise<Map<string, Set<number>>> {
  const here = await spelling(terminal.cwd)
  const lines = await changedLines(terminal.cwd, since).catch((error) => {
    if (error instanceof UsageError) return new Map<string, Set<number>>()
    throw error
  })
  return new Map([...lines].map(([path, numbers]) => [here(path), numbers]))
}

/** Git gives real paths; those under a working directory that is reached by a link are written as the user writes them. */
async function spelling(cwd: string): Promise<(path: string) => string> {
  const real = await realpath(cwd)
  return (path) => (real !== cwd && path.startsWith(real) ? cwd + path.slice(real.length) : path)
}
