/** Access levels of cloud actions, as pages count and colour them. Weakest first. */
import type { ActionLevel, PolicyActionView, PolicyView } from '../../../src/export/site-input.ts'

export interface Level {
  /** `null` for actions that nobody knows. */
  level: ActionLevel | null
  title: string
  /** For class names. */
  slug: string
  letter: string
  means: string
}

export const LEVELS: readonly Level[] = [
  { level: 'List', title: 'List', slug: 'list', letter: 'L', means: 'see that something is there' },
  { level: 'Read', title: 'Read', slug: 'read', letter: 'R', means: 'see what it holds' },
  { level: 'Tagging', title: 'Tagging', slug: 'tagging', letter: 'T', means: 'change tags alone' },
  { level: 'Write', title: 'Write', slug: 'write', letter: 'W', means: 'create, change or delete' },
  {
    level: 'Permissions management',
    title: 'Permissions management',
    slug: 'permissions',
    letter: 'P',
    means: 'change who may do what',
  },
  { level: null, title: 'Unknown', slug: 'unknown', letter: '?', means: 'no such action is known' },
]

export function levelOf(action: Pick<PolicyActionView, 'access'>): Level {
  return LEVELS.find(({ level }) => level === action.access) as Level
}

export interface LevelCount {
  level: Level
  amount: number
}

/** How many actions there are of each level, of those that there are any of. */
export function countLevels(actions: readonly Pick<PolicyActionView, 'access'>[]): LevelCount[] {
  return LEVELS.map((level) => ({
    level,
    amount: actions.filter(({ access }) => access === level.level).length,
  })).filter(({ amount }) => amount > 0)
}

export function hasLevels(view: PolicyView | undefined): view is PolicyView {
  return view !== undefined && view.levels !== null && view.actions.length > 0
}
