/** The policies of regions: documents in fences, and lists and tables of ids. */

import type { Code } from 'mdast'
import { parse as parseYaml, stringify as toYaml } from 'yaml'
import { compareText } from '../diagnostic.ts'
import type { Stretch } from '../fix/edits.ts'
import { readWritten } from '../fix/table.ts'
import type { Policy } from '../model/dataset.ts'
import type { PolicyClaim } from '../parse/claim.ts'
import type { Block } from '../parse/page/page.ts'
import type { ReadBlock } from '../parse/read.ts'
import { endOfLine, nextLine, startOfLine } from '../parse/structure/lines.ts'
import { dressed, fenceFor } from './escape.ts'
import type { Difference } from './facts.ts'
import { indentOf, type Json, rewriteJson, sameJson } from './json.ts'
import { privilegeRows, rewritePrivileges } from './privileges.ts'
import { newTable, TableEditor } from './table-editor.ts'
import { type Refused, refused } from './writer.ts'
import { itemsOf, listEdits } from './writers/lists.ts'

/** In what a region's policy differs from the data's; `null` for nothing, not even the form. */
export function policyDifference(said: readonly Policy[], wanted: Policy): Difference | null {
  const difference: Difference = { subject: wanted.id, lacks: [], excess: [], other: [] }
  const here = new Set(said.flatMap(({ permissions }) => permissions))
  difference.lacks = wanted.permissions.filter((id) => !here.has(id)).map((id) => `\`${id}\``)
  const there = new Set(wanted.permissions)
  difference.excess = [...here]
    .filter((id) => !there.has(id))
    .sort(compareText)
    .map((id) => `\`${id}\``)
  const [only] = said
  const documents = wanted.document !== null || said.some(({ document }) => document !== null)
  if (difference.lacks.length + difference.excess.length > 0) return difference
  if (!documents) return said.length > 0 || wanted.permissions.length === 0 ? null : difference
  if (only && said.length === 1 && sameJson(only.document as Json, wanted.document as Json)) return null
  const [own, other] = [said.flatMap(statementsOf), statementsOf(wanted)]
  difference.other = other
    .filter(({ text }) => !own.some((statement) => statement.text === text))
    .map(({ name }) => `${name} (its actions, resources or conditions)`)
  if (difference.other.length === 0 && own.length !== other.length) difference.other = ['the number of statements']
  return difference
}

/** Statements as texts that can be compared, and what to call them. */
function statementsOf({ statements }: Policy): { name: string; text: string }[] {
  const sorted = (list: readonly string[]) => [...list].sort(compareText)
  return statements.map(({ sid, effect, actions, notActions, resources, conditions }, i) => ({
    name: sid === null ? `statement ${i + 1}` : `statement \`${sid}\``,
    text: JSON.stringify([sid, effect, sorted(actions), sorted(notActions), sorted(resources), conditions]),
  }))
}

interface PolicyContext {
  eol: string
  prefix: string
  /** Blocks of policies elsewhere on the page, the nearest first. */
  examples: readonly ReadBlock[]
}

/** Edits that make a block say a policy. */
export function updatePolicy(block: ReadBlock, policy: Policy, { eol }: PolicyContext): Stretch[] | Refused {
  const { kind } = block.block
  if (kind === 'code') return updateFence(block, policy, eol)
  if (policy.document !== null) return refused(`the data has a document for it, and this is a ${kind}`)
  const wanted = actionsOf(policy)
  if (kind === 'list') {
    const listed = new Set(listedIn(block))
    const items = itemsOf(block, (text) => text.split(/[\s,:]/, 1).filter((id) => listed.has(id)))
    const gone = new Set([...listed].filter((id) => !wanted.includes(id)))
    const added = wanted.filter((id) => !listed.has(id)).map((id) => ({ id, denied: false }))
    return items.length === 0
      ? refused('the list is not written as one')
      : listEdits(block, items, gone, added, eol, [])
  }
  const written = readWritten(block.block)
  if (!written) return refused('the table is written in tags')
  const editor = new TableEditor(block.block, written, eol)
  if (block.dialect === 'privilege-table') return rewritePrivileges(block, editor, wanted)
  const rows = block.input.grid.rows.map(({ cells }) => cells[0]?.text ?? '')
  const listed = new Set(listedIn(block))
  for (let row = rows.length - 1; row >= 0; row--) {
    const id = [...listed].find((action) => rows[row] === action)
    if (id !== undefined && !wanted.includes(id)) editor.removeRow(row)
  }
  const code = (block.input.grid.rows[0]?.cells[0]?.text ?? '') !== ''
  for (const id of wanted) if (!listed.has(id)) editor.insertRow(editor.rows, [dressed(id, code ? '`' : '', true)])
  return [editor.stretch]
}

