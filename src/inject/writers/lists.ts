import type { List, ListItem } from 'mdast'
import { compareText } from '../../diagnostic.ts'
import type { Stretch } from '../../fix/edits.ts'
import { readItems } from '../../parse/blocks/list.ts'
import type { ReadBlock } from '../../parse/read.ts'
import { endOfLine, startOfLine } from '../../parse/structure/lines.ts'
import { permissionsIn } from '../../parse/words/vocabulary.ts'
import { type Dress, dressed, dressOf } from '../escape.ts'
import { type Fact, factKey } from '../facts.ts'
import { mostOften } from '../habits.ts'
import { inOrder, placeFor } from '../order.ts'
import { defineWriter, type Refused, refused } from '../writer.ts'

/** One item, as it is written. */
interface WrittenItem {
  /** Offsets from its first line's beginning to the beginning of what follows it. */
  lineStart: number
  end: number
  /** Offset of its bullet. */
  start: number
  /** `- `, `1. `, `- [ ] `. */
  bullet: string
  /** What its first line says after the bullet. */
  source: string
  ids: string[]
  checked: boolean | null
}

/** The items of a list, with the ids that each of them names. */
export function itemsOf({ block }: ReadBlock, idsIn: (text: string) => string[]): WrittenItem[] {
  const { text } = block.page.file
  const read = readItems(block)
  const nodes = (block.node as List).children
  if (read.length !== nodes.length) return []
  return nodes.map((node: ListItem, i) => {
    const start = node.position?.start.offset ?? 0
    const next = nodes[i + 1]?.position?.start.offset
    const limit = endOfLine(text, start)
    const bullet = /^(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/.exec(text.slice(start, limit))?.[0] ?? '- '
    const item = read[i]
    return {
      lineStart: startOfLine(text, start),
      end: next === undefined ? (node.position?.end.offset ?? limit) : startOfLine(text, next),
      start,
      bullet,
      source: text.slice(start + bullet.length, limit).trimEnd(),
      ids: item ? idsIn(item.text) : [],
      checked: item?.checked ?? null,
    }
  })
}

/** How a list's ids are dressed: in code, or in nothing. */
function itemDress(items: readonly WrittenItem[]): Dress | undefined {
  const single = items.filter(({ ids }) => ids.length === 1)
  return mostOften(single.map(({ source }) => (source.startsWith('`') ? '`' : dressOf(source))))
}

/** An id to add to a list, and whether it is refused (an empty box). */
interface NewItem {
  id: string
  denied: boolean
}

/**
 * Edits that take ids out of a list and put others in: each where the order of the list has it, in the form of its
 * neighbours. What else an item says stays.
 */
export function listEdits(
  block: ReadBlock,
  items: readonly WrittenItem[],
  gone: ReadonlySet<string>,
  added: readonly NewItem[],
  eol: string,
  examples: readonly (readonly string[])[],
): Stretch[] | Refused {
  const { text } = block.block.page.file
  const dress = itemDress(items) ?? ''
  const edits: Stretch[] = []
  const kept: WrittenItem[] = []
  const seen = new Set<string>()
  for (const item of items) {
    const left = item.ids.filter((id) => !gone.has(id) && !seen.has(id))
    for (const id of left) seen.add(id)
    if (item.ids.length === 0 || left.length === item.ids.length) kept.push(item)
    else if (left.length > 0)
      return refused(`the item \`${item.source.slice(0, 60)}\` says several permissions; give each a bullet of its own`)
    else edits.push({ start: item.lineStart, end: item.end, text: '' })
  }
  const present = kept.map(({ ids }) => ids[0] ?? '')
  // Of several that stand after one item, the texts are put together, in order.
  const inserted = new Map<number, NewItem[]>()
  const before = items.map(({ ids }) => ids[0] ?? '')
  const order = [...present]
  const origin = kept.map((_, i) => i)
  for (const item of added) {
    const at = placeFor(item.id, order, examples, before)
    const above = at === 0 ? -1 : (origin[at - 1] as number)
    order.splice(at, 0, item.id)
    origin.splice(at, 0, above)
    const own = inserted.get(above) ?? []
    inserted.set(above, own)
    own.push(item)
    own.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  }
  const model = items[0] as WrittenItem
  const last = items.at(-1) as WrittenItem
  const prefix = text.slice(model.lineStart, model.start)
  const second = items[1]
  const blank = second && /(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)/.test(text.slice(model.start, second.start))
  const gap = blank ? `${eol}${prefix.trimEnd()}${eol}` : eol
  const write = ({ id, denied }: NewItem, like: WrittenItem) => {
    const bullet = /^(?:[-*+]|\d+[.)])[ \t]+/.exec(like.bullet)?.[0] ?? '- '
    return `${prefix}${bullet}${denied ? '[ ] ' : ''}${dressed(id, dress)}`
  }
  const removesLast = edits.some(({ end }) => end === last.end)
  if (removesLast) closeUp(edits, items, text)
  for (const [above, news] of inserted) {
    const like = kept[Math.max(0, above)] ?? model
    const lines = news.map((item) => write(item, like)).join(gap)
    const first = kept[0] ? items.indexOf(kept[0]) : -1
    if (above === -1) {
      const at = first === -1 ? last.end : (items[first] as WrittenItem).lineStart
      if (first === -1) edits.push({ start: at, end: at, text: lines })
      else edits.push({ start: at, end: at, text: `${lines}${gap}` })
      continue
    }
    const item = kept[above] as WrittenItem
    const next = items[items.indexOf(item) + 1]
    const isLast = next === undefined
    if (isLast || (removesLast && above === kept.length - 1)) {
      const at = isLast ? item.end : endOfItem(text, item)
      edits.push({ start: at, end: at, text: `${gap}${lines}` })
    } else edits.push({ start: item.end, end: item.end, text: `${lines}${gap}` })
  }
  return merged(edits)
}

