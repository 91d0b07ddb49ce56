/** New blocks in an empty region: one for all roles, or a run of them, each under a heading. */
import type { Stretch } from '../fix/edits.ts'
import type { Page } from '../parse/page/page.ts'
import type { Panel } from '../parse/page/panels.ts'
import { escapeText } from './escape.ts'
import type { Region } from './markers.ts'
import { type CreateInput, isRefused, type Refused, refused } from './writer.ts'
import { writerOf } from './writers.ts'

/** Forms that hold the grants of one role, whose name stands around them. */
const OF_ONE = new Set(['resource-by-operation', 'permission-list', 'permission-table'])

/** The edits of a region, as a list of ways to write it. */
export function layOut(
  region: Region,
  page: Page,
  eol: string,
  dialect: string,
  input: CreateInput,
): (Stretch[] | Refused)[] {
  const { text } = page.file
  const writer = writerOf(dialect)
  if (!writer) return [refused(`nothing writes \`${dialect}\``)]
  if (input.roles.length === 1 || !OF_ONE.has(dialect)) {
    const lines = writer.create(dialect, input)
    return [isRefused(lines) ? lines : [insertion(region, text, lines, eol)]]
  }
  const depth = '#'.repeat(Math.min(6, headingDepth(region, page) + 1))
  const all: string[] = []
  for (const role of input.roles) {
    const wanted = input.wanted.filter((fact) => fact.role === role.id)
    const lines = writer.create(dialect, { ...input, roles: [role], wanted })
    if (isRefused(lines)) return [lines]
    if (all.length > 0) all.push(region.prefix.trimEnd())
    all.push(`${region.prefix}${depth} ${escapeText(role.name)}`, region.prefix.trimEnd(), ...lines)
  }
  return [[insertion(region, text, all, eol)]]
}

/** The depth of the last heading before a region; what a panel holds that is closed there is no part of its section. */
function headingDepth({ start }: Region, { headings }: Page): number {
  const isOpen = (panel: Panel | null) => panel === null || panel.element.end > start
  return headings.findLast(({ offset, panel }) => offset < start && isOpen(panel))?.depth ?? 1
}

/** Lines put into a region, after what stands in it, with a blank line on both sides. */
export function insertion(region: Region, text: string, lines: readonly string[], eol: string): Stretch {
  const blank = region.prefix.trimEnd()
  const content = text.slice(region.start, region.end)
  const kept = content.replace(/(?<![\s>])[\s>]+$/, '')
  const start = region.start + kept.length
  const lead = kept === '' ? `${blank}${eol}` : `${eol}${blank}${eol}`
  return {
    start,
    end: region.end,
    text: lines.length === 0 ? text.slice(start, region.end) : `${lead}${lines.join(eol)}${eol}${blank}${eol}`,
  }
}
