/**
 * What a tool for assistants is: a question with a schema of what goes in and of what comes out. Tools are pure; they know
 * the datasets that were loaded and nothing else, so that nothing that a client sends is ever opened or run.
 */
import * as z from 'zod'
import { type Dataset, type Source, sourceSchema } from '../model/dataset.ts'
import { didYouMean, NameError, shortened } from '../query/ask.ts'
import type { GrantFacts } from '../query/facts.ts'
import { nearest } from '../query/near.ts'
import { printable } from '../report/printable.ts'

/** A dataset that questions may be asked of. */
export interface Loaded {
  /** What the client calls it: the version of the documentation, and where several have the same, what tells them apart. */
  label: string
  dataset: Dataset
  /** Of `dataset.json` as it is published. */
  sha256: string
}

export interface Outcome<Output> {
  /** The answer in short, for people and for models that read no structure. */
  text: string
  structured: Output
}

export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: string
  title: string
  /** For a model that chooses among tools. */
  description: string
  input: Input
  output: Output
  /** Throws a NameError for a name that the data does not have. `loaded` is never empty; its first is the default. */
  run(loaded: readonly Loaded[], args: z.infer<Input>): Outcome<z.infer<Output>>
}

/** Gives a tool its type, and its run the types of its input and output. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> {
  return tool
}

/** No name is longer, and no answer holds a longer text: in UTF-16 code units. */
const LONGEST_NAME = 200
const LONGEST_TEXT = 1000

export const nameInput = (description: string) => z.string().min(1).max(LONGEST_NAME).describe(description)

export const permissionsInput = z
  .array(
    nameInput('An id such as `cluster.delete`, or a pattern in which `*` stands for anything: `cluster.*`, `*.delete`'),
  )
  .min(1)
  .max(50)
  .describe('Permissions by id or pattern; all that they name is asked for')

export const scopeInput = nameInput('Id of a scope: only roles of it').optional()

export const versionInput = nameInput(
  'Version of the documentation, as `data.label` names it; by default the first',
).optional()

/** Which part of a long list is wanted. */
export const pagingInput = (most: number, usual: number) => ({
  limit: z.int().min(1).max(most).default(usual).describe('How many to give at most'),
  offset: z.int().min(0).max(1_000_000).default(0).describe('How many to pass over: `nextOffset` of the answer before'),
})

/** What every answer says of where it is from. */
export const dataOutput = z
  .strictObject({
    label: z.string().describe('What to give as `version` to ask the same data again'),
    name: z.string(),
    version: z.string().describe('Version of the documentation'),
    schemaVersion: z.string(),
    sha256: z.string().describe('Of the dataset as it is published'),
  })
  .describe('The data that was asked')

export const placeOutput = z.strictObject(sourceSchema.shape).describe('File and line that say so')

export const pagingOutput = {
  total: z.int().describe('How many there are in all'),
  truncated: z.boolean().describe('Whether there are more after these'),
  nextOffset: z.int().nullable().describe('`offset` for the ones that follow'),
}

export const effectOutput = z.enum(['granted', 'denied', 'conditional'])

export const grantOutput = z.strictObject({
  permission: z.string().describe('Id or pattern, as the page has it'),
  effect: effectOutput,
  note: z.string().nullable().describe('Text of a condition or footnote'),
  source: placeOutput,
})

export const roleOutput = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.string(),
  size: z.int().describe('How many permissions it holds in all'),
  source: placeOutput,
})

/** The data of a label; the first where none is given. */
export function loadedAs(loaded: readonly Loaded[], label: string | undefined): Loaded {
  const found = label === undefined ? loaded[0] : loaded.find((one) => one.label === label)
  if (found) return found
  const labels = loaded.map((one) => one.label)
  const meant = nearest(label ?? '', labels)
  const hint = meant === null ? `: there is ${labels.join(', ')}` : didYouMean(meant)
  throw new NameError(`unknown version ${shortened(label ?? '')}${hint}`)
}

/** Which data an answer is from. */
export function dataOf({ label, dataset, sha256 }: Loaded): z.infer<typeof dataOutput> {
  return { label, name: dataset.name, version: dataset.version, schemaVersion: dataset.schemaVersion, sha256 }
}

/** A part of a list; `nextOffset` is `null` where nothing follows. */
export function paged<T>(
  list: readonly T[],
  { limit, offset }: { limit: number; offset: number },
): { items: T[]; total: number; truncated: boolean; nextOffset: number | null } {
  const items = list.slice(offset, offset + limit)
  const truncated = offset + items.length < list.length && items.length > 0
  return { items, total: list.length, truncated, nextOffset: truncated ? offset + items.length : null }
}

/** A text of the documentation, or as much of it as an answer holds. */
export function clipped(text: string): string
export function clipped(text: string | null): string | null
export function clipped(text: string | null): string | null {
  return text === null || text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT).toWellFormed()}…`
}

/** A grant, with as much of its note as an answer holds. */
export function grantAnswer({ permission, effect, note, source }: GrantFacts): z.infer<typeof grantOutput> {
  return { permission, effect, note: clipped(note), source: source as Source }
}

/** `path:line`. */
export function at({ path, line }: { path: string; line: number }): string {
  return `${path}:${line}`
}

/** Lines of text, each without control characters; of more than `most` the first, and how many follow. */
export function lines(list: readonly string[], most = 20): string {
  const shown = list.slice(0, most).map((line) => printable(clipped(line)))
  if (list.length > most) shown.push(`… and ${list.length - most} more`)
  return shown.join('\n')
}
