/** Permissions as clouds write them outside of a document, and what lists, tables and fences of them share. */
import type { Finding, Span } from '../../diagnostic.ts'
import type { Settings } from '../../settings/schema.ts'
import type { PolicyClaim } from '../claim.ts'
import type { BlockInput } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { outlineOf } from '../page/outline.ts'
import { ALLOWED, MAY_BE_ALLOWED } from '../words/permission-headings.ts'
import { accessOf } from '../words/vocabulary.ts'
import { SERVICES } from './aws-services.ts'
import { holdsGraphPermission, isGraphPermission, isKnownToGraph } from './graph-ids.ts'
import { providerIn, providerOf } from './provider.ts'

/** How a cloud writes one permission. */
export interface Notation {
  provider: string
  policyKind: PolicyClaim['policyKind']
  /** The form of an id, for people. */
  form: string
  /** What no id is without, as far as a look at a whole line tells. */
  sign: RegExp
  isId(text: string): boolean
  /** Whether an id is one of the cloud's, and not only written alike. */
  isKnown(id: string, settings: Settings): boolean
  /** Whether a text holds an id that nobody else has; absent where the form of each tells whose it is. */
  holdsOwn?(text: string): boolean
}

/** `service.resource.verb`; a service may have several parts. https://cloud.google.com/iam/docs/permissions-reference */
export function isGcpPermission(text: string): boolean {
  return /^[a-z][\w-]*(?:\.[\w-]+){2,}$/.test(text)
}

/** Services and collections that nobody but Google Cloud has, so that their ids are told from another product's. */
const OF_GOOGLE =
  /(?<![\w.-])(?:compute\.(?:disks|firewalls|globalOperations|images|instanceGroup\w{0,20}|instanceTemplates|instances|machineTypes|networks|subnetworks|zoneOperations|zones)|container\.clusters|iam\.serviceAccount\w{0,20}|resourcemanager\.(?:projects|folders|organizations)|serviceusage\.services|servicenetworking\.services|storage\.(?:buckets|objects)|bigquery\.(?:datasets|jobs|tables)|cloudkms\.cryptoKeys|cloudsql\.instances|dns\.managedZones|logging\.logEntries|pubsub\.(?:topics|subscriptions)|secretmanager\.(?:secrets|versions)|artifactregistry\.repositories)\.[a-z]/

/**
 * `service:Action`, or a pattern. AWS does not tell cases apart, but actions are written with a capital; but for some of
 * services whose names have several parts (`rds-db:connect`).
 */
function isAwsAction(text: string): boolean {
  if (/^[A-Za-z][\w-]*:(?:[A-Z][A-Za-z\d*]*|\*[A-Za-z\d]*\*?)$/.test(text)) return true
  return /^[a-z\d]+-[a-z\d-]+:[a-z][A-Za-z]*$/.test(text) && SERVICES.has(text.slice(0, text.indexOf(':')))
}

function isKnownToAws(id: string): boolean {
  return SERVICES.has(id.slice(0, id.indexOf(':')).toLowerCase())
}

/** `service:action` of several words, of a service of AWS. */
function isSmallAwsAction(text: string): boolean {
  return /^[a-z][\w-]*:[a-z]+[A-Z][A-Za-z\d]*\*?$/.test(text) && SERVICES.has(text.slice(0, text.indexOf(':')))
}

/** `Provider.Name/resource/operation`: what it ends in tells it from a path. */
function isAzureOperation(text: string): boolean {
  return (
    /^(?:[A-Z][A-Za-z\d]*(?:\.[A-Za-z\d]+)+|\*)(?:\/[\w.*-]+)+$/.test(text) &&
    /\/(?:read|write|delete|action|\*)$/i.test(text)
  )
}

export const NOTATIONS: readonly Notation[] = [
  {
    provider: 'aws',
    policyKind: 'iam-policy',
    form: 'service:Action',
    sign: /:[A-Za-z*]/,
    isId: isAwsAction,
    isKnown: isKnownToAws,
  },
  // AWS tells no cases apart: `lambda:listAliases`. Other products' ids are written so, too.
  {
    provider: 'aws',
    policyKind: 'iam-policy',
    form: 'service:Action',
    sign: /:[a-z]/,
    isId: (text) => isAwsAction(text) || isSmallAwsAction(text),
    isKnown: isKnownToAws,
    holdsOwn: () => false,
  },
  {
    provider: 'azure',
    policyKind: 'role-definition',
    form: 'Provider/resource/operation',
    sign: /\/[\w.*]/,
    isId: isAzureOperation,
    isKnown: (id) => id.includes('.'),
  },
  {
    provider: 'gcp',
    policyKind: 'custom-role',
    form: 'service.resource.verb',
    sign: /\.[\w-]+\.[\w-]/,
    isId: isGcpPermission,
    // Host names (`compute.googleapis.com`) and packages are written alike, but end in no verb.
    isKnown: (id, settings) => accessOf(id.slice(id.lastIndexOf('.') + 1), settings) !== null,
    holdsOwn: (text) => OF_GOOGLE.test(text),
  },
  {
    provider: 'microsoft-graph',
    policyKind: 'privilege-list',
    form: 'Resource.Operation',
    sign: /[a-z]\.[A-Z]/,
    isId: isGraphPermission,
    isKnown: isKnownToGraph,
    holdsOwn: holdsGraphPermission,
  },
]

