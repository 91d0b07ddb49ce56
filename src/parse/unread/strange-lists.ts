/** Lists that no dialect reads: verbs that nobody knows, roles of a cloud that somebody needs, sentences on what a role may do. */

import type { Settings } from '../../settings/schema.ts'
import { areDeeds, isOfOthers, rolesInPassing, rolesOfDeeds } from '../blocks/deed-lists.ts'
import { isNameOfRole } from '../blocks/introduced-roles.ts'
import { readItems } from '../blocks/list.ts'
import type { BlockInput } from '../dialect.ts'
import { introductionOf } from '../page/outline.ts'
import { COMMUNITY, DEEDS_UNDER, LISTS_PERMISSIONS } from '../words/permission-headings.ts'
import { isRoleLike, isRoleTitle } from '../words/role-name.ts'
import { permissionsIn } from '../words/vocabulary.ts'

/** What is said of a list that no dialect reads, where it is one of these; `null` for any other. */
export function strangeList(input: BlockInput): string | null {
  const cloud = cloudRoleIn(input)
  if (cloud !== null)
    return `This list names predefined roles of a cloud (\`${cloud}\`), and not what they allow, so none of it is in the model. List the permissions that are needed, or accept it.`
  const [role] = rolesOfDeeds(input)
  if (role !== undefined)
    return `This list says in sentences what \`${role.text}\` may do, and in others something else, which no dialect reads, so none of it is in the model. Write a table with a row for each action and a column for each role, or accept it.`
  if (isOfOthers(input))
    return 'This list says what others may do than those whose list it stands in, so none of it is in the model. Put it below a sentence of its own that says who may do it, or accept it.'
  const passing = rolesInPassing(input)
  if (passing.length > 0)
    return `This list says what \`${passing.join('`, `')}\` may do, and the sentence above it says more than that, so none of it is in the model. Write “${passing[0]} can:” above it, or accept it.`
  const owner = ownerOfTargets(input)
  if (owner !== null)
    return `This list says on what \`${owner}\` has permissions, and only the sentence above it says which, which no dialect reads, so none of it is in the model. Write a table with a row for each and a column for each operation, or accept it.`
  if (saysOfRoles(input))
    return 'The sentences of this list say what roles may do, which no dialect reads, so none of it is in the model. Begin each item with the name of its role and a colon, under a heading “Roles”, or write a table, or accept it.'
  if (listsPermissionsInWords(input))
    return 'This list says in words which permissions are meant, which no dialect reads, so none of it is in the model. Write them as a list of `resource.operation`, or in a table with a row for each and a column for each role, or accept it.'
  return null
}

/** Whether a list is of what somebody may do, or has permissions on, in words that no dialect reads. */
export function isToldInWords(input: BlockInput): boolean {
  if (rolesInPassing(input).length > 0 || ownerOfTargets(input) !== null) return true
  return saysOfRoles(input) || listsPermissionsInWords(input)
}

/** What files and hosts end in, which are written like permissions. */
const ENDING =
  /^(?:cfg|com|conf|crt|css|csv|dev|env|exe|gz|html?|ini|io|java|jpe?g|js|json|jsx?|key|lock|log|md|mdx|net|org|pdf|pem|php|png|py|rb|sh|sql|svg|tar|tf|toml|tsx?|txt|xml|ya?ml|zip)$/i

/** Whether a list under the name of a role, or of permissions, is ids of one form, several on one thing, with verbs of the product's own. */
export function listsUnknownVerbs({ block, surroundings, settings }: BlockInput): boolean {
  const [nearest] = surroundings.names
  if (!nearest || !(LISTS_PERMISSIONS.test(nearest.text) || isRoleLike(nearest.text, settings))) return false
  const items = readItems(block).map(({ text }) => permissionsIn(text, 'any'))
  const ids = items.flat()
  if (items.some((list) => list.length === 0) || ids.some(({ operation }) => ENDING.test(operation))) return false
  const resources = new Set(ids.map(({ resource }) => resource))
  // `role:captain` names a role.
  if (resources.has('role')) return false
  const operations = new Set(ids.map(({ operation }) => operation))
  return resources.size < ids.length && operations.size > 1
}

