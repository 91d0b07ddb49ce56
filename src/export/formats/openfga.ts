import { toJson } from '../../text.ts'
import { type Access, accessOf, type Decision } from '../engines/access.ts'
import { objectsOf } from '../engines/fga-ids.ts'
import { defineFormat } from '../format.ts'

/**
 * OpenFGA: an authorization model (schema 1.1), and what the documentation says as relationship tuples.
 * https://openfga.dev/docs/configuration-language
 *
 * Permissions are objects, not relations: so the model is the same for all documentation and all of its versions, and
 * what changes is tuples. Ask whether `user:anne` is `allowed` on `permission:cluster.create`; `role:…#assignee` may be
 * asked about as well. A denial outweighs what other roles of the user grant. What is granted under a condition holds if
 * the request's context has the condition's text among `conditions`, a list that has to be sent, though it be empty.
 */
export default defineFormat({
  id: 'openfga',
  summary: 'Model and tuples for OpenFGA',
  files(dataset) {
    const access = accessOf(dataset)
    const roles = objectsOf(
      'role',
      access.roles.map(({ role }) => role.id),
    )
    const permissions = objectsOf(
      'permission',
      access.actions.map(({ id }) => id),
    )
    const listed = (objects: ReadonlyMap<string, string>) => [...objects].map(([id, object]) => ({ id, object }))
    return [
      {
        name: 'openfga/model.fga',
        title: 'OpenFGA model',
        description: 'Users, roles and permissions, in the modelling language.',
        content: MODEL,
      },
      {
        name: 'openfga/model.json',
        title: 'OpenFGA model as JSON',
        description: 'The same model, as the API takes it.',
        content: toJson(MODEL_JSON),
      },
      {
        name: 'openfga/tuples.json',
        title: 'OpenFGA tuples',
        description: 'What each role is granted, denied, and granted under a condition, for `fga tuple write --file`.',
        content: toJson(tuplesOf(access, roles, permissions)),
      },
      {
        name: 'openfga/ids.json',
        title: 'Ids of OpenFGA objects',
        description: 'The object that stands for each role and permission, beside its id in the documentation.',
        content: toJson({ roles: listed(roles), permissions: listed(permissions) }),
      },
    ]
  },
})

const MODEL = `model
  schema 1.1

type user

type role
  relations
    define assignee: [user, role#assignee]

type permission
  relations
    define granted: [role#assignee, role#assignee with stated]
    define denied: [role#assignee]
    define allowed: granted but not denied

condition stated(conditions: list<string>, needed: string) {
  needed in conditions
}
`

const ASSIGNEE = { type: 'role', relation: 'assignee' }

/** `MODEL` in the API's own notation. */
const MODEL_JSON = {
  schema_version: '1.1',
  type_definitions: [
    { type: 'user', relations: {}, metadata: null },
    {
      type: 'role',
      relations: { assignee: { this: {} } },
      metadata: { relations: { assignee: { directly_related_user_types: [{ type: 'user' }, ASSIGNEE] } } },
    },
    {
      type: 'permission',
      relations: {
        granted: { this: {} },
        denied: { this: {} },
        allowed: {
          difference: {
            base: { computedUserset: { relation: 'granted' } },
            subtract: { computedUserset: { relation: 'denied' } },
          },
        },
      },
      metadata: {
        relations: {
          granted: { directly_related_user_types: [ASSIGNEE, { ...ASSIGNEE, condition: 'stated' }] },
          denied: { directly_related_user_types: [ASSIGNEE] },
          allowed: { directly_related_user_types: [] },
        },
      },
    },
  ],
  conditions: {
    stated: {
      name: 'stated',
      expression: 'needed in conditions',
      parameters: {
        conditions: { type_name: 'TYPE_NAME_LIST', generic_types: [{ type_name: 'TYPE_NAME_STRING' }] },
        needed: { type_name: 'TYPE_NAME_STRING' },
      },
    },
  },
}

interface Tuple {
  user: string
  relation: 'granted' | 'denied'
  object: string
  condition?: { name: 'stated'; context: { needed: string } }
}

function tuplesOf(
  access: Access,
  roles: ReadonlyMap<string, string>,
  permissions: ReadonlyMap<string, string>,
): Tuple[] {
  return access.roles.flatMap(({ role, decisions }) =>
    decisions.map((decision) => ({
      user: `${roles.get(role.id)}#assignee`,
      relation: decision.effect === 'denied' ? ('denied' as const) : ('granted' as const),
      object: permissions.get(decision.action) as string,
      ...conditionOf(decision),
    })),
  )
}

function conditionOf(decision: Decision): Pick<Tuple, 'condition'> {
  if (decision.effect !== 'conditional') return {}
  return { condition: { name: 'stated', context: { needed: decision.condition } } }
}
