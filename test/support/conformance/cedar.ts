/** Cedar's own engine, asked as a user who has the roles as parents. */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Dataset } from '../../../src/model/dataset.ts'
import type { Engine } from './expected.ts'
import { encodable, fileOf } from './text.ts'

let sets = 0

export function cedarFiles(dataset: Dataset) {
  return {
    schema: fileOf('cedar', 'schema.cedarschema', dataset),
    policies: fileOf('cedar', 'policies.cedar', dataset),
    entities: fileOf('cedar', 'entities.json', dataset),
  }
}

/** What the validator and the parsers have to say against the files: errors and warnings. */
export function cedarObjections(dataset: Dataset): { errors: string[]; warnings: string[] } {
  const { schema, policies, entities } = cedarFiles(dataset)
  const validated = cedar.validate({ schema, policies: { staticPolicies: policies } })
  const parsed = cedar.checkParseEntities({ entities: JSON.parse(entities), schema })
  const errors = [
    ...(validated.type === 'failure' ? validated.errors : validated.validationErrors.map(({ error }) => error)),
    ...(parsed.type === 'failure' ? parsed.errors : []),
  ]
  const warnings =
    validated.type === 'failure'
      ? validated.warnings
      : [...validated.validationWarnings.map(({ error }) => error), ...validated.otherWarnings]
  return { errors: errors.map(({ message }) => message), warnings: warnings.map(({ message }) => message) }
}

/** The ids of the schema's actions, groups left out. */
export function cedarActions(dataset: Dataset): string[] {
  const answer = cedar.schemaToJson(cedarFiles(dataset).schema)
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'))
  return Object.keys(answer.json['']?.actions ?? {})
}

export function cedarEngine(dataset: Dataset): Engine {
  const { schema, policies } = cedarFiles(dataset)
  const id = `set-${++sets}`
  for (const answer of [cedar.preparsePolicySet(id, { staticPolicies: policies }), cedar.preparseSchema(id, schema)])
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'))
  // That the schema takes a request is three quarters of the work of an answer, so only small datasets ask for it.
  const validated = dataset.roles.length < 10 ? { preparsedSchemaName: id, validateRequest: true } : {}
  return {
    name: 'Cedar',
    ask(roles, permission, conditions) {
      const uid = { type: 'User', id: 'someone' }
      const answer = cedar.statefulIsAuthorized({
        ...validated,
        principal: uid,
        action: { type: 'Action', id: encodable(permission) },
        resource: { type: 'Resource', id: 'something' },
        context: { conditions: [...conditions] },
        preparsedPolicySetId: id,
        entities: [{ uid, attrs: {}, parents: roles.map((role) => ({ type: 'Role', id: encodable(role) })) }],
      })
      if (answer.type === 'success') {
        if (answer.response.diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer.response.diagnostics))
        return answer.response.decision === 'allow'
      }
      // A pattern that is spelt out is no action, and Cedar says so.
      const message = answer.errors.map((error) => error.message).join('\n')
      if (permission.includes('*') && /does not exist in the supplied schema/.test(message)) return false
      throw new Error(message)
    },
  }
}
