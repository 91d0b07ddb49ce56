/** Claims to roles: which block grants to which role, and which row of a role table describes it. */
import { compareText, type Finding, type Span } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type {
  ActionClaim,
  Claim,
  Evidence,
  GrantClaim,
  NameCandidate,
  RoleClaim,
  Surroundings,
  WrittenRole,
} from '../parse/claim.ts'
import { isHeadingOf } from '../parse/words/role-name.ts'
import { wordsOf } from '../parse/words/vocabulary.ts'
import type { Settings } from '../settings/schema.ts'
import { foldedName, slugify, squeeze } from '../text.ts'
import { accessInWords, actionAccess, actionId, operationAccess } from './access.ts'
import { inheritGrants } from './inheritance.ts'
import { shortNames } from './listed-roles.ts'
import { type RoleEntity, type RoleGrant, UNSCOPED } from './model.ts'
import { readOnlyReason } from './read-only.ts'
import type { ResourceKeys } from './resources.ts'
import { describe, NO_TABLE, type RoleTables, roleTables } from './role-tables.ts'
import { uniqueIds } from './unique-ids.ts'

interface Draft {
  name: string
  nameEvidence: Evidence
  scope: string
  group: string | null
  /** By the place that shows them. */
  spellings: Map<Span, NameCandidate>
  /** The section whose role table describes it. */
  section: string | null
  row: RoleClaim | null
  otherRows: Set<RoleClaim>
  grants: RoleGrant[]
  blocks: Set<Surroundings>
}

/** The roles that blocks, cells and role tables name, sorted by id, and what of them could not be told. */
export function buildRoles(claims: readonly Claim[], keys: ResourceKeys, settings: Settings) {
  const findings: Finding[] = []
  const tables = roleTables(claims)
  const drafts = new Map<Surroundings, Draft>()
  const roles = new Map<string, Draft>()
  const bySection = new Map<string | null, Set<Draft>>()
  const merged = (made: Draft): Draft => {
    const draft = merge(roles, made)
    const here = bySection.get(made.section) ?? new Set()
    bySection.set(made.section, here.add(draft))
    return draft
  }
  const draftOf = (block: Surroundings): Draft => {
    const known = drafts.get(block)
    if (known) return known
    const draft = merged(draftFor(block, tables, findings))
    drafts.set(block, draft)
    return draft
  }
  for (const claim of claims) {
    if (claim.kind === 'grant-block') draftOf(claim.block)
    else if (claim.kind === 'grant') {
      const draft = claim.role ? merged(draftOfCell(claim.role, claim.block)) : draftOf(claim.block)
      draft.grants.push(grantOf(claim, keys, settings))
    } else if (claim.kind === 'action') {
      merged(draftOfCell(claim.role, claim.block)).grants.push(actionGrant(claim, settings))
    } else if (claim.kind === 'listed-action') {
      for (const role of claim.roles) merged(draftOfCell(role, claim.block))
    }
  }
  describe(bySection, tables)
  addUngranted(claims, roles)
  const sentences = claims.filter((claim) => claim.kind === 'inheritance')
  const inherited = inheritGrants(sentences, roles.values(), {
    ofCell: (role, { block }) => merged(draftOfCell(role, block)),
    ofHeading: ({ block }) => draftOf(block),
  })
  addAll(findings, inherited.findings)
  const named = withIds([...roles.values()])
  const ids = new Map(named.map(([id, draft]) => [draft, id]))
  const entities = named.map(([id, draft]) => {
    const sources = [...(inherited.sources.get(draft) ?? [])]
    const inheritsFrom = sources.map(([source, { except, evidence }]) => {
      return { id: ids.get(source) as string, except, evidence }
    })
    return finish(id, draft, { inherited: inherited.grants.get(draft) ?? [], inheritsFrom }, settings)
  })
  return { roles: entities.sort((a, b) => compareText(a.id, b.id)), findings }
}

/** `scope/slug`; of names that differ in punctuation alone (`C`, `C++`), the later in code-unit order is numbered. */
function withIds(drafts: readonly Draft[]): [id: string, draft: Draft][] {
  const sorted = [...drafts].sort((a, b) => compareText(a.scope, b.scope) || compareText(a.name, b.name))
  const ids = uniqueIds(sorted.map((draft) => `${draft.scope}/${slugify(draft.name, 'role')}`))
  return sorted.map((draft, i) => [ids[i] as string, draft])
}

/**
 * The role that a block grants to. Its own panel or the heading inside it names it; of several spellings the one that
 * the section's role table knows. A block with neither belongs to the one role that the table names.
 */
function draftFor(block: Surroundings, tables: RoleTables, findings: Finding[]): Draft {
  const section = block.sections.find((candidate) => tables.has(candidate)) ?? null
  const { rows, byName } = (section === null ? null : tables.get(section)) ?? NO_TABLE
  const inTable = (candidate: NameCandidate) => byName.has(foldedName(candidate.text))
  const own = ownNames(block)
  const shown = [...own.filter((name) => name.kind === 'label'), ...own.filter((name) => name.kind === 'heading')]
  const [nearestHeading, outerHeading] = block.names.filter((name) => name.kind === 'section')
  const fallback = block.names.find((name) => name.kind === 'page')
  const base = {
    scope: block.scope ?? UNSCOPED,
    section,
    row: null,
    otherRows: new Set<RoleClaim>(),
    grants: [],
    blocks: new Set([block]),
  }
  const named = (name: NameCandidate, group: NameCandidate | undefined, spellings: NameCandidate[]): Draft => {
    return {
      ...base,
      name: squeeze(name.text),
      nameEvidence: at(name, block),
      group: group?.text ?? null,
      spellings: new Map(spellings.map((shown) => [shown.span, shown])),
    }
  }
  const panelName = shown.find(inTable) ?? shown[0]
  if (panelName) return named(panelName, nearestHeading, own)
  const [row] = rows
  if (row && section === block.sections[0] && !(nearestHeading && inTable(nearestHeading))) {
    if (rows.length > 1) findings.push(unclearRole(block, rows))
    else return { ...named(nameOfRow(row), nearestHeading, []), row }
  }
  if (nearestHeading) return named(nearestHeading, outerHeading, [nearestHeading])
  if (fallback) return named(fallback, undefined, [])
  return { ...base, name: 'Unnamed role', nameEvidence: block.evidence, group: null, spellings: new Map() }
}

