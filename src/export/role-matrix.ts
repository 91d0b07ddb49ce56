/** What roles hold, as the cells of tables: by resource and operation where permissions have them, else by action. */
import type { Dataset, Effect, Permission, Role } from '../model/dataset.ts'
import { byText, effects, expand } from '../query/facts.ts'
import { conditionsOf } from '../query/who-can.ts'

export interface Cell {
  effect: Effect
  /** Texts of the condition. */
  notes: string[]
}

export interface HeldRole {
  role: Role
  /** By the permission's id, in order; patterns are spelt out. What nothing is said of is not there. */
  cells: ReadonlyMap<string, Cell>
}

/** What a role's documentation says, of each permission that it speaks of. */
export function heldBy(dataset: Dataset, role: Role): HeldRole {
  const effect = effects(role)
  const spoken = expand(
    dataset,
    role.grants.map(({ permission }) => permission),
  ).sort(byText)
  const cells = spoken.flatMap((id): [string, Cell][] => {
    const found = effect(id)
    if (found === null) return []
    return [[id, { effect: found, notes: found === 'conditional' ? conditionsOf(role, id) : [] }]]
  })
  return { role, cells: new Map(cells) }
}

/** Permissions of some roles, in the rows of a table. */
export interface Rows {
  /** In the order of the dataset; operations in their order as well. */
  resources: { id: string; title: string; permissions: (Permission & { operation: string })[] }[]
  /** Permissions without a resource or an operation; one that the dataset doesn't name has its id for a title. */
  actions: { id: string; title: string }[]
}

/** The rows of a table that shows all that some roles speak of. */
export function rowsFor(dataset: Dataset, held: readonly HeldRole[]): Rows {
  const spoken = new Set(held.flatMap(({ cells }) => [...cells.keys()]))
  const known = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
  const titles = distinctTitles(dataset.resources)
  const order = new Map(dataset.operations.map(({ id }, i) => [id, i]))
  const grid: (Permission & { resource: string; operation: string })[] = []
  const actions: Rows['actions'] = []
  for (const id of [...spoken].sort(byText)) {
    const permission = known.get(id)
    if (permission && permission.resource !== null && permission.operation !== null)
      grid.push({ ...permission, resource: permission.resource, operation: permission.operation })
    else actions.push({ id, title: permission?.title ?? id })
  }
  const ofActions = distinctTitles(actions)
  const resources = [...Map.groupBy(grid, ({ resource }) => resource)].map(([id, permissions]) => ({
    ...{ id, title: titles.get(id) ?? id },
    permissions: permissions.sort((a, b) => (order.get(a.operation) ?? 0) - (order.get(b.operation) ?? 0)),
  }))
  return { resources, actions: actions.map(({ id }) => ({ id, title: ofActions.get(id) ?? id })) }
}

/** Titles by id; those that several have are followed by the id. */
function distinctTitles(named: readonly { id: string; title: string }[]): Map<string, string> {
  const users = Map.groupBy(named, ({ title }) => title)
  return new Map(named.map(({ id, title }) => [id, users.get(title)?.length === 1 ? title : `${title} (${id})`]))
}
