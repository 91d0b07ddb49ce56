/** Why a role counts as one that only reads. */
import type { Evidence, RoleClaim } from '../parse/claim.ts'
import { accessOf } from '../parse/words/vocabulary.ts'
import type { Settings } from '../settings/schema.ts'
import type { RoleEntity } from './model.ts'

/** Says that nothing is changed: “not to make modifications”, “cannot change anything”, “without changing”. */
const NO_CHANGE =
  /\b(?:not|never|cannot|can't|nothing|none|without|no)\b[^.;]{0,40}\b(?:modif\w*|chang\w*|edit\w*|alter\w*|writ(?:e|es|ing))\b|\b(?:modif|chang|edit|alter)\w*\s+(?:nothing|none)\b/i

/** The words of a role's description, or else of its name, that say so, with their place; `null` where none do. */
export function readOnlyReason(
  name: string,
  nameEvidence: Evidence,
  row: RoleClaim | null,
  settings: Settings,
): RoleEntity['readOnly'] {
  const has = (text: string) => {
    const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `
    return settings.vocabulary.readOnly.some((word) => lower.includes(` ${word} `))
  }
  // Sentences of a list tell more than one thing of a role.
  const description = row?.inList ? null : row?.description
  if (row && description && (has(description) || NO_CHANGE.test(description)) && !saysItWrites(description, settings)) {
    return { from: 'description', quote: description, span: row.evidence.span }
  }
  return has(name) ? { from: 'name', quote: name, span: nameEvidence.span } : null
}

/** Whether a description also says what the role may change: “not able to alter sources, though they can create charts”. */
function saysItWrites(description: string, settings: Settings): boolean {
  return [...description.matchAll(/\bcan\s+(?:also\s+|then\s+)?(\w+)/gi)].some((match) => {
    const access = accessOf(match[1] as string, settings)
    return access === 'write' || access === 'admin'
  })
}
