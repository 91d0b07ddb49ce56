/**
 * The expressions by which headings say that permissions stand under them, beside one another, from the widest to the narrowest.
 * They differ where what they decide does: to look at a block at all costs nothing where a word is wrong, to take ids for
 * granted invents facts. The headings of a table's rows and groups stand in `shape.ts`. Where a table's heading is enough, it may be
 * in another language as well.
 */
import { orBeginning, orWhole, orWords } from './other-languages.ts'

/** About permissions at all: a block under it that cannot be read is reported. “Access” is enough: logs of access have no marks. */
export const SUBJECT = orWords(
  /\b(?:permissions?|roles?|privileges?|polic(?:y|ies)|rbac|iam|access|authori[sz]ation)\b/i,
  'permission',
  'role',
)

/** Somebody is allowed what stands here. Not “Access” alone: events and calls of an API stand under it, and are written like ids. */
export const ALLOWED = orWords(
  /\b(?:permissions?|roles?|privileges?|polic(?:y|ies)|rbac|iam|access control|authori[sz]ation)\b/i,
  'permission',
  'role',
)

/** Somebody may be: said of the ids of a cloud, which are then reported and not taken for granted. */
export const MAY_BE_ALLOWED = /\b(?:access|actions?|allow(?:s|ed)?|grants?|needs?|requires?|required)\b/i

/**
 * Permissions stand here however they are written (`dock:get`, `dock/get`). Not “Policies” and “IAM”, under which events and tasks
 * are written so; but “Scopes”, which are written so alone.
 */
export const SPELT_FREELY = orWords(
  /\b(?:permissions?|roles?|privileges?|capabilit(?:y|ies)|scopes?|rbac)\b/i,
  'permission',
  'role',
)

/** A configuration under it that lists ids lists permissions, however they are written. */
export const CONFIGURES =
  /\b(?:permissions?|roles?|privileges?|capabilit(?:y|ies)|scopes?|rbac|access control|authori[sz]ation)\b/i

/** Sentences of a list under it say what somebody may do: not those under “Policies”, which say what a company does. */
export const DEEDS_UNDER = /\b(?:permissions?|roles?|privileges?|rbac|access)\b/i

/** Roles stand under it, each with what it is for: “Permissions” and “Access” stand over what roles have as well. */
export const OVER_ROLES =
  /\broles?(?: (?:and|&) [a-z ]{1,30}| descriptions?)?$|\beach role\b|^(?:\w+ )?roles? (?:for|in|of|on)\b|\b(?:access|member(?:ship)?|permissions?|privilege|user) (?:levels?|types?)$|\btypes? of (?:members?|users?)$/i

/** Roles are those of a community's people, and not of software. */
export const COMMUNITY = /\b(?:community|contribut(?:ing|e|ors?)|governance|responsibilit(?:y|ies))\b/i

/** The items of a list are permissions themselves: a heading that goes on (“Permission errors”, “Scopes by example”) lists others. */
export const LISTS_PERMISSIONS = /\b(?:permissions?|privileges?|capabilit(?:y|ies)|scopes?)$/i

/** The same for a table, whose heading may say that it is one. */
export const TABLES_PERMISSIONS =
  /\b(?:permissions?|privileges?|capabilit(?:y|ies)|scopes?)(?: (?:list|reference|table))?$/i

/**
 * Roles are compared, and not products: a page on IAM, on policies or on access to a service may compare clouds or plans, so
 * “access” counts with a word behind it, or at the end.
 */
export const COMPARES_ROLES = orWords(
  /\b(?:permissions?|roles?|privileges?|rbac|authori[sz]ation|access (?:control|levels?|management|matrix|rights?))\b|\baccess$/i,
  'permission',
  'role',
)

/** A column of permissions by ids of a product's own: more words around it (“Permissions of the user”) head columns of prose. */
export const PERMISSION_COLUMN = orWhole(
  /^(?:\w+ )?(?:permissions?|privileges?|capabilit(?:y|ies))(?: (?:ids?|keys?|names?))?$/i,
  'permission',
)

/** The rows of a table are permissions for certain, be no cell a mark; `ACTION` in `shape.ts` says that they may be. */
export const PERMISSION_ROWS = orBeginning(/^(?:permission|privilege)/i, 'permission')

/** A column of what a token may do, where it holds ids with a colon. */
export const SCOPE_COLUMN = /^(?:oauth |token )?scopes?$/i

/** A column of what the role of a row holds, be it in words: “Rights” beside a role is nothing else. */
export const HELD_COLUMN = orWhole(
  /^(?:abilities|(?:default )?access|allowed actions|can do|capabilities|(?:core|default|key|main) permissions|what (?:it|they|you) can do|permissions?(?: summary| (?:&|and) [a-z ]{1,30})?|privileges?|rights)$/i,
  'permission',
)

/**
 * A column of the names of roles, with a word for where they come from or what they are of. Not “Required” and “Default role”, which
 * name one for something else; nor “Node roles”, which are nobody's.
 */
export const ROLE_COLUMN = orWhole(
  /^(?:(?:(?:[a-z]{2,20}-level|account|admin|administrator|app|application|available|base|basic|built[- ]?in|cluster|common|company|custom|enterprise|fixed|global|group|instance|managed|member|namespace|organi[sz]ation|platform|pre-?defined|preset|project|security|site|standard|system|team|tenant|user|workspace) )?roles?|default roles)(?: names?)?$/i,
  'role',
)

/**
 * A column of who has permissions by another name. It heads kinds of customers, of accounts of a bank and of members of a class as
 * often, so that something else must say that they may do something.
 */
export const USER_COLUMN =
  /^(?:(?:account|member(?:ship)?|user) (?:class(?:es)?|groups?|kinds?|levels?|types?)|(?:kinds?|types?) of (?:account|member|user)s?|actors?|personas?|who)$/i

/** Of the columns of what somebody holds, those that say so by themselves. */
export const PERMISSIONS_HELD = /\b(?:permissions?|privileges?|rights)\b/i

/** A column that is about roles, whatever else its heading says: its rows are no resources. */
export const OF_ROLES = orWords(/\broles?\b/i, 'role')

/** A column of what the role of a row is for. */
export const DESCRIPTION_COLUMN = orWhole(
  /^(?:definitions?|descriptions?|summary|(?:(?:main|primary) )?purpose)$/i,
  'description',
)

/** Of several columns of a cloud's ids, the one of what must be allowed: another may name the calls that need it. */
export const CLOUD_COLUMN = /\b(?:permissions?|actions?|privileges?|operations?)\b/i

/** A column of what is allowed, whatever words stand in it beside ids: no “Actions”, which people do, too. */
export const WORDED_COLUMN = /\b(?:permissions?|privileges?)\b/i

/** The same as `CLOUD_COLUMN` among columns of privileges of vSphere, where “Operation” and “Action” head what the privileges are for. */
export const PRIVILEGE_COLUMN = /privilege|permission/i

/** A column of names of calls (`GetObject`), which the column of their service beside it makes permissions. */
export const CALL_COLUMN = /^(?:allowed |required )?(?:actions?|permissions?)$/i

/** A column of names, of permissions where the section says so. */
export const NAME_COLUMN = /^names?$/i

/** What those of each row can do with what it names: `Can see`. */
export const ABILITY_COLUMN = /^(?:can(?:not|['’]t)?|may(?: not)?)\b/i

/** Headings of rows that are parts of a product, which somebody may open: not “Section” and “Component”, which authors write. */
export const PART_ROWS = orBeginning(/^(?:areas?|menus?|modules?|pages?|screens?)\b/i, 'area')
