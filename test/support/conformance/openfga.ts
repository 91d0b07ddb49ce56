/** A small evaluator of OpenFGA models, since its server is no package: just the parts of the language that are used. */
import { transformer, validator } from '@openfga/syntax-transformer'
import type { Dataset } from '../../../src/model/dataset.ts'
import type { Engine } from './expected.ts'
import { fileOf } from './text.ts'

export interface Tuple {
  user: string
  relation: string
  object: string
  condition?: { name: string; context: Record<string, unknown> }
}

type Rewrite = {
  this?: object
  computedUserset?: { relation: string }
  difference?: { base: Rewrite; subtract: Rewrite }
}

export function fgaFiles(dataset: Dataset) {
  const ids = JSON.parse(fileOf('openfga', 'ids.json', dataset)) as Record<
    'roles' | 'permissions',
    { id: string; object: string }[]
  >
  return {
    dsl: fileOf('openfga', 'model.fga', dataset),
    json: JSON.parse(fileOf('openfga', 'model.json', dataset)),
    tuples: JSON.parse(fileOf('openfga', 'tuples.json', dataset)) as Tuple[],
    ids,
  }
}

/** What OpenFGA's validator of tuples has against some, by the model in the modelling language. */
export function tupleObjections(dsl: string, tuples: readonly Tuple[]): string[] {
  const validate = validator.YamlTuplesValidator()
  validate.call({ jsonModel: transformer.transformDSLToJSONObject(dsl) } as never, tuples)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

export function fgaEngine(dataset: Dataset): Engine {
  const { dsl, tuples, ids } = fgaFiles(dataset)
  const model = transformer.transformDSLToJSONObject(dsl)
  const roles = new Map(ids.roles.map(({ id, object }) => [id, object]))
  const permissions = new Map(ids.permissions.map(({ id, object }) => [id, object]))
  const byObject = Map.groupBy(tuples, ({ object, relation }) => JSON.stringify([object, relation]))
  return {
    name: 'OpenFGA',
    ask(held, permission, conditions) {
      const object = permissions.get(permission)
      // A pattern that is spelt out is no object.
      if (object === undefined && permission.includes('*')) return false
      if (object === undefined) throw new Error(`${permission} has no object`)
      const own: Tuple[] = held.map((role) => {
        const assigned = roles.get(role)
        if (assigned === undefined) throw new Error(`${role} has no object`)
        return { user: 'user:someone', relation: 'assignee', object: assigned }
      })
      const related = (relation: string, of: string) => [
        ...(byObject.get(JSON.stringify([of, relation])) ?? []),
        ...own.filter((tuple) => tuple.relation === relation && tuple.object === of),
      ]
      const check = (relation: string, of: string): boolean => {
        const type = model.type_definitions.find(
          (definition: { type: string }) => definition.type === of.slice(0, of.indexOf(':')),
        )
        const rewrite = type?.relations?.[relation] as Rewrite | undefined
        if (!rewrite) throw new Error(`${of} has no relation ${relation}`)
        return evaluate(rewrite, relation, of)
      }
      const evaluate = (rewrite: Rewrite, relation: string, of: string): boolean => {
        if (rewrite.computedUserset) return check(rewrite.computedUserset.relation, of)
        if (rewrite.difference)
          return evaluate(rewrite.difference.base, relation, of) && !evaluate(rewrite.difference.subtract, relation, of)
        if (!rewrite.this) throw new Error(`no evaluation of ${JSON.stringify(rewrite)}`)
        return related(relation, of).some((tuple) => met(tuple, conditions) && includes(tuple.user))
      }
      const includes = (user: string): boolean => {
        if (user === 'user:someone') return true
        const [group, relation] = user.split('#')
        return relation !== undefined && check(relation, group as string)
      }
      return check('allowed', object)
    },
  }
}

/** `needed in conditions`, the one expression that the model has. */
function met({ condition }: Tuple, conditions: readonly string[]): boolean {
  if (!condition) return true
  if (condition.name !== 'stated') throw new Error(`no condition ${condition.name}`)
  return conditions.includes(condition.context.needed as string)
}
