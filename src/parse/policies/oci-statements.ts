/**
 * Policy statements of Oracle's cloud, which are sentences: `Allow group dockers to manage buckets in compartment docks`.
 * https://docs.oracle.com/iaas/Content/Identity/Concepts/policysyntax.htm
 */
import type { Finding, Outcome, Span } from '../../diagnostic.ts'
import { squeeze } from '../../text.ts'
import { type Claim, NO_PARTS, type PolicyStatement, type Written } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { listPolicy } from './privileges.ts'

/** How every statement begins that says who may do something. */
const BEGINNING =
  /\b(?:allow|deny|endorse|admit)[ \t]+(?:(?:dynamic-)?group|any-(?:user|group)|service|resource)(?![\w-])/gi
/** The same whatever marks and line ends stand in it. */
export const STATEMENT_ANYWHERE =
  /(?:allow|deny|endorse|admit)(?:[^a-z<]|<[^<>]{0,40}>){1,40}(?:(?:dynamic-)?group|any-(?:user|group)|service|resource)/i
const VERBS = /^(?:inspect|read|use|manage)$/i
/** Conditions go on over this many lines at most. */
const MOST_LINES = 30

/** A statement as it stands in a text, with its place there. */
export interface FoundStatement {
  text: string
  start: number
  end: number
}

/** What a statement says; `actions` are its verb with the type of resource, or the permissions that it lists. */
interface Sentence {
  effect: 'Allow' | 'Deny'
  principal: { type: string; text: string }
  actions: string[]
  location: string
  condition: string | null
}

/** Whether a statement may stand in a text: cheap. */
export function mayHoldStatement(text: string): boolean {
  return text.search(BEGINNING) >= 0
}

/** What begins like a statement in a text, each to the end of its quotes, its line, or of the braces of its conditions. */
export function statementsIn(text: string): FoundStatement[] {
  const found: FoundStatement[] = []
  let from = 0
  const beginnings = [...text.matchAll(BEGINNING)].map(({ index }) => index)
  for (const [i, index] of beginnings.entries()) {
    if (index < from) continue
    const quote = /["`]/.exec(text[index - 1] ?? '')?.[0]
    // Two may stand in one line, where an item has lost its bullet.
    const end = Math.min(
      quote ? endOfQuote(text, index, quote) : endOfSentence(text, index),
      beginnings[i + 1] ?? text.length,
    )
    let last = end
    while (last > index && /[\s"',;.]/.test(text[last - 1] as string)) last--
    const written = text.slice(index, last)
    // A comment, or a sentence that only begins alike.
    if (/\sto\s/i.test(written)) found.push({ text: written, start: index, end: index + written.length })
    from = end
  }
  return found
}

function endOfQuote(text: string, from: number, quote: string): number {
  const close = text.indexOf(quote, from)
  const line = endOf(text, from)
  return close === -1 || (close > line && quote === '`') ? line : close
}

function endOfSentence(text: string, from: number): number {
  let end = endOf(text, from)
  for (let lines = 0; lines < MOST_LINES && end < text.length; lines++) {
    const sentence = text.slice(from, end)
    if (count(sentence, '{') <= count(sentence, '}')) break
    end = endOf(text, end + 1)
  }
  return end
}

function endOf(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** What a statement says, or `null` where it is none. */
export function readSentence(written: string): Sentence | null {
  const text = squeeze(written)
  const lower = text.toLowerCase()
  const to = lower.indexOf(' to ')
  const where = lower.indexOf(' where ', to)
  const said = where === -1 ? text : text.slice(0, where)
  const within = said.toLowerCase().lastIndexOf(' in ')
  if (to === -1 || within < to) return null
  const [beginning = '', type = '', ...subject] = said.slice(0, to).split(' ')
  const what = said.slice(to + 4, within).trim()
  const location = said.slice(within + 4)
  const listed = /^\{([^{}]*)\}$/.exec(what)?.[1]
  const [verb = '', resource, ...more] = what.split(' ')
  const isVerb = VERBS.test(verb) && resource !== undefined && more.length === 0
  if ((listed === undefined && !isVerb) || !/^(?:(?:any-)?tenancy|compartment|[<{$])/i.test(location)) return null
  return {
    effect: /^deny$/i.test(beginning) ? 'Deny' : 'Allow',
    principal: { type: type.toLowerCase(), text: subject.join(' ') || type.toLowerCase() },
    actions: listed?.split(/[\s,]+/).filter((name) => name !== '') ?? [
      `${verb.toLowerCase()} ${(resource as string).toLowerCase()}`,
    ],
    location,
    condition: where === -1 ? null : text.slice(where + 7),
  }
}

/** The statement of a policy that a sentence makes. */
function statementOf(input: BlockInput, sentence: Sentence, span: Span): PolicyStatement {
  return {
    sid: null,
    effect: sentence.effect,
    actions: sentence.actions,
    notActions: [],
    resources: [sentence.location],
    conditions: sentence.condition,
    parts: {
      ...NO_PARTS,
      actions: sentence.actions.map(() => span),
      resources: [span],
      principals: [{ ...sentence.principal, span }],
    },
    evidence: input.evidence(span),
  }
}

/** The policy that the statements of a block make; what begins like one and is none is a finding. */
export function policyOf(input: BlockInput, written: readonly Written[]): Outcome<Claim[]> {
  const findings: Finding[] = []
  const statements = written.flatMap(({ text, span }): PolicyStatement[] => {
    const sentence = readSentence(text)
    if (sentence) return [statementOf(input, sentence, span)]
    const begins = text.slice(0, 80)
    const message = `\`${begins}\` begins like a policy statement, but is none, so it is not in the model. Write \`Allow <subject> to <verb> <resource-type> in <location>\`, with \`inspect\`, \`read\`, \`use\` or \`manage\`.`
    findings.push(unrecognised(input, span, message, [begins]))
    return []
  })
  const parts = { provider: 'oci', policyKind: 'role-definition' } as const
  return { value: [{ ...listPolicy(input, parts, []), statements }], findings }
}

/** What begins like a statement in texts of one place each: items, or cells. */
export function statementsOf(texts: readonly Written[]): Written[] {
  return texts.flatMap(({ text, span }) =>
    mayHoldStatement(text) ? statementsIn(text).map((statement) => ({ text: statement.text, span })) : [],
  )
}

/** Whether one of some texts is a statement. */
export function holdsStatement(written: readonly Written[]): boolean {
  return written.some(({ text }) => readSentence(text) !== null)
}
