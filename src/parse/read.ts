/** Files to claims: reads every page, finds what surrounds each block, and lets the best-fitting dialect read it. */
import type { Finding, Outcome } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Settings } from '../settings/schema.ts'
import type { Claim } from './claim.ts'
import { BlockInput } from './dialect.ts'
import { inheritanceClaims } from './page/inherited.ts'
import { Lender } from './page/lender.ts'
import { type Block, type Page, readPage } from './page/page.ts'
import { blockWithProps } from './page/page-props.ts'
import { panelsLeftOut } from './page/panels.ts'
import { PartialIndex, sortedByPath, type Use } from './page/partials.ts'
import { surroundingsOf } from './page/surroundings.ts'
import { readBlock } from './read-block.ts'
import { type PageOptions, readPages } from './read-pages.ts'
import type { SourceFile } from './source.ts'
import { NO_PROPS } from './structure/props.ts'
import { gluedLines, gluedSentences, strayLines } from './unread/lost-bullets.ts'
import { remnantsOf } from './unread/remnants.ts'

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
    const { value, findings: said } = readBlocks(page, partials.usesOf(page), partials, settings)
    addAll(findings, said)
    addAll(blocks, value.blocks)
    addAll(inherited, value.inherited)
  }
  const claims = blocks.flatMap((block) => block.claims).concat(inherited)
  return { value: { pages, partials, claims, blocks, borrowed, complete, quiet }, findings }
}

/**
 * A reading with some of its quiet pages parsed, so that what rules find in their prose is what their Markdown says; `null` where
 * one of them holds or includes more, or is a partial, so that others may read otherwise as well.
 */
export function withParsedProse(
  reading: Reading,
  files: ReadonlySet<SourceFile>,
  settings: Settings,
  known: Map<SourceFile, Outcome<Page>>,
): Reading | null {
  const parsed = new Map<SourceFile, Page>()
  for (const { file, includes } of reading.pages) {
    if (!files.has(file)) continue
    const outcome = known.get(file) ?? readPage(file, settings)
    known.set(file, outcome)
    const page = outcome.value
    const alone: Use = { page, props: NO_PROPS, include: null, outer: null }
    const isSame = page.includes.length === includes.length && reading.partials.identityOf(page) === null
    if (!isSame || !page.includes.every(({ start }, i) => start === includes[i]?.start)) return null
    const { value, findings } = readBlocks(page, [alone], reading.partials, settings)
    if (outcome.findings.length + findings.length + value.blocks.length + value.inherited.length > 0) return null
    // Its inclusions are known by those that were followed: of partials that hold nothing.
    parsed.set(file, { ...page, includes })
  }
  const pages = reading.pages.map((page) => parsed.get(page.file) ?? page)
  return { ...reading, pages, quiet: new Set([...reading.quiet].filter((file) => !files.has(file))) }
}

/** What stands in a page's blocks and around them, in each of its readings. */
function readBlocks(
  page: Page,
  uses: readonly Use[],
  partials: PartialIndex,
  settings: Settings,
): Outcome<{ blocks: ReadBlock[]; inherited: Claim[] }> {
  const findings: Finding[] = [...remnantsOf(page, settings)]
  const blocks: ReadBlock[] = []
  const inherited: Claim[] = []
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
    if (block.kind !== 'list') continue
    const isOfSentences = last.dialect === 'role-list' || last.dialect === 'action-list'
    addAll(findings, isOfSentences ? gluedSentences(block) : [...strayLines(block), ...gluedLines(block)])
  }
  // Where a page has no permissions of its own, whose it takes over is another matter: of classes, of settings.
  const withRoles = blocks.filter(({ claims }) => claims.some(({ kind }) => OF_ROLES.has(kind)))
  if (page.inheritances.length > 0 && withRoles.length > 0) {
    const read = new Set(withRoles.map(({ block }) => block))
    for (const use of uses) addAll(inherited, inheritanceClaims(page, use, read, partials, settings))
  }
  return { value: { blocks, inherited }, findings }
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
