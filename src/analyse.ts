/** The whole pure core for one version: files to model to diagnostics. */
import type { Diagnostic, Finding, Outcome } from './diagnostic.ts'
import { buildModel } from './model/build.ts'
import type { Model } from './model/model.ts'
import { withPolicyIds } from './model/policies.ts'
import type { Page } from './parse/page/page.ts'
import type { QuietText } from './parse/page/quiet.ts'
import type { Prose } from './parse/prose.ts'
import { type Reading, type ReadOptions, readFiles } from './parse/read.ts'
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
  const first = analyseOnce(files, settings, version, { ...options, known, ...(options.quiet ? { quiet: asked } : {}) })
  const { quiet } = first.reading
  if (quiet.size === 0) return first
  const found = new Set(first.diagnostics.map(({ path }) => path))
  const doubtful = new Set([...quiet].filter(({ path }) => found.has(path)))
  if (doubtful.size === 0) return first
  const quietStill = (file: SourceFile) => (doubtful.has(file) ? null : asked(file))
  return analyseOnce(files, settings, version, { ...options, known, quiet: quietStill })
}

function analyseOnce(
  files: readonly SourceFile[],
  settings: Settings,
  version: string,
  options: AnalyseOptions,
): Analysis {
  const reading = readFiles(files, settings, options)
  const model = buildModel(reading.value, version, settings)
  const input = { model: model.value, reading: reading.value, settings }
  const found = [...reading.findings, ...model.findings, ...(options.outside?.(reading.value, model.value) ?? [])]
  const earlier = withPolicyIds(found, model.value.dataset.policies)
  const diagnostics = validate(input, earlier, version)
  return { reading: reading.value, model: model.value, diagnostics }
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
