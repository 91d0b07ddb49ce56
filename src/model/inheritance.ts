/** Roles that have what others have: whose permissions a sentence means, and what follows from all sentences together. */
import { compareText, type Finding } from '../diagnostic.ts'
import type { InheritanceClaim, NameCandidate, RoleClaim, WrittenRole } from '../parse/claim.ts'
import { wordsOf } from '../parse/words/vocabulary.ts'
import { componentKey, fewQuoted, suggester } from '../text.ts'
import { type RoleGrant, UNSCOPED } from './model.ts'

/** A role as far as inheritance goes. */
export interface Heir {
  name: string
  scope: string
  grants: readonly RoleGrant[]
  row: RoleClaim | null
  spellings: ReadonlyMap<unknown, NameCandidate>
}

/** How roles that are not known yet are made: where nothing but a sentence under a role's name says what it has. */
export interface Makers<Role> {
  ofCell(role: WrittenRole, claim: InheritanceClaim): Role
  ofHeading(claim: InheritanceClaim): Role
}

export interface Inherited<Role> {
  /** Whose permissions each role takes over, with the claim that says so. */
  sources: Map<Role, Map<Role, InheritanceClaim>>
  /** What each role takes over, beside its own grants; each at the place of the sentence that says so. */
  grants: Map<Role, RoleGrant[]>
  findings: Finding[]
}

/** How many grants are taken over in all: of a chain of roles, each would hold all of those below it. */
const MOST_INHERITED = 200_000
/** How often sentences are gone through: once for those that mean roles above them, again for those that mean what sentences below make. */
const MOST_PASSES = 8

/**
 * Finds the roles that sentences name, and gives each role what it takes over: all that the others grant, what those take over
 * among it, but nothing that the role itself says something of. What a sentence leaves open is a finding where it stands
 * among permissions; elsewhere it may be about something else.
 *
 * @param known the roles that other claims name; a sentence under the name of a role makes another one
 */
export function inheritGrants<Role extends Heir>(
  claims: readonly InheritanceClaim[],
  known: Iterable<Role>,
  makers: Makers<Role>,
): Inherited<Role> {
  const findings: Finding[] = []
  if (claims.length === 0) return { sources: new Map(), grants: new Map(), findings }
  const names = new RoleNames(known)
  const sources = new Map<Role, Map<Role, InheritanceClaim>>()
  const open = new Set(claims)
  // A role that a sentence makes may be the one that a sentence above it means.
  for (let pass = 0, before = -1; pass < MOST_PASSES && before !== names.size; pass++) {
    before = names.size
    for (const claim of open) {
      const from = namesIn(claim).flatMap((name) => names.find(name, claim) ?? [])
      const heir = from.length > 0 && claim.isComplete ? (names.heirOf(claim) ?? madeRole(claim, makers)) : null
      if (heir === null) continue
      open.delete(claim)
      names.add(heir)
      const own = sources.get(heir) ?? new Map<Role, InheritanceClaim>()
      sources.set(heir, own)
      for (const role of from) if (role !== heir && !own.has(role)) own.set(role, claim)
    }
  }
  for (const claim of claims) {
    const why = whyUnread(claim, !open.has(claim), names)
    if (why !== null) findings.push(unread(claim, why))
  }
  return { sources, grants: grantsOf(sources, findings), findings }
}

function namesIn({ from, also }: InheritanceClaim): string[] {
  return also === null ? [from] : [from, also]
}

function madeRole<Role>(claim: InheritanceClaim, makers: Makers<Role>): Role | null {
  if (claim.role) return makers.ofCell(claim.role, claim)
  return claim.subject === null && claim.isUnderRole ? makers.ofHeading(claim) : null
}

/** What each role takes over: those that it takes over from come first. Of a circle, each has what the others say themselves. */
function grantsOf<Role extends Heir>(
  sources: ReadonlyMap<Role, ReadonlyMap<Role, InheritanceClaim>>,
  findings: Finding[],
): Map<Role, RoleGrant[]> {
  const taken = new Map<Role, Map<RoleGrant, InheritanceClaim>>()
  let left = MOST_INHERITED
  for (const role of inOrder(sources)) {
    const said = new Set(role.grants.map(({ permission }) => permission))
    const grants = new Map<RoleGrant, InheritanceClaim>()
    for (const [source, claim] of sources.get(role) ?? []) {
      for (const grant of [...source.grants, ...(taken.get(source)?.keys() ?? [])]) {
        if (grant.effect === 'denied' || said.has(grant.permission)) continue
        said.add(grant.permission)
        grants.set(grant, claim)
      }
    }
    left -= grants.size
    if (left < 0) {
      findings.push(tooMuch(role, sources))
      break
    }
    taken.set(role, grants)
  }
  const inherited = ([grant, { sentence, evidence }]: [RoleGrant, InheritanceClaim]): RoleGrant => {
    return { ...grant, note: grant.note ?? sentence, evidence }
  }
  return new Map(Array.from(taken, ([role, grants]) => [role, Array.from(grants, inherited)]))
}

/** The roles that take over something, those before others that these take over from. */
function inOrder<Role>(sources: ReadonlyMap<Role, ReadonlyMap<Role, unknown>>): Set<Role> {
  const done = new Set<Role>()
  for (const start of sources.keys()) {
    const path = [start]
    const entered = new Set<Role>()
    for (let role = path.at(-1); role !== undefined; role = path.at(-1)) {
      const waits = entered.has(role) ? [] : [...(sources.get(role)?.keys() ?? [])]
      entered.add(role)
      const next = waits.filter((other) => sources.has(other) && !done.has(other) && !entered.has(other))
      for (const other of next) path.push(other)
      if (next.length > 0) continue
      done.add(role)
      path.pop()
    }
  }
  return done
}

