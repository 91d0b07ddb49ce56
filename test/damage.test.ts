/**
 * Silent loss is zero. Real pages are damaged, one permission block at a time, and then the model must be what it was, or
 * what an independent reading of the damaged lines says, or a finding that was not there before must stand at the block.
 */
import { describe, expect, it } from 'vitest'
import { type Analysis, analyse } from '../src/analyse.ts'
import { sha256 } from '../src/files/hash.ts'
import type { Claim } from '../src/parse/claim.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { READING, sourceFile } from './support/analysis.ts'
import { DAMAGES, type Region, randomOf } from './support/damage.ts'
import { realPages } from './support/real-pages.ts'

const PAGES_TO_DAMAGE = 5000
/** What a rule thinks of a role is no word about a fact that was lost. */
const settings = resolveSettings({ rules: READING })

interface Subject {
  path: string
  lines: string[]
  before: Analysis
  regions: (Region & { facts: boolean })[]
}

function analyseLines(path: string, lines: readonly string[]): Analysis {
  return analyse([sourceFile(path, lines.join('\n'))], settings, 'latest')
}

function subjectOf(path: string, text: string): Subject {
  const lines = text.split(/\r?\n/)
  const before = analyseLines(path, lines)
  const regions = before.reading.blocks.map(({ block, claims }) => {
    const source = lines.join('\n')
    const end = source.slice(0, block.end).trimEnd().length
    const to = source.slice(0, end).split('\n').length
    return { from: block.span.line - 1, to, facts: claims.length > 0 }
  })
  return { path, lines, before, regions: regions.filter((region) => region.facts) }
}

/** Where the outermost of the blocks begins that a region stands in: what is said of a list in an item is said there. */
function beginOf({ from, to }: Region, { regions }: Subject): number {
  return Math.min(from, ...regions.filter((outer) => outer.from < from && outer.to >= to).map((outer) => outer.from))
}

/** All that a model says, order and places aside. */
function factsOf({ model, reading }: Analysis): string {
  const { dataset } = model
  const facts = [
    ...dataset.roles.flatMap((role) => role.grants.map((grant) => `${role.name}|${grant.permission}|${grant.effect}`)),
    ...dataset.roles.map((role) => `${role.name}|${role.description}`),
    ...dataset.policies.flatMap((policy) => policy.permissions.map((permission) => `policy|${permission}`)),
    ...dataset.catalogues.flatMap((catalogue) =>
      catalogue.permissions.map((permission) => `${catalogue.title}|${permission}`),
    ),
    ...dataset.mappings.flatMap((mapping) => mapping.requires.map((names) => `${mapping.id}|${names.join('/')}`)),
    ...reading.claims.flatMap((claim) =>
      claim.kind === 'resource' ? [`${claim.key}|${claim.scopes.join()}|${claim.operations.join()}`] : [],
    ),
    ...reading.claims.flatMap((claim) => (claim.kind === 'operation' ? [`${claim.component}|${claim.operation}`] : [])),
  ]
  return [...new Set(facts)].sort().join('\n')
}

const GRANTED = /^(?:√|✓|✔|✅|:white_check_mark:|:heavy_check_mark:)/
/** Reads either way, by what else its table holds. */
const DENIED = /^(?:❌|✗|✘|:x:|no|x|o|-|yes)$/i

interface RawCell {
  text: string
  from: number
  to: number
}

/** The cells of a pipe row by splitting it, with 1-based columns. */
function rawCells(line: string): RawCell[] {
  const cells: RawCell[] = []
  let from = line.trimStart().startsWith('|') ? line.indexOf('|') + 1 : 0
  for (let i = from; i <= line.length; i++) {
    if (i < line.length && (line[i] !== '|' || line[i - 1] === '\\')) continue
    if (i < line.length || line.slice(from).trim() !== '')
      cells.push({ text: plain(line.slice(from, i)), from: from + 1, to: i + 1 })
    from = i + 1
  }
  return cells
}

