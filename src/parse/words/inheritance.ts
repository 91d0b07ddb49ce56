/** Sentences that say of a role that it has what another one has: “Inherits all permissions of Viewer, plus:”, “Everything that an editor can do”. */

import type { Settings } from '../../settings/schema.ts'
import { isRoleTitle } from './role-name.ts'
import { permissionsIn, type WrittenPermission } from './vocabulary.ts'

/** What a sentence says of whom a role takes its permissions over from. */
export interface Inheritance {
  /** Who takes over, as the sentence calls it; `null` where it is the role that it stands under: “It inherits …”. */
  subject: string | null
  /** The name of the role that is taken over from, as written, without its article and without “role”. */
  from: string
  /** A second name behind “and”, where it may be one: “all permissions of Viewer and Editor”. */
  also: string | null
  /** Whether it takes over less than all: “…, except:”. */
  except: boolean
  /** What the sentence says behind that; empty where only “plus the following” stands there. */
  rest: string
  /** The sentence. */
  sentence: string
}

const HELD = '(?:permissions?|privileges?|rights|capabilit(?:y|ies)|abilities|features|access)'
const ARTICLE = '(?:an? |the )?'
/** The last of the groups of each form: Node 22 knows no two of one name, be it in two branches. */
const NAME = '([^.,;:()+–—]{1,60}?)'
const OF = '(?:of|from|as|in|that|granted to|assigned to|given to|available to|held by|provided by)'
/** What a name ends before. A word for a kind of person is no part of it. */
const END = String.raw`(?:['’]s?)?(?: (?:roles?|users?|members?|levels?))?(?=$|[.,;:()+–—]| (?:above|also|along|and|as|below|but|can|described|except|excluding|for|has|have|in|including|limited|listed|minus|on|only|own|plus|restricted|with|without)\b)`

/** What may stand behind the verb, or alone. */
const ALL_OF = `(?:(?:all|every|exactly the same|the same|same|each)(?: of)? )(?:the |its )?${HELD} ${OF} ${ARTICLE}${NAME}${END}`
const ALL_HIS = String.raw`(?:all|every)(?: of)?(?: the)? ${NAME}(?:['’]s?)?(?: (?:roles?|users?|levels?))?(?:['’]s?)? ${HELD}(?=\W|$)`
const ALL_HE_CAN = String.raw`(?:(?:everything|anything|whatever|all actions|all things)(?: that)?|all that) ${ARTICLE}${NAME}(?: roles?| users?)? (?:can|could|may|has|have|(?:is|are) (?:able|allowed) to)(?=\W|$)`
const ALL_ALLOWED = `(?:everything|anything|all) (?:that is |which is )?(?:allowed|granted|permitted) (?:by|for|to) ${ARTICLE}${NAME}${END}`
const SAME_AS = `(?:exactly )?(?:the )?same as ${ARTICLE}${NAME}${END}`
const HIS = String.raw`(?:everything |all )?(?:from )?${ARTICLE}${NAME}(?:['’]s?)?(?: roles?)?(?:['’]s?)? ${HELD}(?=\W|$)`
const OF_HIM = `(?:(?:the )?${HELD} )?(?:everything )?(?:from|of) ${ARTICLE}${NAME}${END}`
const HIM = `${ARTICLE}${NAME}${END}`

