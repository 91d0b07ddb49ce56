/** Casbin's own enforcer. One role is asked about as the subject itself, several through a user who is given them. */
import { createRequire } from 'node:module'
import type { Dataset } from '../../../src/model/dataset.ts'
import type { Engine } from './expected.ts'
import { fileOf, percent } from './text.ts'

// Its CommonJS build answers in a third of the time of the other, which copies objects property by property.
const { newEnforcer, newModelFromString, StringAdapter }: typeof import('casbin') = createRequire(import.meta.url)(
  'casbin',
)

const values = new Map<string, string>()

/** A value as the policy file writes it. */
export function casbinValue(text: string): string {
  const plain = (c: string) => c === ' ' || !/["#(),\\]|[\p{Cc}\p{Cf}\p{Z}]/u.test(c)
  const value = values.get(text) ?? percent(text, plain).replace(/^ /, '%20').replace(/ $/, '%20')
  values.set(text, value)
  return value
}

export async function casbinEnforcer(dataset: Dataset) {
  const model = newModelFromString(fileOf('casbin', 'model.conf', dataset))
  return await newEnforcer(model, new StringAdapter(fileOf('casbin', 'policy.csv', dataset)))
}

export async function casbinEngine(dataset: Dataset): Promise<Engine> {
  const enforcer = await casbinEnforcer(dataset)
  // The functions that Casbin offers to models are copied for every rule of every request. This model calls none of them,
  // and without them an answer takes half the time.
  ;(enforcer as unknown as { fm: { functions: Map<string, unknown> } }).fm.functions.clear()
  let users = 0
  return {
    name: 'Casbin',
    async ask(roles, permission, conditions) {
      const request = [casbinValue(permission), conditions.map(casbinValue)]
      if (roles.length === 1) return enforcer.enforceSync(casbinValue(roles[0] as string), ...request)
      // No role's id has a comma as Casbin is given it.
      const user = `user, ${++users}`
      for (const role of new Set(roles)) await enforcer.addGroupingPolicy(user, casbinValue(role))
      return enforcer.enforceSync(user, ...request)
    },
  }
}
