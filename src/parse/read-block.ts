/** One block to claims: the dialects score it, and the best-fitting one reads it; what looks like permissions and none reads is reported. */
import type { Code } from 'mdast'
import type { Finding, Outcome } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Claim } from './claim.ts'
import type { BlockInput, Dialect } from './dialect.ts'
import { dialects } from './dialects.ts'
import { unrecognised } from './finding.ts'
import { labelOf } from './page/block-label.ts'
import { lastUpdateOf } from './page/last-update.ts'
import type { Block } from './page/page.ts'
import { endOfLine } from './structure/lines.ts'
import { withFullNames } from './tables/abbreviations.ts'
import { unclaimedMarks } from './tables/table-findings.ts'
import { withTableNotes } from './tables/table-notes.ts'
import { computedTable, isComputed } from './unread/computed-tables.ts'
import { gluedRows } from './unread/glued-rows.ts'
import { listsOwnPermissions } from './unread/own-fences.ts'
import { strangeList } from './unread/strange-lists.ts'
import { strangeTable } from './unread/strange-tables.ts'
import { looksLikePermissions, speaksOfPermissions } from './unread/subject.ts'

const ofKind = Map.groupBy(dialects, ({ block }) => block)

/** The reading of one block by the dialect that fits best; `null` where none does. */
export function readBlock(input: BlockInput): Outcome<{ dialect: string; claims: Claim[] } | null> {
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
  const repair = input.block.kind === 'code' ? repairOfCode(input) : REPAIRS[input.block.kind]
  const message =
    (input.block.kind === 'table' ? strangeTable(input) : strangeList(input)) ??
    `This ${what} looks like permissions, but no dialect reads it, so none of it is in the model. ${repair}, or accept it if it is about something else.`
  const first = input.block.kind === 'table' ? (input.grid.header[0]?.text ?? '') : ''
  return unrecognised(input, firstLine(input.block), message, [what, first, input.surroundings.names[0]?.text ?? ''])
}

const REPAIRS = {
  table:
    'Head its columns “Permission” and “Description”, “Role” and “Description”, or “Permission” and the names of roles, with a mark in each cell',
  list: 'Begin each item with a permission (`resource.operation`), under the name of its role, or with a role and what it is for, under “Roles”',
}

function repairOfCode({ block, settings }: BlockInput): string {
  const { lang, value } = block.node as Code
  return listsOwnPermissions(lang ?? null, value, settings)
    ? 'Write them as a list of `resource.operation` under the name of their role'
    : 'Write what it allows as a table or a list, or as a policy document of a cloud or cluster'
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
