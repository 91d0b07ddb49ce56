/** What kind of access an action of a cloud gives: from the provider's own catalogue, else guessed from its verb. */
import { type AccessLevel, levelOf, prefixes, serviceOf } from '../validate/aws/catalogue.ts'
import { covers, isPattern } from '../validate/policies/wildcard.ts'

/** Strongest last. */
const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Tagging', 'Write', 'Permissions management']

export interface ActionAccess {
  access: AccessLevel | null
  /** For a pattern, how many known actions it fits; `null` for an action, and where nobody knows all actions. */
  covers: number | null
}

const UNKNOWN: ActionAccess = { access: null, covers: null }

/** Where the levels of a provider's actions come from; `null` where it has none. */
export function sourceOfLevels(provider: string): 'catalogue' | 'guessed' | null {
  return provider === 'aws' ? 'catalogue' : provider === 'azure' || provider === 'gcp' ? 'guessed' : null
}

/** The level of an action; of a pattern, the strongest among those that it fits. */
export function accessOf(provider: string, action: string): ActionAccess {
  if (provider === 'aws') return isPattern(action) ? ofPattern(action) : { access: levelOf(action), covers: null }
  if (provider === 'azure') return { access: azureLevel(action), covers: null }
  if (provider === 'gcp') return { access: gcpLevel(action), covers: null }
  return UNKNOWN
}

/** Patterns stand in many policies, and `*` is held against everything. */
const known = new Map<string, ActionAccess>()
const MOST_KNOWN = 500

function ofPattern(pattern: string): ActionAccess {
  const key = pattern.toLowerCase()
  const before = known.get(key)
  if (before) return before
  const [prefix, name] = key.includes(':') ? (key.split(':', 2) as [string, string]) : [key, '*']
  const levels = prefixes()
    .filter((candidate) => covers(prefix, candidate))
    .flatMap((candidate) => [...(serviceOf(candidate)?.actions ?? [])])
    .filter(([action]) => covers(name, action))
    .map(([, { level }]) => LEVELS.indexOf(level))
  const strongest = levels.reduce((most, level) => Math.max(most, level), -1)
  const found = { access: LEVELS[strongest] ?? null, covers: levels.length }
  if (known.size < MOST_KNOWN) known.set(key, found)
  return found
}

/** Azure names what an operation does last: `read`, `write`, `delete`, and `action` for all else. */
function azureLevel(action: string): AccessLevel | null {
  const lower = action.toLowerCase()
  if (/^microsoft\.authorization\/(?!.*\/read$)/.test(lower)) return 'Permissions management'
  if (lower.endsWith('/tags/write') || lower.endsWith('/tags/delete')) return 'Tagging'
  if (lower.endsWith('/read')) return 'Read'
  return /\/(?:write|delete|action)$/.test(lower) ? 'Write' : null
}

/** Google Cloud names what a permission does last, after the resource. */
function gcpLevel(permission: string): AccessLevel | null {
  const verb = permission.slice(permission.lastIndexOf('.') + 1)
  if (/^(?:set|update)Iam(?:Policy|Permissions)$|^actAs$/.test(verb)) return 'Permissions management'
  if (/^(?:aggregatedL|l)ist(?![a-z])/.test(verb)) return 'List'
  if (/^(?:get|search|query|view|read)(?![a-z])/.test(verb)) return 'Read'
  if (verb === 'setLabels' || /TagBinding$/.test(verb)) return 'Tagging'
  return /^[a-z][A-Za-z]*$/.test(verb) && permission.includes('.') ? 'Write' : null
}
