/** Files to claims: reads every page, finds what surrounds each block, and lets the best-fitting dialect read it. */
import type { Finding, Outcome } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import type { Claim } from './claim.ts'
import { BlockInput, type Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { unrecognised } from './finding.ts'
import { lastUpdateOf } from './last-update.ts'
import { type Block, type Page, readPage } from './page.ts'
import { PartialIndex, sortedByPath } from './partials.ts'
import type { SourceFile } from './source.ts'
import { holdsPermissions, looksLikePermissions } from './subject.ts'
import { surroundingsOf } from './surroundings.ts'

export interface Reading {
  /** In order of path. */
  pages: Page[]
  partials: PartialIndex
  /** In order of path, then of place. */
  claims: Claim[]
  /** The blocks that a dialect read, with the dialect's id. */
  blocks: ReadBlock[]
}

export interface ReadBlock {
  block: Block
  dialect: string
  claims: Claim[]
}

/** Reads files into claims. Pure; the order of `files` changes nothing; bad content becomes findings. */
export function readFiles(files: readonly SourceFile[], settings: Settings): Outcome<Reading> {
  const findings: Finding[] = []
  const read = files.map((file) => readPage(file, settings))
  for (const outcome of read) findings.push(...outcome.findings)
  const pages = sortedByPath(read.map((outcome) => outcome.value))
  const partials = new PartialIndex(pages, settings)
  const blocks: ReadBlock[] = []
  for (const page of pages) {
    findings.push(...brokenTables(page), ...loosePermissions(page, settings))
    for (const block of page.blocks) {
      const input = new BlockInput(block, surroundingsOf(block, partials, settings), settings)
      const outcome = readBlock(input)
      findings.push(...outcome.findings)
      if (outcome.value) blocks.push({ block, ...outcome.value })
    }
  }
  const claims = blocks.flatMap((block) => block.claims)
  return { value: { pages, partials, claims, blocks }, findings }
}

/** The reading of one block by the dialect that fits best; `null` where none does. */
export function readBlock(input: BlockInput): Outcome<{ dialect: string; claims: Claim[] } | null> {
  const scored = dialects
    .filter((dialect) => dialect.block === input.block.kind)
    .map((dialect) => ({ dialect, score: dialect.score(input) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best) return { value: null, findings: looksLikePermissions(input) ? [unread(input)] : [] }
  const findings: Finding[] = []
  if (second && second.score === best.score) findings.push(ambiguous(input, best.dialect, second.dialect))
  const outcome = best.dialect.read(input)
  const claims = outcome.value.map((claim) => {
    return claim.kind === 'policy' ? { ...claim, lastUpdate: lastUpdateOf(input.block) } : claim
  })
  return { value: { dialect: best.dialect.id, claims }, findings: [...findings, ...outcome.findings] }
}

function unread(input: BlockInput): Finding {
  const what = input.block.kind === 'code' ? 'code block' : input.block.kind
  const message = `This ${what} looks like permissions, but no dialect reads it, so none of it is in the model.`
  const first = input.block.kind === 'table' ? (input.grid.header[0]?.text ?? '') : ''
  return unrecognised(input, firstLine(input.block), message, [what, first, input.surroundings.names[0]?.text ?? ''])
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

function firstLine(block: Block) {
  const start = block.start
  const end = block.page.file.text.slice(start).search(/[\r\n]|$/)
  return block.page.locator.span(start, start + end)
}

/** A delimiter row: `| --- | :-: |`, at least two cells. */
const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$/

/** Tables that GFM refuses because header and delimiter row have different numbers of cells. */
function brokenTables(page: Page): Finding[] {
  const findings: Finding[] = []
  for (const paragraph of page.paragraphs) {
    if (!paragraph.text.includes('|')) continue
    const lines = page.file.text.slice(paragraph.offset).split(/\r\n|\n|\r/, 2)
    if (!lines[1] || !DELIMITER.test(lines[1]) || !lines[0]?.includes('|')) continue
    const cells = (line: string) =>
      line
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|').length
    findings.push({
      ruleId: 'broken-table',
      message: `This is no table: its header has ${cells(lines[0])} cells and the row under it has ${cells(lines[1])}. Give both the same number; until then nothing of it is in the model.`,
      span: page.locator.span(paragraph.offset, paragraph.offset + lines[0].length),
      subject: null,
      ids: [page.file.path, paragraph.text.slice(0, 80)],
    })
  }
  return findings
}

/** Permissions that stand in running text, one after the other (a list in HTML, lines without bullets). */
function loosePermissions(page: Page, settings: Settings): Finding[] {
  return page.paragraphs.flatMap((paragraph): Finding[] => {
    const words = paragraph.text.split(/[\s,;]+/)
    if (words.length < 2 || !holdsPermissions(words, { settings })) return []
    return [
      {
        ruleId: 'unrecognised-block',
        message:
          'These permissions stand in no list or table that can be read, so none of them is in the model. Write them as a list.',
        span: paragraph.span,
        subject: null,
        ids: [page.file.path, 'paragraph', paragraph.text.slice(0, 80)],
      },
    ]
  })
}
