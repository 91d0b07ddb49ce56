/** From the operands of a comparison to the datasets of its two sides. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { commitOf, DEEPEN, isShallow, mergeBase, unknownRevision } from '../files/revision.ts'
import { UsageError } from '../files/usage-error.ts'
import { type Opened, openDatasets } from './datasets.ts'

export interface Side {
  opened: Opened
  /** The operand as people read it. */
  label: string
}

/** An operand to open, `undefined` for the files as they are, and what to call it. */
interface Operand {
  operand: string | undefined
  label: string
}

/** What the files on the disk are called. */
const WORKING = 'working tree'

/**
 * Opens both sides: two operands as they are; one as a range (`A..B`, `A...B` from where the two parted) or against the
 * files on the disk; none as HEAD against these.
 *
 * @param docsVersion a version of the documentation, or two as `ID..ID`: these are of one tree where at most one operand is
 *   given, else one of each side
 */
export async function openSides(
  operands: readonly (string | undefined)[],
  docsVersion: string | undefined,
  cwd: string,
): Promise<[Side, Side]> {
  const [first, second] = operands.filter((operand) => operand !== undefined)
  const [oldVersion, newVersion] = docsVersion === undefined ? [] : versionsOf(docsVersion)
  const isOneTree = oldVersion !== newVersion && second === undefined && !(first && (await rangeOf(first, cwd)))
  const [old, own] = isOneTree
    ? [operandOf(first), operandOf(first)]
    : second !== undefined
      ? [operandOf(first), operandOf(second)]
      : await single(first, cwd)
  const before = await open(old, oldVersion, cwd)
  return [before, await open(own, newVersion, cwd)]
}

function operandOf(operand: string | undefined): Operand {
  return { operand, label: operand ?? WORKING }
}

function versionsOf(docsVersion: string): [string, string] {
  const at = docsVersion.indexOf('..')
  const [old, own] = at < 0 ? [docsVersion, docsVersion] : [docsVersion.slice(0, at), docsVersion.slice(at + 2)]
  if (old === '' || own === '') throw new UsageError(`Write two versions as v3..latest, not ${docsVersion}`)
  return [old, own]
}

/** One operand, or none. */
async function single(operand: string | undefined, cwd: string): Promise<[Operand, Operand]> {
  if (operand === undefined) return [operandOf('HEAD'), operandOf(undefined)]
  const range = await rangeOf(operand, cwd)
  if (range) return [range.old, range.own]
  const info = await stat(resolve(cwd, operand)).catch(() => null)
  if (info?.isFile() && /\.json$/i.test(operand))
    throw new UsageError(`Say what to compare ${operand} with: rolebook diff ${operand} NEW`)
  // A path is compared with what it was, as git does.
  if (info) return [operandOf(`HEAD:${operand}`), operandOf(operand)]
  const colon = operand.indexOf(':')
  return [operandOf(operand), operandOf(colon < 0 ? undefined : operand.slice(colon + 1))]
}

/** A range of revisions; `null` for what is none: an existing path, or no two dots in it. */
async function rangeOf(operand: string, cwd: string): Promise<{ old: Operand; own: Operand } | null> {
  if (await stat(resolve(cwd, operand)).catch(() => null)) return null
  const match =
    /^(?<old>(?:(?!\.\.)[^:])*)(?<oldPath>:.*?)?(?<dots>\.{2,3})(?<own>[^./:][^:]*)?(?<ownPath>:.*)?$/s.exec(operand)
  const { old = '', oldPath = '', dots, own = '', ownPath = '' } = match?.groups ?? {}
  if (dots === undefined || (old === '' && own === '')) return null
  const [from, to] = [old || 'HEAD', own || 'HEAD']
  const commits = await Promise.all([from, to].map((name) => commitOf(cwd, name)))
  const [fromCommit = null, toCommit = null] = commits
  if (fromCommit === null || toCommit === null) throw await unknownRevision(cwd, fromCommit === null ? from : to)
  if (dots === '..') return { old: operandOf(from + oldPath), own: operandOf(to + ownPath) }
  const base = await mergeBase(cwd, fromCommit, toCommit)
  if (base === null) {
    const why = (await isShallow(cwd)) ? `: ${DEEPEN}` : '. Write two dots to compare them as they are.'
    throw new UsageError(`${from} and ${to} have no commit in common here${why}`)
  }
  const label = `${from} (${base.slice(0, 7)}, where ${to} parted)`
  return { old: { operand: base + oldPath, label: label + oldPath }, own: operandOf(to + ownPath) }
}

async function open({ operand, label }: Operand, docsVersion: string | undefined, cwd: string): Promise<Side> {
  return { opened: await openDatasets(operand, cwd, docsVersion), label }
}
