import * as z from 'zod'
import type { Role } from '../../model/dataset.ts'
import { enough, permissionAnswer, roleAnswer } from '../../query/answers.ts'
import { permissionsNamed, scopeNamed } from '../../query/ask.ts'
import { allows } from '../../query/facts.ts'
import { unheld } from '../../query/smallest.ts'
import {
  at,
  dataOf,
  dataOutput,
  defineTool,
  grantAnswer,
  grantOutput,
  lines,
  loadedAs,
  permissionsInput,
  roleOutput,
  scopeInput,
  versionInput,
} from '../tool.ts'

/** So many permissions of a list are given; how many there are is always said. */
const MOST = 100

export default defineTool({
  name: 'smallest_role',
  title: 'Smallest role that is enough',
  description:
    'Finds the role, or the up to three roles together, that hold all of the permissions and the least beyond them: exactly the minimum over the documented roles. Also gives what else was in question. Use it for least privilege: which role to assign for a task.',
  input: z.strictObject({
    permissions: permissionsInput,
    most: z.int().min(1).max(3).default(3).describe('How many roles may be combined'),
    scope: scopeInput,
    version: versionInput,
  }),
  output: z.strictObject({
    data: dataOutput,
    asked: z.array(z.string()).describe('The ids that the permissions name'),
    unheld: z.array(z.string()).describe('Those of them that no role holds, so that nothing is enough'),
    grants: z
      .array(grantOutput.extend({ role: z.string() }))
      .describe(`What the first answer is enough by: the first ${MOST} grants`),
    answers: z
      .array(
        z.strictObject({
          roles: z.array(roleOutput),
          beyond: z.int().describe('How many permissions they hold beyond those asked for'),
          more: z.int().describe('How many of these are more than the smallest has'),
          excess: z.array(z.string()).describe(`The first ${MOST} of those beyond`),
          conditional: z.array(z.string()).describe('What they hold under a condition only'),
        }),
      )
      .describe('The smallest first; empty where nothing is enough'),
    truncated: z.boolean().describe('Whether a list was cut'),
  }),
  run(loaded, { permissions, most, scope, version }) {
    const one = loadedAs(loaded, version)
    const { dataset } = one
    const asked = permissionsNamed(dataset, permissions)
    const within = scope === undefined ? undefined : scopeNamed(dataset.scopes, scope)
    const found = enough<Role>(dataset, asked, { scope: within, most })
    const missing = unheld(dataset, asked, within)
    const grants = (found[0]?.roles ?? []).flatMap((role) =>
      asked
        .map((id) => permissionAnswer(role, id))
        .filter(({ effect }) => allows(effect))
        .flatMap((said) => said.grants.map((grant) => ({ ...grantAnswer(grant), role: role.id }))),
    )
    const answers = found.map(({ roles, excess, conditional, more }) => ({
      roles: roles.map((role) => ({ ...roleAnswer(dataset, role), source: role.source })),
      beyond: excess.length,
      more,
      excess: excess.slice(0, MOST),
      conditional: conditional.slice(0, MOST),
    }))
    const truncated = grants.length > MOST || answers.some(({ beyond }) => beyond > MOST)
    const structured = { data: dataOf(one), asked, unheld: missing, grants: grants.slice(0, MOST), answers, truncated }
    const list = answers.map(({ roles, beyond, conditional }) => {
      const ids = roles.map(({ id, source }) => `${id} (${at(source)})`).join(' + ')
      const under = conditional.length === 0 ? '' : `, ${conditional.length} of those asked for under a condition`
      return `${ids}: ${beyond} permissions beyond what is asked for${under}`
    })
    const nothing = missing.length > 0 ? `Nothing is enough: no role holds ${missing.join(', ')}` : 'Nothing is enough'
    return { text: list.length > 0 ? lines(list) : lines([nothing]), structured }
  },
})
