import { nextVersion } from '../../diff/bump.ts'
import { type ChangeFacts, CONDITIONS, condition } from '../../diff/condition.ts'
import { type Comparison, diffJsonSchema } from '../../diff/document.ts'
import { countsOf, diffVersions, kindsIn } from '../../diff/versions.ts'
import { sha256 } from '../../files/hash.ts'
import { UsageError } from '../../files/usage-error.ts'
import { changeFormats } from '../../report/change-formats.ts'
import type { ChangeFormat } from '../../report/changes/format.ts'
import { nearest, toJson } from '../../text.ts'
import { openSides, type Side } from '../diff-sides.ts'
import { type Output, requireOwnFiles, say, writeTo } from '../report-output.ts'
import { sourceDate, type Terminal } from '../terminal.ts'

export interface DiffOptions {
  /** Formats in the order given, each with the file it goes to or `null` for standard output. */
  outputs: Output[]
  docsVersion?: string
  failOn: string[]
  current?: string
  linkBase?: string
}

/** Says what changed. 1 where a change is one that was asked to fail on. */
export async function diff(
  operands: readonly (string | undefined)[],
  options: DiffOptions,
  terminal: Terminal,
): Promise<number> {
  const asked = options.outputs.length > 0 ? options.outputs : [{ format: 'text', file: null }]
  const to = asked.map(({ format, file }) => ({ format: formatOf(format), file }))
  requireOwnFiles(asked, terminal)
  const fails = options.failOn.map(conditionOf)
  const current = options.current ?? null
  if (current !== null && nextVersion(current, 'none') === null)
    throw new UsageError(`${current} is no version such as 1.4.2`)
  const linkBase = options.linkBase === undefined ? null : linkBaseOf(options.linkBase)

  const [before, after] = await openSides(operands, options.docsVersion, terminal.cwd)
  requireSomething(before, after)
  const comparison: Comparison = {
    from: { operand: before.label, commit: before.opened.commit?.hash ?? null },
    to: { operand: after.label, commit: after.opened.commit?.hash ?? null },
    versions: diffVersions(before.opened.datasets, after.opened.datasets),
    current,
    date: after.opened.commit?.date ?? sourceDate(terminal)?.toISOString() ?? null,
  }
  for (const { format, file } of to) {
    const color = file === null && terminal.color.out
    const text = format.format(comparison, { color, linkBase, digest: sha256 })
    if (file !== null) await writeTo(file, text, terminal)
    else if (format.id === 'text') say(text, terminal)
    else terminal.out(text)
  }
  const facts: ChangeFacts[] = comparison.versions.flatMap((version) => kindsIn(countsOf(version)))
  return facts.some((change) => fails.some((isAsked) => isAsked(change))) ? 1 : 0
}

/** Prints the JSON Schema of what `--format json` writes. */
export function diffSchema(terminal: Terminal): number {
  terminal.out(toJson(diffJsonSchema()))
  return 0
}

function formatOf(id: string): ChangeFormat {
  const format = changeFormats.find((candidate) => candidate.id === id)
  if (format) return format
  throw new UsageError(`Unknown format \`${id}\`: there are ${changeFormats.map((one) => one.id).join(', ')}`)
}

function conditionOf(text: string): (change: ChangeFacts) => boolean {
  const found = condition(text)
  if (found) return found
  const meant = nearest(text, CONDITIONS)
  const hint =
    meant === null ? `there are ${CONDITIONS.filter((one) => !one.includes(':')).join(', ')}` : `did you mean ${meant}?`
  throw new UsageError(`Nothing to fail on is called \`${text}\`: ${hint}`)
}

/** An address of the web that ends in a slash. */
function linkBaseOf(text: string): string {
  const isWeb = /^https?:\/\/[^/]/i.test(text) && URL.canParse(text)
  if (!isWeb)
    throw new UsageError(`--link-base takes an address such as https://github.com/o/r/blob/main/, not ${text}`)
  return text.endsWith('/') ? text : `${text}/`
}

/** A folder in which nothing is to be found is most likely the wrong one. */
function requireSomething(before: Side, after: Side): void {
  const isEmpty = ({ opened }: Side) => opened.datasets.every(({ sources }) => sources.length === 0)
  if (isEmpty(before) && isEmpty(after))
    throw new UsageError(`There is no page in ${before.label}, and none in ${after.label}`)
}
