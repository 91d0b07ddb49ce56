/** Policies as their providers' documents write them, to statements with lists as sets, and back. Free of imports. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A policy to merge; `document` as its provider's JSON. */
export interface MergePart {
  id: string
  title: string
  document: Json
}

/** One statement with its lists as sets; a role of Azure or Google Cloud is one statement on everything. */
export interface Statement {
  sid: string | null
  effect: 'Allow' | 'Deny'
  actionKey: string
  actions: string[]
  resourceKey: string
  resources: string[]
  condition: Json
  part: string
}

const KINDS = ['iam-policy', 'role-definition', 'custom-role']
const IAM_KEYS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])
/** The longest name that all of the providers take for a role. */
const LONGEST_NAME = 100

/** Why a policy cannot be merged with others of its kind without changing what it allows; `null` where it can. */
export function unmergeable(kind: string, document: Json): string | null {
  if (!KINDS.includes(kind)) return 'Lists have no document to merge.'
  const object = objectIn(document)
  if (!object) return 'It has no document that could be read.'
  if (kind === 'custom-role') return strings(object.includedPermissions) ? null : 'It has no list of permissions.'
  if (kind === 'iam-policy') return iamProblem(object)
  const entries = entriesOf(roleOf(object))
  if (entries.some((entry) => entry === null)) return 'Its `permissions` are no list of objects.'
  const lists = ['Actions', 'DataActions']
  if (!entries.some((entry) => entry && lists.some((key) => either(entry, key) !== undefined)))
    return 'It is in a notation that is not merged.'
  for (const entry of entries as JsonObject[]) {
    if (
      [either(entry, 'NotActions'), either(entry, 'NotDataActions')].some((list) => strings(list ?? [])?.length !== 0)
    )
      return 'It has `NotActions`, which would take actions of other roles away.'
    if (!lists.every((key) => strings(either(entry, key) ?? []))) return 'Its `Actions` are no list of texts.'
    if (!isEmpty(either(entry, 'Condition')))
      return 'It has a condition, which would count for the actions of other roles.'
  }
  return null
}

function iamProblem(document: JsonObject): string | null {
  const statements = listed(document.Statement).map(objectIn)
  if (statements.length === 0 || statements.some((statement) => statement === null)) return 'It has no statements.'
  for (const statement of statements as JsonObject[]) {
    const odd = Object.keys(statement).find((key) => !IAM_KEYS.has(key))
    if (odd !== undefined) return `It has a \`${odd.slice(0, 40)}\`: it is no policy to attach to a user or a role.`
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return 'A statement has no `Effect`.'
    const one = (a: string, b: string) => (statement[a] === undefined) !== (statement[b] === undefined)
    if (!one('Action', 'NotAction') || !one('Resource', 'NotResource')) return 'A statement lacks actions or resources.'
    for (const key of ['Action', 'NotAction', 'Resource', 'NotResource'])
      if (!strings(statement[key] ?? [])) return `A statement's \`${key}\` is no text or list of texts.`
  }
  // Before this version, `${…}` is no variable but a text.
  if (document.Version !== '2012-10-17' && JSON.stringify(document).includes('${')) return 'It is of an older version.'
  return null
}

/** The statements of a mergeable document, each list as written but for the resources, which are sorted. */
export function statementsOf(kind: string, { id, document }: MergePart): Statement[] {
  const object = objectIn(document) ?? {}
  const whole = {
    sid: null,
    effect: 'Allow',
    resourceKey: 'Resource',
    resources: ['*'],
    condition: null,
    part: id,
  } as const
  if (kind === 'custom-role')
    return [
      {
        ...whole,
        resources: ['*'],
        actionKey: 'includedPermissions',
        actions: strings(object.includedPermissions) ?? [],
      },
    ]
  if (kind === 'role-definition') {
    return entriesOf(roleOf(object)).flatMap((entry) =>
      ['Actions', 'DataActions'].map((actionKey) => {
        const actions = strings(either(entry ?? {}, actionKey) ?? []) ?? []
        return { ...whole, resources: ['*'], actionKey, actions }
      }),
    )
  }
  return listed(object.Statement).map((value) => {
    const statement = objectIn(value) ?? {}
    const actionKey = statement.Action === undefined ? 'NotAction' : 'Action'
    const resourceKey = statement.Resource === undefined ? 'NotResource' : 'Resource'
    return {
      sid: typeof statement.Sid === 'string' ? statement.Sid : null,
      effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
      actionKey,
      actions: strings(statement[actionKey]) ?? [],
      resourceKey,
      resources: sorted(strings(statement[resourceKey]) ?? []),
      condition: isEmpty(statement.Condition) ? null : (statement.Condition as Json),
      part: id,
    }
  })
}

/** An IAM policy of these statements; a Sid that AWS would not take is left out, one that is taken gets a number. */
export function iamDocument(statements: readonly Statement[]): Json {
  const taken = new Set<string>()
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect, actionKey, actions, resourceKey, resources, condition }) => ({
      ...(sid !== null && /^[A-Za-z0-9]+$/.test(sid) ? { Sid: freeSid(sid, taken) } : {}),
      Effect: effect,
      [actionKey]: actions,
      [resourceKey]: resources.length === 1 ? (resources[0] as string) : resources,
      ...(condition === null ? {} : { Condition: condition }),
    })),
  }
}

function freeSid(sid: string, taken: Set<string>): string {
  let free = sid
  for (let i = 2; taken.has(free); i++) free = `${sid}${i}`
  taken.add(free)
  return free
}

/** One role of Azure or Google Cloud, called by the names of its parts. */
export function roleDocument(kind: string, parts: readonly MergePart[], statements: readonly Statement[]): Json {
  const names = parts.map(({ title }) => title).join(' + ')
  const name = names.length <= LONGEST_NAME ? names : 'Merged role'
  const under = (key: string) => statements.find(({ actionKey }) => actionKey === key)?.actions ?? []
  if (kind === 'custom-role') return { title: name, stage: 'GA', includedPermissions: under('includedPermissions') }
  const scopes = parts.flatMap(
    ({ document }) => strings(either(roleOf(objectIn(document) ?? {}), 'AssignableScopes')) ?? [],
  )
  return {
    Name: name,
    IsCustom: true,
    Description: `Merged from ${parts.length} roles.`,
    Actions: under('Actions'),
    NotActions: [],
    DataActions: under('DataActions'),
    NotDataActions: [],
    AssignableScopes: sorted(scopes),
  }
}

/** Azure writes a role's lists at its top or in `permissions`, the whole in `properties` or not, names in either case. */
export function roleOf(document: JsonObject): JsonObject {
  return objectIn(either(document, 'Properties')) ?? document
}

/** The objects that hold a role's lists; `null` for what is no object. */
export function entriesOf(role: JsonObject): (JsonObject | null)[] {
  const permissions = either(role, 'Permissions')
  return permissions === undefined ? [role] : Array.isArray(permissions) ? permissions.map(objectIn) : [null]
}

/** A value under a name in either case, as Azure writes them. */
export function either(object: JsonObject, key: string): Json | undefined {
  return object[key] ?? object[key.charAt(0).toLowerCase() + key.slice(1)]
}

/** A value where it is an object, and no list. */
export function objectIn(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

/** A value as a list, and nothing as an empty one. */
export function listed(value: Json | undefined): Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** A text or a list of texts as a list; `null` for anything else. */
function strings(value: Json | undefined): string[] | null {
  const list = listed(value)
  return value !== undefined && list.every((item) => typeof item === 'string') ? (list as string[]) : null
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** In order of code units, each once. */
export function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
