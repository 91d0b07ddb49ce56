/** What the policy formats share: the documents of a fence, what of them is a policy, and the claims that they make. */
import type { Code } from 'mdast'
import type { Finding, Outcome, Span } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import { type Claim, NO_PARTS, type PolicyClaim, type PolicyStatement } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import type { Block } from '../page/page.ts'
import { isLanguage } from '../words/language.ts'
import { FenceOffsets } from './fence.ts'
import { type HereDocument, hereDocuments } from './here-documents.ts'
import { embeddedJson, type ParsedDocument, parseJson } from './json.ts'
import { type DocNode, type Found, findObjects, plainValue } from './node.ts'
import { documentsInStrings, escapedJson } from './strings.ts'
import { variantOf } from './variant.ts'
import { parseYaml } from './yaml.ts'

/** A fence's text and documents. */
export interface Fence {
  text: string
  documents: readonly ParsedDocument[]
}

/** The documents of a code block; none for a language that holds none. Never throws. */
export function fenceOf({ block }: BlockInput): Fence {
  return readFence(block)
}

/** Parsed once, whichever dialects ask. */
const readFence = remembered(({ node }: Block): Fence => {
  const { lang, value } = node as Code
  return { text: value, documents: [...documentsOf(lang ?? '', value), ...escapedJson(value)] }
})

