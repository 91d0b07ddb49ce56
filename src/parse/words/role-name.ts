/** Whether a name is that of a role, and which roles a heading names. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { sameName } from '../../text.ts'
import { isPerson } from './other-languages.ts'
import { lastWordOf } from './vocabulary.ts'

const levelsOf = remembered(({ vocabulary }: Settings): ReadonlySet<string> => {
  return new Set([...Object.values(vocabulary.levels).flat(), 'role'])
})

/** Whether a name ends in a word for a role or for a role's level: `Project Viewer`, `Read-only role`. */
export function isRoleLike(name: string, settings: Settings): boolean {
  const levels = levelsOf(settings)
  const last = lastWordOf(name)
  if (!levels.has(last) && !(last.endsWith('s') && levels.has(last.slice(0, -1)))) return false
  // A question or half a sentence is no name: “Attached to the cluster's role?”.
  return !/[?!:,;]|'s\b|\b(?:to|the|of|by|with|for)\b/i.test(name)
}

/** Words that people who may do something are called by, beside those of the config's levels. */
const PERSON =
  /^(?:accountant|admin|analyst|approver|architect|auditor|author|cashier|clerk|coach|collaborator|contributor|coordinator|deployer|developer|dispatcher|doctor|employee|engineer|guest|instructor|learner|librarian|maintainer|manager|member|moderator|nurse|observer|operator|owner|patient|pharmacist|physician|professor|publisher|reader|receptionist|reporter|requester|reviewer|student|subscriber|superuser|supervisor|teacher|technician|tester|trainer|triager|tutor|user|viewer|visitor|volunteer|writer)s?$/

/** Whether the heading of a column names nothing but roles: `Developer`, `Read-Only`, “Guest, Reporter”. Wider than `isRoleLike`. */
export function isRoleTitle(heading: string, settings: Settings): boolean {
  return roleNames(heading).every((written) => {
    // “Admin 2” is an admin.
    const name = written.replace(/(?<=\p{L}) \d{1,5}$/u, '')
    if (isRoleLike(name, settings) || settings.vocabulary.readOnly.includes(name.toLowerCase())) return true
    if (isPerson(name)) return true
    return PERSON.test(lastWordOf(name)) && !/[?!:]|'s\b|\b(?:to|the|of|by|with|for)\b/i.test(name)
  })
}

/** Words for those who share a workspace, and words of levels that are as often parts of software, or readers of a page. */
const MEMBER = /^(?:collaborator|guest|maintainer|member|moderator|superuser)s?$/
const OTHERS = /^(?:contributor|operator|reader|role|user|writer)s?$/

/**
 * Whether columns or rows are called like those who share a workspace (“Owner | Member | Guest”): all are words for people, and one
 * of two, two of more are words that stand for roles wherever they stand. “User | Developer” may be who reads a page.
 */
export function areMembers(names: readonly string[], settings: Settings): boolean {
  if (names.length < 2 || !names.every((name) => isRoleTitle(name, settings))) return false
  // A row that stands twice is one of them.
  const each = [...new Set(names)]
  const members = each.filter((name) => {
    const last = lastWordOf(roleName(name))
    return MEMBER.test(last) || (isRoleLike(roleName(name), settings) && !OTHERS.test(last))
  })
  return members.length > (each.length > 2 ? 1 : 0)
}

const SIGN = String.raw`(?:\[\^[^[\]]*\]|(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\(\d{1,2}\))`
const SIGN_AT_END = new RegExp(String.raw`(?:(?<!\s)\s+(?:${SIGN}|[*†‡§]+)|${SIGN}|(?<=\p{L})[*†‡§]+)$`, 'u')

/** A number that a heading begins with, and pictures around what it says. */
const NUMBER = /^(?:\d{1,2}(?:\.\d{1,2}){1,3}[.):]?|\d{1,2}[.):])\s+(?=\S)/
const PICTURES = String.raw`(?:(?![©®™])\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]*)+`
const PICTURES_AROUND = new RegExp(`^${PICTURES}\\s+(?=\\p{L})|(?<=[\\p{L})])\\s${PICTURES}$`, 'gu')

export function isNumbered(heading: string): boolean {
  return NUMBER.test(heading)
}

/** What a heading calls its section, without what only numbers or decorates it: “1. **Mate** 👑” is a mate. */
export function headingName(text: string): string {
  return withoutPictures(text.replace(NUMBER, ''))
}

function withoutPictures(text: string): string {
  return /[\u00a9-\u{1ffff}]/u.test(text) ? text.replace(PICTURES_AROUND, '') : text
}

/** The id of a heading in brackets at its end, several words in one: “Dock roles [dock-roles]”, “Docks (#docks)”. */
export const ID_IN_BRACKETS = /(?<!\s)\s+(?:\[[a-z][a-z\d]*(?:[-_][a-z\d]+)+\]|\(#[a-z][\w-]*\))\s*$/

/** A name without “role” behind it: “Mate role” is a mate. */
export function withoutRole(name: string): string {
  return name.replace(/ role$/i, '')
}

/** Whether a heading is that of a role's own section: `Mate`, `1. Mate`, “Mate role”. */
export function isHeadingOf(role: string, heading: string): boolean {
  const name = headingName(heading)
  return sameName(name, role) || sameName(withoutRole(name), role)
}

/** A role's name without the sign of a note, and without a picture: `Owner *`, `Owner [^1]`, `Owner¹`, `👑 Owner`. */
export function roleName(text: string): string {
  if (/^[\w ]*\w$/.test(text)) return text.trim()
  const bare = withoutPictures(text.replace(SIGN_AT_END, '').trim())
  return bare === '' ? text : bare
}

/** The roles that one heading names: `Guest, Reporter` are two. */
export function roleNames(text: string): string[] {
  if (!/[,;]/.test(text)) return [roleName(text)]
  const names = text.split(/(?:(?<!\s)\s+)?[,;]\s+/).map(roleName)
  const several = names.length > 1 && names.every((name) => /^\p{L}[\p{L}\p{N} _./-]{1,40}$/u.test(name))
  return several ? names : [roleName(text)]
}
