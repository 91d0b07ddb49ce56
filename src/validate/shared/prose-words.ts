/** The English words that descriptions of roles are read with. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'

/** Verbs that mean one thing, with the operations that they speak of. */
const SYNONYMS: readonly (readonly [verbs: readonly string[], operations: readonly string[]])[] = [
  [
    ['view', 'see', 'read', 'inspect'],
    ['get', 'list', 'read', 'view', 'show', 'describe'],
  ],
  [
    ['update', 'edit', 'modify', 'change', 'alter'],
    ['update', 'edit', 'modify', 'change', 'patch', 'write'],
  ],
  [['create'], ['create']],
  [['add'], ['add', 'create']],
  [
    ['delete', 'remove', 'destroy'],
    ['delete', 'remove', 'destroy'],
  ],
  // Understood, and too wide to say anything of one operation.
  [['manage', 'access', 'use', 'administer', 'operate', 'monitor'], []],
]

const NOMINALS: Readonly<Record<string, string>> = {
  creation: 'create',
  deletion: 'delete',
  modification: 'modify',
  removal: 'remove',
}

export interface Verb {
  verb: string
  /** Operations, in lower case, any of which it may stand for; none where it is too wide. */
  operations: readonly string[]
}

/** Verbs by their base form, and by the form of “it creates”. */
export interface Verbs {
  base: ReadonlyMap<string, Verb>
  third: ReadonlyMap<string, Verb>
}

/** The verbs of a vocabulary: each operation of one word, and what people say instead. */
export const verbsOf = remembered((settings: Settings): Verbs => {
  const base = new Map<string, Verb>()
  for (const operation of Object.keys(settings.vocabulary.operations)) {
    const verb = operation.toLowerCase()
    if (/^[a-z]+$/.test(verb)) base.set(verb, { verb, operations: [verb] })
  }
  for (const [verbs, operations] of SYNONYMS) for (const verb of verbs) base.set(verb, { verb, operations })
  const third = new Map([...base.values()].map((entry) => [thirdPerson(entry.verb), entry]))
  return { base, third }
})

function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`
  return /(?:s|sh|ch|x|z|o)$/.test(verb) ? `${verb}es` : `${verb}s`
}

/** The verb that a noun such as `creation` is made of. */
export function verbOfNominal(noun: string | undefined): string | undefined {
  return noun !== undefined && Object.hasOwn(NOMINALS, noun) ? NOMINALS[noun] : undefined
}

const RIGHT = 'ability|permission|permissions|privilege|privileges|right|rights'
const MAY = 'able|allowed|authorised|authorized|entitled|permitted|privileged'
const PEOPLE = 'user|users|member|members|person|people|them'

/** Ways to begin what a role can do: alternatives parted by `|`, a word that may be missing ends in `?`. */
const OPENERS: readonly (readonly [pattern: string, negative: boolean, nominal?: true])[] = [
  [`is|are not privileged|authorized|authorised|permitted|allowed|entitled for`, true, true],
  [`not privileged|authorized|authorised|permitted|allowed|entitled for`, true, true],
  [`will? not be ${MAY} to`, true],
  [`is|are? not ${MAY} to`, true],
  ['is|are? unable to', true],
  ['is|are? forbidden to', true],
  ['may not', true],
  ['cannot', true],
  [`does|do not have the|any? ${RIGHT} to`, true],
  [`has|have no ${RIGHT} to`, true],
  [`lacks|lack the? ${RIGHT} to`, true],
  [`without the|any? ${RIGHT} to`, true],
  [`no ${RIGHT} to`, true],
  [`does|do not allow|permit|enable the? ${PEOPLE}? to`, true],
  [`will be ${MAY} to`, false],
  [`is|are? ${MAY} to`, false],
  ['can|may', false],
  [`has|have the? ${RIGHT} to`, false],
  [`allows|permits|enables the|a? ${PEOPLE}? to`, false],
  [`lets the|a? ${PEOPLE}`, false],
  [`provides|gives|grants|with the|a? ${PEOPLE}? with? the? ${RIGHT} to`, false],
  [`with? the? ${RIGHT} to`, false],
]

interface Opener {
  words: { any: ReadonlySet<string>; optional: boolean }[]
  negative: boolean
  nominal: boolean
}

const openers: readonly Opener[] = OPENERS.map(([pattern, negative, nominal = false]) => ({
  words: pattern.split(' ').map((part) => ({
    any: new Set(part.replace('?', '').split('|')),
    optional: part.endsWith('?'),
  })),
  negative,
  nominal,
}))

/** The opener that begins at a word, with the index after it. */
export function openerAt(words: readonly string[], start: number) {
  for (const { words: pattern, negative, nominal } of openers) {
    let at = start
    const fits = pattern.every(({ any, optional }) => {
      if (any.has(words[at] ?? '')) at++
      else return optional
      return true
    })
    if (fits) return { end: at, negative, nominal }
  }
  return null
}

/** A sentence with one of these says that something holds at times or in part: it is not read. */
export const CONDITIONS: ReadonlySet<string> = new Set([
  ...['if', 'when', 'whenever', 'unless', 'until', 'while', 'once', 'after', 'before', 'during', 'depending'],
  ...[
    'except',
    'excluding',
    'besides',
    'apart',
    'only',
    'own',
    'owned',
    'some',
    'certain',
    'specific',
    'most',
    'other',
  ],
  ...[
    'others',
    'neither',
    'partially',
    'temporarily',
    'directly',
    'default',
    'necessarily',
    'always',
    'rather',
    'instead',
  ],
])

/** Words that no noun phrase holds: where one comes, the phrase has ended. */
export const CLOSED: ReadonlySet<string> = new Set([
  ...[',', ';', ':', '(', ')', '/', 'and', 'or', 'nor', 'but', 'yet', 'however', 'although', 'though', 'not', 'no'],
  ...['in', 'within', 'across', 'inside', 'of', 'for', 'on', 'from', 'to', 'with', 'without', 'by', 'at', 'as', 'than'],
  ...['via', 'through', 'under', 'into', 'onto', 'between', 'beyond', 'per', 'using', 'including', 'like', 'such'],
  ...['is', 'are', 'be', 'was', 'were', 'has', 'have', 'had', 'do', 'does', 'can', 'cannot', 'may', 'must', 'will'],
  ...['should', 'that', 'which', 'who', 'whose', 'it', 'they', 'them', 'these', 'those', 'this', 'he', 'she', 'you'],
  ...['so', 'because', 'since', 'also', 'then', 'where', 'there', 'their', 'its', 'your', 'his', 'her', 'our', 'my'],
])

export const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an', 'any', 'new', 'existing', 'this', 'that'])

/** “Cannot delete all clusters” may mean that it can delete some. */
export const EACH: ReadonlySet<string> = new Set(['all', 'every', 'each'])

/** Words that begin a clause of its own after a comma or `and`. */
export const FINITE: ReadonlySet<string> = new Set([
  ...['has', 'have', 'is', 'are', 'can', 'cannot', 'may', 'must', 'does', 'do', 'will', 'it', 'they', 'this', 'the'],
])

export const CONTRASTS: ReadonlySet<string> = new Set(['but', 'however', 'although', 'though', 'yet'])
