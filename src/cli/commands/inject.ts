import { resolve } from 'node:path'
import { pointText, type Span } from '../../diagnostic.ts'
import { inProject, openProject, type Project, type Unit } from '../../files/project.ts'
import { rewrite } from '../../files/rewrite.ts'
import { UsageError } from '../../files/usage-error.ts'
import { patchOf } from '../../fix/patch.ts'
import { type InjectedFile, type InjectSource, injectPage } from '../../inject/inject.ts'
import { regionsOf, withoutRegions } from '../../inject/markers.ts'
import type { Dataset } from '../../model/dataset.ts'
import { readModel } from '../../model/read.ts'
import type { SourceFile } from '../../parse/source.ts'
import { printable } from '../../report/printable.ts'
import { plural } from '../../text.ts'
import { openDatasets } from '../datasets.ts'
import { say } from '../report-output.ts'
import type { Terminal } from '../terminal.ts'

export interface InjectCommandOptions {
  /** A dataset file, a folder or a git revision; the pages themselves without it. */
  data?: string
  docsVersion?: string
  check?: boolean
  dryRun?: boolean
  diff?: boolean
}

/**
 * Regenerates the regions of pages. Exit code 1 where a region is wrong, or, with `--check`, out of date; a page with a
 * wrong region is left alone, the others are written. 2 where a file can't be written.
 */
export async function inject(roots: string[], options: InjectCommandOptions, terminal: Terminal): Promise<number> {
  const patch = options.dryRun || options.diff
  if (options.check && patch) throw new UsageError('Give either --check or --dry-run')
  if (options.docsVersion !== undefined && options.data === undefined)
    throw new UsageError('--docs-version is for the data: name it with --data')
  const project = await openProject(roots, terminal.cwd)
  const given = options.data === undefined ? null : await openData(options.data, options.docsVersion, project, terminal)
  const files = project.units.flatMap((unit) => injectUnit(unit, given))
  const tell = patch ? terminal.err : terminal.out
  const faults = files.flatMap(({ path, problems }) => problems.map(({ span, message }) => placed(path, span, message)))
  if (faults.length > 0) say(faults.join(''), terminal, 'err')
  const wrong = files.filter(({ problems }) => problems.length > 0).length
  const regions = files.reduce((sum, file) => sum + file.regions, 0)
  if (regions === 0 && wrong === 0) {
    tell('No page holds a `rolebook:begin` marker.\n')
    return 0
  }
  if (options.check) return reportOutdated(files, regions, wrong, terminal)
  const { code, written } = patch ? { code: 0, written: changedOf(files) } : await write(files, project, terminal)
  if (patch) terminal.out(patchOf(written))
  for (const { path, outdated } of written)
    tell(`${printable(path)}: ${outdated.map(({ subject }) => printable(subject)).join(', ')}\n`)
  const nothing = wrong > 0 ? 'nothing written' : 'nothing to change'
  const done = written.length === 0 ? nothing : `${plural(written.length, 'file')} ${patch ? 'would be ' : ''}rewritten`
  tell(`${plural(regions, 'region')}: ${done}.\n`)
  return Math.max(code, wrong > 0 ? 1 : 0)
}

function changedOf(files: readonly InjectedFile[]): InjectedFile[] {
  return files.filter(({ before, after }) => before !== after)
}

function reportOutdated(files: readonly InjectedFile[], regions: number, wrong: number, terminal: Terminal): number {
  const lines = files.flatMap(({ path, outdated }) => outdated.map(({ span, what }) => placed(path, span, what)))
  const count = lines.length
  lines.push(
    count === 0
      ? `${plural(regions, 'region')}: all current${wrong > 0 ? `, but ${plural(wrong, 'file')} can't be read` : ''}.\n`
      : `${plural(regions, 'region')}: ${count} out of date. \`rolebook inject\` rewrites them.\n`,
  )
  say(lines.join(''), terminal)
  return count + wrong > 0 ? 1 : 0
}

function placed(path: string, span: Span, text: string): string {
  return `${printable(`${path}:${pointText(span)}: ${text}`)}\n`
}

/** The data that is named, by version of the documentation. */
async function openData(operand: string, version: string | undefined, project: Project, { cwd }: Terminal) {
  const opened = await openDatasets(operand, cwd, version)
  if (opened.datasets.length === 0) throw new UsageError(`${operand} holds no version of the documentation`)
  if (opened.kind === 'pages') {
    const read = new Set(
      opened.datasets.flatMap(({ sources }) => sources.map(({ path, sha256 }) => `${path} ${sha256}`)),
    )
    const own = project.units
      .flatMap(({ files }) => files)
      .find((file) => {
        return read.has(`${file.path} ${file.sha256}`) && regionsOf(file).regions.length > 0
      })
    if (own)
      throw new UsageError(
        `${operand} holds the pages that are to be rewritten (${own.path}), so they would say what they said: leave --data out`,
      )
  }
  return (unit: Unit): Dataset => {
    const [first] = opened.datasets
    const same = opened.datasets.find((dataset) => dataset.version === unit.version.id)
    if (same) return same
    if (first && (opened.datasets.length === 1 || version !== undefined)) return first
    throw new UsageError(`${operand} holds no version ${unit.version.id}: name one with --docs-version`)
  }
}

function injectUnit(unit: Unit, given: ((unit: Unit) => Dataset) | null): InjectedFile[] {
  const { files, selected, settings } = unit
  const marked = files.filter((file) => (selected?.has(file.path) ?? true) && file.text.includes('rolebook:'))
  if (!marked.some((file) => hasMarkers(file))) return []
  const source: InjectSource = given ? { data: given(unit), withRegions: null } : ownData(unit)
  return marked.flatMap((file): InjectedFile[] => {
    const injected = injectPage(file, settings, source)
    if (!injected) return []
    if (file.isUtf8 !== false) return [injected]
    const [at] = regionsOf(file).regions
    const span = at?.span ?? { path: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 }
    return [
      {
        ...injected,
        after: injected.before,
        problems: [...injected.problems, { span, message: 'The file is no valid UTF-8.' }],
      },
    ]
  })
}

function hasMarkers(file: SourceFile): boolean {
  const { regions, problems } = regionsOf(file)
  return regions.length + problems.length > 0
}

/** The data of the pages themselves, in which no region feeds itself. */
function ownData({ files, fallback, settings, version, complete }: Unit): InjectSource {
  const options = { complete }
  const blank = (file: SourceFile) => {
    const { regions } = regionsOf(file)
    if (regions.length === 0) return file
    const { path, relativePath, sha256 } = file
    return { path, relativePath, sha256, text: withoutRegions(file.text, regions) }
  }
  return {
    data: readModel(files.map(blank), settings, version.id, { ...options, fallback: fallback.map(blank) }).dataset,
    withRegions: readModel(files, settings, version.id, { ...options, fallback }).dataset,
  }
}

async function write(files: readonly InjectedFile[], project: Project, terminal: Terminal) {
  const sources = new Map(project.units.flatMap((unit) => unit.files).map((file) => [file.path, file]))
  const written: InjectedFile[] = []
  let code = 0
  for (const file of changedOf(files)) {
    const read = sources.get(file.path) as SourceFile
    const absolute = inProject(project, file.path)
    const up = read.relativePath.split('/').map(() => '..')
    const problem = await rewrite(absolute, resolve(absolute, ...up), read, file.after)
    if (problem === null) written.push(file)
    else {
      terminal.err(`${printable(file.path)}: ${problem}; left alone.\n`)
      code = 2
    }
  }
  return { code, written }
}
