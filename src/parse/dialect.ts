/** What a dialect is: one way of writing facts in a block. One file each, in `dialects/` and `policies/`. */
import type { Outcome, Span } from '../diagnostic.ts'
import type { Settings } from '../settings/schema.ts'
import { type Grid, readGrid } from './blocks/cells.ts'
import { withLabelNotes } from './blocks/label-notes.ts'
import { type Legend, readLegend } from './blocks/legend.ts'
import { MarkReader } from './blocks/marks.ts'
import { noteText } from './blocks/notes.ts'
import type { Claim, Evidence, Surroundings } from './claim.ts'
import type { Block } from './page/page.ts'

export interface DialectExample {
  name: string
  mdx: string
  /** Claims that the example gives, as `kind: text`, in order. */
  expect: string[]
}

export interface Dialect {
  id: string
  summary: string
  block: Block['kind']
  examples: DialectExample[]
  /**
   * For fences: whether a raw text, in a language (`null` for none), may score or be reported as unread. Cheap, and true for
   * every text that is; without it, every fence may.
   */
  mayRead?(text: string, language: string | null): boolean
  /** How well the block fits: 0 for not at all, up to 1. The highest score of all dialects takes the block. */
  score(input: BlockInput): number
  read(input: BlockInput): Outcome<Claim[]>
}

/** Gives a dialect its type. */
export function defineDialect(dialect: Dialect): Dialect {
  return dialect
}

const NO_GRID: Grid = { caption: null, header: [], rows: [], glued: [] }

/** A block as dialects see it: with its surroundings, and what several of them would compute, computed once. */
export class BlockInput {
  readonly block: Block
  readonly surroundings: Surroundings
  readonly settings: Settings
  readonly #via: Span[]
  #written: Grid | undefined
  #grid: Grid | undefined
  #legend: Legend | undefined
  #marks: MarkReader | undefined

  constructor(block: Block, surroundings: Surroundings, settings: Settings) {
    this.block = block
    this.surroundings = surroundings
    this.settings = settings
    this.#via = surroundings.evidence.via
  }

  /** The table's cells; labels and headings without the signs of their notes. Of a list or a fence there are none. */
  get grid(): Grid {
    this.#grid ??= withLabelNotes(
      this.#asWritten,
      () => this.markColumns[0] ?? 1,
      (sign, near) => this.noteOf(sign, near),
    )
    return this.#grid
  }

  get #asWritten(): Grid {
    this.#written ??= this.block.kind === 'table' ? readGrid(this.block) : NO_GRID
    return this.#written
  }

  /** The text of the note with a sign, or `null`; with `near`, only one that stands by the table. */
  noteOf(sign: string, near = false): string | null {
    return noteText(sign, this.block, this.#asWritten, near)
  }

  /** What stands around the table to explain its marks. */
  get legend(): Legend {
    this.#legend ??= readLegend(this.block, this.#asWritten, this.settings)
    return this.#legend
  }

  /** Reads the cells' marks, by the table's legend and by the habit of the whole table. */
  get marks(): MarkReader {
    this.#marks ??= new MarkReader(this.settings, this.#asWritten, this.legend, (sign) => this.noteOf(sign))
    return this.#marks
  }

  /** 0-based columns that hold marks. */
  get markColumns(): number[] {
    return this.marks.columns
  }

  /** A fact's evidence: where it is written, and through which inclusions it is shown there. */
  evidence(span: Span): Evidence {
    return { span, via: this.#via }
  }
}
