/**
 * The start tags of an HTML page. A page that Astro wrote is plain: lower-case or camel-case names, values in double
 * quotes, comments and raw text that end as they should. Such a page is read by one scan, some thirty times as fast as
 * by parse5; wherever a page is anything else, the scan gives up and parse5 reads it, as a browser would.
 */
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5'
import { addAll } from '../lists.ts'

export interface StartTag {
  /** In lower case. */
  name: string
  /** Those that `look` may ask for: a tag with none of them is left out, unless it is a script, a style or meta. */
  attributes: Attribute[]
  /** Where the tag ends (UTF-16, exclusive). */
  end: number
  /** Content of a script or a style; empty for others. */
  text: string
}

export interface Attribute {
  /** In lower case. */
  name: string
  /** Without character references. */
  value: string
  /** Place of name and value (UTF-16, end exclusive). */
  start: number
  end: number
}

type Look = (tag: StartTag) => void

/** Shows each start tag that may hold inline code or say something of the page, in no certain order. */
export function eachStartTag(html: string, look: Look): void {
  const tags = scannedTags(html)
  if (tags === null) parsedTags(html, look)
  else tags.forEach(look)
}

const TAG = /<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z_:@][\w:.@-]*(?:="[^"]*")?)*)\s*(\/?)>/y
const ATTRIBUTE = /\s+([^\s=]+)(?:="([^"]*)")?/g
/** Attributes of styles and handlers, and addresses that may begin with `javascript:`; a value that looks like one harms nothing. */
const MAY_MATTER = /\s(?:style|on[a-z]+)\b|="\s*[j&]/i
const ALWAYS = new Set(['script', 'style', 'meta'])
/** Elements whose content is text up to their end tag. */
const RAW = new Set(['script', 'style', 'title', 'textarea'])
/** Elements that a parser reads by rules of their own. */
const ODD = new Set(['iframe', 'math', 'noembed', 'noframes', 'noscript', 'plaintext', 'xmp', 'frameset'])

/** By a scan; `null` where the page is not plain. */
export function scannedTags(html: string): StartTag[] | null {
  const tags: StartTag[] = []
  /** Open `<svg>`: within it, no element's content is raw. */
  let drawings = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const next = html.charCodeAt(at + 1)
    if (next === SLASH) {
      if (html.startsWith('svg', at + 2)) drawings -= 1
      at += 2
      continue
    }
    if (next === EXCLAMATION) {
      const end = endOfComment(html, at)
      if (end === null) return null
      at = end
      continue
    }
    if (next === QUESTION) return null
    if (!isLetter(next)) {
      at += 1
      continue
    }
    TAG.lastIndex = at
    const found = TAG.exec(html)
    if (found === null) return null
    const [whole, written = '', attributes = '', closed] = found
    const name = written.toLowerCase()
    const end = at + whole.length
    if (ODD.has(name)) return null
    if (name === 'svg' && closed === '') drawings += 1
    let text = ''
    let after = end
    if (RAW.has(name)) {
      if (drawings !== 0) return null
      const closing = html.indexOf(`</${name}>`, end)
      if (closing < 0) return null
      text = html.slice(end, closing)
      // Another way to write the end tag, what begins a comment in a script, and line ends that a parser would change.
      if (/<!--|<\/(?:script|style|title|textarea)|[\r\0]/i.test(text)) return null
      after = closing
    }
    if (ALWAYS.has(name) || MAY_MATTER.test(attributes)) {
      const list = attributesOf(attributes, at + 1 + written.length)
      if (list === null) return null
      tags.push({ name, attributes: list, end, text: ALWAYS.has(name) ? text : '' })
    }
    at = after
  }
  return tags
}

const [SLASH, EXCLAMATION, QUESTION] = [0x2f, 0x21, 0x3f]
const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** End of a comment or of the doctype; `null` for what is neither, or ends in another way than `-->`. */
function endOfComment(html: string, at: number): number | null {
  if (!html.startsWith('<!--', at)) return /^<!doctype html>/i.test(html.slice(at, at + 15)) ? at + 15 : null
  const end = html.indexOf('-->', at + 4)
  if (end < 0 || html[at + 4] === '>' || html[at + 4] === '-' || html.slice(at, end).includes('--!')) return null
  return end + 3
}

/** `null` where an attribute is there twice, or a value holds what a parser would change. */
function attributesOf(written: string, offset: number): Attribute[] | null {
  const list: Attribute[] = []
  for (const found of written.matchAll(ATTRIBUTE)) {
    const [whole, name = '', value = ''] = found
    const end = offset + found.index + whole.length
    const start = end - whole.trimStart().length
    if (/[\r\0]/.test(value)) return null
    list.push({ name: name.toLowerCase(), value: value.includes('&') ? withoutReferences(value) : value, start, end })
  }
  return new Set(list.map(({ name }) => name)).size === list.length ? list : null
}

/** The value of an attribute that is written in double quotes, as a parser reads it. */
function withoutReferences(value: string): string {
  const [element] = parseFragment(`<a x="${value}">`).childNodes
  return (element as DefaultTreeAdapterTypes.Element).attrs[0]?.value ?? ''
}

/** By parse5: every start tag. */
export function parsedTags(html: string, look: Look): void {
  const pending: DefaultTreeAdapterTypes.ChildNode[] = [...parse(html, { sourceCodeLocationInfo: true }).childNodes]
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!('tagName' in node)) continue
    const { tagName: name, attrs, sourceCodeLocation: place, childNodes } = node
    const places = place && 'attrs' in place ? place.attrs : undefined
    look({
      name: name.toLowerCase(),
      attributes: attrs.map((attribute) => {
        const lower = attribute.name.toLowerCase()
        const at = places?.[attribute.name] ?? places?.[lower]
        return { name: lower, value: attribute.value, start: at?.startOffset ?? -1, end: at?.endOffset ?? -1 }
      }),
      end: (place && 'startTag' in place ? place.startTag?.endOffset : undefined) ?? place?.endOffset ?? -1,
      text: ALWAYS.has(name) ? childNodes.map((child) => ('value' in child ? child.value : '')).join('') : '',
    })
    addAll(pending, name === 'template' && 'content' in node ? node.content.childNodes : childNodes)
  }
}
