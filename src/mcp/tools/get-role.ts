import * as z from 'zod'
import type { Role } from '../../model/dataset.ts'
import { roleAnswer } from '../../query/answers.ts'
import { roleNamed, scopeNamed } from '../../query/ask.ts'
import {
  at,
  clipped,
  dataOf,
  dataOutput,
  defineTool,
  grantAnswer,
  grantOutput,
  lines,
  loadedAs,
  nameInput,
  paged,
  pagingInput,
  pagingOutput,
  roleOutput,
  scopeInput,
  versionInput,
} from '../tool.ts'

export default defineTool({
  name: 'get_role',
  title: 'Get a role',
  description:
    'Gives a role by id or name: its scope, level and description, and its grants, each with the line of the documentation that says so. A name that roles of several scopes have is an error that lists their ids.',
  input: z.strictObject({
    role: nameInput('Id such as `project/cluster-admin`, or name such as `Cluster Admin`'),
    scope: scopeInput,
    version: versionInput,
    ...pagingInput(500, 200),
  }),
  output: z.strictObject({
    data: dataOutput,
    role: roleOutput.extend({
      aliases: z.array(z.string()),
      group: z.string().nullable(),
      level: z.string().nullable(),
      description: z.string().nullable(),
    }),
    grants: z.array(grantOutput).describe('What the documentation states; a pattern stays a pattern'),
    ...pagingOutput,
  }),
  run(loaded, { role: name, scope, version, limit, offset }) {
    const one = loadedAs(loaded, version)
    const { dataset } = one
    const within = scope === undefined ? undefined : scopeNamed(dataset.scopes, scope)
    const role = roleNamed<Role>(dataset, name, within)
    const { items, ...paging } = paged(role.grants, { limit, offset })
    const answer = roleAnswer(dataset, role)
    const { aliases, group, level, description, source } = role
    const structured = {
      data: dataOf(one),
      role: { ...answer, source, aliases, group, level, description: clipped(description) },
      grants: items.map(grantAnswer),
      ...paging,
    }
    const head = `${role.name} (${role.id}) holds ${answer.size} permissions; ${at(source)}`
    const list = items.map(
      ({ permission, effect, source: place }) =>
        `${permission}${effect === 'granted' ? '' : ` (${effect})`} ${at(place)}`,
    )
    return { text: lines([head, ...list]), structured }
  },
})
