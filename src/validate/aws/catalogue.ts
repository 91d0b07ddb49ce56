/** Which AWS actions exist, and of what kind each is. */
import { SERVICES } from './actions.ts'

export { DATE } from './actions.ts'

/** The access levels of AWS's service authorization reference. */
export type AccessLevel = 'List' | 'Permissions management' | 'Read' | 'Tagging' | 'Write'

const LEVELS: AccessLevel[] = ['List', 'Permissions management', 'Read', 'Tagging', 'Write']

export interface Service {
  prefix: string
  /** Actions by their names in lower case: AWS does not tell cases apart. */
  actions: ReadonlyMap<string, { name: string; level: AccessLevel }>
}

let texts: Map<string, string> | undefined
let lowerTexts: Map<string, string> | undefined
const services = new Map<string, Service>()

/** All prefixes, in code-unit order. */
export function prefixes(): string[] {
  return [...serviceTexts().keys()]
}

/** The service with a prefix, in whatever case, or `null`. */
export function serviceOf(prefix: string): Service | null {
  const key = prefix.toLowerCase()
  const known = services.get(key)
  if (known) return known
  const text = serviceTexts().get(key)
  if (text === undefined) return null
  const service = { prefix: key, actions: actionsIn(text) }
  services.set(key, service)
  return service
}

/** The services that have an action of this name, in code-unit order. */
export function servicesWith(action: string): string[] {
  const name = action.toLowerCase()
  lowerTexts ??= new Map([...serviceTexts()].map(([prefix, text]) => [prefix, text.toLowerCase()]))
  // Looking for the name in the text first spares the making of most services.
  return [...lowerTexts]
    .filter(([prefix, text]) => text.includes(name) && serviceOf(prefix)?.actions.has(name))
    .map(([prefix]) => prefix)
}

/** The level of an action (`ec2:RunInstances`), or `null` where there is no such action. */
export function levelOf(action: string): AccessLevel | null {
  const [prefix = '', name = ''] = action.split(':', 2)
  return serviceOf(prefix)?.actions.get(name.toLowerCase())?.level ?? null
}

function serviceTexts(): ReadonlyMap<string, string> {
  texts ??= new Map(
    SERVICES.flatMap((line) => line.split('\n')).map((text) => {
      const end = text.indexOf(';')
      return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]
    }),
  )
  return texts
}

function actionsIn(text: string): Service['actions'] {
  const actions = new Map<string, { name: string; level: AccessLevel }>()
  for (const part of text.split(';')) {
    const level = LEVELS.find((candidate) => candidate.startsWith(part.charAt(0)))
    if (!level || part === '') continue
    for (const name of part.slice(2).split(' ')) actions.set(name.toLowerCase(), { name, level })
  }
  return actions
}