/** The names of the innermost panel: those before the first section heading, up to a second label. */
function ownNames(block: Surroundings): NameCandidate[] {
  const names: NameCandidate[] = []
  for (const name of block.names) {
    if (name.kind === 'section' || name.kind === 'page') break
    const closed = names.some((other) => other.kind === 'value' || other.kind === 'label')
    if (closed && name.kind !== 'value') break
    names.push(name)
  }
  return names
}

function nameOfRow(row: RoleClaim): NameCandidate {
  return { text: row.name, kind: 'section', span: row.evidence.span }
}

function at(name: NameCandidate, block: Surroundings): Evidence {
  return { span: name.span, via: block.evidence.via }
}

function unclearRole(block: Surroundings, rows: RoleClaim[]): Finding {
  const names = rows.map((row) => `\`${row.name}\``).join(', ')
  return {
    ruleId: 'ambiguous-block',
    message: `Nothing tells to which role these grants belong: the section's role table names ${names}. Put the role's name in a heading or a panel around the block.`,
    span: block.evidence.span,
    subject: null,
    ids: [block.evidence.span.path, ...rows.map((row) => row.name)],
  }
}

/** A role that a cell of the table names. */
function draftOfCell(role: WrittenRole, block: Surroundings): Draft {
  return {
    name: squeeze(role.text),
    nameEvidence: role.evidence,
    scope: block.scope ?? UNSCOPED,
    group: block.headings.findLast((text) => !isHeadingOf(role.text, text)) ?? null,
    spellings: new Map(
      role.short === undefined
        ? []
        : [[role.evidence.span, { text: role.short, kind: 'value', span: role.evidence.span }]],
    ),
    section: block.sections[0] ?? null,
    row: null,
    otherRows: new Set(),
    grants: [],
    blocks: new Set([block]),
  }
}

/** Two blocks for one name in one scope are one role. */
function merge(roles: Map<string, Draft>, draft: Draft): Draft {
  const key = `${draft.scope}/${draft.name.toLowerCase()}`
  const known = roles.get(key)
  if (!known) {
    roles.set(key, draft)
    return draft
  }
  for (const [span, name] of draft.spellings) if (!known.spellings.has(span)) known.spellings.set(span, name)
  for (const block of draft.blocks) known.blocks.add(block)
  known.row ??= draft.row
  return known
}

/** A role that a table describes and no block grants to is a role with no permissions. */
function addUngranted(claims: readonly Claim[], roles: Map<string, Draft>): void {
  const described = new Set([...roles.values()].flatMap((role) => [role.row, ...role.otherRows]))
  const rows = claims.filter((claim) => claim.kind === 'role')
  const listed = rows.filter(({ inList }) => inList)
  const known = shortNames(listed, roles.values(), ({ block }) => block.scope ?? UNSCOPED)
  for (const claim of rows) {
    if (described.has(claim)) continue
    const { block } = claim
    const role = known.get(claim)
    if (role) {
      role.row ??= claim
      continue
    }
    const heading = block.names.find((name) => name.kind === 'section')
    const draft = merge(roles, {
      name: squeeze(claim.name),
      nameEvidence: claim.evidence,
      scope: block.scope ?? UNSCOPED,
      group: heading?.text ?? null,
      spellings: new Map(),
      section: block.sections[0] ?? null,
      row: claim,
      otherRows: new Set(),
      grants: [],
      blocks: new Set(),
    })
    draft.row ??= claim
  }
}

function grantOf(claim: GrantClaim, keys: ResourceKeys, settings: Settings): RoleGrant {
  const resource = keys.canonical(claim.resource)
  return {
    permission: `${resource}.${claim.operation}`,
    resource,
    operation: claim.operation,
    writtenResource: claim.resource,
    effect: claim.effect,
    note: claim.note,
    access: operationAccess(claim.operation, settings),
    isAccessSaid: true,
    evidence: claim.evidence,
  }
}

function actionGrant(claim: ActionClaim, settings: Settings): RoleGrant {
  return {
    permission: actionId(claim),
    resource: null,
    operation: null,
    writtenResource: null,
    effect: claim.effect,
    note: claim.note,
    access: actionAccess(claim.action, settings),
    isAccessSaid: !claim.inWords && accessInWords(claim.action, settings) !== null,
    evidence: claim.evidence,
  }
}

function finish(
  id: string,
  draft: Draft,
  takes: Pick<RoleEntity, 'inherited' | 'inheritsFrom'>,
  settings: Settings,
): RoleEntity {
  const { spellings, blocks, otherRows, ...rest } = draft
  return {
    ...rest,
    id,
    ...takes,
    otherRows: [...otherRows],
    spellings: [...spellings.values()],
    blocks: [...blocks],
    level: levelOf(draft.name, settings),
    readOnly: readOnlyReason(draft.name, draft.nameEvidence, draft.row, settings),
  }
}

function levelOf(name: string, settings: Settings): string | null {
  const words = wordsOf(name).reverse()
  for (const word of words) {
    for (const [level, names] of Object.entries(settings.vocabulary.levels)) if (names.includes(word)) return level
  }
  return null
}
