/** Props: what an inclusion hands to its partial, and `{props.name}` in the partial's text. */
import type { Nodes } from 'mdast'
import type { Span } from '../../diagnostic.ts'
import { parsePage } from '../markdown/markdown.ts'
import type { Block, Page } from '../page/page.ts'
import type { Tag } from './tag.ts'

export type Props = ReadonlyMap<string, string>

/** Values by name as an inclusion writes them; `null` for one that is computed. */
export type WrittenProps = ReadonlyMap<string, string | null>

export const NO_PROPS: Props = new Map()

const NAME = String.raw`props\s*(?:\??\.\s*([A-Za-z_$][\w$]*)|\[\s*["']([^"'\]]*)["']\s*\])`
const REFERENCE = new RegExp(String.raw`\{\s*${NAME}\s*\}`, 'g')
const MENTION = new RegExp(String.raw`\b${NAME}`, 'g')
const EXPRESSION = /\{[^{}]*\bprops\b[^{}]*(?:\}|$)/g

/** Text with every `{props.name}` that is known replaced; the others stay as they are written. */
export function withProps(text: string, props: Props): string {
  if (props.size === 0 || !text.includes('{')) return text
  return text.replace(REFERENCE, (whole, dotted?: string, quoted?: string) => {
    return props.get(dotted ?? quoted ?? '') ?? whole
  })
}

/** Whether a text still waits for a prop. */
export function asksForProps(text: string): boolean {
  return text.includes('{') && text.search(REFERENCE) !== -1
}

/** The names that a text mentions; `null` where it hands on all of them (`{...props}`). */
export function mentionedProps(text: string): ReadonlySet<string> | null {
  if (!text.includes('props')) return new Set()
  if (/\.\.\.\s*props\b/.test(text)) return null
  return new Set(Array.from(text.matchAll(MENTION), (match) => match[1] ?? match[2] ?? ''))
}

/** The props of an inclusion's tag: all attributes but those that name the partial. */
export function propsOfTag(tag: Tag, except: readonly string[]): WrittenProps {
  const props = new Map<string, string | null>()
  for (const [name, { value }] of tag.attributes) props.set(name, value)
  for (const [name, expression] of tag.expressions) {
    props.set(name, /^\s*-?\d+(?:\.\d+)?\s*$/.test(expression) ? expression.trim() : null)
  }
  for (const name of except) props.delete(name)
  return props
}

/** What a partial is given: the props that it mentions, those of the including page filled in. Sorted by name. */
export function handedProps(
  include: { props: WrittenProps; spread: boolean },
  outer: Props,
  wanted: ReadonlySet<string> | null,
): Props {
  const all = new Map<string, string | null>(include.spread ? outer : [])
  for (const [name, value] of include.props) all.set(name, value === null ? null : withProps(value, outer))
  const handed = new Map<string, string>()
  for (const name of [...all.keys()].sort()) {
    const value = all.get(name) ?? null
    if (value !== null && !asksForProps(value) && (wanted === null || wanted.has(name))) handed.set(name, value)
  }
  return handed
}

/** A string that is the same for the same props; empty for none. */
export function keyOfProps(props: Props): string {
  return props.size === 0 ? '' : JSON.stringify([...props])
}

/** A block as it reads with props: the same nodes and places, with a structure that fills props into their text. */
export function blockWithProps(block: Block, props: Props): Block {
  if (props.size === 0) return block
  return { ...block, page: pageWithProps(block.page, props) }
}

const filledPages = new WeakMap<Page, WeakMap<Props, Page>>()

function pageWithProps(page: Page, props: Props): Page {
  const known = filledPages.get(page) ?? new WeakMap<Props, Page>()
  filledPages.set(page, known)
  let made = known.get(props)
  if (!made) {
    const filled = (text: string) => withProps(text, props)
    made = {
      ...page,
      structure: { ...page.structure, props },
      footnotes: new Map([...page.footnotes].map(([id, text]) => [id, filled(text)])),
      paragraphs: page.paragraphs.map((paragraph) => ({ ...paragraph, text: filled(paragraph.text) })),
    }
    known.set(props, made)
  }
  return made
}

export interface PropReference {
  /** As written, braces included. */
  text: string
  /** The prop's name, or `null` for an expression that is computed. */
  name: string | null
  span: Span
}

/** Where a page's text and tags ask for props, in order. Code asks for nothing: MDX leaves it as it is. */
export function propReferences(page: Page): PropReference[] {
  const { structure, file, locator } = page
  if (!file.text.slice(page.frontMatter.end).includes('props')) return []
  const found: { text: string; name: string | null; start: number }[] = []
  const visit = (node: Nodes) => {
    if (node.type === 'text') {
      const start = node.position?.start.offset ?? 0
      const text = structure.masked.slice(start, node.position?.end.offset ?? start)
      for (const match of text.matchAll(EXPRESSION)) {
        const [name] = namesIn(match[0], REFERENCE)
        found.push({ text: match[0], name: name ?? null, start: start + match.index })
      }
    }
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(parsePage(structure))
  for (const element of structure.elements) {
    const tag = file.text.slice(element.start, element.contentStart)
    if (!tag.includes('props')) continue
    for (const match of tag.matchAll(MENTION)) {
      found.push({ text: match[0], name: match[1] ?? match[2] ?? null, start: element.start + match.index })
    }
  }
  found.sort((a, b) => a.start - b.start)
  return found.map(({ text, name, start }) => ({ text, name, span: locator.span(start, start + text.length) }))
}

function namesIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? match[2] ?? '')
}
