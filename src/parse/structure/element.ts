/** A JSX or HTML element of a page, or a `:::` admonition. */

export interface Element {
  name: string
  /** Attributes with literal values, and where the value stands (0-based offsets). */
  attributes: ReadonlyMap<string, Attribute>
  /** Offsets of the opening tag's `<` and of the character after the closing tag (or after where it was closed). */
  start: number
  end: number
  /** Offsets of what it holds. */
  contentStart: number
  contentEnd: number
  parent: Element | null
  children: Element[]
}

export interface Attribute {
  value: string
  start: number
  end: number
}

/** A new element with nothing in it. */
export function makeElement(
  name: string,
  attributes: ReadonlyMap<string, Attribute>,
  start: number,
  contentStart: number,
  parent: Element | null,
): Element {
  return { name, attributes, start, end: contentStart, contentStart, contentEnd: contentStart, parent, children: [] }
}
