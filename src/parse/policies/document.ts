/** What the JSON policy formats share: the fence's text, and the claim that they all make. */
import type { Code } from 'mdast'
import type { Finding, Outcome, Span } from '../../diagnostic.ts'
import type { Claim, PolicyClaim, PolicyStatement } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { type JsonDocument, type JsonNode, property, readJson, strings } from './json.ts'

/** The text of a fence that may hold a JSON document, or `null`: an excerpt (`...`) or a command is none. */
export function jsonText(input: BlockInput): string | null {
  const { lang, value } = input.block.node as Code
  if (lang && !/^(?:json[c5]?|hcl|text|txt)$/i.test(lang)) return null
  return /^\s*\{/.test(value) ? value : null
}

/** Reads the fence, reports what is wrong with its JSON, and makes the claim from what `read` finds in it. */
export function readPolicyDocument(
  input: BlockInput,
  parts: Pick<PolicyClaim, 'provider' | 'policyKind'>,
  read: (
    document: JsonDocument,
    invalid: (node: JsonNode, message: string) => void,
  ) => {
    title: string | null
    statements: PolicyStatement[]
  },
): Outcome<Claim[]> {
  const findings: Finding[] = []
  const document = readJson(input.block)
  const report = (span: Span, message: string) => {
    // The subject, the policy's id, is settled when the model is built.
    findings.push({ ruleId: 'invalid-policy', message, span, subject: null, ids: [message, lineAt(input, span)] })
  }
  for (const error of document.errors) {
    report(error.span, `This policy is no valid JSON: ${error.message}. Its provider refuses it as it stands here.`)
  }
  const { title, statements } = document.root
    ? read(document, (node, message) => report(document.span(node), message))
    : { title: null, statements: [] }
  return {
    value: [
      {
        kind: 'policy',
        block: input.surroundings,
        ...parts,
        title,
        variant: null,
        statements,
        document: document.value,
        lastUpdate: null,
        evidence: input.evidence(input.block.span),
      },
    ],
    findings,
  }
}

/** An allowing statement over all resources, for formats that have no statements of their own. */
export function allow(
  input: BlockInput,
  document: JsonDocument,
  actions: JsonNode[],
  notActions: JsonNode[],
): PolicyStatement {
  const first = actions[0] ?? document.root
  return {
    sid: null,
    effect: 'Allow',
    actions: actions.map((node) => String(node.value)),
    notActions: notActions.map((node) => String(node.value)),
    resources: [],
    conditions: null,
    evidence: input.evidence(first ? document.span(first) : input.block.span),
  }
}

/** The title that a document gives itself under one of these keys, or `null`. */
export function titleOf(document: JsonDocument, keys: string[]): string | null {
  for (const key of keys) {
    const [node] = strings(property(document.root, key))
    if (node) return String(node.value)
  }
  return null
}

/** The line of a finding as it stands in the document: it tells two errors of one kind apart wherever they move. */
function lineAt(input: BlockInput, span: Span): string {
  return input.block.page.file.text.split(/\r\n|\n|\r/, span.line)[span.line - 1]?.trim() ?? ''
}
