/** A page of at most so many characters, of which the later parts give way. */

export interface List {
  /** What stands before the entries, and what after them. */
  open: string
  close: string
  /** Each in several lengths, the longest first. */
  entries: readonly (readonly string[])[]
  /** What the entries are called where some were cut. */
  what: string
}

/** Room for the sentence that says what was cut. */
const ROOM = 1200

/** An entry in its full length may take this part of the page at most, so that one does not push out all others. */
const LARGEST_PART = 0.15

const PARAGRAPHS = 'paragraphs'

/** A page that is filled from above. */
export class Page {
  readonly #limit: number
  readonly #parts: string[]
  #left: number
  readonly #cut = new Map<string, number>()

  /** @param head must fit; lengths are counted in UTF-16 code units, which are never fewer than characters */
  constructor(limit: number, head: string) {
    this.#limit = limit
    this.#parts = [head]
    this.#left = limit - ROOM - head.length
  }

  /** Adds a paragraph where there is room for it. */
  add(paragraph: string): void {
    const size = paragraph.length + 2
    if (size > this.#left) {
      this.#cut.set(PARAGRAPHS, (this.#cut.get(PARAGRAPHS) ?? 0) + 1)
      return
    }
    this.#parts.push(paragraph)
    this.#left -= size
  }

  /** Adds as many entries as there is room for; nothing at all where there is none for the first, or no entry. */
  addList({ open, close, entries, what }: List): void {
    let left = this.#left - open.length - close.length - 4
    const shown: string[] = []
    for (const lengths of entries) {
      const most = Math.min(left, this.#limit * LARGEST_PART)
      const entry = lengths.find((text) => text.length < most)
      if (entry === undefined) break
      shown.push(entry)
      left -= entry.length + 1
    }
    if (shown.length > 0) this.add([open, ...shown, close].filter((part) => part !== '').join('\n'))
    if (shown.length < entries.length) {
      this.#cut.set(what, (this.#cut.get(what) ?? 0) + entries.length - shown.length)
    }
  }

  /** Whether there was no room for something. */
  get isCut(): boolean {
    return this.#cut.size > 0
  }

  /** The whole page; where something was cut, with a note of what, which ends in this hint. */
  end(hint: string): string {
    if (this.#cut.size > 0) {
      const what = [...this.#cut].map(([name, count]) => `${count} of ${name}`).join(', ')
      this.#parts.push(`> **Cut to fit into a comment.** Not shown: ${what}. ${hint}`)
    }
    return `${this.#parts.join('\n\n')}\n`
  }
}
