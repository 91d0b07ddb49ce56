/** What a comparison with a running system found, for people and for programs. */
import type { Dataset } from '../model/dataset.ts'
import type { Disagreement } from '../reconcile/disagreement.ts'
import type { ComparedScope, Reconciliation } from '../reconcile/reconcile.ts'
import { printable } from '../report/printable.ts'
import { plural } from '../text.ts'

/** What was compared. */
export interface Sides {
  docs: Dataset
  /** The system's address. */
  origin: string
  /** Roles of the system that are not built in, and were left out. */
  others: number
  /** How many versions of the documentation there were to choose from. */
  versions: number
}

/** `{ docs, system, agreement, compared, scopes, notCompared, disagreements }`. */
export function reconciliationJson(result: Reconciliation, { docs, origin, others }: Sides): unknown {
  return {
    docs: { name: docs.name, version: docs.version },
    system: { origin, otherRoles: others },
    agreement: result.agreement,
    compared: { scopes: result.scopes.map(({ id }) => id), ...totals(result.scopes) },
    scopes: result.scopes,
    notCompared: result.notCompared,
    disagreements: result.disagreements,
  }
}

/** Lines: what was compared, the disagreements under their scopes with the place in the documentation, and the outcome. */
export function reconciliationText(result: Reconciliation, { docs, origin, others, versions }: Sides): string {
  const choice = versions > 1 ? ` (of ${versions}: --docs-version takes another)` : ''
  const lines = [
    `Docs: ${docs.name}, version ${docs.version}${choice}`,
    `System: ${origin}${others > 0 ? ` (${plural(others, 'role')} that ${others === 1 ? 'is' : 'are'} not built in left out)` : ''}`,
    '',
  ]
  for (const scope of result.scopes) {
    const own = result.disagreements.filter((found) => found.scope === scope.id)
    lines.push(heading(scope, own.length), ...(own.length > 0 ? [...rows(own), ''] : []))
  }
  if (lines.at(-1) !== '') lines.push('')
  for (const { id, docsRoles, systemRoles, reason } of result.notCompared) {
    lines.push(
      `Not compared: ${id} (${plural(docsRoles, 'role')} in the docs, ${systemRoles} in the system): ${reason}.`,
    )
  }
  lines.push(outcome(result))
  return `${lines.map(printable).join('\n')}\n`
}

function heading({ id, roles, grants, permissions }: ComparedScope, found: number): string {
  const both = `${id}: ${plural(roles.both, 'role')} with ${plural(grants.compared, 'grant')} compared, ${plural(permissions.both, 'permission')} known to both`
  return `${both}; ${found === 0 ? 'no disagreement' : plural(found, 'disagreement')}`
}

/** One line each: the place in the documentation, where there is one, and what is disagreed on. */
function rows(found: readonly Disagreement[]): string[] {
  return found.map(
    (one) => `  ${one.source ? `${one.source.path}:${one.source.line}` : 'in no page'}  ${sentence(one)}`,
  )
}

function sentence(one: Disagreement): string {
  const note = one.note === null ? '' : ` (${one.note})`
  const hint = one.hint === null ? '' : `; ${one.hint}`
  return `${claim(one)}${note}${hint}`
}

function claim({ kind, role, systemRole, permission, effect }: Disagreement): string {
  const name = role?.name ?? systemRole ?? ''
  switch (kind) {
    case 'role-only-in-docs':
      return `${name}: the system has no such built-in role`
    case 'role-only-in-system':
      return `${name}: a built-in role of the system that the docs do not have`
    case 'role-renamed':
      return `${name}: the system calls it ${systemRole}`
    case 'role-repeated':
      return `${name}: the system has a second role of this name, which was not compared`
    case 'role-of-two-scopes':
      return `${name}: the system says two scopes of it`
    case 'grants-not-listed':
      return `${name}: the docs list no grants`
    case 'grant-only-in-docs':
      return effect === 'conditional'
        ? `${name}: the docs grant ${permission} under a condition, the system does not`
        : `${name}: the docs grant ${permission}, the system does not`
    case 'grant-denied-in-docs':
      return `${name}: the docs deny ${permission}, the system grants it`
    case 'grant-only-in-system':
      return `${name}: the system grants ${permission}, the docs do not`
    case 'permission-only-in-docs':
      return `${permission}: a permission that the system does not know here`
    case 'permission-only-in-system':
      return `${permission}: a permission of the system that the docs do not name here`
    case 'permissions-not-listed':
      return 'the system lists no permissions here, though it has roles'
  }
}

function outcome({ agreement, disagreements, scopes, notCompared }: Reconciliation): string {
  const { roles, grants, permissions, conditional, denied } = totals(scopes)
  const what = `${plural(roles, 'role')} and ${plural(grants, 'grant')} compared, ${plural(permissions, 'permission')} known to both,`
  const where = `${plural(scopes.length, 'scope')} (${scopes.map(({ id }) => id).join(', ')})`
  const conditions =
    conditional > 0
      ? ` Of the grants ${conditional} are conditional: whether the conditions hold was not compared.`
      : ''
  const denials =
    denied > 0 ? ` ${plural(denied, 'denial')} of the docs ${denied === 1 ? 'was' : 'were'} compared too.` : ''
  const rest = notCompared.length > 0 ? ', as far as compared' : ''
  const found = agreement ? `In agreement${rest}` : plural(disagreements.length, 'disagreement')
  return `${found}: ${what} in ${where}.${conditions}${denials}`
}

function totals(scopes: readonly ComparedScope[]) {
  const sum = (of: (scope: ComparedScope) => number) => scopes.reduce((total, scope) => total + of(scope), 0)
  return {
    roles: sum(({ roles }) => roles.both),
    grants: sum(({ grants }) => grants.compared),
    conditional: sum(({ grants }) => grants.conditional),
    denied: sum(({ grants }) => grants.denied),
    permissions: sum(({ permissions }) => permissions.both),
  }
}
