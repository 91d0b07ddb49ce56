import * as z from 'zod'
import type { Role } from '../../model/dataset.ts'
import { holderAnswer } from '../../query/answers.ts'
import { permissionsNamed, scopeNamed } from '../../query/ask.ts'
import { whoCan } from '../../query/who-can.ts'
import {
  at,
  dataOf,
  dataOutput,
  defineTool,
  effectOutput,
  grantAnswer,
  grantOutput,
  lines,
  loadedAs,
  paged,
  pagingInput,
  pagingOutput,
  permissionsInput,
  roleOutput,
  scopeInput,
  versionInput,
} from '../tool.ts'

/** So many permissions are spelt out for each role, and so many grants for each permission. */
const PERMISSIONS = 20
const GRANTS = 3

export default defineTool({
  name: 'who_can',
  title: 'Who can',
  description:
    'Lists the roles that hold permissions, the ones that hold all of them first, the smallest role before the larger, each grant with the line that says so. Under a condition counts as held: see `effect` and `note`. An empty list means that nobody can.',
  input: z.strictObject({
    permissions: permissionsInput,
    scope: scopeInput,
    version: versionInput,
    ...pagingInput(100, 25),
  }),
  output: z.strictObject({
    data: dataOutput,
    asked: z.array(z.string()).describe('The ids that the permissions name'),
    roles: z.array(
      roleOutput.extend({
        all: z.boolean().describe('Whether it holds all that was asked for'),
        held: z.int().describe('How many of the permissions asked for it holds'),
        permissions: z
          .array(z.strictObject({ permission: z.string(), effect: effectOutput, grants: z.array(grantOutput) }))
          .describe(`The first ${PERMISSIONS} of those`),
      }),
    ),
    ...pagingOutput,
  }),
  run(loaded, { permissions, scope, version, limit, offset }) {
    const one = loadedAs(loaded, version)
    const { dataset } = one
    const asked = permissionsNamed(dataset, permissions)
    const within = scope === undefined ? undefined : scopeNamed(dataset.scopes, scope)
    const holders = whoCan<Role>(dataset, asked, within)
    const { items, ...paging } = paged(holders, { limit, offset })
    const roles = items.map((holder) => {
      const { permissions: own, ...answer } = holderAnswer({ ...holder, held: holder.held.slice(0, PERMISSIONS) })
      const stated = own.map(({ permission, effect, grants }) => ({
        permission,
        effect: effect ?? 'granted',
        grants: grants.slice(0, GRANTS).map(grantAnswer),
      }))
      return { ...answer, source: holder.role.source, held: holder.held.length, permissions: stated }
    })
    const all = holders.filter((holder) => holder.all).length
    const what = asked.length === 1 ? asked[0] : `all ${asked.length} permissions`
    const list = roles.map(({ id, size, held, permissions: own, source }) => {
      const [first] = own
      const place = asked.length === 1 && first?.grants[0] ? first.grants[0].source : source
      const under = asked.length === 1 && first?.effect === 'conditional' ? ', under a condition' : ''
      return `${id}: ${asked.length === 1 ? '' : `${held} of ${asked.length}, `}holds ${size} in all${under} ${at(place)}`
    })
    const structured = { data: dataOf(one), asked, roles, ...paging }
    return { text: lines([`${all === 0 ? 'No role holds' : `${all} roles hold`} ${what}`, ...list]), structured }
  },
})
