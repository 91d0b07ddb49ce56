/**
 * The shape guard: how many facts of each kind a page held when somebody last looked. A source that changes its shape
 * (a table grows a column, a heading is renamed) must fail loudly, not publish an empty page.
 */
import * as z from 'zod'
import { compareText, type Finding, type Span } from '../diagnostic.ts'
import type { Claim } from '../parse/claim.ts'
import type { Reading } from '../parse/read.ts'
import { plural } from '../text.ts'

const countsSchema = z.record(z.string(), z.int().min(0))

export const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** By version id, then by page path. */
  versions: z.record(z.string(), z.record(z.string(), z.strictObject({ facts: countsSchema, dialects: countsSchema }))),
})

export type Manifest = z.infer<typeof manifestSchema>
type PageShape = Manifest['versions'][string][string]

/** What facts are counted as, by the kind of the claim that states them. */
const FACTS: Record<Claim['kind'], string> = {
  'grant-block': 'roles',
  grant: 'grants',
  action: 'actions',
  'listed-action': 'listedActions',
  'operation-of-role': 'operationsOfRoles',
  role: 'roleDescriptions',
  inheritance: 'inheritances',
  resource: 'resources',
  operation: 'operations',
  catalogue: 'cataloguePermissions',
  mapping: 'mappings',
  policy: 'policies',
}

/** What manifests of before call two of them: by the kind itself. */
const FORMER_FACTS = new Map<string, string>(
  (['listed-action', 'operation-of-role'] as const).map((kind) => [kind, FACTS[kind]]),
)

/** The shape of every page that holds facts, by path. */
export function shapeOf(reading: Reading): Record<string, PageShape> {
  const pages = new Map<string, { facts: Map<string, number>; dialects: Map<string, number> }>()
  for (const { block, dialect } of reading.blocks) {
    const { path } = block.page.file
    const page = pages.get(path) ?? { facts: new Map(), dialects: new Map() }
    pages.set(path, page)
    count(page.dialects, dialect, 1)
  }
  for (const claim of reading.claims) {
    // Sentences stand beside the blocks that make their page one of facts.
    const page = pages.get(claim.block.evidence.span.path)
    if (!page) continue
    count(page.facts, FACTS[claim.kind], 1)
    if (claim.kind !== 'policy') continue
    const actions = claim.statements.reduce(
      (sum, { actions, notActions }) => sum + actions.length + notActions.length,
      0,
    )
    count(page.facts, 'policyActions', actions)
  }
  return Object.fromEntries(
    [...pages]
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, { facts, dialects }]) => [path, { facts: sorted(facts), dialects: sorted(dialects) }]),
  )
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function sorted(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)))
}

/** What a version's pages have lost against the manifest. Growth is no finding; a page that is new is none either. */
export function shapeFindings(reading: Reading, expected: Record<string, PageShape>): Finding[] {
  const now = new Map(Object.entries(shapeOf(reading)))
  const texts = new Map(reading.pages.map((page) => [page.file.path, page]))
  return Object.entries(expected).flatMap(([path, written]) => {
    const before = { ...written, facts: inNewWords(written.facts) }
    const page = texts.get(path)
    const span: Span = page ? page.titleSpan : { path, line: 1, column: 1, endLine: 1, endColumn: 1 }
    const report = (what: string, message: string): Finding => {
      return { ruleId: 'shape-changed', message, span, subject: null, ids: [path, what] }
    }
    const after = now.get(path)
    if (!after) {
      const gone = page ? 'no fact could be read from it any more' : 'the page is gone'
      return [report('page', `This page held ${list(before.facts)}; ${gone}. ${UPDATE}`)]
    }
    return [...collapsed(before, after, report), ...rewritten(before, after, report)]
  })
}

function inNewWords(facts: PageShape['facts']): PageShape['facts'] {
  return Object.fromEntries(Object.entries(facts).map(([kind, number]) => [FORMER_FACTS.get(kind) ?? kind, number]))
}

const UPDATE = 'If that is meant, update the manifest with `rolebook manifest`.'
/** A loss of fewer facts than this is an edit, not a collapse, unless nothing is left. */
const FEW = 5

function collapsed(before: PageShape, after: PageShape, report: (what: string, message: string) => Finding): Finding[] {
  return Object.entries(before.facts).flatMap(([kind, expected]) => {
    const found = after.facts[kind] ?? 0
    const lost = expected - found
    const collapse = expected > 0 && (found === 0 || (lost >= FEW && found * 2 < expected))
    return collapse ? [report(kind, `This page held ${expected} ${words(kind)} and holds ${found} now. ${UPDATE}`)] : []
  })
}

/** Blocks that another dialect reads now: the facts may be there, and mean something else. */
function rewritten(before: PageShape, after: PageShape, report: (what: string, message: string) => Finding): Finding[] {
  const grown = Object.keys(after.dialects).filter(
    (dialect) => (after.dialects[dialect] ?? 0) > (before.dialects[dialect] ?? 0),
  )
  return Object.entries(before.dialects).flatMap(([dialect, expected]) => {
    if ((after.dialects[dialect] ?? 0) > 0 || expected === 0 || grown.length === 0) return []
    const others = grown.map((other) => `\`${other}\``).join(', ')
    const message = `${plural(expected, 'block')} of this page read as \`${dialect}\`; now none does, and more read as ${others}. ${UPDATE}`
    return [report(`dialect:${dialect}`, message)]
  })
}

function list(facts: Record<string, number>): string {
  return Object.entries(facts)
    .map(([kind, number]) => `${number} ${words(kind)}`)
    .join(', ')
}

/** `policyActions` as `policy actions`. */
function words(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
