/** Words for changes, and the order in which people read them. */
import type { Bump } from '../../diff/bump.ts'
import { type ChangeKind, KINDS, type Standing, SUBJECTS, type Subject } from '../../diff/change.ts'
import { type Comparison, suggestion } from '../../diff/document.ts'
import { type Counts, countsOf, total, type VersionDiff } from '../../diff/versions.ts'
import { plural } from '../../text.ts'

const NOUN: Record<Subject, [one: string, several?: string]> = {
  role: ['role'],
  policy: ['policy', 'policies'],
  catalogue: ['catalogue'],
  resource: ['resource'],
  permission: ['permission'],
  mapping: ['role mapping'],
  operation: ['operation'],
  scope: ['scope'],
}

export const SUBJECT_TITLE: Record<Subject, string> = {
  role: 'Roles',
  policy: 'Policies',
  catalogue: 'Catalogues',
  resource: 'Resources',
  permission: 'Permissions',
  mapping: 'Role mappings',
  operation: 'Operations',
  scope: 'Scopes',
}

export const KIND_WORD: Record<ChangeKind, string> = {
  widened: 'widened',
  narrowed: 'narrowed',
  conditional: 'under other conditions',
  added: 'added',
  removed: 'removed',
  renamed: 'renamed',
  text: 'reworded',
}

/** `3 roles widened, 1 narrowed; 2 policies added`; `no changes` where there are none. */
export function countWords(counts: Counts): string {
  const parts = SUBJECTS.flatMap((subject) => {
    const own = KINDS.flatMap((kind) => {
      const count = counts[subject]?.[kind]
      return count ? [{ count, kind }] : []
    })
    const words = own.map(({ count, kind }, i) => {
      const [one, several = `${one}s`] = NOUN[subject]
      return `${i === 0 ? plural(count, one, several) : count} ${KIND_WORD[kind]}`
    })
    return words.length > 0 ? [words.join(', ')] : []
  })
  return parts.length > 0 ? parts.join('; ') : 'no changes'
}

/** `2 widened, 1 added`, of all versions together. */
export function headline({ versions }: Pick<Comparison, 'versions'>): string {
  return countWords(total(versions.map(countsOf)))
}

/** `suggests a major version (1.4.2 → 2.0.0)`. */
export function suggestionWords(comparison: Pick<Comparison, 'versions' | 'current'>): string {
  const { bump, next } = suggestion(comparison)
  const step = next === null || bump === 'none' ? '' : ` (${comparison.current} → ${next})`
  return `suggests ${BUMP_WORDS[bump]}${step}`
}

const BUMP_WORDS: Record<Bump, string> = {
  major: 'a major version',
  minor: 'a minor version',
  patch: 'a patch version',
  none: 'no new version',
}

/** `latest`, `v3 → latest`. */
export function versionTitle({ before, after }: VersionDiff): string {
  const [from, to] = [before?.version, after?.version]
  return from !== undefined && to !== undefined && from !== to ? `${from} → ${to}` : (to ?? from ?? '')
}

/** What is said of a version that one side lacks; `null` for one that both have. */
export function wholeWords(version: VersionDiff): string | null {
  const { before, after } = version
  if (before && after) return null
  const held = SUBJECTS.flatMap((subject) => {
    const count = Object.values(countsOf(version)[subject] ?? {})[0] ?? 0
    const [one, several = `${one}s`] = NOUN[subject]
    return count > 0 ? [plural(count, one, several)] : []
  })
  const what = held.length > 0 ? held.join(', ') : 'nothing in it'
  return after ? `this version is new: ${what}` : `this version is gone: ${what}`
}

/** What is to be said beside a permission that a role gained or lost; empty where that is all. */
export function standingWords(before: Standing | null, after: Standing | null): string {
  const [old, own] = [before?.effect ?? null, after?.effect ?? null]
  const note = own === 'conditional' && after?.note ? `: ${after.note}` : ''
  if (own === 'conditional') return old === 'conditional' ? `condition changed${note}` : `under a condition${note}`
  if (own === 'denied') return 'denied'
  if (own === 'granted' && old === 'granted') return 'note changed'
  return own === 'granted' && old === 'conditional' ? 'without a condition' : ''
}

/** A text with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
