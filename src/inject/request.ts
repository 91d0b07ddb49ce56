/** What a region's attributes ask for, found in the data. */
import { compareText } from '../diagnostic.ts'
import type { Dataset, Policy, Role } from '../model/dataset.ts'
import { knownMarks, normalMark } from '../parse/words/known-marks.ts'
import type { Settings } from '../settings/schema.ts'
import { nearest, sameName } from '../text.ts'
import type { Attribute, AttributeName, Problem, Region } from './markers.ts'
import { ROLE_FORMS } from './writers.ts'

export interface FormOptions {
  /** Id of a dialect; `null` for the one that is there. */
  dialect: string | null
  granted: string | null
  denied: string | null
  /** Operations or roles in order; `null` for the order that is there. */
  columns: string[] | null
}

export type Request =
  | { kind: 'roles'; roles: Role[]; single: boolean; options: FormOptions }
  | { kind: 'policy'; policy: Policy; options: FormOptions }

/** Short names of dialects, for one role and for several. */
const SHORT: Record<string, [one: string, several: string]> = {
  matrix: ['resource-by-operation', 'action-by-role'],
  list: ['permission-list', 'permission-list'],
  actions: ['action-by-role', 'action-by-role'],
}

const SUBJECTS = ['role', 'roles', 'group', 'policy'] as const

/** The request of a region, or what is wrong with it. */
export function requestOf(region: Region, dataset: Dataset, settings: Settings): Request | Problem[] {
  const problems: Problem[] = []
  const problem = (message: string, at?: Attribute) => void problems.push({ span: at?.span ?? region.span, message })
  const given = SUBJECTS.filter((name) => region.attributes.has(name))
  const [subject] = given
  if (!subject || given.length > 1) {
    problem(
      `Expected one of \`role\`, \`roles\`, \`group\` and \`policy\`${subject ? `, not ${given.join(' and ')}` : ''}.`,
    )
    return problems
  }
  const attribute = region.attributes.get(subject) as Attribute
  const options = optionsOf(region.attributes, subject, settings, problem)
  if (subject === 'policy') {
    const policy = dataset.policies.find(({ id }) => id === attribute.value)
    if (!policy) problem(unknown('policy', attribute.value, dataset.policies), attribute)
    if (region.attributes.has('scope')) problem('`scope` is for roles and groups.', region.attributes.get('scope'))
    return policy && problems.length === 0 ? { kind: 'policy', policy, options } : problems
  }
  const scope = region.attributes.get('scope')
  if (scope && !dataset.scopes.some(({ id }) => id === scope.value))
    problem(unknown('scope', scope.value, dataset.scopes), scope)
  const roles =
    subject === 'group'
      ? rolesOfGroup(dataset, attribute, scope?.value, problem)
      : namesIn(subject, attribute.value).flatMap((name) => roleNamed(dataset, name, attribute, scope?.value, problem))
  const twice = roles.find((role, i) => roles.indexOf(role) < i)
  if (twice) problem(`\`${twice.id}\` stands here a second time.`, attribute)
  return problems.length > 0 ? problems : { kind: 'roles', roles, single: subject === 'role', options }
}

function namesIn(subject: string, value: string): string[] {
  const names = subject === 'role' ? [value] : value.split(',')
  return names.map((name) => name.trim()).filter((name) => name !== '')
}

type Say = (message: string, at?: Attribute) => void

function roleNamed({ roles }: Dataset, name: string, at: Attribute, scope: string | undefined, say: Say): Role[] {
  const byId = roles.find(({ id }) => id === name)
  if (byId) {
    if (scope !== undefined && byId.scope !== scope) say(`\`${name}\` is of the scope ${byId.scope}.`, at)
    return [byId]
  }
  const within = roles.filter((role) => scope === undefined || role.scope === scope)
  const exact = within.filter((role) => sameName(role.name, name))
  const named =
    exact.length > 0 ? exact : within.filter(({ aliases }) => aliases.some((alias) => sameName(alias, name)))
  if (named.length === 1) return named
  if (named.length > 1) {
    say(`Several roles are called \`${name}\`: give \`scope\`, or the id: ${named.map(({ id }) => id).join(', ')}.`, at)
  } else say(unknown('role', name, [...within, ...within.map((role) => ({ id: role.name }))]), at)
  return []
}

/** In the order in which the documentation has them. */
function rolesOfGroup({ roles }: Dataset, at: Attribute, scope: string | undefined, say: Say): Role[] {
  const within = roles.filter((role) => scope === undefined || role.scope === scope)
  const found = within.filter(({ group }) => group !== null && sameName(group, at.value))
  const scopes = [...new Set(found.map((role) => role.scope))]
  if (found.length === 0)
    say(
      unknown(
        'group',
        at.value,
        within.flatMap(({ group }) => (group ? [{ id: group }] : [])),
      ),
      at,
    )
  else if (scopes.length > 1) say(`Several scopes have such a group: give \`scope\`: ${scopes.join(', ')}.`, at)
  return found.sort(
    (a, b) =>
      compareText(a.source.path, b.source.path) ||
      a.source.line - b.source.line ||
      a.source.column - b.source.column ||
      compareText(a.id, b.id),
  )
}

/** What to say of a name that the data does not have, with what was meant. */
export function unknown(what: string, name: string, there: readonly { id: string }[]): string {
  const meant = nearest(
    name,
    there.map(({ id }) => id),
  )
  return `The data has no ${what} \`${name}\`${meant ? `, did you mean \`${meant}\`?` : '.'}`
}

function optionsOf(
  attributes: ReadonlyMap<AttributeName, Attribute>,
  subject: (typeof SUBJECTS)[number],
  settings: Settings,
  say: Say,
): FormOptions {
  const options: FormOptions = { dialect: null, granted: null, denied: null, columns: null }
  const [as, marks, columns] = [attributes.get('as'), attributes.get('marks'), attributes.get('columns')]
  if (subject === 'policy') {
    for (const name of ['as', 'marks', 'columns'] as const)
      if (attributes.has(name)) say(`\`${name}\` is for roles.`, attributes.get(name))
    return options
  }
  if (as) {
    const dialect = SHORT[as.value]?.[subject === 'role' ? 0 : 1] ?? as.value
    if (ROLE_FORMS.includes(dialect)) options.dialect = dialect
    else {
      const names = [...Object.keys(SHORT), ...ROLE_FORMS]
      const meant = nearest(as.value, names)
      say(`No form \`${as.value}\`${meant ? `, did you mean \`${meant}\`?` : `: there are ${names.join(', ')}.`}`, as)
    }
  }
  if (marks) {
    const [granted, denied, ...more] = marks.value.split(/[\s,]+/)
    const known = knownMarks(settings)
    const isKnown = (mark: string | undefined, meaning: string) =>
      mark === undefined || (known.get(normalMark(mark)) === meaning && /^[^|<>{}`\\]*$/.test(mark))
    if (more.length > 0) say('`marks` takes one mark for granted, and one for denied.', marks)
    if (!isKnown(granted, 'granted')) say(`\`${granted}\` is no mark that the config knows for granted.`, marks)
    if (!isKnown(denied, 'denied')) say(`\`${denied}\` is no mark that the config knows for denied.`, marks)
    options.granted = granted ?? null
    options.denied = denied ?? null
  }
  if (columns) {
    options.columns = columns.value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  }
  return options
}
