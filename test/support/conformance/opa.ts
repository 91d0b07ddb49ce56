/**
 * What stands in for Open Policy Agent, which is no package of npm: a schema of the data, and the rules said again in
 * TypeScript. It shows that the data is right; of the Rego text it shows nothing.
 */
import type { Dataset } from '../../../src/model/dataset.ts'
import type { Engine } from './expected.ts'
import { encodable, fileOf } from './text.ts'

interface Found {
  effect: string
  condition: string | null
  sources: { path: string; line: number; column: number }[]
}

export interface Data {
  rolebook_data: { roles: Record<string, { decisions: Record<string, Found> }> }
}

const text = { type: 'string' }
const place = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'line', 'column'],
  properties: { path: text, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
}
const decision = {
  type: 'object',
  additionalProperties: false,
  required: ['effect', 'condition', 'sources'],
  properties: { sources: { type: 'array', minItems: 1, items: place }, effect: text, condition: {} },
  oneOf: [
    { properties: { effect: { enum: ['granted', 'denied'] }, condition: { type: 'null' } } },
    { properties: { effect: { const: 'conditional' }, condition: { type: 'string', minLength: 1 } } },
  ],
}
const role = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'scope', 'source', 'decisions'],
  properties: {
    name: text,
    scope: text,
    source: place,
    decisions: { type: 'object', additionalProperties: decision },
  },
}

/** JSON Schema (2020-12) of `opa/data.json`. */
export const dataSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rolebook_data'],
  properties: {
    rolebook_data: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version', 'roles'],
      properties: { name: text, version: text, roles: { type: 'object', additionalProperties: role } },
    },
  },
}

/** The rule `decisions`: what the data says of each of the roles, own keys only. */
function decisionsOf({ rolebook_data: { roles } }: Data, held: readonly string[], permission: string): Found[] {
  return held.flatMap((id) => {
    const said = Object.hasOwn(roles, id) ? roles[id]?.decisions : undefined
    return said && Object.hasOwn(said, permission) ? (said[permission] as Found) : []
  })
}

/** The rules `allow` and `deny`, simulated. */
export function simulation(dataset: Dataset): Engine {
  const data = JSON.parse(fileOf('opa', 'data.json', dataset)) as Data
  return {
    name: 'OPA, simulated',
    ask(held, permission, conditions) {
      const decisions = decisionsOf(data, held.map(encodable), encodable(permission))
      if (decisions.some(({ effect }) => effect === 'denied')) return false
      return decisions.some(
        ({ effect, condition }) =>
          effect === 'granted' || (effect === 'conditional' && condition !== null && conditions.includes(condition)),
      )
    },
  }
}
