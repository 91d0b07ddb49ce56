/** Files to claims: reads every page, finds what surrounds each block, and lets the best-fitting dialect read it. */
import type { Code } from 'mdast'
import type { Finding, Outcome } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Settings } from '../settings/schema.ts'
import type { Claim } from './claim.ts'
import { BlockInput, type Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { unrecognised } from './finding.ts'
import { labelOf } from './page/block-label.ts'
import { inheritanceClaims } from './page/inherited.ts'
import { lastUpdateOf } from './page/last-update.ts'
import { Lender } from './page/lender.ts'
import type { Block, Page } from './page/page.ts'
import { blockWithProps } from './page/page-props.ts'
import { panelsLeftOut } from './page/panels.ts'
import { PartialIndex, sortedByPath, type Use } from './page/partials.ts'
import { surroundingsOf } from './page/surroundings.ts'
import { type PageOptions, readPages } from './read-pages.ts'
import type { SourceFile } from './source.ts'
import { endOfLine } from './structure/lines.ts'
import { withFullNames } from './tables/abbreviations.ts'
import { unclaimedMarks } from './tables/table-findings.ts'
import { withTableNotes } from './tables/table-notes.ts'
import { computedTable, isComputed } from './unread/computed-tables.ts'
import { gluedRows } from './unread/glued-rows.ts'
import { gluedLines, strayLines } from './unread/lost-bullets.ts'
import { listsOwnPermissions } from './unread/own-fences.ts'
import { remnantsOf } from './unread/remnants.ts'
import { strangeList } from './unread/strange-lists.ts'
import { strangeTable } from './unread/strange-tables.ts'
import { looksLikePermissions, speaksOfPermissions } from './unread/subject.ts'

export interface Reading {
  /** In order of path. */
  pages: Page[]
  partials: PartialIndex
  /** In order of path, then of place. */
  claims: Claim[]
  /** The blocks that a dialect read, with the dialect's id; a partial's once for each set of props. */
  blocks: ReadBlock[]
  /** Paths of the partials that were read from another version. */
  borrowed: ReadonlySet<string>
  /** Whether everything was read that may include a partial. */
  complete: boolean
  /** Files that were not parsed, because they were said to be quiet: of their pages, only the prose is there. */
  quiet: ReadonlySet<SourceFile>
}

export interface ReadBlock {
  block: Block
  use: Use
  /** The block as its dialect saw it: with the props of its use filled in. */
  input: BlockInput
  dialect: string
  claims: Claim[]
}

/** What stands around the files that are read. */
export interface ReadOptions extends PageOptions {
  /** Files of the current version, whose partials take the place of those that are missing here. */
  fallback?: readonly SourceFile[]
  /** `false` where only some pages were read, so that a partial may be used by others. */
  complete?: boolean
}

/** Reads files into claims. Pure; the order of `files` changes nothing; bad content becomes findings. */
export function readFiles(
  files: readonly SourceFile[],
  settings: Settings,
  { fallback = [], complete = true, ...options }: ReadOptions = {},
): Outcome<Reading> {
  const findings: Finding[] = []
  const { pages: read, quiet } = readPages(files, settings, options)
  for (const outcome of read) addAll(findings, outcome.findings)
  const own = read.map((outcome) => outcome.value)
  const lender = new Lender(fallback, settings)
  const partials = new PartialIndex(own, settings, (identity) => lender.lend(identity))
  addAll(findings, lender.findings)
  const borrowed = new Set(lender.lent.map((page) => page.file.path))
  const pages = sortedByPath([...own, ...lender.lent])
  const blocks: ReadBlock[] = []
  const inherited: Claim[] = []
  for (const page of pages) {
    if (quiet.has(page.file)) continue
    addAll(findings, remnantsOf(page, settings))
    const uses = partials.usesOf(page)
    const first = blocks.length
    for (const block of page.blocks) {
      const known = new Set<string>()
      for (const use of uses) {
        const surroundings = surroundingsOf(block, use, partials, settings)
        const input = new BlockInput(blockWithProps(block, use.props), surroundings, settings)
        const outcome = readBlock(input)
        addAll(findings, unheard(outcome.findings, known))
        if (outcome.value) blocks.push({ block, use, input, ...outcome.value })
      }
      const last = blocks.at(-1)
      if (last?.block !== block) continue
      const excess = panelsLeftOut(block)
      if (excess) findings.push(excess)
      // What is said in sentences goes on over lines.
      if (block.kind === 'list' && last.dialect !== 'role-list' && last.dialect !== 'action-list')
        addAll(findings, [...strayLines(block), ...gluedLines(block)])
    }
    if (page.inheritances.length === 0) continue
    // Where a page has no permissions of its own, whose it takes over is another matter: of classes, of settings.
    const withRoles = blocks.slice(first).filter(({ claims }) => claims.some(({ kind }) => OF_ROLES.has(kind)))
    if (withRoles.length === 0) continue
    const read = new Set(withRoles.map(({ block }) => block))
    for (const use of uses) addAll(inherited, inheritanceClaims(page, use, read, partials, settings))
  }
  const claims = blocks.flatMap((block) => block.claims).concat(inherited)
  return { value: { pages, partials, claims, blocks, borrowed, complete, quiet }, findings }
}

/** What says that a page is about roles. */
const OF_ROLES: ReadonlySet<Claim['kind']> = new Set(['action', 'grant', 'grant-block', 'operation-of-role', 'role'])

/** What no other reading of the block has said at the same place. */
function unheard(findings: readonly Finding[], known: Set<string>): Finding[] {
  return findings.filter(({ ruleId, message, span }) => {
    const key = JSON.stringify([ruleId, message, span])
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

const ofKind = Map.groupBy(dialects, ({ block }) => block)

/** The reading of one block by the dialect that fits best; `null` where none does. */
function readBlock(input: BlockInput): Outcome<{ dialect: string; claims: Claim[] } | null> {
  if (isComputed(input)) return { value: null, findings: speaksOfPermissions(input) ? [computedTable(input)] : [] }
  const scored = (ofKind.get(input.block.kind) ?? [])
    .map((dialect) => ({ dialect, score: dialect.score(input) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best) return { value: null, findings: looksLikePermissions(input) ? [unread(input)] : [] }
  const findings: Finding[] = []
  if (second && second.score === best.score) findings.push(ambiguous(input, best.dialect, second.dialect))
  const outcome = best.dialect.read(input)
  const noted =
    input.block.kind === 'table' ? withFullNames(input.block.page, withTableNotes(input, outcome.value)) : outcome.value
  const isPolicy = outcome.value.some(({ kind }) => kind === 'policy')
  const update = isPolicy ? lastUpdateOf(input.block) : null
  const label = isPolicy ? labelOf(input.block) : null
  const claims = noted.map((claim) => {
    if (claim.kind !== 'policy') return claim
    return {
      ...claim,
      label,
      lastUpdate: update?.date ?? null,
      lastUpdateSpan: update?.span ?? null,
    }
  })
  addAll(findings, outcome.findings)
  if (input.block.kind === 'table') addAll(findings, [...unclaimedMarks(input, claims, findings), ...gluedRows(input)])
  return { value: { dialect: best.dialect.id, claims }, findings }
}

function unread(input: BlockInput): Finding {
  const what = input.block.kind === 'code' ? 'code block' : input.block.kind
  const repair = input.block.kind === 'code' ? repairOfCode(input) : REPAIR
  const message =
    (input.block.kind === 'table' ? strangeTable(input) : strangeList(input)) ??
    `This ${what} looks like permissions, but no dialect reads it, so none of it is in the model. ${repair}, or accept it if it is about something else.`
  const first = input.block.kind === 'table' ? (input.grid.header[0]?.text ?? '') : ''
  return unrecognised(input, firstLine(input.block), message, [what, first, input.surroundings.names[0]?.text ?? ''])
}

const REPAIR = 'Give it the headings of a way of writing that Rolebook reads'

function repairOfCode({ block, settings }: BlockInput): string {
  const { lang, value } = block.node as Code
  return listsOwnPermissions(lang ?? null, value, settings)
    ? 'Write them as a list of `resource.operation` under the name of their role'
    : 'Write them as a policy document in JSON or YAML, or as a list'
}

function ambiguous(input: BlockInput, first: Dialect, second: Dialect): Finding {
  return {
    ruleId: 'ambiguous-block',
    message: `This ${input.block.kind} can be read as \`${first.id}\` and as \`${second.id}\`; it was read as \`${first.id}\`.`,
    span: firstLine(input.block),
    subject: null,
    ids: [input.block.page.file.path, first.id, second.id, input.surroundings.names[0]?.text ?? ''],
  }
}

function firstLine({ page, start }: Block) {
  return page.locator.span(start, endOfLine(page.file.text, start))
}
