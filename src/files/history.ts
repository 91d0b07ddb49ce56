/** On which days lines of files were last changed, by git. */
import { dirname, join } from 'node:path'
import type { Span } from '../diagnostic.ts'
import { git } from './git.ts'

/** Days on which lines were changed. Asks git when it is asked, and about the same lines only once. */
export class History {
  readonly #base: string
  /** Arguments of `git blame` that a folder's repository asks for; `null` where there is none. */
  readonly #folders = new Map<string, readonly string[] | null>()
  /** Days by file and lines. */
  readonly #days = new Map<string, string | null>()

  /** @param base absolute folder that paths are relative to */
  constructor(base: string) {
    this.#base = base
  }

  /** Whether git was asked anything. */
  get asked(): boolean {
    return this.#days.size > 0
  }

  /**
   * The author's day (`YYYY-MM-DD`, in UTC) of the last commit that changed more than white space in the lines of a span;
   * `null` where git does not know: no repository, nothing committed, nothing after the beginning of a shallow clone.
   *
   * @param text what was read of the file: lines are counted in it, even where the disk holds another text
   */
  changedOn(span: Span, text: string): string | null {
    const lines = `${span.line},${Math.max(span.line, span.endColumn > 1 ? span.endLine : span.endLine - 1)}`
    const key = `${lines} ${span.path}`
    let day = this.#days.get(key)
    if (day === undefined) {
      day = this.#ask(join(this.#base, span.path), lines, text)
      this.#days.set(key, day)
    }
    return day
  }

  #ask(file: string, lines: string, text: string): string | null {
    const folder = dirname(file)
    const args = this.#argumentsFor(folder)
    const output = args && git(folder, [...args, '-L', lines, '--', file], text)
    return output === null ? null : latestDay(output)
  }

  #argumentsFor(folder: string): readonly string[] | null {
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    const shallow = git(folder, ['rev-parse', '--is-shallow-repository'])?.trim()
    const args = ['blame', '--porcelain', '-w', '--contents', '-']
    // A commit without parents is where a file begins; in a shallow clone it may be no more than where the clone does.
    const found = shallow === undefined ? null : shallow === 'true' ? args : [...args, '--root']
    this.#folders.set(folder, found)
    return found
  }
}

/**
 * The latest day of `git blame --porcelain`; commits of zeros are what is not committed, and a `boundary` is where a clone begins.
 * https://git-scm.com/docs/git-blame#_the_porcelain_format
 */
function latestDay(output: string): string | null {
  let latest: number | null = null
  let seconds: number | null = null
  let known = false
  for (const line of output.split('\n')) {
    // Lines of the file begin with a tab, so that they are no header.
    const commit = /^([\da-f]{40,64}) \d/.exec(line)?.[1]
    if (commit !== undefined) {
      known = !/^0+$/.test(commit)
      seconds = null
    } else if (line.startsWith('author-time ')) seconds = Number(line.slice(12))
    else if (line === 'boundary') known = false
    // The last header of a commit, which has its headers where it comes first.
    else if (line.startsWith('filename ') && known && seconds !== null) latest = Math.max(latest ?? seconds, seconds)
  }
  return latest === null ? null : new Date(latest * 1000).toISOString().slice(0, 10)
}
