/** Finds and reads source files. */
import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readdir, readFileSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import picomatch from 'picomatch'
import { glob } from 'tinyglobby'
import { compareText } from '../diagnostic.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { noteText } from './engine.ts'
import { sha256 } from './hash.ts'
import { UsageError } from './usage-error.ts'
import { reasonOf } from './write-error.ts'

/** What is had of a file that is larger than was asked for. */
export interface TooLarge {
  /** In bytes. */
  size: number
}

/**
 * The bytes of a file, or, where it has more than `most`, their number alone. Throws where it is no file: what was one
 * when it was looked for may be a pipe now, which would be waited for.
 *
 * The bytes are those of the last call only: thousands of small files are read through the same memory.
 */
export function readAtMost(absolute: string, most: number): Uint8Array | TooLarge {
  const descriptor = openSync(absolute, OPEN)
  try {
    const info = fstatSync(descriptor)
    if (!info.isFile()) throw new Error(`No file: ${absolute}`)
    if (info.size > most) return { size: info.size }
    if (info.size >= SMALL) return readFileSync(descriptor)
    buffer ??= Buffer.allocUnsafeSlow(SMALL)
    // One byte more than it has, so that the end is seen with it.
    const length = readSync(descriptor, buffer, 0, info.size + 1, null)
    return length === info.size ? buffer.subarray(0, length) : readFileSync(absolute)
  } finally {
    closeSync(descriptor)
  }
}

/** In bytes. */
const SMALL = 1 << 18
let buffer: Buffer | undefined

/** Without waiting for a writer, where the path is a named pipe. Windows has none. */
const OPEN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Absolute paths of the files under a folder that the settings include, sorted. Symbolic links are not followed, and data
 * that was published under it is not read again. Throws a UsageError for a folder that can't be looked into: the walk would
 * pass over it and its pages in silence.
 */
export async function findFiles(folder: string, settings: Settings, list = readdir as List): Promise<string[]> {
  const refused: { path: string; error: Error }[] = []
  const listed: List = (path, options, done) =>
    list(path, options, (error, entries) => {
      // One that has just been removed holds no pages.
      if (error && error.code !== 'ENOENT') refused.push({ path, error })
      const isRoot = resolve(folder, path) === resolve(folder)
      done(error, !isRoot && entries && isPublished(entries.map(({ name }) => name)) ? [] : entries)
    })
  const found = await glob(settings.include, {
    fs: { readdir: listed as typeof readdir },
    cwd: folder,
    ignore: settings.exclude,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  })
  const [first] = refused.sort((a, b) => compareText(a.path, b.path))
  if (first)
    throw new UsageError(
      `Can't be read: ${resolve(folder, first.path)}: ${reasonOf(first.error) ?? first.error.message}. Leave it out by \`exclude\` in the config if it holds no pages`,
    )
  return found.sort(compareText)
}

/** `readdir` of `node:fs`, in types that need none of Node's: programs that use the package may have none. */
type List = (
  path: string,
  options: { withFileTypes: true },
  done: (error: (Error & { code?: string }) | null, entries: { name: string }[]) => void,
) => void

/** What stands together in no folder but one that `export` wrote, whose tables would state every fact a second time. */
const PUBLISHED = ['dataset.json', 'dataset.schema.json', 'manifest.json', 'verify.js']

/** Whether a folder of these entries is published data. */
export function isPublished(names: readonly string[]): boolean {
  return PUBLISHED.every((name) => names.includes(name))
}

/** Whether the settings include a file of this path, relative to the root, were it there. */
export function isIncluded(path: string, settings: Settings): boolean {
  return picomatch.isMatch(path, settings.include) && !picomatch.isMatch(path, settings.exclude)
}

/** How a file is read, and how to tell without reading it that it is as it was. */
export interface Access {
  /** Its bytes until the next is read, or that it has more than the limit; throws what the user is told where it can't be. */
  read(): Uint8Array | TooLarge
  /** See `stateOf`; `null` where the file is none of the disk. */
  state(): string | null
}

/**
 * A file that is read when its text is first asked for, as UTF-8; of one that is larger than the limit, there is none.
 * Its hash is made when it is asked for: of most files nobody wants it. Once released, it is read again where it is asked for
 * after all, so that a repository of prose is never in memory as a whole.
 */
export class FileSource implements SourceFile {
  readonly path: string
  readonly relativePath: string
  readonly #access: Access
  #text: string | null = null
  /** In bytes. */
  #size = -1
  #tooLarge: number | undefined
  #isUtf8 = true
  #hash: string | null = null
  #state: string | null | undefined
  #asked = false

  constructor(path: string, relativePath: string, access: Access) {
    this.path = path
    this.relativePath = relativePath
    this.#access = access
  }

  get text(): string {
    this.#asked = true
    return this.scanned()
  }

  get asked(): boolean {
    return this.#asked
  }

  scanned(): string {
    return this.#text ?? this.#read()
  }

  get sha256(): string {
    if (this.#hash === null) {
      const text = this.scanned()
      this.#hash ??= sha256(text)
    }
    return this.#hash
  }

  get tooLarge(): number | undefined {
    if (this.#size === -1) this.#read()
    return this.#tooLarge
  }

  get isUtf8(): boolean {
    if (this.#size === -1) this.#read()
    return this.#isUtf8
  }

  get state(): string | null {
    if (this.#state === undefined) this.#state = this.#access.state()
    return this.#state
  }

  release(): void {
    this.#text = null
  }

  #read(): string {
    const content = this.#access.read()
    const isLarge = 'size' in content
    const size = isLarge ? content.size : content.byteLength
    if (this.#size !== -1 && this.#size !== size)
      throw new UsageError(`${this.path} was changed while it was read: run again`)
    this.#size = size
    if (isLarge) this.#tooLarge = size
    if (!isLarge) noteText(size)
    const text = isLarge ? '' : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8')
    // Bytes that are no UTF-8 can't be had again from the text.
    if (text.includes('\uFFFD') && !isLarge) {
      this.#hash = sha256(content)
      this.#isUtf8 = isUtf8(content)
    }
    this.#text = text
    return text
  }
}

/**
 * What changes when a file is written: its size, its times (ms) and its number on the disk; `null` where it is no file. As git
 * does it: https://git-scm.com/docs/racy-git
 */
export function stateOf(absolute: string): string | null {
  const info = statSync(absolute, { throwIfNoEntry: false })
  return info?.isFile() ? [info.size, info.mtimeMs, info.ctimeMs, info.ino].join(' ') : null
}
