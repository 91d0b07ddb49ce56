/** What a cell says, however it is written: lines parted by `\n`, pictures and notes set apart from words. */
import type { TableCell } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { firstFrom } from '../../lists.ts'
import { squeeze } from '../../text.ts'
import { cellText, iconText, objectText, withPictures } from '../markdown/inline.ts'
import { parseMarkdown } from '../markdown/markdown.ts'
import type { Block, Page } from '../page/page.ts'
import type { Element } from '../structure/element.ts'
import { endOfComment } from '../structure/lines.ts'
import { type Props, withProps } from '../structure/props.ts'
import { scanTag, type Tag } from '../structure/tag.ts'

/** Stands at both ends of a note's sign that is written as `<sup>1</sup>` (private use, U+E003). */
export const NOTE = '\uE003'

/** Tags that part lines in a cell. */
const LINES = new Set(['br', 'li', 'p', 'ul', 'ol', 'div'])
/** Elements that say nothing by being there and empty. */
const SILENT = new Set([...LINES, 'a', 'b', 'em', 'strong', 'sub', 'sup', 'small', 'code', 'details', 'summary'])
/** What a note's sign may be: `1`, `1, 2`, `[2]`, `*`, `a`. */
const SIGN = /^\[?(\d{1,2}(?:, ?\d{1,2}){0,8}|[*†‡§]{1,3}|[a-z])\]?(?:\([^)]*\))?$/i

/** A cell of a Markdown table. */
export function markdownCellText(cell: TableCell, block: Block): string {
  const { page } = block
  let text = cellText(cell, page.structure)
  const start = cell.position?.start.offset ?? 0
  const end = cell.position?.end.offset ?? start
  for (const element of elementsIn(page, start, end)) {
    if (element.children.length > 0 || page.structure.objects.has(element.start)) continue
    const content = squeeze(page.structure.masked.slice(element.contentStart, element.contentEnd))
    const name = element.name.toLowerCase()
    if (content === '') {
      if (!SILENT.has(name)) text = `${iconText(objectText(tagOf(element, page)))} ${text}`
    } else if (name === 'sup' && SIGN.test(content)) {
      const [, sign = ''] = SIGN.exec(content) ?? []
      text = replaceLast(text, text.includes(`[${sign}]`) ? `[${sign}]` : sign, noteSign)
    } else if (isIcon(element)) text = replaceLast(text, content, iconText)
  }
  return text
}

/** Elements that begin in a stretch of a page. */
function elementsIn({ structure: { elements } }: Page, start: number, end: number): Element[] {
  const found: Element[] = []
  for (
    let i = firstFrom(elements, start, (element) => element.start);
    i < elements.length && (elements[i] as Element).start < end;
    i++
  )
    found.push(elements[i] as Element)
  return found
}

function tagOf(element: Element, page: Page): Pick<Tag, 'name' | 'attributes'> {
  return scanTag(page.file.text, element.start) ?? element
}

/** Whether an element holds an icon's name as its text: `<Icon>check</Icon>`, `<i class="material-icons">check</i>`. */
function isIcon({ name, attributes }: Pick<Tag, 'name' | 'attributes'>): boolean {
  const classes = `${attributes.get('class')?.value ?? ''} ${attributes.get('className')?.value ?? ''}`
  return /icon$/i.test(name) || (/^(?:i|span)$/.test(name) && /\b(?:icons?|material-symbols)\b/i.test(classes))
}

function replaceLast(text: string, part: string, by: (part: string) => string): string {
  const at = text.lastIndexOf(part)
  return at === -1 ? text : text.slice(0, at) + by(part) + text.slice(at + part.length)
}

function noteSign(sign: string): string {
  return `${NOTE}${sign.replace(/[[\]]/g, '')}${NOTE}`
}

/** The content of a cell that is written in tags: Markdown to its writer, whatever a strict reader would say. */
export function tagCellText(start: number, end: number, page: Page): string {
  const { text } = page.file
  const parts: string[] = []
  let position = start
  while (position < end) {
    const c = text[position] as string
    const comment = endOfComment(text, position)
    if (comment !== -1) {
      position = comment
      continue
    }
    const tag = c === '<' ? scanTag(text, position) : null
    if (tag === null) {
      const lineEnd = c === '\n' || c === '\r'
      parts.push(lineEnd ? (/^\s*(?:[-*+•]\s|\d+[.)]\s|\r?\n)/.test(text.slice(position + 1, end)) ? '\n' : ' ') : c)
      position++
      continue
    }
    position = tag.end
    const name = tag.name.toLowerCase()
    const content = tag.kind === 'open' ? contentOf(tag, text, end) : null
    if (LINES.has(name)) parts.push('\n')
    else if (tag.kind === 'void' || name === 'img' || name === 'input') parts.push(` ${iconText(objectText(tag))} `)
    else if (content === null || SILENT.has(name)) {
      if (content === null || name !== 'sup' || !SIGN.test(content.text)) continue
      parts.push(noteSign(content.text.replace(/\(.*/, '')))
      position = content.end
    } else if (content.text === '' || isIcon(tag)) {
      parts.push(` ${iconText(content.text || objectText(tag))} `)
      position = content.end
    }
  }
  const lines = parts.join('').split('\n')
  return lines.map((line) => markdownLine(line, page.structure.props)).join('\n')
}

/** The text that an opening tag holds, where it holds nothing else, and the offset after its closing tag. */
function contentOf(tag: Tag, text: string, limit: number): { text: string; end: number } | null {
  const next = text.indexOf('<', tag.end)
  if (next === -1 || next >= limit || next - tag.end > 64) return null
  const closing = scanTag(text, next)
  if (closing?.kind !== 'close' || closing.name !== tag.name) return null
  return { text: squeeze(text.slice(tag.end, next)), end: closing.end }
}

/** One line with its Markdown read: emphasis, code, links and pictures. */
function markdownLine(line: string, props: Props | undefined): string {
  const text = line.trim()
  const plain = () => withPictures(withProps(decodeString(text), props ?? new Map()), iconText)
  if (!/[`*_~[\]]/.test(text) || !/[\p{L}\p{N}]/u.test(text)) return plain()
  const bullet = /^[-*+•]\s+/.exec(text)?.[0] ?? ''
  const [paragraph, ...others] = parseMarkdown(text.slice(bullet.length)).children
  if (paragraph?.type !== 'paragraph' || others.length > 0) return plain()
  const structure = {
    masked: '',
    elements: [],
    objects: new Map(),
    unclosed: [],
    comments: [],
    brokenFences: [],
    margins: [],
    repairs: [],
  }
  return bullet + cellText(paragraph, props ? { ...structure, props } : structure)
}
