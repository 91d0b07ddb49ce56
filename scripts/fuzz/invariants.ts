/** What holds for every input. Each step runs a part of Rolebook on it and looks at what came out. */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { parse as parseCsv } from 'csv-parse/sync'
import { SaxesParser } from 'saxes'
import { type Analysis, analyse } from '../../src/analyse.ts'
import type { Diagnostic, Place, Span } from '../../src/diagnostic.ts'
import { schemaErrors } from '../../src/export/check.ts'
import { formats } from '../../src/export/formats.ts'
import { type FixResult, fixFiles } from '../../src/fix/run.ts'
import { scanner } from '../../src/parse/scan/scan.ts'
import type { SourceFile } from '../../src/parse/source.ts'
import { formatters } from '../../src/report/formatters.ts'
import { resolveSettings } from '../../src/settings/defaults.ts'
import { configSchema, type RoleTemplate, type Settings } from '../../src/settings/schema.ts'
import type { FuzzInput, InputFile } from './input.ts'

/** What can be wrong, in the order in which it is counted. `crash` and `hang` may be found from outside, too. */
export const KINDS = [
  ...(['crash', 'hang', 'place', 'schema', 'order', 'scan', 'fix-twice', 'fix-harm', 'export', 'report'] as const),
] as const
export type Kind = (typeof KINDS)[number]

export interface Violation {
  kind: Kind
  /** What was seen, in a line or some. */
  what: string
}

/** What was in an input: that a run saw facts and findings, and not prose alone. */
export interface Seen {
  files: number
  blocks: number
  findings: number
  /** Whether `fix` changed something. */
  fixed: boolean
  /** Files that the scan passed over. */
  passed: number
}

/** The parts of Rolebook that are held to it; a test brings others that are wrong. */
export interface Subject {
  analyse: typeof analyse
  fixFiles: typeof fixFiles
}

export const ROLEBOOK: Subject = { analyse, fixFiles }

const VERSION = 'latest'

const TERRAFORM: RoleTemplate = {
  id: 'terraform',
  title: 'Terraform',
  language: 'hcl',
  extension: 'tf',
  text: 'resource "x_role" "{{slug}}" {\n  name = {{name}}\n  type = {{scope}}\n  permissions = {{permissions}}\n}\n',
  file: { name: 'roles.tf' },
}

export interface CheckOptions {
  subject?: Subject
  /** Told before each step, with the pages' worth of work that it may do at most. */
  step?: (name: string, work: number) => void
  /** Whether to parse Terraform as well, which is slow, and to write what has nothing in it. */
  thorough?: boolean
}

/** Runs an input through all steps. The first violation ends it. */
export async function check(input: FuzzInput, options: CheckOptions = {}): Promise<Violation | Seen> {
  let now = ''
  const { subject = ROLEBOOK, thorough = false } = options
  const step = (name: string, work: number) => {
    now = name
    options.step?.(name, work)
  }
  try {
    return await new Checker(input, subject, thorough, step).run()
  } catch (error) {
    if (error instanceof Broken) return { kind: error.kind, what: error.message }
    return { kind: 'crash', what: `in ${now}: ${error instanceof Error ? error.stack : error}` }
  }
}

class Broken extends Error {
  readonly kind: Kind
  constructor(kind: Kind, what: string) {
    super(what)
    this.kind = kind
  }
}

class Checker {
  readonly #subject: Subject
  readonly #thorough: boolean
  readonly #step: (name: string, work: number) => void
  readonly #settings: Settings
  readonly #files: SourceFile[]

  constructor(
    { files, config }: FuzzInput,
    subject: Subject,
    thorough: boolean,
    step: (name: string, work: number) => void,
  ) {
    this.#subject = subject
    this.#thorough = thorough
    this.#step = step
    this.#settings = resolveSettings(configSchema.parse(config))
    this.#files = files.map(sourceOf)
  }

