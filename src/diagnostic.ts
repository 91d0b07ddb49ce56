/** One finding and the places it speaks of. Shared by every stage, so it stands above them all. */

/** Of what a rule finds: an `error` fails the check, `info` is said and counts for nothing. */
export type Severity = 'error' | 'warning' | 'info'

/** A point in a source file. `line` and `column` are 1-based; columns count UTF-16 code units. */
export interface Place {
  path: string
  line: number
  column: number
}

/** A stretch of a source file: `endLine`/`endColumn` are 1-based and exclusive, as editors and SARIF count. */
export interface Span extends Place {
  endLine: number
  endColumn: number
}

export interface Related extends Place {
  note: string
}

/** A stretch of a file and the text to put in its place; an empty stretch inserts, an empty text removes. */
export interface Edit extends Span {
  text: string
}

/** A repair that is safe to make without asking: all of its edits or none. They are of one file and do not overlap. */
export interface Fix {
  /** What it does, as an imperative: “Remove the second row”. */
  description: string
  edits: Edit[]
}

export interface Diagnostic extends Span {
  ruleId: string
  severity: Severity
  message: string
  /** The rule's page: absolute where the config names a site, else relative to the site's root. */
  url: string
  /** The id of what the finding is about: a role, a resource, a policy, a partial; `null` where nothing has an id. */
  subject: string | null
  /** Made of the rule and the ids concerned; survives any edit of prose and any moved line. */
  fingerprint: string
  related: Related[]
  fix: Fix | null
}

/** What a stage says before severity, URL and fingerprint are settled by the validator. */
export interface Finding {
  ruleId: string
  message: string
  span: Span
  subject: string | null
  /** The ids that make this finding itself and no other; part of the fingerprint. */
  ids: readonly string[]
  /** Where this one finding is milder than its rule; a severity that the config gives the rule counts more. */
  severity?: Severity
  related?: Related[]
  fix?: Fix | null
}

/** The result of a pure stage: what it made, and what it has to say about its input. */
export interface Outcome<T> {
  value: T
  findings: Finding[]
}

/** Orders by place, rule, then message, in code units: the same everywhere, whatever the locale. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return comparePlaces(a, b) || compareText(a.ruleId, b.ruleId) || compareText(a.message, b.message)
}

/** Orders by path, line and column: of several places of a fact the first is the one that is shown. */
export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.path, b.path) || a.line - b.line || a.column - b.column
}

/** `docs/roles.mdx:57:24`, as editors and terminals write a place; no two places have the same. */
export function placeText({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`
}

/** The same within one file: `57:24`. */
export function pointText({ line, column }: Pick<Place, 'line' | 'column'>): string {
  return `${line}:${column}`
}

/** Code-unit order, the one order that Rolebook sorts by. Returns -1, 0 or 1. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