/** Lines of a new block: several, the likeliest first, of which the first that reads as the policy counts. */
export function createPolicy(policy: Policy, { prefix, examples }: PolicyContext): string[][] | Refused {
  if (policy.document === null && (policy.kind === 'iam-policy' || policy.kind === 'role-definition'))
    return refused('the data has no document of it')
  const example = examples.find(({ block }) => block.kind === 'code')
  const fenced = (lang: string, text: string) => {
    const marks = fenceFor(text)
    return [`${marks}${lang}`, ...text.split('\n'), marks].map((line) =>
      line === '' ? prefix.trimEnd() : prefix + line,
    )
  }
  if (policy.document !== null) {
    const indent = example ? indentOf(codeOf(example)) : '  '
    const json = JSON.stringify(policy.document, null, /^ +$|^\t+$/.test(indent) ? indent : '  ')
    return [fenced('json', json), fenced('yaml', toYaml(policy.document).trimEnd())]
  }
  const actions = actionsOf(policy)
  const bullets = (dress: '' | '`') => actions.map((id) => `${prefix}- ${dressed(id, dress)}`)
  const table = newTable([['**Category**', '**Privileges**'], ...privilegeRows(actions)], prefix)
  const forms: Record<string, string[][]> = {
    'api-list': [fenced('text', actions.join('\n')), bullets('`')],
    'privilege-list': [bullets('`'), table],
  }
  return forms[policy.kind] ?? [bullets('`'), fenced('text', actions.join('\n'))]
}

/** In the order of the data. */
function actionsOf({ statements }: Policy): string[] {
  return [...new Set(statements.flatMap(({ actions }) => actions))]
}

function listedIn({ claims }: ReadBlock): string[] {
  return claims.flatMap((claim) => (claim.kind === 'policy' ? claim.statements.flatMap(({ actions }) => actions) : []))
}

/** What a fence holds; its lines end in LF, whatever those of the page do. */
function codeOf({ block }: ReadBlock): string {
  return (block.node as Code).value.replace(/\r\n?/g, '\n')
}

function updateFence(written: ReadBlock, policy: Policy, eol: string): Stretch[] | Refused {
  const { block, claims } = written
  const { text } = block.page.file
  const inner = innerOf(text, block.start, block.end)
  if (!inner) return refused('its fence does not end on a line of its own; `rolebook check` says where')
  const [policyThere, ...more] = claims.filter((claim) => claim.kind === 'policy')
  if (more.length > 0) return refused('the fence holds several policies')
  if (policyThere && !isWholeFence(policyThere, block)) return refused('the policy stands within another document')
  const content = contentOf((block.node as Code).lang ?? '', codeOf(written), policy)
  if (typeof content !== 'string') return content
  const lines = content.split('\n').map((line) => (line === '' ? '' : inner.prefix + line))
  return [{ start: inner.start, end: inner.end, text: lines.map((line) => line + eol).join('') }]
}

/** Whether a policy is all that its fence holds: then its place is the fence's. */
function isWholeFence({ evidence }: PolicyClaim, { span }: Block): boolean {
  return evidence.span.line === span.line && evidence.span.endLine === span.endLine
}

function contentOf(lang: string, value: string, policy: Policy): string | Refused {
  if (policy.document === null) {
    if (policy.kind !== 'api-list') return refused('the data has no document of it')
    const wanted = actionsOf(policy)
    const kept = value.split('\n').filter((line) => wanted.includes(line.trim()))
    const added = wanted.filter((id) => !kept.some((line) => line.trim() === id))
    const sorted = kept.every((line, i) => i === 0 || (kept[i - 1] as string).trim() <= line.trim())
    const all = [...kept, ...added]
    return (sorted ? all.sort((a, b) => compareText(a.trim(), b.trim())) : all).join('\n')
  }
  if (/^ya?ml$/i.test(lang)) {
    try {
      if (sameJson(parseYaml(value) as Json, policy.document as Json)) return value
    } catch {
      // What is no YAML is written anew.
    }
    return toYaml(policy.document).trimEnd()
  }
  if (!/^\s*\{[\s\S]*\}\s*$/.test(value) && value.trim() !== '' && !/^json/i.test(lang))
    return refused('the policy stands within other text of its fence')
  return rewriteJson(value, policy.document as Json)
}

/** The lines between a fence's own, and what stands before them. */
function innerOf(text: string, start: number, end: number): { start: number; end: number; prefix: string } | null {
  const innerStart = nextLine(text, endOfLine(text, start))
  const innerEnd = startOfLine(text, end)
  if (innerStart > innerEnd || !/^[ \t>]*(?:`{3,}|~{3,})\s*$/.test(text.slice(innerEnd, end))) return null
  return { start: innerStart, end: innerEnd, prefix: text.slice(startOfLine(text, start), start) }
}