/** Roles by what sentences call them: in any case, in the plural, with or without “role”, and without what their scope or group adds. */
class RoleNames<Role extends Heir> {
  readonly #roles = new Set<Role>()
  readonly #byName = new Map<string, Set<Role>>()

  constructor(roles: Iterable<Role>) {
    for (const role of roles) this.add(role)
  }

  get size(): number {
    return this.#roles.size
  }

  add(role: Role): void {
    if (this.#roles.has(role)) return
    this.#roles.add(role)
    const spellings = [role.name, ...[...role.spellings.values()].map(({ text }) => text), role.row?.name ?? role.name]
    for (const name of new Set(spellings.map(keyOf))) {
      const others = this.#byName.get(name) ?? new Set()
      this.#byName.set(name, others.add(role))
    }
  }

  /** The role that takes over: the one that the sentence or its cell names, or the nearest that it stands under. */
  heirOf(claim: InheritanceClaim): Role | null {
    if (claim.role) return this.#one(claim.role.text, claim)
    if (claim.subject !== null) return this.find(claim.subject, claim)
    for (const { text, kind } of claim.block.names) {
      const role = kind === 'value' ? null : this.#one(text, claim)
      // Under the name of a role that nothing else names, it is not about the one around it.
      if (role || (kind !== 'value' && claim.isUnderRole)) return role
    }
    return null
  }

  /** The one role of a name, or of what the heir's own name makes of it: `Viewer` is `Dock Viewer` to `Dock Editor`. */
  find(name: string, claim: InheritanceClaim): Role | null {
    const found = this.#one(name, claim)
    if (found) return found
    const own = claim.role?.text ?? claim.block.names.find(({ kind }) => kind !== 'value')?.text ?? ''
    const shared = wordsOf(own).slice(0, -1)
    return shared.length === 0 ? null : this.#one(`${shared.join(' ')} ${name}`, claim)
  }

  named(name: string): Role[] {
    return [...(this.#byName.get(keyOf(name)) ?? [])]
  }

  /** Of several, the one of the same scope. */
  #one(name: string, { block }: InheritanceClaim): Role | null {
    const roles = this.named(name)
    const here = roles.filter(({ scope }) => scope === (block.scope ?? UNSCOPED))
    const [role, ...others] = here.length > 0 ? here : roles
    return role !== undefined && others.length === 0 ? role : null
  }

  /** The name that is most like one that no role has. */
  suggestion(name: string): string | null {
    return suggester([...this.#roles].map((role) => role.name))(name)
  }
}

function keyOf(name: string): string {
  return componentKey(name.replace(/\sroles?$/i, ''))
}

/** Why a sentence, or part of it, is in no model; `null` where it is, or may be about something else. */
function whyUnread<Role extends Heir>(
  claim: InheritanceClaim,
  isRead: boolean,
  names: RoleNames<Role>,
): { why: string; help: string } | null {
  const stranger = namesIn(claim).find((name) => names.find(name, claim) === null)
  if (stranger !== undefined) {
    const several = names.named(stranger)
    const meant = names.suggestion(stranger)
    const heir = names.heirOf(claim)
    // In running text, what is like no role at all may be none; a role of which nothing else is said has nothing but that.
    const isMeant = heir === null ? claim.isUnderRole && claim.subject === null : several.length > 1 || meant !== null
    if (!claim.isListed && !isMeant) return null
    if (several.length > 1) {
      const scopes = fewQuoted(several.map(({ scope }) => scope).sort(compareText), 4)
      return { why: `names \`${stranger}\`, as roles of ${scopes} are called`, help: ' List what is taken over.' }
    }
    const help = `${meant === null ? '' : ` Did you mean \`${meant}\`?`} Write the role’s name as it stands above what it has, or list what is taken over.`
    return { why: `names \`${stranger}\`, which is no role of these pages`, help }
  }
  if (isRead) return null
  if (!claim.isComplete && (claim.isListed || names.heirOf(claim) !== null))
    return { why: 'leaves something out in words', help: ' Write what is left out as a list of ids right below it.' }
  return claim.isListed
    ? { why: 'stands under the name of no role', help: ' Put the role’s name in a heading above it.' }
    : null
}

function unread(claim: InheritanceClaim, { why, help }: { why: string; help: string }): Finding {
  return {
    ruleId: 'unrecognised-block',
    message: `“${claim.sentence}” ${why}, so what it takes over is not in the model.${help}`,
    span: claim.evidence.span,
    subject: null,
    ids: [claim.evidence.span.path, 'inheritance', claim.from, claim.block.names[0]?.text ?? ''],
  }
}

function tooMuch<Role extends Heir>(
  role: Role,
  sources: ReadonlyMap<Role, ReadonlyMap<Role, InheritanceClaim>>,
): Finding {
  const [claim] = sources.get(role)?.values() ?? []
  const { span } = (claim as InheritanceClaim).evidence
  return {
    ruleId: 'input-limit',
    message: `Roles take over more than ${MOST_INHERITED} permissions from each other in all, so what \`${role.name}\` and those after it take over is not in the model.`,
    span,
    subject: null,
    ids: [span.path, 'inheritance'],
  }
}