/** Google Cloud's predefined roles: `roles/run.admin`, and not a file of a folder of roles. */
const CLOUD_ROLE = /^(?:[^.:]{0,60}[\s(])?(roles\/[a-z][A-Za-z]{1,40}\.[A-Za-z][A-Za-z.\d]{1,80})/

/** The first of the predefined roles of a cloud that most items of a list name; `null` for any other list. */
export function cloudRoleIn({ block }: BlockInput): string | null {
  if (block.kind !== 'list') return null
  const items = readItems(block)
  const named = items.flatMap(({ text }) => CLOUD_ROLE.exec(text)?.[1] ?? [])
  const roles = named.filter((role) => !ENDING.test(role.slice(role.lastIndexOf('.') + 1)))
  return roles.length * 3 >= items.length * 2 ? (roles[0] ?? null) : null
}

/** A line that says that permissions follow: “Write access grants the following permissions:”, “Permissions:”. A step (“To set permissions:”) says that none do. */
const PERMISSIONS_FOLLOW =
  /\b(?:are|following|grant(?:s|ed)?|ha(?:s|ve)|includ(?:es?|ed|ing)|needs?|needed|requires?|required|these)\b[^.;:]{0,80}\b(?:permissions?|privileges?)\b[^.,;:]{0,60}:$|\b(?:permissions?|privileges?)\b[^.;:]{0,60}\b(?:are|includ(?:es?|ed|ing)|to)\b[^.,;:]{0,20}:$|^(?:[a-z]+ )?(?:permissions|privileges):$/i
/** What such a line is about where it tells a program's form: “The properties of permissions objects are:”. */
const OF_FORM = /\b(?:arguments?|attributes?|fields?|keys|objects?|options?|parameters?|properties|props)\b/i
/** A line that says of somebody that they may do what follows, as a page writes it before the colon. */
const MAY_BEFORE = /\b(?:can(?:not|['’]t)?|may|(?:able|allowed|permitted) to)\b[^.;:\n]{0,200}$/i

/** Whether a page's text may have such a line above a bullet that ends with the colon at a 0-based offset. */
export function mayListDeeds(text: string, colon: number): boolean {
  ABOVE_BULLET.lastIndex = colon
  return ABOVE_BULLET.test(text) && MAY_BEFORE.test(text.slice(Math.max(0, colon - LONGEST_LINE), colon))
}

/** A sentence on what a role may do: “The `mate` role can’t leave the boat”. */
const OF_ROLE =
  /^(?:users? with )?(?:an?|the)\s[^.,;:]{1,60}?\srole\s(?:can(?:not|['’]t)?|may(?: not)?|is (?:not )?(?:able|allowed|permitted) to)\s/i
const OF_SOMETHING = /^[*_`]{0,3}(?:users? with )?(?:an?|the)\s/i
/** The same by its name alone: “Mates can sail”, “Owners are those who may sell it”. */
const NAMED_MAY =
  /^(?:(?:all|an?|any|each|every|only|the) )?([^.,;:()]{2,40}?)(?: users?)? (?:are [a-z]{4,12} (?:that|who) )?(?:can(?:not|['’]t)?|may(?: not)?|(?:is|are) (?:not )?(?:able|allowed|permitted) to)\s(?!be\b|have\b)/i
const SAYS_MAY = /\b(?:can|may|able|allowed|permitted)|&/i
/** A shorter line may go on with it on the next. */
const SHORT = 90

/** Whether an item may say that somebody may do something: its first line, or where that is short, what `behind` gives of it. */
export function maySayWhoMay(line: string, behind: () => string): boolean {
  return SAYS_MAY.test(line) || (line.length < SHORT && SAYS_MAY.test(behind()))
}

/** Whether an item's first line may begin such a sentence. */
export function mayBeOfRole(line: string): boolean {
  return OF_SOMETHING.test(line) && (line.includes('role') || line.length < SHORT)
}

/** Whether most items of a list, of which somebody says that it is about roles, are such sentences. */
export function saysOfRoles({ block, surroundings: { names, partial }, settings }: BlockInput): boolean {
  if (block.kind !== 'list' || partial || !names.some(({ text }) => DEEDS_UNDER.test(text))) return false
  const isOfPeople = names.some(({ text }) => COMMUNITY.test(text))
  const items = readItems(block)
  const said = items.filter(({ text }) => OF_ROLE.test(text) || (!isOfPeople && isNamed(text, settings)))
  return said.length > 1 && said.length * 3 >= items.length * 2
}

function isNamed(text: string, settings: Settings): boolean {
  const [, name = ''] = NAMED_MAY.exec(text) ?? []
  return isNameOfRole(name, settings)
}

/** The end of a line right above an item, as a page writes it. */
const ABOVE_BULLET = /:(?:[^\p{L}\p{N}<]|<[^<>\n]{0,60}>){0,24}?\n[ \t>]{0,80}(?:[-*+]|\d{1,9}[.)])[ \t]/uy
/** As much of what stands before it as may say that permissions follow. */
const LONGEST_LINE = 400

/** Whether a page's text may have such a line that ends with the colon at a 0-based offset. */
export function mayListPermissions(text: string, colon: number): boolean {
  ABOVE_BULLET.lastIndex = colon
  return ABOVE_BULLET.test(text) && /permission|privilege/i.test(text.slice(Math.max(0, colon - LONGEST_LINE), colon))
}

/** The line right above a list that says that it is one of permissions; `null` where there is none. */
export function permissionsAbove({ block, surroundings }: BlockInput): string | null {
  if (block.kind !== 'list' || surroundings.partial) return null
  const above = introductionOf(block)
  if (!above || above.text.length >= LONGEST_LINE || OF_FORM.test(above.text)) return null
  return PERMISSIONS_FOLLOW.test(above.text) ? above.text : null
}

/** Whether a list of what is done is one of permissions by the line above it. */
export function listsPermissionsInWords(input: BlockInput): boolean {
  return permissionsAbove(input) !== null && !introducesLists(input) && areDeeds(input.block, input.settings)
}

/** Whether every item of a list only says what the list in it is for (“For the bucket:”), which is read by itself. */
function introducesLists({ block }: BlockInput): boolean {
  const items = readItems(block)
  return items.every(({ node, text }) => text.endsWith(':') && node.children.some(({ type }) => type === 'list'))
}

/** A line that says that what somebody has permissions on follows: “Create and read permissions for:”, “And access to the following:”. */
const TARGETS_FOLLOW =
  /\b(?:access|permissions?|privileges?|rights)\b[^.,;:]{0,20}?\b(?:for|on|over|to)\b(?: (?:all|any|the|these) [^.,;:]{1,40})?:$/i
/** The same, as a page writes it before the colon. */
const TARGETS_BEFORE = /\b(?:access|permissions?|privileges?|rights)\b[^.;:]{0,120}$/i

/** Whether a page's text may have such a line above a bullet that ends with the colon at a 0-based offset. */
export function mayListTargets(text: string, colon: number): boolean {
  ABOVE_BULLET.lastIndex = colon
  return ABOVE_BULLET.test(text) && TARGETS_BEFORE.test(text.slice(Math.max(0, colon - LONGEST_LINE), colon))
}

/** The role under whose heading a list names what it has permissions on, by the line above it; `null` for any other list. */
export function ownerOfTargets({ block, surroundings: { names, partial }, settings }: BlockInput): string | null {
  const [nearest, ...outer] = names.filter(({ kind }) => kind !== 'value')
  if (block.kind !== 'list' || partial || !nearest || !isRoleTitle(nearest.text, settings)) return null
  if (!outer.some(({ text }) => DEEDS_UNDER.test(text)) || names.some(({ text }) => COMMUNITY.test(text))) return null
  return TARGETS_FOLLOW.test(introductionOf(block)?.text ?? '') ? nearest.text : null
}
