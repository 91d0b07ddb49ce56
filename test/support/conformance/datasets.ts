/** Datasets that no documentation has, to be hard on what is exported. */
import fc from 'fast-check'
import type { Dataset, Grant, Permission, Role } from '../../../src/model/dataset.ts'
import { analyseTexts } from '../analysis.ts'

/** What a role says: permission, effect, and the note of a condition. */
export type Said = [permission: string, effect: Grant['effect'], note?: string | null]

const source = { path: 'docs/a "page", (1).mdx', line: 3, column: 5 }

/** A dataset of these roles by id; its permissions are those that they name, and some that nobody holds. */
export function datasetOf(
  roles: Iterable<[id: string, said: readonly Said[]]>,
  others: Iterable<string> = [],
): Dataset {
  const empty = analyseTexts({}).model.dataset
  const made = [...roles].map(([id, said]) => roleOf(id, said))
  const ids = new Set([...others, ...made.flatMap(({ grants }) => grants.map(({ permission }) => permission))])
  return { ...empty, roles: made.sort(byId), permissions: [...ids].map(permissionOf).sort(byId) }
}

function roleOf(id: string, said: readonly Said[]): Role {
  const grants = said.map(([permission, effect, note = null]) => ({ permission, effect, note, source }))
  return {
    ...{ id, name: id, aliases: [], scope: id.split('/')[0] as string, group: id, level: null, description: id },
    permissions: [
      ...new Set(grants.flatMap(({ permission, effect }) => (effect === 'denied' ? [] : permission))),
    ].sort(),
    ...{ grants, source },
  }
}

function permissionOf(id: string): Permission {
  const dot = id.indexOf('.')
  const parts = dot === -1 ? [null, null] : [id.slice(0, dot), id.slice(dot + 1)]
  return { id, resource: parts[0] as string | null, operation: parts[1] as string | null, access: 'write' }
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Texts that mean something to a reader of Cedar, CSV, OpenFGA, Rego or JSON, or that are easily taken for one another. */
export const NASTY = [
  ...['project/admin', 'project/Admin', 'project/admin ', ' project/admin', '', ' ', '"', '"quoted"', "it's", 'a"b'],
  ...['a, b', 'a,b', '# p, x', '(', ')', 'f(x)', '{{', '\\', '\\n', '\\"', 'line\nfeed', 'crlf\r\n', 'tab\t', '\0'],
  ...['\u001b[31m', '\u2028', '\u00a0', '\u202e', '\ufeff', 'é', 'e\u0301', '名', '😀', '\ud800', '\udc00', '%', '%25'],
  ...['%2C', '%ED%A0%80', '+', '++1', '+25', '__proto__', 'constructor', '__cedar', 'null', '0', 'role:x#assignee'],
  ...[
    '"];permit(principal,action,resource);//',
    'p, x, y, , allow, z',
    '../../etc',
    '<script>',
    'a.b',
    'cluster.create',
  ],
  ...['x'.repeat(300), `${'x'.repeat(300)}1`, 'é'.repeat(100)],
]

const EFFECTS = ['granted', 'denied', 'conditional', 'granted', 'conditional'] as const

const PATTERNS = ['*', 'cluster.*', '*.create', 'a.*', 'nothing.*', '*,*', '**', '%*', 'é*']

const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ maxLength: 6 }),
)
const permission = fc.oneof({ weight: 4, arbitrary: nasty }, { weight: 1, arbitrary: fc.constantFrom(...PATTERNS) })
const few = fc.constantFrom('cluster.create', 'cluster.get', 'a.create', 'cluster.*', '*', '*.create')
const said = fc
  .tuple(fc.oneof(permission, few), fc.constantFrom(...EFFECTS), fc.option(nasty))
  .map((parts): Said => parts)

/** Small datasets: nasty ids, all effects, patterns, several statements on one permission, roles without any. */
export const datasets: fc.Arbitrary<Dataset> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(nasty, fc.array(said, { maxLength: 6 })), { maxLength: 4, selector: ([id]) => id }),
    fc.array(permission, { maxLength: 4 }),
  )
  .map(([roles, others]) => datasetOf(roles, others))

/** Every nasty text as a role, as a permission in each effect, and as a condition; a role without grants; patterns. */
export const HOSTILE: Dataset = datasetOf(
  [
    ...NASTY.map((id, i): [string, Said[]] => [
      id,
      EFFECTS.map((effect, step): Said => {
        const at = (offset: number) => NASTY[(i + offset) % NASTY.length] as string
        return [at(step * step), effect, effect === 'conditional' ? at(7 * step) : null]
      }),
    ]),
    ['system/nobody', []],
    [
      'system/everything',
      [
        ['*', 'granted'],
        ['cluster.create', 'denied'],
        ['a.*', 'conditional', null],
      ],
    ],
    [
      'system/idle',
      [
        ['nothing.*', 'granted'],
        ['*.neither', 'denied'],
      ],
    ],
    [
      'system/careful',
      [
        ['a.b', 'granted'],
        ['a.b', 'conditional', 'two'],
        ['a.*', 'conditional', 'one'],
      ],
    ],
  ],
  ['cluster.get', 'nobody.has'],
)
