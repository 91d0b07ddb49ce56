/** What a repair is: one mending of form, one file. It is no finding, and it changes nothing that a page says. */
import type { Edit, Fix } from '../diagnostic.ts'
import type { Block, Page } from '../parse/page/page.ts'
import type { ReadBlock, Reading } from '../parse/read.ts'
import type { Settings } from '../settings/schema.ts'
import { LineIndex } from '../text.ts'

export interface RepairExample {
  name: string
  /** A whole page, and what this repair alone makes of it; the same text where it leaves the page alone. */
  before: string
  after: string
}

export interface Repair {
  id: string
  /** What its output counts, in the singular: `mark`, `table`. */
  noun: string
  /** Whether each edit counts as one, or all edits of a block together. */
  counts: 'edits' | 'blocks'
  /** One line, no period. */
  summary: string
  examples: RepairExample[]
  /** The repairs of one page, one for each block: all edits of a block or none. */
  fixes(input: RepairInput): Fix[]
}

/** Gives a repair its type. */
export function defineRepair(repair: Repair): Repair {
  return repair
}

/** A page as repairs see it. */
export class RepairInput {
  readonly page: Page
  /** The page's blocks that a dialect read, each once, in order. */
  readonly blocks: readonly ReadBlock[]
  readonly settings: Settings
  #lines: LineIndex | undefined

  /** @param blocks the page's, as often as they were read */
  constructor(page: Page, blocks: readonly ReadBlock[], settings: Settings) {
    this.page = page
    this.settings = settings
    const byBlock = new Map<Block, ReadBlock>()
    for (const read of blocks) if (!byBlock.has(read.block)) byBlock.set(read.block, read)
    this.blocks = [...byBlock.values()]
  }

  /** The 0-based offset of a 1-based place. */
  offset(line: number, column: number): number {
    this.#lines ??= new LineIndex(this.page.file.text)
    return this.#lines.start(line) + column - 1
  }

  /** An edit between two 0-based offsets. */
  edit(start: number, end: number, text: string): Edit {
    return { ...this.page.locator.span(start, end), text }
  }
}

/** The repairs of all pages of a reading, in order. */
export function repairsOf(repair: Repair, reading: Reading, settings: Settings): Fix[] {
  const blocks = Map.groupBy(reading.blocks, ({ block }) => block.page)
  return reading.pages
    .filter(({ file }) => !reading.borrowed.has(file.path))
    .flatMap((page) => repair.fixes(new RepairInput(page, blocks.get(page) ?? [], settings)))
}