const SUBJECT = '(?:(?<subject>[^.,;:()]{1,60}?) )?(?:also |additionally |automatically )?'
const forms = [
  `^${SUBJECT}(?:inherits?|inheriting) (?:${[ALL_OF, ALL_HIS, ALL_HE_CAN].join('|')})`,
  `^${SUBJECT}(?:inherits?|inheriting) (?:${[OF_HIM, HIS, HIM].join('|')})`,
  `^${SUBJECT}(?:has|have|gets?|receives?|holds?|includes?|contains?|provides?|grants?|gives?|shares?|(?:is|are) granted|comes? with)(?: also)? (?:${[ALL_OF, ALL_HIS, ALL_HE_CAN].join('|')})`,
  `^${SUBJECT}(?:can|may|(?:is|are) able to)(?: also)? (?:[a-z]+ and )?(?:do|perform|access) (?:${[ALL_HE_CAN, ALL_ALLOWED].join('|')})`,
  `^${SUBJECT}(?:can|may)(?: also)? (?:do|perform) all(?: of)?(?: the)? ${NAME}(?:['’]s?)?(?: roles?)? (?:actions|operations|tasks)(?=\\W|$)`,
  `^${SUBJECT}(?:is|are|has|have) ${SAME_AS}`,
  `^(?:plus )?(?:${[ALL_OF, ALL_HIS, ALL_HE_CAN, ALL_ALLOWED, SAME_AS].join('|')})`,
  `^In addition to (?:${[ALL_OF, ALL_HIS, ALL_HE_CAN].join('|')})`,
  `^(?:plus )?can(?: also)? (?:[a-z]+ and )?(?:do|perform|access) (?:${[ALL_HE_CAN, ALL_ALLOWED].join('|')})`,
  `^In addition to (?:the )?${HELD} ${OF} ${ARTICLE}${NAME}${END}`,
  `^In addition to ${HIS}`,
  `^${NAME} ${HELD},? plus(?=\\W|$)`,
].map((form) => new RegExp(form, 'i'))

/** Looser than those: of plans and places as often, so that it counts where the name is a role's, and goes on to more or less of it. */
const ALL_IN = new RegExp(
  String.raw`^(?:plus )?(?:all|everything) (?:from|in|of) ${ARTICLE}${NAME}${END}(?=[.:]?$|\s?\+|,? ?(?:as well|but|except|excluding|minus|plus|without)\b|[,;(] ?(?:only|own)\b)`,
  'i',
)

/** The same: one has read permissions as often as those of a reader. */
const HIS_PLUS = new RegExp(
  String.raw`^${SUBJECT}(?:has|have|gets?|receives?|holds?) ${ARTICLE}${NAME}(?:['’]s?)?(?: roles?)?(?:['’]s?)? ${HELD},? plus(?=\W|$)`,
  'i',
)

/** Words that a sentence holds which any of the forms fits: asked first, of all paragraphs of a page. */
const LIKELY = /\b(?:inherit|all|every|same|everything|anything|whatever|in addition to|plus\b)/i
/** Who is meant by the name of the section, or by nothing. */
const PRONOUN =
  /^(?:it|they|these|those|this|the role|this role|(?:these |such )?(?:users|members|people)(?: with this role)?|you)$/i