function documentsOf(language: string, text: string): ParsedDocument[] {
  const json = isLanguage(language, 'json')
  const plain = isLanguage(language, 'plain')
  if (isLanguage(language, 'yaml')) return yamlOf(text)
  // Others hold JSON documents as they are, in here-documents and in quotes.
  const host = json || plain || isLanguage(language, 'shell', 'terraform', 'call')
  if (host && /^\s*[{[]/.test(text)) return parseJson(text)
  // An object of a program may be JSON: it is read where it is.
  if (isLanguage(language, 'script') && /^\s*[{[]/.test(text))
    return parseJson(text).filter((document) => !isBroken(document))
  // A comment before the document: any other beginning is a command, or an excerpt.
  if (json && /^\s*\/[/*]/.test(text)) return parseJson(text)
  const found = host ? embeddedJson(text) : []
  const known = new Set(found.map(({ root }) => root?.start))
  const written = host ? hereDocuments(text).flatMap((document) => parseHereDocument(document, known)) : []
  const embedded = [...found, ...written]
  if (embedded.length > 0 || !plain) return embedded
  return /^[ \t]*(?:- +)?["']?[\w:.-]+["']?:(?:\s|$)/m.test(text) ? yamlOf(text) : []
}

/** YAML, and the JSON that stands in its strings: a template's `PolicyDocument: !Sub |`. */
function yamlOf(text: string, from = 0): ParsedDocument[] {
  const documents = parseYaml(text, from)
  return [...documents, ...documentsInStrings(text, documents, from)]
}

/** JSON in a here-document has been found already, unless it is broken: it is read as far as it goes. */
function parseHereDocument({ start, body }: HereDocument, known: ReadonlySet<number | undefined>): ParsedDocument[] {
  if (!/^\s*[{[]/.test(body)) return yamlOf(body, start)
  return known.has(start + body.search(/\S/)) ? [] : parseJson(body, start)
}

/** Text that a documentation tool or a template engine fills in: what it makes is not known here. */
export function isTemplate(text: string): boolean {
  return /\{\{[^{}]*\}\}|<%/.test(text)
}

export interface Format {
  provider: string
  policyKind: PolicyClaim['policyKind']
  /** Whether a fence's text may hold such a policy: cheap, and true for every text that holds one. */
  mayHold(text: string): boolean
  /** Whether a text that can't be read is such a policy nevertheless; it becomes one without content. */
  surelyHolds(text: string): boolean
  /** Whether an object is such a policy. */
  isPolicy(node: DocNode): boolean
  /** `false` where the object around the statements is no document that the provider takes. */
  isDocument?: boolean
  read(found: Found, reader: PolicyReader): Pick<PolicyClaim, 'title' | 'statements' | 'version'>
}

/** What a format's `read` reports and makes statements with. */
export class PolicyReader {
  readonly findings: Finding[] = []
  readonly #input: BlockInput
  readonly #offsets: FenceOffsets

  constructor(input: BlockInput) {
    this.#input = input
    this.#offsets = new FenceOffsets(input.block)
  }

  /** The evidence that stands between two offsets of the fence's text. */
  evidence(at: { start: number; end: number }) {
    return this.#input.evidence(this.span(at))
  }

  /** Their place in the file, 1-based. */
  span({ start, end }: { start: number; end: number }): Span {
    return this.#offsets.span(start, end)
  }

  /** The places of values, in the order given. */
  spans(nodes: readonly DocNode[]): Span[] {
    return nodes.map((node) => this.span(node))
  }

  /** The provider refuses what stands here. */
  invalid(at: { start: number; end: number }, message: string): void {
    const span = this.#offsets.span(at.start, at.end)
    // The subject, the policy's id, is settled when the model is built. The line tells two errors of one kind apart.
    const ids = [message, this.#offsets.lineAt(at.start)]
    this.findings.push({ ruleId: 'invalid-policy', message, span, subject: null, ids })
  }

  /** What stands here can't be put into the model. */
  unread(at: { start: number; end: number }, message: string): void {
    const span = this.#offsets.span(at.start, at.end)
    const ids = [span.path, this.#input.surroundings.names[0]?.text ?? '', this.#offsets.lineAt(at.start)]
    this.findings.push({ ruleId: 'unrecognised-block', message, span, subject: null, ids })
  }

  /** A statement that allows, over all resources. */
  allow(at: DocNode, actions: readonly DocNode[], more: Partial<PolicyStatement> = {}): PolicyStatement {
    return {
      sid: null,
      effect: 'Allow',
      actions: actions.map((node) => String(node.value)),
      notActions: [],
      resources: [],
      conditions: null,
      parts: { ...NO_PARTS, actions: this.spans(actions) },
      evidence: this.evidence(at),
      ...more,
    }
  }
}

/** Whether a fence holds a policy of a format, or one that is too broken to be seen in its tree. */
export function holdsPolicy(input: BlockInput, format: Format): boolean {
  const { value } = input.block.node as Code
  if (!format.mayHold(value)) return false
  const { documents } = fenceOf(input)
  if (documents.some(({ root }) => findObjects(root, format.isPolicy).length > 0)) return true
  return documents.some(isBroken) && format.surelyHolds(value)
}

function isBroken({ problems }: ParsedDocument): boolean {
  return problems.length > 0
}

/** Reads all policies of a fence, and reports what is wrong with the documents that hold them. */
export function readPolicies(input: BlockInput, format: Format): Outcome<Claim[]> {
  const { documents } = fenceOf(input)
  const reader = new PolicyReader(input)
  // Of a torn tree, only the errors themselves are said.
  const unheard = documents.some(({ torn }) => torn) ? new PolicyReader(input) : reader
  const found = documents.map((document) => ({
    document,
    policies: findObjects(document.root, format.isPolicy, document.owner),
  }))
  const some = found.some(({ policies }) => policies.length > 0)
  const read = found.filter(({ document, policies }) => policies.length > 0 || (!some && isBroken(document)))
  const claims = read.flatMap(({ document, policies }): PolicyClaim[] => {
    for (const { message, ...at } of document.problems) {
      const text = `This policy is no valid ${document.notation}: ${message}. Its provider refuses it as it stands here.`
      reader.invalid(at, text)
    }
    const valid = document.problems.length === 0
    if (policies.length === 0) return [claimOf(input, format, { title: null, statements: [] })]
    return policies.map((policy) => {
      const listener = document.torn ? unheard : reader
      const alone = documents.length === 1 && policies.length === 1 && policy.node === document.root
      return {
        ...claimOf(input, format, format.read(policy, listener)),
        document: valid && format.isDocument !== false ? plainValue(policy.node) : null,
        // A fence that is one policy stands where the fence does.
        evidence: alone ? input.evidence(input.block.span) : reader.evidence(policy.node),
      }
    })
  })
  return { value: claims, findings: reader.findings }
}

/** A policy's claim, by its parts: without a document, at its fence. */
export function claimOf(
  input: BlockInput,
  { provider, policyKind }: Pick<Format, 'provider' | 'policyKind'>,
  parts: Pick<PolicyClaim, 'title' | 'statements' | 'version'>,
): PolicyClaim {
  return {
    kind: 'policy',
    block: input.surroundings,
    provider,
    policyKind,
    ...parts,
    variant: variantOf(input),
    document: null,
    lastUpdate: null,
    evidence: input.evidence(input.block.span),
  }
}

/** For what is about a format's permissions and is no policy that can be read: a finding, and nothing in the model. */
export function reportUnread(input: BlockInput, message: string): Outcome<Claim[]> {
  const { block, surroundings } = input
  const span = { ...block.span, endLine: block.span.line, endColumn: block.span.column + 3 }
  // As the finding of a block that no dialect takes, so that accepting one accepts the other.
  const ids = ['code block', '', surroundings.names[0]?.text ?? '']
  return { value: [], findings: [unrecognised(input, span, `${message} None of it is in the model.`, ids)] }
}
