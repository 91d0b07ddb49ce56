/** Props: what an inclusion hands to its partial, and `{props.name}` in the partial's text. */
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
  return new Set(mentionsIn(text).map(({ name }) => name))
}

/** A prop that a text asks for. */
export interface Asked<Name> {
  /** As written, braces included. */
  text: string
  name: Name
  /** 0-based offset in the text. */
  at: number
}

/** The props that a text mentions, in order. */
export function mentionsIn(text: string): Asked<string>[] {
  return Array.from(text.matchAll(MENTION), (match) => ({ text: match[0], name: nameOf(match), at: match.index }))
}

/** The expressions in a text that use props, in order; without a name where they are computed. */
export function expressionsIn(text: string): Asked<string | null>[] {
  return Array.from(text.matchAll(EXPRESSION), ({ 0: written, index }) => {
    const [reference] = written.matchAll(REFERENCE)
    return { text: written, name: reference ? nameOf(reference) : null, at: index }
  })
}

function nameOf([, dotted, quoted]: RegExpExecArray): string {
  return dotted ?? quoted ?? ''
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
