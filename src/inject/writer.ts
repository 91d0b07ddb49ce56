/** What a writer is: one way of writing the grants of roles, new or into the block that is there. One file each, in `writers/`. */
import type { Stretch } from '../fix/edits.ts'
import type { Dataset, Role } from '../model/dataset.ts'
import type { ReadBlock } from '../parse/read.ts'
import type { Settings } from '../settings/schema.ts'
import type { Fact, SaidFact } from './facts.ts'
import type { FormOptions } from './request.ts'

/** What all writers are given. */
export interface WriterContext {
  settings: Settings
  data: Dataset
  roles: readonly Role[]
  options: FormOptions
  eol: string
  /** Stands before each line. */
  prefix: string
  /** Blocks of the same page and dialect outside of the region, the nearest first: what is new looks as they do. */
  examples: readonly ReadBlock[]
  /** Gives a permission as the page spells it its id in the data. */
  spelling: (permission: string) => string
}

export interface UpdateInput extends WriterContext {
  block: ReadBlock
  said: readonly SaidFact[]
  wanted: readonly Fact[]
}

export interface CreateInput extends WriterContext {
  wanted: readonly Fact[]
}

/** Why something can't be written: a clause that follows “can't be written: ”. */
export interface Refused {
  why: string
}

export interface Writer {
  /** Ids of the dialects that it writes. */
  dialects: readonly string[]
  /** Edits of the page that make the block say what is wanted, and change no more than that. */
  update(input: UpdateInput): Stretch[] | Refused
  /** Lines of a new block that says what is wanted, prefix included. */
  create(dialect: string, input: CreateInput): string[] | Refused
}

/** Gives a writer its type. */
export function defineWriter(writer: Writer): Writer {
  return writer
}

/** Whether a writer refused. */
export function isRefused(result: object): result is Refused {
  return 'why' in result
}

/** A refusal; `why` is the end of a sentence. */
export function refused(why: string): Refused {
  return { why }
}
