/** Words of names and of questions, made comparable: `iam:PassRole`, `clusterProfile.delete`, “who can remove a cluster”. */

/** Words of a question that name nothing. */
const EMPTY = new Set(
  [
    'a an and any are as at be but by can do does for from get gets give grant grants has have how i if in into is it its may me my need needs of on or our',
    'allowed allow allows able that the their them there they this to want we what when where which who whom whose will with without you your',
  ].flatMap((words) => words.split(' ')),
)

/** Words that may name a resource or say what is asked for: they count where they fit. */
const SOFT = new Set(['access', 'permission', 'policy', 'role', 'user'])

/** Other verbs for operations, each with the word that ids use. */
const SAME = new Map(
  Object.entries({
    create: 'add adding make making new creates creating created',
    delete: 'remove removes removing removed destroy erase deletes deleting deleted',
    update:
      'edit edits editing modify modifies modifying change changes changing updates updating upgrade upgrades upgrading',
    get: 'view views viewing see sees read reads reading show shows',
    list: 'lists listing browse',
    import: 'imports importing',
    export: 'exports exporting',
    publish: 'publishes publishing',
    start: 'starts starting run',
    stop: 'stops stopping',
    restart: 'restarts restarting reboot reboots rebooting',
  }).flatMap(([word, others]) => others.split(' ').map((other) => [other, word] as const)),
)

/** The word that ids use for a verb (`delete` for “remove”); any other word as it is. */
export function usualVerb(word: string): string {
  return SAME.get(word) ?? word
}

/** The words of a name in lower case, parted at punctuation and where the case changes; plurals in the singular. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(singular)
}

/** How many words make a name that people write as one (`fargateprofile`) or shorten (`vma`). */
const SHORT_NAME = 4

/** All that may be typed to begin a word of a name: its words, as they are written, as one, and their initials. */
export function tokensOf(name: string): string[] {
  const words = wordsOf(name)
  const written = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const short = words.length > 1 && words.length <= SHORT_NAME
  const initials = words.map((word) => String.fromCodePoint(word.codePointAt(0) as number)).join('')
  return [...new Set([...words, ...written, ...(short ? [words.join(''), initials] : [])])]
}

/**
 * The words of a query that name something, without and with those that may (“list users”, “viewer role”); all of them
 * where none does. A verb is the word that ids use for it; `typed` has the word that stood in its place, by which a name
 * may go as well (`ec2:RunInstances`).
 */
export function askedWords(query: string): { telling: string[]; full: string[]; typed: Map<string, string> } {
  const words = wordsOf(query)
  const named = words.filter((word) => !EMPTY.has(word))
  const chosen = named.length > 0 ? named : words
  const full = distinct(chosen)
  const telling = full.filter((word) => !SOFT.has(word))
  const typed = new Map(chosen.flatMap((word) => (SAME.has(word) ? [[SAME.get(word) as string, word] as const] : [])))
  return { telling: telling.length > 0 ? telling : full, full, typed }
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => SAME.get(word) ?? word))]
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(?:ss|sh|ch|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}
