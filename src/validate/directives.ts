/**
 * Directives in comments of a page that accept findings where they stand; in HTML comments, and in MDX's in braces:
 *
 *     <!-- rolebook-disable-next-line unknown-mark -- the asterisk is explained below -->
 *     <!-- rolebook-disable-file key-casing, get-without-list -- as the product has it -->
 */
import type { Diagnostic, Finding, Span } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import { outlineOf } from '../parse/page/outline.ts'
import type { Page } from '../parse/page/page.ts'
import { nearest } from '../text.ts'
import type { Rule } from './rule.ts'
import type { RuleConfig } from './rule-config.ts'

const KINDS = ['disable-line', 'disable-next-line', 'disable-next-block', 'disable', 'disable-file', 'enable'] as const

type Kind = (typeof KINDS)[number]

/** One rule that a directive speaks of, and the lines that it covers. */
export interface Directive {
  kind: Kind
  ruleId: string
  /** Where the rule's id stands in the comment. */
  span: Span
  /** Lines, 1-based and inclusive. */
  from: number
  to: number
}

export interface Directives {
  directives: Directive[]
  findings: Finding[]
}

/** Rules about directives: no directive accepts their findings. */
const OWN = new Set(['invalid-directive', 'unused-directive'])

/** The directives of pages, with findings for those that say too little. */
export function directivesOf(pages: readonly Page[], rules: readonly Rule[]): Directives {
  const directives: Directive[] = []
  const findings: Finding[] = []
  for (const page of pages) {
    const here: Directive[] = []
    for (const { start, end } of page.structure.comments) {
      const text = page.file.text.slice(start, end)
      const match = /^(?:<!--|\{\/\*)\s*rolebook-([a-z-]+)/.exec(text)
      if (match) readDirective({ page, start, text, word: match[1] as string, rules }, here, findings)
    }
    addAll(directives, here)
  }
  return { directives, findings }
}

interface Comment {
  page: Page
  /** 0-based offset of the comment. */
  start: number
  text: string
  /** What stands after `rolebook-`. */
  word: string
  rules: readonly Rule[]
}

/** What a directive names, with 0-based offsets in its comment's text, and the reason behind ` -- `; empty for none. */
function bodyOf({ text, word }: Comment): { named: { ruleId: string; at: number }[]; reason: string } {
  const start = text.indexOf(word) + word.length
  const body = text.slice(start, /(?:-->|\*\/\})$/.test(text) ? -3 : undefined)
  const dashes = body.search(/\s--(?:\s|$)/)
  const before = dashes === -1 ? body : body.slice(0, dashes)
  return {
    named: Array.from(before.matchAll(/[^\s,]+/g), ({ 0: ruleId, index }) => ({ ruleId, at: start + index })),
    reason: dashes === -1 ? '' : body.slice(dashes + 3).trim(),
  }
}

function readDirective(comment: Comment, directives: Directive[], findings: Finding[]): void {
  const { page, start, text, word, rules } = comment
  const { locator } = page
  const whole = locator.span(start, start + text.length)
  const invalid = (message: string, span: Span, what: string) =>
    findings.push({ ruleId: 'invalid-directive', message, span, subject: null, ids: [page.file.path, what] })
  const kind = KINDS.find((candidate) => candidate === word)
  if (!kind) {
    const suggestion = nearest(word, KINDS) ?? 'disable-next-line'
    invalid(`There is no directive \`rolebook-${word}\`. Did you mean \`rolebook-${suggestion}\`?`, whole, text)
    return
  }
  const { named, reason } = bodyOf(comment)
  const [first] = named
  if (!first) {
    invalid(`This directive names no rule. Write \`rolebook-${kind} RULE -- reason\`.`, whole, text)
    return
  }
  if (kind !== 'enable' && reason === '') {
    invalid(
      `This directive gives no reason, so it accepts nothing. Say why: \`rolebook-${kind} ${first.ruleId} -- reason\`.`,
      whole,
      text,
    )
    return
  }
  const lines = linesOf(kind, page, whole, start + text.length)
  const known = rules.map(({ id }) => id)
  for (const { ruleId, at } of named) {
    const span = locator.span(start + at, start + at + ruleId.length)
    if (!known.includes(ruleId)) {
      const suggestion = nearest(ruleId, known)
      const hint = suggestion ? `Did you mean \`${suggestion}\`?` : '`rolebook rules` lists them.'
      invalid(`There is no rule \`${ruleId}\`. ${hint}`, span, `${text} ${ruleId}`)
      continue
    }
    if (kind === 'enable') closeLast(directives, ruleId, span)
    else directives.push({ kind, ruleId, span, ...lines })
  }
}

/** `enable` ends what the last `disable` of the rule began. */
function closeLast(directives: readonly Directive[], ruleId: string, span: Span): void {
  const open = directives.findLast((directive) => directive.kind === 'disable' && directive.ruleId === ruleId)
  if (open && open.to === Number.POSITIVE_INFINITY) open.to = span.line
}

function linesOf(kind: Kind, page: Page, comment: Span, end: number): { from: number; to: number } {
  const { line, endLine } = comment
  if (kind === 'disable-line') return { from: line, to: endLine }
  if (kind === 'disable') return { from: line, to: Number.POSITIVE_INFINITY }
  if (kind === 'disable-next-block') {
    const block = outlineOf(page).blockFrom(end)
    return block ? { from: block.span.line, to: block.span.endLine } : { from: endLine, to: endLine }
  }
  if (kind === 'disable-next-line') {
    // A blank line parts a comment from a table in MDX, so it does not count.
    const rest = page.file.text.slice(end)
    const next = rest.search(/\S/)
    const from = next === -1 ? endLine + 1 : page.locator.span(end + next, end + next).line
    return { from, to: from }
  }
  return { from: 1, to: Number.POSITIVE_INFINITY }
}

/** Diagnostics that no directive accepts, and findings for directives that are wrong or accept nothing. */
export function applyDirectives(
  diagnostics: readonly Diagnostic[],
  { directives, findings }: Directives,
  config: RuleConfig,
  rules: readonly Rule[],
): { kept: Diagnostic[]; findings: Finding[] } {
  if (directives.length === 0) return { kept: [...diagnostics], findings }
  const byPath = Map.groupBy(directives, (directive) => directive.span.path)
  const used = new Set<Directive>()
  const kept = diagnostics.filter(({ ruleId, path, line }) => {
    if (OWN.has(ruleId)) return true
    const fitting = (byPath.get(path) ?? []).filter((d) => d.ruleId === ruleId && d.from <= line && line <= d.to)
    for (const directive of fitting) used.add(directive)
    return fitting.length === 0
  })
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const unused = directives.filter((directive) => {
    const rule = byId.get(directive.ruleId)
    return !used.has(directive) && rule && config.severityOf(rule, directive.span.path) !== 'off'
  })
  return { kept, findings: [...findings, ...unused.map(unusedFinding)] }
}

function unusedFinding({ kind, ruleId, span }: Directive): Finding {
  return {
    ruleId: 'unused-directive',
    message: `\`${ruleId}\` finds nothing that this \`rolebook-${kind}\` would accept. Remove it.`,
    span,
    subject: null,
    ids: [span.path, kind, ruleId],
  }
}