/** What is removed at a list's end is removed with the line break before it, not the one after it. */
function closeUp(edits: Stretch[], items: readonly WrittenItem[], text: string): void {
  for (let i = items.length - 1; i > 0; i--) {
    const item = items[i] as WrittenItem
    const edit = edits.find(({ start }) => start === item.lineStart)
    if (!edit) return
    const previous = items[i - 1] as WrittenItem
    edit.start = endOfItem(text, previous)
    edit.end = i === items.length - 1 ? item.end : endOfItem(text, item)
  }
}

/** The end of an item's text, before the line breaks that follow it. */
function endOfItem(text: string, item: WrittenItem): number {
  const written = text.slice(item.start, item.end).replace(/(?<![\s>])[\s>]+$/, '')
  return item.start + written.length
}

/** In order; removals that meet become one, with what is inserted there. */
function merged(edits: readonly Stretch[]): Stretch[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  const result: Stretch[] = []
  for (const edit of sorted) {
    const last = result.at(-1)
    if (last && edit.start <= last.end) {
      last.end = Math.max(last.end, edit.end)
      last.text += edit.text
    } else result.push({ ...edit })
  }
  return result
}

/** Bullets of `resource.operation`. An empty box says that something is denied; conditions have no place in it. */
export default defineWriter({
  dialects: ['permission-list'],
  update({ block, said, wanted, eol, examples, spelling }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    const items = itemsOf(block, (text) => permissionsIn(text).map((p) => spelling(`${p.resource}.${p.operation}`)))
    if (items.length === 0) return refused('the list is not written as one')
    const target = new Set(wanted.map(factKey))
    const own = new Set(said.map(factKey))
    const gone = new Set(said.filter((fact) => !target.has(factKey(fact))).map(({ permission }) => permission))
    const added = wanted
      .filter((fact) => !own.has(factKey(fact)))
      .map(({ permission, effect }) => ({ id: permission, denied: effect === 'denied' }))
    const lists = examples.map((example) => itemsOf(example, (text) => (permissionsIn(text).length > 0 ? [text] : [])))
    return listEdits(
      block,
      items,
      gone,
      added,
      eol,
      lists.map((list) => list.flatMap(({ ids }) => ids)),
    )
  },
  create(_dialect, { wanted, prefix, examples }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    const [example] = examples
    const items = example ? itemsOf(example, (text) => (permissionsIn(text).length === 1 ? [text] : [])) : []
    const bullet = /^[-*+]/.exec(items[0]?.bullet ?? '-')?.[0] ?? '-'
    const dress = itemDress(items) ?? ''
    return inOrder(
      wanted.map(({ permission, effect }) => `${effect === 'denied' ? 'd' : 'g'} ${permission}`),
      [],
    )
      .sort((a, b) => compareText(a.slice(2), b.slice(2)))
      .map((item) => `${prefix}${bullet} ${item.startsWith('d') ? '[ ] ' : ''}${dressed(item.slice(2), dress)}`)
  },
})

function unwritable(wanted: readonly Fact[]): string | null {
  const noted = wanted.find(({ effect, note }) => effect === 'conditional' || note !== null)
  if (noted) return `a list has no place for the condition of \`${noted.permission}\` (${noted.note})`
  const worded = wanted.find(({ permission }) => permissionsIn(permission).length !== 1)
  return worded ? `\`${worded.permission}\` is not written as \`resource.operation\`` : null
}
