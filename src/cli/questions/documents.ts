/** What is known of policies, their actions, catalogues and mappings: things that hold permissions and are no role. */
import type { Catalogue, Dataset, Mapping, Policy, Source } from '../../model/dataset.ts'
import { roleAnswer } from '../../query/answers.ts'
import { policiesAllowing } from '../../query/find.ts'
import { rolesLike } from '../../query/resolve.ts'
import { patternCovers } from '../../query/wildcard.ts'
import { plural } from '../../text.ts'
import { facts, lines, type Shown, title } from './sheet.ts'
import { listed, permissions, place } from './words.ts'

/** What `show` prints of a policy, and its JSON. */
export function policy(own: Policy): Shown {
  return {
    json: { kind: 'policy', policy: own },
    text(print) {
      title(print, 'policy', own.id, own.title)
      facts(print, [
        ['Provider', own.provider],
        ['Kind', own.kind],
        ['Variant', own.variant],
        ['Last update', own.lastUpdate],
        ['Source', place(own.source)],
        ...own.usedBy.map((at, i): [string, string] => [i === 0 ? 'Used by' : '', place(at)]),
        ['Allows', plural(own.permissions.length, 'action')],
      ])
      for (const {
        sid,
        effect,
        actions,
        notActions,
        resources,
        conditions,
        principals = [],
        source,
      } of own.statements) {
        print.line()
        print.line(
          print.paint('bold', `  ${effect}${sid === null ? '' : ` ${sid}`}`),
          '  ',
          print.paint('dim', source.path === own.source.path ? `line ${source.line}` : place(source)),
        )
        lines(print, '', actions)
        lines(print, 'all but', notActions)
        lines(print, 'on', resources)
        lines(
          print,
          'for',
          principals.map(({ type, name }) => `${type} ${name}`),
        )
        if (conditions !== null) lines(print, 'if', [JSON.stringify(conditions)])
      }
    },
  }
}

/** The same of a catalogue, with the access of each permission. */
export function catalogue(dataset: Dataset, own: Catalogue): Shown {
  return {
    json: { kind: 'catalogue', catalogue: own },
    text(print) {
      title(print, 'catalogue', own.id, own.title)
      facts(print, [
        ['Scope', own.scope],
        ['Source', place(own.source)],
        ['Offers', permissions(own.permissions.length)],
      ])
      print.line()
      listed(print, dataset, own.permissions)
    },
  }
}

/** The same of a mapping. */
export function mapping(dataset: Dataset, own: Mapping): Shown {
  const roles = [...new Set(own.requires.flat())].flatMap((name) =>
    rolesLike(dataset, name).map((one) => [name, one] as const),
  )
  return {
    json: {
      kind: 'mapping',
      mapping: own,
      roles: roles.map(([name, one]) => ({ asked: name, ...roleAnswer(dataset, one) })),
    },
    text(print) {
      title(print, 'mapping', own.id)
      facts(print, [
        ['Description', own.description],
        ...own.restrictions.map((text, i): [string, string] => [i === 0 ? 'Restrictions' : '', text]),
        ['Source', place(own.source)],
      ])
      print.line()
      print.heading('  Asks for')
      for (const [i, list] of own.requires.entries()) print.line(`    ${i === 0 ? '' : 'and '}${list.join(' or ')}`)
      if (roles.length === 0) return
      print.line()
      print.table(
        roles.map(([name, one]) => [name, print.paint('cyan', one.id), print.paint('dim', place(one.source))]),
        '    ',
      )
    },
  }
}

/** An action of cloud policies: which of them allow it, and through what. */
export function action(dataset: Dataset, id: string): Shown {
  const fits = (held: string) => patternCovers(held.toLowerCase(), id.toLowerCase())
  const allowing = policiesAllowing(dataset, id).map(
    ({ id: of, title: name, statements, source, permissions: held }) => {
      const own = statements.filter(({ effect, actions }) => effect === 'Allow' && actions.some(fits))
      const sources: Source[] = own.length > 0 ? own.map((one) => one.source) : [source]
      return { id: of, title: name, through: held.filter(fits), sources }
    },
  )
  return {
    json: { kind: 'action', action: id, policies: allowing },
    text(print) {
      title(print, 'action', id)
      print.line()
      print.heading(
        `  ${plural(allowing.length, 'policy', 'policies')} ${allowing.length === 1 ? 'allows' : 'allow'} it`,
      )
      print.table(
        allowing.map((one) => [
          print.paint('cyan', one.id),
          print.paint('dim', place(one.sources[0] as Source)),
          one.through.some((held) => held.includes('*')) ? `through ${one.through.join(', ')}` : '',
        ]),
        '    ',
      )
    },
  }
}