/** What makes a subject none: a condition, a choice, a denial. */
const UNSURE =
  /\b(?:cannot|can|could|each|every|has|have|if|may|might|must|no|not|nobody|should|that|to|unless|when|whether|which|who|whose|will)\b|n['’]t\b/i
/** Words that stand where a name would. */
const NO_NAME =
  /^(?:[ai]|all|an|any|available|existing|possible|higher|lower|other|others|own|the|their|these|those|various)$/i
const HELD_IN_NAME = new RegExp(String.raw`\b${HELD}\b`, 'i')
const EXCEPT =
  /^[\s,;:(–—-]*(?:except(?:ing)?(?: for)?|excluding|minus|without|other than|apart from|but (?:not|no|without|(?:can|do|does|is|are)(?:not| not|n['’]t))|with the exception of)(?=$|[\s.,;:])/i
/** What bounds all of it: that is said in words, and what follows it is neither added nor left out. */
const BOUNDED =
  /^[\s,;:(–—-]*(?:but )?(?:for (?=own\b)|in (?=own\b)|on (?=own\b))?(?:just|limited|only|own|read[- ]only|restricted|scoped)(?=$|[\s.,;:)])/i
/** What says that more follows, and nothing of it. */
const MORE =
  /^(?:[\s.,;:()+&–—-]|(?:additional(?:ly)?|addition|additions|and|access|also|as well as|but|can|capabilities|do|following|has|have|in|including|more|perform|permissions?|plus|privileges?|roles?|see|some|the|these|they|those|to|with)(?=$|[\s.,;:()+–—-]))*/i
const ANOTHER =
  /^ ?and (?:an? |the )?([^.,;:()+–—]{1,60}?)(?: (?:permissions?|privileges?|roles?))?(?=$|[.,;:()+–—]| plus\b)/i
const LONGEST = 300

/** Whether a sentence may be such a one, marks of emphasis, links and tags in it and all. */
export function mayInherit(text: string): boolean {
  return LIKELY.test(text)
}

/**
 * What the first sentence of a text that says so says of inheritance; `null` where none does. `text` is plain, its white space
 * squeezed. “All of Editor” and “Everything in Editor” are read where `isRole` says that such a name is a role's.
 */
export function inheritanceIn(text: string, isRole: (name: string) => boolean = () => false): Inheritance | null {
  if (!LIKELY.test(text)) return null
  for (const sentence of text.split(/(?<=[.!?])\s/)) {
    if (sentence.length > LONGEST || !LIKELY.test(sentence)) continue
    for (const form of forms) {
      const match = form.exec(sentence)
      const said = match && readMatch(match, sentence)
      if (said) return said
    }
    for (const form of [ALL_IN, HIS_PLUS]) {
      const match = form.exec(sentence)
      const said = match && readMatch(match, sentence)
      if (said && isRole(said.from)) return said
    }
  }
  return null
}

/** The same in the texts of a page, whose words for roles are those of the vocabulary. */
export function roleInheritanceIn(text: string, settings: Settings): Inheritance | null {
  return inheritanceIn(text, (name) => isRoleTitle(name, settings))
}

function readMatch(match: RegExpExecArray, sentence: string): Inheritance | null {
  const { subject = '' } = match.groups ?? {}
  const name = match.findLast((group) => group !== undefined) ?? ''
  if (UNSURE.test(subject) || subject.split(' ').length > 5) return null
  const from = bare(name)
  if (isNoName(from)) return null
  const behind = sentence.slice(match[0].length)
  if (BOUNDED.test(behind)) return boundedMatch({ subject, from, sentence })
  const except = EXCEPT.exec(behind)
  const another = except ? null : ANOTHER.exec(behind)
  const also = bare(another?.[1] ?? '')
  const [read] = isNoName(also) ? (except ?? ['']) : (another as RegExpExecArray)
  return {
    subject: subjectOf(subject),
    from,
    also: isNoName(also) ? null : also,
    except: except !== null,
    rest: behind.slice(read.length).replace(MORE, ''),
    sentence,
  }
}

/** What is taken over within bounds is less than all of it; what the list below it is then, it doesn't say. */
function boundedMatch({ subject, ...said }: { subject: string; from: string; sentence: string }): Inheritance | null {
  if (said.sentence.endsWith(':')) return null
  return { ...said, subject: subjectOf(subject), also: null, except: true, rest: '' }
}

function subjectOf(text: string): string | null {
  return text === '' || PRONOUN.test(text) ? null : bare(text)
}

function isNoName(text: string): boolean {
  return text === '' || UNSURE.test(text) || NO_NAME.test(text) || HELD_IN_NAME.test(text)
}

/** Whether what follows a text is what it leaves out: its last sentence is one, and ends with a colon. */
export function leavesOutWhatFollows(text: string, { except, sentence }: Inheritance): boolean {
  return except && text.endsWith(':') && text.endsWith(sentence)
}

/** Whether a sentence says nothing more that would have to be read: what it leaves out in words is reported for itself. */
export function isSaidInFull({ rest, except }: Inheritance): boolean {
  return rest === '' || except
}

/** The permissions that a sentence adds or leaves out by their ids: “All permissions of Viewer, plus `dock.create`”. */
export function idsBehind({ rest }: Inheritance): WrittenPermission[] {
  return permissionsIn(rest.replace(/\.$/, ''), 'any')
}

/** A name without its article, and without a word for what it is the name of. */
function bare(name: string): string {
  const [, kept = name] = /^(?:(?:an?|the)\s)?(.*?)(?:\s(?:roles?|users?|members?))?$/i.exec(name.trim()) ?? []
  return kept.trim()
}