  async run(): Promise<Seen> {
    const [settings, files] = [this.#settings, this.#files]
    this.#step('analyse', files.length)
    const analysis = this.#subject.analyse(files, settings, VERSION)
    this.#step('places', files.length)
    this.#sound(analysis, files)
    this.#step('analyse again', files.length)
    const other = this.#subject.analyse(files.toReversed(), settings, VERSION)
    same('order', 'the files in another order, or twice', said(analysis), said(other))
    const passed = this.#scanned(analysis)
    const fixed = this.#fixed(analysis)
    const { reading, model, diagnostics } = analysis
    this.#step('report', files.length)
    if (diagnostics.length > 0 || this.#thorough) this.#reported(analysis)
    this.#step('export', files.length * 4)
    const { roles, catalogues, mappings, policies } = model.dataset
    if ([roles, catalogues, mappings, policies].some(({ length }) => length > 0) || this.#thorough)
      await this.#exported(analysis)
    return { files: files.length, blocks: reading.blocks.length, findings: diagnostics.length, fixed, passed }
  }

  /** Places lie in their files, and the dataset fits its schema. */
  #sound({ model, diagnostics }: Analysis, files: readonly SourceFile[]): void {
    const lines = new Map(files.map(({ path, text }) => [path, text.split(/\r\n|\n|\r/)]))
    for (const diagnostic of diagnostics) {
      const { ruleId, message } = diagnostic
      if (ruleId === 'crashed-rule') throw new Broken('crash', message)
      for (const span of [diagnostic, ...(diagnostic.fix?.edits ?? [])])
        requireSpan(span, lines, `${ruleId}: ${message}`)
      for (const place of diagnostic.related) requirePlace(place, lines, `what is related to ${ruleId}: ${message}`)
    }
    // What a policy's own document says is no place of ours.
    const { policies, ...facts } = model.dataset
    const own = policies.map(({ document, statements, ...policy }) => [policy, statements.map(({ source }) => source)])
    for (const place of placesIn([facts, own])) requirePlace(place, lines, 'a source of the dataset')
    const errors = schemaErrors(JSON.parse(JSON.stringify(model.dataset)))
    if (errors.length > 0) throw new Broken('schema', errors.join('\n'))
    if (Object.keys(Object.prototype).length > 0) throw new Broken('schema', 'Object.prototype was written to')
  }

  /** What the scan passes over holds nothing: the same is said without it. Returns how many files it passes over. */
  #scanned(analysis: Analysis): number {
    this.#step('scan', this.#files.length)
    const quiet = scanner(this.#settings)
    const passed = this.#files.filter((file) => quiet(file) !== null).length
    if (passed === 0) return 0
    const scanned = this.#subject.analyse(this.#files, this.#settings, VERSION, { quiet })
    same('scan', 'the files with the scan', said(analysis), said(scanned))
    return passed
  }

  /** What is mended stays mended, and is not worse than it was. */
  #fixed(analysis: Analysis): boolean {
    const once = this.#fix(this.#files)
    if (once.files.length === 0) return false
    const after = new Map(once.files.map((file) => [file.path, file.after]))
    const files = this.#files.map((file) => ({ ...file, text: after.get(file.path) ?? file.text }))
    const twice = this.#fix(files)
    for (const { path, before, after } of twice.files) same('fix-twice', `${path}, mended again`, before, after)
    this.#step('analyse what is mended', files.length)
    const mended = this.#subject.analyse(files, this.#settings, VERSION)
    this.#sound(mended, files)
    const before = errorsByRule(analysis.diagnostics)
    for (const [rule, count] of errorsByRule(mended.diagnostics)) {
      if (count > (before.get(rule) ?? 0))
        throw new Broken('fix-harm', `${rule}: ${before.get(rule) ?? 0} before, ${count} after`)
    }
    return true
  }

  #fix(files: readonly SourceFile[]): FixResult {
    // Each proposal is tried with an analysis of its own.
    this.#step('fix', files.length * 10)
    const texts = this.#files.filter((file) => file.isUtf8 !== false).map(({ path }) => path)
    const unit = { settings: this.#settings, version: VERSION, files, fallback: [], complete: true }
    return this.#subject.fixFiles([{ ...unit, selected: new Set(texts) }])
  }

  #reported({ reading, model, diagnostics }: Analysis): void {
    const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
    const summary = {
      files: this.#files.length,
      blocks: reading.blocks.length,
      roles: model.dataset.roles.length,
      grants: 0,
      errors: count('error'),
      warnings: count('warning'),
      baselined: 0,
    }
    const sources = new Map(this.#files.map(({ path, text }) => [path, text]))
    for (const { id, format } of formatters) {
      const text = format({ diagnostics, summary, sources, version: '0.0.0' }, { color: false })
      if (id === 'json' || id === 'sarif' || id === 'gitlab') parsed('report', id, () => JSON.parse(text))
      else if (id === 'junit') parsed('report', id, () => new SaxesParser().write(text).close())
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal must never be sent
      else if (id === 'stylish' && /[\0-\x08\x0B-\x1F\x7F]/.test(text))
        throw new Broken('report', 'a control character')
    }
  }

  async #exported({ model }: Analysis): Promise<void> {
    const settings = { ...this.#settings, roleTemplates: [TERRAFORM] }
    for (const { id, files } of formats) {
      for (const { name, content } of files(model.dataset, { settings })) {
        if (typeof content !== 'string') continue
        if (/(?:^|\/)\.\.(?:\/|$)|^\/|[\0\\]/.test(name)) throw new Broken('export', `${id} writes to ${name}`)
        if (name.endsWith('.json')) parsed('export', name, () => JSON.parse(content))
        else if (name.endsWith('.ndjson'))
          parsed('export', name, () =>
            content
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line || 'null')),
          )
        else if (id === 'csv') parsed('export', name, () => parseCsv(content, { record_delimiter: '\r\n' }))
        else if (name.endsWith('.tf') && this.#thorough && content !== '') {
          try {
            const hcl = await import('@cdktf/hcl2json')
            await hcl.parse(name, content)
          } catch (error) {
            throw new Broken('export', `${name}: ${error}\n${content}`)
          }
        }
      }
    }
  }
}