/** The ids that a line begins with, and nothing else but words after a colon, a dash or in parentheses; `null` for any other. */
export function idsIn(line: string, { isId }: Notation): string[] | null {
  const [head = ''] = line.split(/:\s|\s[-–—]\s|\s\(/, 1)
  const ids = head.split(/[\s,;]+/).filter((part) => part !== '' && part !== 'and' && part !== '&')
  const whole = ids.map((id) => {
    const bare = /^(["'])(.*)\1$/.exec(id)?.[2] ?? id
    return /[.:]$/.test(bare) ? bare.slice(0, -1) : bare
  })
  return whole.length > 0 && whole.every(isId) ? whole : null
}

/** What every id has in it, a cloud's or a product's own with a dot or a colon, and few words have. */
export const SIGN_OF_ID = /[.:/][\w*]/

/** The notation that most of some lines are ids of, most of which are known; `null` where there is none. */
export function notationOf(lines: readonly string[], settings: Settings): Notation | null {
  // Most texts are words, or ids of the product's own.
  if (!lines.some((line) => SIGN_OF_ID.test(line))) return null
  for (const notation of NOTATIONS) {
    if (lines.filter((line) => notation.sign.test(line)).length * 2 < lines.length) continue
    const read = lines.map((line) => idsIn(line, notation)).filter((ids) => ids !== null)
    const ids = read.flat()
    const known = ids.filter((id) => notation.isKnown(id, settings))
    if (ids.length > 0 && read.length * 2 >= lines.length && known.length * 2 >= ids.length) return notation
  }
  return null
}

/**
 * Whether what stands around ids says that they are permissions: lists of events and of calls are written alike. Where the form
 * of an id does not tell whose it is, as that of Google Cloud's, the cloud must be named, or one of the ids be its own for certain.
 *
 * @param texts what the block itself says of them, such as the heading of a column
 */
export function isAboutPermissions(input: BlockInput, notation: Notation, texts: readonly string[] = []): boolean {
  if (notation.holdsOwn) {
    if (providerOf(input) === notation.provider) return true
    if (introOf(input).some((text) => providerIn(text) === notation.provider && ALLOWED.test(text))) return true
    const { page, start, end } = input.block
    if (!notation.holdsOwn(page.file.text.slice(start, end))) return false
  }
  return textsAround(input, texts).some((text) => ALLOWED.test(text))
}

/** The first of some lines that begins like a permission of a cloud, words behind it or not: its id, and how that is written. */
export function firstIdOf(lines: readonly string[], input: BlockInput): { id: string; form: string } | null {
  for (const line of lines) {
    const [id = ''] = line.split(/[\s,;]/, 1)
    const notation = NOTATIONS.find((one) => one.isId(id))
    if (notation && (!notation.holdsOwn || providerOf(input) === notation.provider)) return { id, form: notation.form }
  }
  return null
}

/** Whether lines are ids that nothing around calls permissions, though it speaks of actions or of what is needed. */
export function mayBePermissions(lines: readonly string[], input: BlockInput, texts: readonly string[] = []): boolean {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '')
  return notationOf(filled, input.settings) !== null && mayBeAllowed(input, texts)
}

/**
 * Whether texts hold ids among words, of which none can be made with certainty: items with several of them, or, where a heading
 * calls them permissions (`named`), most of the texts.
 */
export function holdsIdsAmongWords(texts: readonly string[], input: BlockInput, named = false): boolean {
  const counts = texts.map((text) => knownIdsIn(text, input.settings))
  const some = counts.filter((count) => count > 0)
  if (named && some.length > 0 && some.length * 2 >= texts.filter((text) => text !== '').length) return true
  // A sentence that explains a policy has more words than ids.
  const listed = texts.some((text, i) => (counts[i] ?? 0) > 1 && (counts[i] ?? 0) * 4 >= text.split(' ').length)
  if (!listed || counts.reduce((sum, count) => sum + count, 0) < 3) return false
  return textsAround(input, []).some((text) => ALLOWED.test(text))
}

/** How many ids a text holds of the clouds whose ids are told from others. */
function knownIdsIn(text: string, settings: Settings): number {
  if (!/[:/]/.test(text)) return 0
  const words = text.split(/[\s,;"'`()]+/).map((word) => word.replace(/[.:]$/, ''))
  const notations = NOTATIONS.filter(({ holdsOwn }) => !holdsOwn)
  return words.filter((word) => notations.some(({ isId, isKnown }) => isId(word) && isKnown(word, settings))).length
}

/** Whether what stands around a block speaks of permissions, or of what is needed or allowed. */
export function mayBeAllowed(input: BlockInput, texts: readonly string[] = []): boolean {
  return textsAround(input, texts).some((text) => ALLOWED.test(text) || MAY_BE_ALLOWED.test(text))
}

function textsAround(input: BlockInput, texts: readonly string[]): string[] {
  const { names, partial } = input.surroundings
  return [...texts, ...names.map(({ text }) => text), partial?.name.replace(/[-_]/g, ' ') ?? '', ...introOf(input)]
}

/** What stands between the block before, or the nearest heading, and a block: “The role needs:”. */
function introOf({ block }: BlockInput): string[] {
  const outline = outlineOf(block.page)
  const from = Math.max(outline.endBefore(block.start), block.headings.at(-1)?.offset ?? 0)
  return outline.paragraphsIn(from, block.start).map(({ text }) => text)
}

/** What stands among ids and is none. */
export function noId(input: BlockInput, span: Span, text: string, { form }: Notation): Finding {
  const message = `\`${text}\` stands among permissions but is not written as \`${form}\`, so it is not in the model.`
  return unrecognised(input, span, message, [input.surroundings.names[0]?.text ?? '', text])
}
