/**
 * What engines have to answer: a reading of the dataset of its own, which shares nothing with the exports. It goes by the
 * words of the contract: a grant counts for every permission that its pattern fits; denied before conditional before granted.
 */
import type { Dataset } from '../../../src/model/dataset.ts'

export interface Engine {
  name: string
  /** Whether somebody with these roles may do it, where these conditions are met. */
  ask(roles: readonly string[], permission: string, conditions: readonly string[]): boolean | Promise<boolean>
}

export type Expected = { effect: 'granted' | 'denied' | 'nothing' } | { effect: 'conditional'; condition: string }

/** For each role and permission of a dataset, what it says. */
export class Reading {
  readonly roles: string[]
  readonly permissions: string[]
  readonly #said = new Map<string, Map<string, Expected>>()

  constructor(dataset: Dataset) {
    this.roles = dataset.roles.map(({ id }) => id)
    const granted = dataset.roles.flatMap(({ grants }) => grants.map(({ permission }) => permission))
    this.permissions = [...new Set([...dataset.permissions.map(({ id }) => id), ...granted])]
    const plain = this.permissions.filter((id) => !id.includes('*'))
    const fits = new Map(this.permissions.map((pattern) => [pattern, fitting(pattern)]))
    const spelledOut = (id: string) => id.includes('*') && plain.some((other) => fits.get(id)?.test(other))
    for (const role of dataset.roles) {
      const said = new Map<string, Expected>()
      for (const permission of this.permissions) {
        const stated = role.grants.filter((grant) => fits.get(grant.permission)?.test(permission))
        said.set(permission, spelledOut(permission) ? { effect: 'nothing' } : summary(stated))
      }
      this.#said.set(role.id, said)
    }
  }

  /** The conditions under which a role is granted something, or all that there are. */
  conditions(role?: string): string[] {
    const said = role === undefined ? [...this.#said.values()] : [this.#said.get(role) ?? new Map<string, Expected>()]
    const all = said.flatMap((one) => [...one.values()])
    return [...new Set(all.flatMap((one) => (one.effect === 'conditional' ? one.condition : [])))]
  }

  of(role: string, permission: string): Expected {
    return this.#said.get(role)?.get(permission) ?? { effect: 'nothing' }
  }

  /** For somebody with several roles. */
  allowed(roles: readonly string[], permission: string, conditions: readonly string[]): boolean {
    const said = roles.map((role) => this.of(role, permission))
    if (said.some(({ effect }) => effect === 'denied')) return false
    return said.some((one) =>
      one.effect === 'conditional' ? conditions.includes(one.condition) : one.effect === 'granted',
    )
  }
}

function summary(stated: Dataset['roles'][number]['grants']): Expected {
  const of = (effect: string) => stated.filter((grant) => grant.effect === effect)
  if (of('denied').length > 0) return { effect: 'denied' }
  const conditional = of('conditional')
  if (conditional.length > 0) {
    const notes = new Set(
      conditional.map(({ note }) => (note || 'The documentation states no condition').toWellFormed()),
    )
    return { effect: 'conditional', condition: [...notes].sort().join(' AND ') }
  }
  return { effect: of('granted').length > 0 ? 'granted' : 'nothing' }
}

function fitting(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(literally).join('[^]*')}$`)
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

export interface Outcome {
  pairs: number
  /** Several for a conditional pair. */
  questions: number
  /** What was answered otherwise than expected, a line each. */
  disagreements: string[]
}

/**
 * Asks about every role and permission. What is not granted is asked for with all of the role's conditions met, what is
 * granted with none, and what is conditional three times: with none, with all others of the dataset, and with its own.
 */
export async function askAll(dataset: Dataset, engine: Engine): Promise<Outcome> {
  const reading = new Reading(dataset)
  const outcome: Outcome = { pairs: 0, questions: 0, disagreements: [] }
  const all = reading.conditions()
  for (const role of reading.roles) {
    const own = reading.conditions(role)
    for (const permission of reading.permissions) {
      outcome.pairs++
      for (const conditions of circumstances(reading.of(role, permission), own, all)) {
        outcome.questions++
        const wanted = reading.allowed([role], permission, conditions)
        if ((await engine.ask([role], permission, conditions)) !== wanted) {
          const question = JSON.stringify([role, permission, conditions])
          outcome.disagreements.push(`${engine.name} ${wanted ? 'refuses' : 'allows'} ${question}`)
        }
      }
    }
  }
  return outcome
}

function circumstances(said: Expected, own: readonly string[], all: readonly string[]): (readonly string[])[] {
  if (said.effect === 'granted') return [[]]
  if (said.effect !== 'conditional') return [own]
  return [[], all.filter((condition) => condition !== said.condition), [said.condition]]
}