/** As the files of a disk are read: bytes that are no UTF-8 become U+FFFD, and the hash is that of the bytes. */
function sourceOf({ path, bytes }: InputFile): SourceFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, relativePath: path, text: Buffer.from(bytes).toString('utf8'), sha256, isUtf8: isUtf8(bytes) }
}

/** All that an analysis says, as text. */
function said({ model, diagnostics }: Analysis): string {
  return `${JSON.stringify(model.dataset, null, 1)}\n${JSON.stringify(diagnostics, null, 1)}`
}

function same(kind: Kind, what: string, expected: string, actual: string): void {
  if (expected === actual) return
  const [a, b] = [expected.split('\n'), actual.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  const from = at === -1 ? a.length : at
  const part = (lines: string[]) => lines.slice(Math.max(0, from - 2), from + 3).join('\n')
  throw new Broken(kind, `${what}: line ${from + 1} differs\n--- expected\n${part(a)}\n--- actual\n${part(b)}`)
}

function parsed(kind: Kind, name: string, parse: () => unknown): void {
  try {
    parse()
  } catch (error) {
    throw new Broken(kind, `${name} does not parse: ${error}`)
  }
}

function errorsByRule(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { severity, ruleId } of diagnostics)
    if (severity === 'error') counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  return counts
}

function* placesIn(value: unknown): Generator<Place> {
  if (typeof value !== 'object' || value === null) return
  if ('path' in value && 'line' in value && 'column' in value) yield value as Place
  for (const inner of Object.values(value)) yield* placesIn(inner)
}

type Lines = ReadonlyMap<string, readonly string[]>

function requirePlace({ path, line, column }: Place, lines: Lines, of: string): void {
  const text = lines.get(path)?.[line - 1]
  // A line end is a character of its line, and what is missing stands behind the last.
  if (text !== undefined && column >= 1 && column <= text.length + 1) return
  const there = text === undefined ? 'no such line' : `the line has ${text.length} characters`
  throw new Broken('place', `${path}:${line}:${column} (${there}), of ${of}`)
}

function requireSpan(span: Span, lines: Lines, of: string): void {
  requirePlace(span, lines, of)
  const { path, line, column, endLine, endColumn } = span
  requirePlace({ path, line: endLine, column: endColumn }, lines, `the end of ${of}`)
  if (endLine < line || (endLine === line && endColumn < column))
    throw new Broken('place', `${path}:${line}:${column} ends before it begins, at ${endLine}:${endColumn}: ${of}`)
}
