/** The tree of a page's elements, made of its tags and admonitions in the order in which they stand. */
import { type Element, makeElement } from './element.ts'

/** Offsets are 0-based and of the whole text; ends are exclusive. */
export class ElementTree {
  /** Parents before children. */
  readonly elements: Element[] = []
  /** Those that something else ended, in the order of their ends; an admonition may be. */
  readonly unclosed: Element[] = []
  readonly #root = makeElement('', new Map(), 0, 0, null)
  #current = this.#root
  /** How many elements of a name are open. */
  readonly #open = new Map<string, number>()

  /** An element that holds nothing: `<Icon />`. */
  leaf(name: string, attributes: Element['attributes'], start: number, end: number): Element {
    const child = makeElement(name, attributes, start, end, this.#current)
    this.#current.children.push(child)
    this.elements.push(child)
    return child
  }

  /** An element that holds what follows its opening tag, until it is closed. */
  open(name: string, attributes: Element['attributes'], start: number, end: number): void {
    this.#current = this.leaf(name, attributes, start, end)
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1)
  }

  /** Closes the innermost open element of a name, and all in it; nothing where none is open. `start` is that of the closing tag. */
  close(name: string, start: number, end: number): void {
    if ((this.#open.get(name) ?? 0) === 0) return
    while (this.#current !== this.#root && this.#current.name !== name) this.#end(start, start, false)
    if (this.#current !== this.#root) this.#end(start, end, true)
  }

  /** Ends all that are open where the text does. */
  closeAll(end: number): void {
    while (this.#current !== this.#root) this.#end(end, end, false)
  }

  #end(contentEnd: number, end: number, properly: boolean): void {
    const target = this.#current
    target.contentEnd = contentEnd
    target.end = end
    if (!properly && !target.name.startsWith(':::')) this.unclosed.push(target)
    this.#open.set(target.name, (this.#open.get(target.name) ?? 1) - 1)
    this.#current = target.parent ?? this.#root
  }
}
