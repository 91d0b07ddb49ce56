/** Rules by what they look at, for the pages that list them. */
import type { RulePage } from '../../src/export/site-input.ts'

type Category = RulePage['category']

const WORDS: Record<Category, { title: string; about: string }> = {
  structure: { title: 'Structure', about: 'Whether each table, list and fence can be read as it is meant.' },
  roles: { title: 'Roles', about: 'Whether what a role may do fits its name, its description and its siblings.' },
  catalogue: { title: 'Catalogue', about: 'Whether the permissions that roles hold are those that there are.' },
  partials: { title: 'Partials', about: 'Whether each inclusion leads to the text that it asks for.' },
  policies: {
    title: 'Policies',
    about: 'Whether the documents that readers copy into their clouds are right and safe.',
  },
  prose: { title: 'Prose', about: 'Whether sentences and links speak of permissions and roles that exist.' },
  linter: { title: 'Upkeep', about: 'Whether what was once accepted is still there, and Rolebook itself is well.' },
}

export interface RuleGroup {
  category: Category
  title: string
  about: string
  rules: RulePage[]
}

/** The groups that have rules, in a fixed order. */
export function ruleGroups(rules: readonly RulePage[]): RuleGroup[] {
  const categories = Object.keys(WORDS) as Category[]
  return categories
    .map((category) => ({ category, ...WORDS[category], rules: rules.filter((rule) => rule.category === category) }))
    .filter((group) => group.rules.length > 0)
}

/** What a writer puts on the line above a finding that is right as it is. */
export function directiveFor(id: string): string {
  return `{/* rolebook-disable-next-line ${id} -- why it is right here */}`
}

/** Accepts all findings of a rule that there are now. */
export function acceptingAll(id: string): string {
  return `npx rolebook baseline --accept-new --rule ${id} --reason "why they are right"`
}

/** Switches a rule off in the config, or on where it is off. */
export function settingFor({ id, severity }: Pick<RulePage, 'id' | 'severity'>): string {
  return `rules: { '${id}': '${severity === 'off' ? 'warning' : 'off'}' }`
}

export function categoryTitle(category: Category): string {
  return WORDS[category].title
}
