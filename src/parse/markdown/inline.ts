/** The text of inline content as a reader sees it, with line breaks and objects kept apart. */
import type { Nodes } from 'mdast'
import { toString as mdastToString } from 'mdast-util-to-string'
import { squeeze } from '../../text.ts'
import { type Props, withProps } from '../structure/props.ts'
import { LINE_BREAK, OBJECT, type Structure } from '../structure/structure.ts'
import type { Tag } from '../structure/tag.ts'

/** Stands at both ends of an icon's or image's name in what `cellText` returns (private use, U+E002). */
export const ICON = '\uE002'

/**
 * The text of a node: emphasis and code unwrapped, links by their text, images and icons by their alternative text,
 * `<br>` and list edges as `\n` (mdast-util-to-string alone would join `Get<br />List` into `GetList`).
 */
export function inlineText(node: Nodes, structure: Structure): string {
  return read(node, structure, (name) => name)
}

/** The text of an item or a footnote on one line, with all that stands in it: paragraphs, lists, code. */
export function wholeText(node: Nodes, structure: Structure): string {
  const parts: string[] = []
  const queue: Nodes[] = [node]
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (CONTAINERS.has(next.type) && 'children' in next)
      for (let i = next.children.length - 1; i >= 0; i--) queue.push(next.children[i] as Nodes)
    else parts.push(squeeze(inlineText(next, structure)))
  }
  return parts.filter((part) => part !== '').join(' ')
}

const CONTAINERS = new Set(['listItem', 'list', 'blockquote', 'footnoteDefinition'])

/** The text of a cell, where a picture must not pass for the word that it is called by: its name stands in `ICON`s. */
export function cellText(node: Nodes, structure: Structure): string {
  return read(node, structure, iconText)
}

/** A name as `cellText` writes that of an icon. */
export function iconText(name: string): string {
  return name === '' ? '' : `${ICON}${name}${ICON}`
}

/** What is shown when it is asked for, and is no part of the words that it stands beside. */
const ASIDE = /^(?:hint|info|popover|popup|tooltip)(?:icon|tip)?$/i

/** A link whose address is a template's, which Markdown takes for text: `[Docks]({{< relref "docks" >}})`. */
const TEMPLATE_LINK = /\[([^[\]]{1,200})\]\(\{\{[^{}]{0,400}\}\}\)/g

function read(node: Nodes, structure: Structure, icon: (name: string) => string): string {
  const written = textOf(node, structure.props, icon)
  const plain = written.includes('({{') ? written.replace(TEMPLATE_LINK, '$1') : written
  if (!plain.includes(LINE_BREAK) && !plain.includes(OBJECT)) return plain
  const tags = objectsIn(structure, node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
  const worded = /[\p{L}\p{N}]/u.test(plain)
  let next = 0
  return plain.replace(/[\uE000\uE001]/g, (mark) => {
    if (mark === LINE_BREAK) return '\n'
    const tag = tags[next++]
    return tag && !(worded && ASIDE.test(tag.name)) ? ` ${icon(objectText(tag))} ` : ' '
  })
}

/** Text with its strikings and footnote references still to be seen: `~~√~~` is no tick, and `√[^1]` no plain one. */
function textOf(node: Nodes, props: Props | undefined, icon: (name: string) => string): string {
  if (node.type === 'text') return withPictures(props ? withProps(node.value, props) : node.value, icon)
  if (node.type === 'footnoteReference') return `[^${node.identifier}]`
  if (node.type === 'break') return '\n'
  if (node.type === 'image') return icon(node.alt || fileName(node.url))
  if (node.type === 'imageReference') return icon(node.alt || node.identifier)
  if (!('children' in node)) return mdastToString(node, { includeImageAlt: true, includeHtml: false })
  const text = node.children.map((child) => textOf(child, props, icon)).join('')
  return node.type === 'delete' ? `~~${text}~~` : text
}

/** Text with its pictures read that are written as directives: `:::image source="img/yes.svg" alt-text="Yes":::`. */
export function withPictures(text: string, icon: (name: string) => string): string {
  if (!text.includes(':::image')) return text
  return text.replace(/:::image\s((?:[^:]|:(?!::))*):::/g, (_, written: string) => {
    const attributes = new Map(
      Array.from(written.matchAll(/(?<![\w-])([\w-]{1,32})="([^"]*)"/g), ([, key, value]) => [key, value]),
    )
    return ` ${icon(attributes.get('alt-text') || fileName(attributes.get('source') ?? ''))} `
  })
}

function objectsIn(structure: Structure, start: number, end: number): Tag[] {
  const tags: Tag[] = []
  for (let offset = start; offset < end; offset++) {
    const tag = structure.masked[offset] === OBJECT ? structure.objects.get(offset) : undefined
    if (tag) tags.push(tag)
  }
  return tags
}

/** Attributes that say what a picture shows: what is read aloud first, then names, then classes. */
const SAYS = ['alt', 'aria-label', 'label', 'title', 'text', 'symbol', 'name', 'icon', 'type', 'class', 'className']

/** What an image or icon says: its alternative text, its label, its name, or the name of its file. */
export function objectText(tag: Pick<Tag, 'name' | 'attributes'> & Partial<Pick<Tag, 'expressions'>>): string {
  const name = tag.name.toLowerCase()
  // An anchor says nothing, whatever it is called.
  if (name === 'a') return ''
  if (name === 'input') return checkbox(tag)
  for (const key of SAYS) {
    const written = tag.attributes.get(key)?.value.trim()
    // A component says more by its own name than by how it looks: `<Check className="text-green-500" />`.
    if (written && /^class/.test(key) && /^[A-Z]/.test(tag.name)) return `${tag.name} ${written}`
    if (written) return written
    const computed = /^\s*([A-Za-z_$][\w$.]*)\s*$/.exec(tag.expressions?.get(key) ?? '')
    if (computed) return computed[1] as string
  }
  const file = tag.attributes.get('src')?.value ?? ''
  if (file !== '') return fileName(file)
  // An empty element says nothing; a component without a name must not look like a blank cell.
  return tag.attributes.size === 0 && /^[a-z]/.test(tag.name) ? '' : `<${tag.name}>`
}

function checkbox({ attributes, expressions }: Parameters<typeof objectText>[0]): string {
  if (attributes.get('type')?.value !== 'checkbox') return '<input>'
  const computed = expressions?.get('checked') ?? expressions?.get('defaultChecked')
  const ticked = attributes.has('checked') || attributes.has('defaultChecked') || computed?.trim() === 'true'
  return ticked ? 'checked' : 'unchecked'
}

/** `/img/green-check.svg?v=2` gives `green-check`. */
function fileName(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  return (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '')
}