function plain(text: string): string {
  return text
    .replace(/<sup>.*?<\/sup>|<[^>]*>|\{\/\*.*?\*\/\}|\[\^\w+\]|\(\d\)|[*`_\\\u200B\s¹]|\]\([^)]*\)|[[\]]/g, '')
    .trim()
    .toLowerCase()
}

/**
 * Whether a damaged table is read as it stands: each granted mark is a claim (or has a finding at its line), and each claim
 * of these lines has the names that its row and its column show, found by splitting lines at pipes.
 */
function readsAsWritten(lines: readonly string[], { from, to }: Region, { reading, diagnostics }: Analysis): boolean {
  if (!lines[from]?.includes('|') || !/-/.test(lines[from + 1] ?? '')) return false
  // A row of blank cells with one word is a caption: the header stands under it. Of two cells, the second is a header's.
  const top = rawCells(lines[from] as string)
  const header =
    top.length === 2 || top.filter((cell) => cell.text !== '').length > 1 ? top : rawCells(lines[from + 2] as string)
  const claims = reading.claims
    .filter((claim) => claim.kind !== 'grant-block')
    .filter(({ evidence }) => {
      return evidence.span.line > from + 1 && evidence.span.line <= to
    })
  if (claims.length === 0) {
    return lines.slice(from + 2, to).every((line) => rawCells(line).every(({ text }) => !GRANTED.test(text)))
  }
  for (let i = from + 2; i < to; i++) {
    const cells = rawCells(lines[i] as string)
    const label = cells[0]?.text ?? ''
    for (const [k, cell] of cells.entries()) {
      if (k === 0 || k >= header.length) continue
      const here = claims.filter(
        ({ evidence }) =>
          evidence.span.line === i + 1 && evidence.span.column >= cell.from && evidence.span.column <= cell.to,
      )
      const reported = diagnostics.some((diagnostic) => diagnostic.line === i + 1)
      if (GRANTED.test(cell.text) && here.length === 0 && !reported && !isScope(reading.claims, i + 1)) return false
      if (!GRANTED.test(cell.text) && !DENIED.test(cell.text) && cell.text !== '') continue
      if (!here.every((claim) => named(claim, label, header[k]?.text ?? '', cells))) return false
    }
  }
  return true
}

/** Marks of a catalogue are no claims of their own: they are the scopes of the row's claim. */
function isScope(claims: readonly Claim[], line: number): boolean {
  return claims.some((claim) => claim.kind === 'resource' && claim.evidence.span.line === line)
}

function named(claim: Claim, label: string, column: string, cells: RawCell[]): boolean {
  if (claim.kind !== 'grant' && claim.kind !== 'action') return true
  // Rows and columns may be either of two things, and rows may hold whole ids.
  const row = claim.kind === 'grant' ? plain(claim.resource) : plain(claim.action)
  const head = claim.kind === 'grant' ? plain(claim.operation) : plain(claim.role.short ?? claim.role.text)
  const labels = cells.map((cell) => cell.text)
  if (column.includes(head) && labels.includes(row)) return true
  // An action may be a title in bold, and what is below it its description.
  if (column.includes(head) && row !== '' && labels[0]?.startsWith(row)) return true
  // A column that only says whether is that of the role around it.
  if (column === 'allowed' && labels.includes(row) && head === plain(claim.block.names[0]?.text ?? '')) return true
  // Levels grant to the role of their column.
  if (claim.kind === 'grant' && labels.includes(row) && column === plain(claim.block.names[0]?.text ?? '')) return true
  // A row may hold several ids, and a condition behind them.
  const ids = labels.flatMap((text) => [
    text,
    ...text
      .replace(/\([^()]*\)$/, '')
      .replaceAll(':', '.')
      .split(','),
  ])
  return (label.includes(head) && column.includes(row)) || ids.includes(`${row}.${head}`)
}

/** Whether a finding stands in the damaged block, or one that was not there before right beside it. */
function reported(subject: Subject, after: Analysis, region: Region, grown: number): boolean {
  const { before } = subject
  const { to } = region
  const from = beginOf(region, subject)
  const known = new Set(before.diagnostics.map((diagnostic) => diagnostic.fingerprint))
  const end = to + Math.max(0, grown)
  return after.diagnostics.some(({ fingerprint, line, endLine }) => {
    return (endLine > from && line <= end) || (!known.has(fingerprint) && endLine >= from - 2 && line <= end + 4)
  })
}

const texts = new Map(realPages().map(({ path, text }) => [path, text]))

describe('damaged pages', () => {
  it(`lose no fact in silence, ${PAGES_TO_DAMAGE} times`, { timeout: 600_000 }, () => {
    const subjects = [...texts]
      .map(([path, text]) => subjectOf(path, text))
      .filter((subject) => subject.regions.length > 0)
    const counts = { same: 0, exact: 0, reported: 0 }
    const byDamage = new Map<string, number>()
    const lost: string[] = []
    // Each page has numbers of its own, so that one more changes nothing for the others.
    const randoms = new Map(subjects.map(({ path }) => [path, randomOf(Number.parseInt(sha256(path).slice(0, 8), 16))]))
    let damaged = 0
    for (let tries = 0; damaged < PAGES_TO_DAMAGE && tries < PAGES_TO_DAMAGE * 20; tries++) {
      const subject = subjects[tries % subjects.length] as Subject
      const random = randoms.get(subject.path) as ReturnType<typeof randomOf>
      const region = subject.regions[random(subject.regions.length)] as Region
      const damage = DAMAGES[random(DAMAGES.length)] as (typeof DAMAGES)[number]
      const lines = damage.apply(subject.lines, region, random)
      if (lines === null || lines.join('\n') === subject.lines.join('\n')) continue
      damaged++
      byDamage.set(damage.name, (byDamage.get(damage.name) ?? 0) + 1)
      const after = analyseLines(subject.path, lines)
      const grown = lines.length - subject.lines.length
      const now = { from: region.from, to: region.to + grown }
      if (factsOf(after) === factsOf(subject.before)) counts.same++
      else if (reported(subject, after, region, grown)) counts.reported++
      else if (readsAsWritten(lines, now, after)) counts.exact++
      else lost.push(`${damage.name}: ${subject.path}:${region.from + 1}`)
    }
    console.log(
      `${damaged} damaged pages: ${counts.same} unchanged, ${counts.exact} changed exactly as the damage says, ${counts.reported} reported, ${lost.length} lost in silence`,
    )
    expect(damaged).toBe(PAGES_TO_DAMAGE)
    expect(byDamage.size, 'every kind of damage was done').toBe(DAMAGES.length)
    expect(summary(lost)).toEqual([])
  })
})

/** The first places of each kind of loss, so that a failure can be read. */
function summary(lost: readonly string[]): string[] {
  const kinds = new Map<string, string[]>()
  for (const line of lost) {
    const kind = line.slice(0, line.indexOf(':'))
    kinds.set(kind, [...(kinds.get(kind) ?? []), line])
  }
  return [...kinds.values()].flatMap((lines) => [`${lines.length} × ${lines[0]}`, ...new Set(lines.slice(1, 4))])
}
