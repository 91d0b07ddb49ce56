/** What is left of permissions outside of any block that can be read: broken tables and fences, loose lines. */
import type { Finding } from '../../diagnostic.ts'
import { firstFrom } from '../../lists.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { outlineOf } from '../page/outline.ts'
import type { Page, Paragraph } from '../page/page.ts'
import { labelOf, summaryOf } from '../page/panels.ts'
import { notationOf, SIGN_OF_ID } from '../policies/cloud-ids.ts'
import { readSentence, statementsIn } from '../policies/oci-statements.ts'
import { endOfLine } from '../structure/lines.ts'
import { isTable } from '../structure/tag-table.ts'
import { looseIds } from './loose-ids.ts'
import { isAboveList } from './lost-bullets.ts'
import { roleTerms } from './role-terms.ts'
import { mostArePermissions } from './subject.ts'

const POLICY_KEY = /"(?:Statement|(?:Not)?(?:Data)?Actions?|includedPermissions)"\s*:\s*["[{]/y
/** The letters that these keys begin with: of `Statement`, `Not…`, `Data…`, `Action`, `includedPermissions`. */
const KEY_BEGINNINGS = 'SNDAi'

/** Whether a text holds a key that only policies have, in JSON. Quotes are rare, and found faster than an expression is tried. */
export function holdsPolicyKey(text: string): boolean {
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    if (!KEY_BEGINNINGS.includes(text.charAt(quote + 1))) continue
    POLICY_KEY.lastIndex = quote
    if (POLICY_KEY.test(text)) return true
  }
  return false
}

/** Findings at the places of a page where facts may stand that no block holds. */
export function remnantsOf(page: Page, settings: Settings): Finding[] {
  // The text of a cell that is written in tags is no paragraph: its table's dialect reads it.
  const isInTable = ({ offset }: Paragraph) => (outlineOf(page).tableBy(offset)?.end ?? 0) > offset
  const reported = new Map(
    page.paragraphs
      .filter((paragraph) => !isInTable(paragraph))
      .map((paragraph) => [paragraph, remnant(page, paragraph, settings)]),
  )
  const others = [...reported].flatMap(([paragraph, findings]) => {
    return findings.length > 0 || paragraph.inItem || isAboveList(page, paragraph) ? [] : [paragraph]
  })
  const taken = [...reported].flatMap(([paragraph, findings]) => (findings.length > 0 ? [paragraph] : []))
  return [
    ...brokenTables(page),
    ...unclosedPanels(page),
    ...brokenFences(page),
    ...[...reported.values()].flat(),
    ...looseIds(page, others, taken, settings),
    ...roleTerms(page, others, settings),
  ]
}

/** Tables whose header and row of hyphens differ in their number of cells. */
function brokenTables(page: Page): Finding[] {
  return page.structure.repairs.map(({ start, end, headerCells, delimiterCells, repaired }) => {
    const after = repaired ? 'It was read all the same, by its header' : 'Nothing of it is in the model'
    const header = page.file.text.slice(start, end).trim()
    return {
      ruleId: 'broken-table',
      message: `Markdown sees no table here: the header has ${headerCells} cells and the row under it has ${delimiterCells}. ${after}. Give both the same number.`,
      span: page.locator.span(start, end),
      subject: null,
      ids: [page.file.path, header.slice(0, 80)],
    }
  })
}

const FENCE_PROBLEMS = {
  unclosed:
    'This fence is never closed: Markdown takes what follows for code. It was read up to the next heading, tag or fence.',
  glued:
    'This fence is closed on the last line of its text, which Markdown does not see. Put the closing marks on a line of their own.',
  outdented:
    'This fence is closed further left than it is opened: in a list, that opens a new one. Align the closing marks with the opening.',
}

function brokenFences(page: Page): Finding[] {
  return page.structure.brokenFences.map(({ start, value, problem }) => {
    return {
      ruleId: 'unclosed-fence',
      message: FENCE_PROBLEMS[problem ?? 'unclosed'],
      span: page.locator.span(start, endOfLine(page.file.text, start)),
      subject: null,
      ids: [page.file.path, value.replaceAll('\r\n', '\n').slice(0, 80)],
    }
  })
}

function remnant(page: Page, paragraph: Paragraph, settings: Settings): Finding[] {
  const rows = rowsIn(page.structure.masked.slice(paragraph.offset, paragraph.end))
  const report = (ruleId: string, kind: string, message: string): Finding[] => {
    return [
      {
        ruleId,
        message,
        span: paragraph.span,
        subject: null,
        ids: [page.file.path, kind, paragraph.text.slice(0, 80)],
      },
    ]
  }
  if (rows.length >= 2) {
    return report(
      'broken-table',
      'rows',
      'These rows are no table: no row of hyphens stands under their header. Nothing of them is in the model.',
    )
  }
  if (rows.length === 1 && followsTable(page, paragraph)) {
    return report(
      'broken-table',
      'row',
      'This row is no part of the table above: a blank line or a comment ends a table. It is not in the model. Join it to the table.',
    )
  }
  if (holdsPolicyKey(page.file.text.slice(paragraph.offset, paragraph.end))) {
    return report(
      'unrecognised-block',
      'policy',
      'This policy stands in no code fence, so it is not in the model. Put it between two lines of three backticks: what is only indented is not read as code.',
    )
  }
  // A list's items are its dialect's.
  if (paragraph.inItem) return []
  if (statementsIn(paragraph.text).some(({ text, start }) => start <= 1 && readSentence(text) !== null)) {
    return report(
      'unrecognised-block',
      'statement',
      'This policy statement stands in no code fence and in no list, so it is not in the model. Put it between two lines of three backticks.',
    )
  }
  if (!SIGN_OF_ID.test(paragraph.text)) return []
  const words = paragraph.text.split(/[\s,;]+/).filter((word) => word !== '')
  if (!mostArePermissions(words, settings, 'dotted') && notationOf(words, settings) === null) return []
  return report(
    'unrecognised-block',
    'paragraph',
    'This stands in no list or table that can be read, so it is not in the model. Write permissions as a list.',
  )
}

function rowsIn(source: string): string[] {
  if (!source.includes('|')) return []
  return source.split(/\r\n|\n|\r/).filter((line) => /^[\s>]*\|.*\|/.test(line))
}

/** Whether nothing but white space stands between a paragraph and a table above it. */
function followsTable(page: Page, { offset }: Paragraph): boolean {
  const table = outlineOf(page).tableBy(offset)
  // Another paragraph between them: not each of them reads all that is blank under the table.
  const above = page.paragraphs[firstFrom(page.paragraphs, offset, (paragraph) => paragraph.offset) - 1]
  if (above && above.offset >= (table?.end ?? 0)) return false
  return table !== undefined && table.end <= offset && !/\S/.test(page.structure.masked.slice(table.end, offset))
}

/** Panels without a closing tag: what follows them seems to be theirs. */
function unclosedPanels(page: Page): Finding[] {
  return page.structure.unclosed.flatMap((element): Finding[] => {
    const named = labelOf(element)
    const summary = summaryOf(element)
    const text = summary && squeeze(page.structure.masked.slice(...summary)).slice(0, 80)
    const label = named ?? (isTable(element) ? 'a table' : text)
    if (label === null || element.name.startsWith(':::')) return []
    return [
      {
        ruleId: 'unclosed-tag',
        message: `\`<${element.name}>\` (${label}) is never closed, so that what follows it seems to be its own. Close it before the next one.`,
        span: page.locator.span(element.start, element.contentStart),
        subject: null,
        ids: [page.file.path, element.name, label],
      },
    ]
  })
}
