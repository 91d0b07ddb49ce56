/** Privilege tables: categories, and what is needed of each in one cell. Ids are `Category.Part.Privilege`. */

import type { Stretch } from '../fix/edits.ts'
import type { ReadBlock } from '../parse/read.ts'
import { dressed, escapeText } from './escape.ts'
import { mostOften, sourceOfCell } from './habits.ts'
import { placeFor } from './order.ts'
import type { TableEditor } from './table-editor.ts'
import { type Refused, refused } from './writer.ts'

/** Rows of a new table. */
export function privilegeRows(ids: readonly string[]): string[][] {
  const rows: string[][] = []
  for (const [category, privileges] of byCategory(ids))
    rows.push([dressed(category, '**', true), privileges.map(escapeText).join('<br />')])
  return rows
}

function byCategory(ids: readonly string[]): Map<string, string[]> {
  const categories = new Map<string, string[]>()
  for (const id of ids) {
    const [category = '', ...rest] = id.split('.')
    const own = categories.get(category)
    if (own) own.push(rest.join(': '))
    else categories.set(category, [rest.join(': ')])
  }
  return categories
}

/** Changes the cells of the categories whose privileges differ, and adds and removes rows. */
export function rewritePrivileges(block: ReadBlock, editor: TableEditor, ids: readonly string[]): Stretch[] | Refused {
  const { header, rows } = block.input.grid
  const privileges = header.findIndex(({ text }) => /privilege/i.test(text) && !/categor/i.test(text))
  const category = header.findIndex(({ text }) => /categor|object/i.test(text))
  if (privileges < 0 || category < 0) return refused('the table has no column of categories')
  const wanted = byCategory(ids)
  const names = rows.map(({ cells }) => cells[category]?.text ?? '')
  if (names.includes('')) return refused('a row of the table has no category of its own')
  const sources = rows.map(({ cells }) => (cells[privileges] ? sourceOfCell(block, cells[privileges]) : ''))
  const lineBreak = mostOften(sources.flatMap((source) => source.match(/<br\s*(?:\/\s*)?>/gi) ?? [])) ?? '<br />'
  for (let row = rows.length - 1; row >= 0; row--) {
    const own = wanted.get(names[row] as string)
    if (!own) {
      editor.removeRow(row)
      names.splice(row, 1)
      continue
    }
    const here = (rows[row]?.cells[privileges]?.lines ?? []).map((line) =>
      line.split(/(?:(?<!\s)\s+)?>\s*|:\s+/).join(': '),
    )
    if (here.length === own.length && own.every((name) => here.includes(name))) continue
    const kept = here.filter((name) => own.includes(name))
    for (const name of own) if (!kept.includes(name)) kept.splice(placeFor(name, kept, [own]), 0, name)
    const parts = (sources[row] as string).split(/(?:(?<!\s)\s+)?<br\s*(?:\/\s*)?>\s*/i)
    const texts = kept.map(
      (name) => (here.length === parts.length ? parts[here.indexOf(name)] : undefined) ?? escapeText(name),
    )
    editor.setCell(row, privileges, texts.join(lineBreak))
  }
  for (const [name, own] of wanted) {
    if (names.includes(name)) continue
    const at = placeFor(name, names, [[...wanted.keys()]])
    const strong = rows.some(({ cells }) => cells[category]?.strong)
    const cells = header.map((_, i) =>
      i === category
        ? dressed(name, strong ? '**' : '', true)
        : i === privileges
          ? own.map(escapeText).join(lineBreak)
          : '',
    )
    editor.insertRow(at, cells)
    names.splice(at, 0, name)
  }
  return [editor.stretch]
}
