/** The whole pure core for one version: files to model to diagnostics. */
import type { Diagnostic, Finding, Outcome } from './diagnostic.ts'
import { buildModel } from './model/build.ts'
import type { Model } from './model/model.ts'
import { withPolicyIds } from './model/policies.ts'
import type { Page } from './parse/page/page.ts'
import type { QuietText } from './parse/page/quiet.ts'
import type { Prose } from './parse/prose.ts'
import { type Reading, type ReadOptions, readFiles, withParsedProse } from './parse/read.ts'
import type { SourceFile } from './parse/source.ts'
import type { Settings } from './settings/schema.ts'
import { validate } from './validate/run.ts'

export interface Analysis {
  reading: Reading
  model: Model
  /** Sorted by place. */
  diagnostics: Diagnostic[]
}

export interface AnalyseOptions extends ReadOptions {
  /** Findings that need facts from outside of the files: a committed manifest, the dates of a repository's history. */
  outside?: (reading: Reading, model: Model) => Finding[]
}

/**
 * Reads files into a model and checks it. Pure: no disk, no clock; the order of `files` changes nothing; content never
 * makes it throw.
 *
 * A page that `options.quiet` knows is not parsed; but where a rule finds something in its prose, it is, so that what is
 * said is what its Markdown says.
 */
export function analyse(
  files: readonly SourceFile[],
  settings: Settings,
  version: string,
  options: AnalyseOptions = {},
): Analysis {
  const known = options.known ?? new Map<SourceFile, Outcome<Page>>()
  const texts = new Map<SourceFile, QuietText | null>()
  const asked = (file: SourceFile): QuietText | null => {
    let text = texts.get(file)
    if (text === undefined) {
      text = options.quiet?.(file) ?? null
      texts.set(file, text)
    }
    return text
  }
  const reading = readFiles(files, settings, { ...options, known, ...(options.quiet ? { quiet: asked } : {}) })
  const model = buildModel(reading.value, version, settings)
  const check = (read: Outcome<Reading>, built: Outcome<Model>): Analysis => {
    const outside = options.outside?.(read.value, built.value) ?? []
    const found = withPolicyIds([...read.findings, ...built.findings, ...outside], built.value.dataset.policies)
    const input = { model: built.value, reading: read.value, settings }
    return { reading: read.value, model: built.value, diagnostics: validate(input, found, version) }
  }
  const first = check(reading, model)
  const doubtful = doubtfulFiles(first)
  if (doubtful.size === 0) return first
  const parsed = withParsedProse(reading.value, doubtful, settings, known)
  if (parsed) return check({ ...reading, value: parsed }, model)
  const quiet = (file: SourceFile) => (doubtful.has(file) ? null : asked(file))
  const again = readFiles(files, settings, { ...options, known, quiet })
  return check(again, buildModel(again.value, version, settings))
}

/** Quiet files that something was found in behind their front matter: where a line stands there is known without a parser. */
function doubtfulFiles({ reading, diagnostics }: Analysis): Set<SourceFile> {
  const doubtful = new Set<SourceFile>()
  if (reading.quiet.size === 0) return doubtful
  const lines = new Map<string, number>()
  for (const { path, line } of diagnostics) lines.set(path, Math.max(line, lines.get(path) ?? 0))
  for (const { file, locator, frontMatter } of reading.pages) {
    const line = reading.quiet.has(file) ? lines.get(file.path) : undefined
    if (line !== undefined && line >= locator.span(frontMatter.end, frontMatter.end).line) doubtful.add(file)
  }
  return doubtful
}

/**
 * The prose of the pages that hold nothing else: no block that was read, no partial, no directive, and no diagnostic at
 * them. Read again unchanged and with the same settings they give the same, whatever other pages say.
 */
export function quietPages({ reading, diagnostics }: Analysis): Map<SourceFile, Prose> {
  const loud = new Set(reading.blocks.map(({ block }) => block.page.file.path))
  for (const { path, related } of diagnostics)
    for (const place of [path, ...related.map((r) => r.path)]) loud.add(place)
  const quiet = new Map<SourceFile, Prose>()
  for (const page of reading.pages) {
    const { path } = page.file
    if (loud.has(path) || page.includes.length > 0 || reading.partials.identityOf(page)) continue
    // One that was not parsed has none, and its text is not at hand.
    const mayDirect = !reading.quiet.has(page.file) && page.file.text.includes('rolebook-')
    if (!mayDirect) quiet.set(page.file, page.prose)
  }
  return quiet
}
