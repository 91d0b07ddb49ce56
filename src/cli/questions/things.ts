/** All that is known of one thing of a dataset, as text and as JSON. */
import type { Dataset, Grant, Permission, Resource, Role } from '../../model/dataset.ts'
import { permissionAnswer, roleAnswer } from '../../query/answers.ts'
import { spelledOut } from '../../query/facts.ts'
import type { Found } from '../../query/find.ts'
import { matches } from '../../query/pattern.ts'
import { rolesLike } from '../../query/resolve.ts'
import { whoCan } from '../../query/who-can.ts'
import { plural } from '../../text.ts'
import { action, catalogue, mapping, policy } from './documents.ts'
import type { Cell, Printer } from './printer.ts'
import { facts, type Shown, title } from './sheet.ts'
import { byResource, effectCell, permissions, place, places, remarks } from './words.ts'

/** @param found what is there: its id is that of a thing of its kind */
export function shown(dataset: Dataset, { kind, id }: Found): Shown {
  const of = <T extends { id: string }>(list: readonly T[]) => list.find((one) => one.id === id) as T
  switch (kind) {
    case 'role':
      return role(dataset, of(dataset.roles))
    case 'permission':
      return permission(dataset, of(dataset.permissions))
    case 'resource':
      return resource(dataset, of(dataset.resources))
    case 'policy':
      return policy(of(dataset.policies))
    case 'catalogue':
      return catalogue(dataset, of(dataset.catalogues))
    case 'mapping':
      return mapping(dataset, of(dataset.mappings))
    case 'scope':
      return scope(dataset, of(dataset.scopes))
    case 'action':
      return action(dataset, id)
  }
}

function role(dataset: Dataset, own: Role): Shown {
  const { id, name, aliases, scope: at, group, level, description, grants, source } = own
  const held = spelledOut(dataset, own)
  const askedBy = dataset.mappings.filter(({ requires }) =>
    requires.some((list) => list.some((asked) => rolesLike({ ...dataset, roles: [own] }, asked).length > 0)),
  )
  return {
    json: { kind: 'role', role: own, size: held.length, mappings: askedBy.map((one) => one.id) },
    text(print) {
      title(print, 'role', id, name)
      facts(print, [
        ['Also called', aliases.join(', ')],
        ['Scope', at],
        ['Group', group],
        ['Level', level],
        ['Description', description],
        ['Source', place(source)],
        ['Asked for by', askedBy.map((one) => one.id).join(', ')],
        ['Holds', summary(held.length, grants)],
      ])
      grantTable(print, dataset, own)
    },
  }
}

function summary(held: number, grants: readonly Grant[]): string {
  const of = (effect: Grant['effect']) => grants.filter((grant) => grant.effect === effect).length
  const conditional = of('conditional') > 0 ? `, ${of('conditional')} of them under a condition` : ''
  const denied = of('denied') > 0 ? `; ${of('denied')} denied` : ''
  return permissions(held) + conditional + denied
}

/** The grants of a role by resource; a line number alone where it is in the file of the role. */
function grantTable(print: Printer, dataset: Dataset, { grants, source }: Role): void {
  const own = Map.groupBy(grants, (grant) => grant.permission)
  for (const { resource: key, permissions: list } of byResource(dataset, [...own.keys()])) {
    print.line()
    if (key !== '') print.heading(`  ${key}`)
    const rows = list.flatMap(({ id, label }) =>
      (own.get(id) ?? []).map((grant): Cell[] => [
        effectCell(print, grant.effect),
        label,
        print.paint('dim', grant.source.path === source.path ? `line ${grant.source.line}` : place(grant.source)),
        print.paint('yellow', remarks({ permission: id, effect: grant.effect, grants: [grant] })),
      ]),
    )
    print.table(rows, '    ')
  }
}

function permission(dataset: Dataset, own: Permission): Shown {
  const holders = whoCan<Role>(dataset, [own.id]).map(({ role: one, size }) => {
    const { id, name, scope: at } = one
    return { id, name, scope: at, size, ...permissionAnswer(one, own.id) }
  })
  const denied = dataset.roles
    .map((one) => ({ id: one.id, ...permissionAnswer(one, own.id) }))
    .filter(({ effect }) => effect === 'denied')
  const catalogues = dataset.catalogues.filter((list) => list.permissions.some((id) => matches(id, own.id)))
  return {
    json: { kind: 'permission', permission: own, roles: holders, denied, catalogues: catalogues.map(({ id }) => id) },
    text(print) {
      title(print, 'permission', own.id, own.title)
      facts(print, [
        ['Description', own.description],
        ['Resource', own.resource],
        ['Operation', own.operation],
        ['Access', own.access],
        ['Catalogues', catalogues.map(({ id }) => id).join(', ')],
      ])
      print.line()
      print.heading(
        holders.length === 0
          ? '  No role holds it'
          : `  ${plural(holders.length, 'role')} ${holders.length === 1 ? 'holds' : 'hold'} it, the smallest first`,
      )
      print.table(
        holders.map((one) => [
          print.paint('cyan', one.id),
          `holds ${one.size} in all`,
          print.paint('dim', places(one)),
          print.paint('yellow', remarks(one)),
        ]),
        '    ',
      )
      if (denied.length === 0) return
      print.line()
      print.heading('  Denied to')
      print.table(
        denied.map((one) => [print.paint('cyan', one.id), print.paint('dim', places(one))]),
        '    ',
      )
    },
  }
}

function resource(dataset: Dataset, own: Resource): Shown {
  const ids = dataset.permissions.filter((one) => one.resource === own.id).map(({ id }) => id)
  const holders = whoCan<Role>(dataset, ids)
  return {
    json: {
      kind: 'resource',
      resource: own,
      permissions: ids,
      roles: holders.map(({ role: one, held, size }) => ({ id: one.id, name: one.name, scope: one.scope, size, held })),
    },
    text(print) {
      title(print, 'resource', own.id, own.title)
      facts(print, [
        ['Also called', own.aliases.join(', ')],
        ['Description', own.description],
        ['Scopes', own.scopes.join(', ')],
        ['Operations', own.operations.join(', ')],
        ['Source', place(own.source)],
      ])
      if (holders.length === 0) return
      print.line()
      print.heading(`  ${plural(holders.length, 'role')} ${holders.length === 1 ? 'holds' : 'hold'} permissions on it`)
      const label = new Map(
        byResource(dataset, ids).flatMap((group) => group.permissions.map((one) => [one.id, one.label])),
      )
      print.table(
        holders.map(({ role: one, held }) => [
          print.paint('cyan', one.id),
          `${held.length} of ${ids.length}`,
          held.length === ids.length ? 'all' : held.map((id) => label.get(id) ?? id).join(', '),
        ]),
        '    ',
      )
    },
  }
}

function scope(dataset: Dataset, own: Dataset['scopes'][0]): Shown {
  const roles = dataset.roles.filter((one) => one.scope === own.id)
  const resources = dataset.resources.filter(({ scopes }) => scopes.includes(own.id)).map(({ id }) => id)
  return {
    json: { kind: 'scope', scope: own, roles: roles.map((one) => roleAnswer(dataset, one)), resources },
    text(print) {
      title(print, 'scope', own.id, own.title)
      facts(print, [['Resources', resources.join(', ')]])
      print.line()
      print.heading(`  ${plural(roles.length, 'role')}`)
      print.table(
        roles.map((one) => [
          print.paint('cyan', one.id),
          one.name,
          permissions(spelledOut(dataset, one).length),
          print.paint('dim', place(one.source)),
        ]),
        '    ',
      )
    },
  }
}
