/** The text of inline content as a reader sees it, with line breaks and objects kept apart. */
import type { Nodes } from 'mdast'
import { toString as mdastToString } from 'mdast-util-to-string'
import { LINE_BREAK, OBJECT, type Structure } from './structure.ts'
import type { Tag } from './tag.ts'

/**
 * The text of a node: emphasis and code unwrapped, links by their text, images and icons by their alternative text,
 * `<br>` and list edges as `\n` (mdast-util-to-string alone would join `Get<br />List` into `GetList`).
 */
export function inlineText(node: Nodes, structure: Structure): string {
  const plain = textOf(node)
  if (!plain.includes(LINE_BREAK) && !plain.includes(OBJECT)) return plain
  const tags = objectsIn(structure, node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
  let next = 0
  return plain.replace(/[\uE000\uE001]/g, (mark) => {
    if (mark === LINE_BREAK) return '\n'
    const tag = tags[next++]
    return tag ? ` ${objectText(tag)} ` : ' '
  })
}

/** Text with its strikings and footnote references still to be seen: `~~√~~` is no tick, and `√[^1]` no plain one. */
function textOf(node: Nodes): string {
  if (node.type === 'footnoteReference') return `[^${node.identifier}]`
  if (node.type === 'break') return '\n'
  if (!('children' in node)) return mdastToString(node, { includeImageAlt: true, includeHtml: false })
  const text = node.children.map(textOf).join('')
  return node.type === 'delete' ? `~~${text}~~` : text
}

function objectsIn(structure: Structure, start: number, end: number): Tag[] {
  const tags: Tag[] = []
  for (const [offset, tag] of structure.objects) if (offset >= start && offset < end) tags.push(tag)
  return tags
}

/** What an image or icon says: its alternative text, its label, or its name. */
export function objectText(tag: Tag): string {
  for (const key of ['alt', 'aria-label', 'label', 'title', 'name', 'icon']) {
    const attribute = tag.attributes.get(key)
    if (attribute && attribute.value !== '') return attribute.value
  }
  // An anchor or an empty element says nothing; a component without a name must not look like a blank cell.
  return tag.attributes.size === 0 && /^[a-z]/.test(tag.name) ? '' : `<${tag.name}>`
}
