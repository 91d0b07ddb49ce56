/** Asking a question: the data opened, the answer printed as text or JSON. */
import { createHash } from 'node:crypto'
import { UsageError } from '../../files/usage-error.ts'
import type { Dataset } from '../../model/dataset.ts'
import { NameError, scopeNamed } from '../../query/ask.ts'
import { printable } from '../../report/printable.ts'
import type { Settings } from '../../settings/schema.ts'
import { toJson } from '../../text.ts'
import { isEmpty, noPermissions, noVersion, type Opening, openVersions } from '../datasets.ts'
import { say } from '../report-output.ts'
import type { Terminal } from '../terminal.ts'
import { Printer } from './printer.ts'

/** What all questions take. */
export interface QuestionOptions {
  /** A published dataset, a folder, or a git revision; what the config names without it. */
  data?: string
  docsVersion?: string
  json?: boolean
  /** Id or title. */
  scope?: string
}

export interface Asked {
  dataset: Dataset
  /** Id of the scope that the question is limited to. */
  scope: string | undefined
  /** `null` for a published dataset. */
  settings: Settings | null
}

export interface Reply {
  code: number
  /** Follows `data` in what `--json` prints. */
  json: Record<string, unknown>
  text: (print: Printer) => void
  /** Said on standard error, a line each. */
  warnings?: readonly string[]
}

/** Which data an answer is from; the hash is that of `dataset.json` as it is published. */
export interface DataVersion {
  name: string
  version: string
  schemaVersion: string
  sha256: string
}

/** Name, version and hash of the data that an answer is from. */
export function dataVersion(dataset: Dataset): DataVersion {
  const { name, version, schemaVersion } = dataset
  return { name, version, schemaVersion, sha256: createHash('sha256').update(toJson(dataset)).digest('hex') }
}

/**
 * Opens the data, answers, and prints. The first version of the documentation is asked where none is named: text says so
 * on standard error, JSON in itself. A name that only another version has is an error that names the version.
 *
 * @param answer pure; throws a NameError for a name that the data does not have
 */
export async function ask(
  options: QuestionOptions,
  terminal: Terminal,
  answer: (asked: Asked) => Reply,
): Promise<number> {
  const opening = await openVersions(options.data, terminal.cwd)
  const asked = options.data === undefined ? [] : [options.data]
  const { docsVersion } = options
  const index = docsVersion === undefined ? 0 : opening.versions.findIndex(({ id }) => id === docsVersion)
  const version = opening.versions[index]
  if (!version) throw docsVersion === undefined ? noPermissions(asked) : noVersion(printable(docsVersion), opening)
  const dataset = version.read()
  if (isEmpty(dataset)) throw noPermissions(asked)
  let reply: Reply
  try {
    reply = answerFrom(dataset, opening, options, answer)
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    const others = docsVersion === undefined ? opening.versions.filter((other) => other !== version) : []
    const having = others.filter(({ read }) => isAnswered(() => answerFrom(read(), opening, options, answer)))
    const hint = having[0] ? ` (version ${having[0].id} has it: --docs-version ${having[0].id})` : ''
    throw new UsageError(printable(error.message + hint))
  }
  for (const warning of reply.warnings ?? []) terminal.err(`${printable(warning)}\n`)
  if (options.json) {
    terminal.out(toJson({ data: dataVersion(dataset), ...reply.json }))
    return reply.code
  }
  const print = new Printer(terminal.color.out)
  reply.text(print)
  if (print.isForPrograms) terminal.out(print.text)
  else say(print.text, terminal)
  if (docsVersion === undefined && opening.versions.length > 1) {
    const others = opening.versions.slice(1).map(({ id }) => id)
    const which = `This is version \`${version.id}\`; --docs-version asks another (${others.join(', ')}).`
    terminal.err(`${printable(which)}\n`)
  }
  return reply.code
}

function answerFrom(
  dataset: Dataset,
  { settings }: Opening,
  { scope }: QuestionOptions,
  answer: (asked: Asked) => Reply,
): Reply {
  return answer({ dataset, settings, scope: scope === undefined ? undefined : scopeNamed(dataset.scopes, scope) })
}

function isAnswered(answer: () => Reply): boolean {
  try {
    answer()
    return true
  } catch (error) {
    if (error instanceof NameError) return false
    throw error
  }
}
