/** Resources that tables of levels name alike under different headings, and that are not the same. */

import { remembered } from '../../remembered.ts'
import { foldedName } from '../../text.ts'
import { readGrid } from '../blocks/cells.ts'
import type { Block, Page } from '../page/page.ts'

const LEVEL = /^(?:[A-Z]{1,4}|[A-Z]\/[A-Z]|(?:read|write|edit|full)(?:[- ]only)?|none|\p{Pd})$/iu

/**
 * Whether the tables of a page give a role other levels on a row of this name under another heading: then the heading is
 * part of what the row is about.
 */
export function clashes(label: string, { page }: Block): boolean {
  return clashesOn(page).has(foldedName(label))
}

/** The folded names of a page's rows that clash. */
const clashesOn = remembered((page: Page): ReadonlySet<string> => {
  /** By row and column, the first heading and what the cell says. */
  const said = new Map<string, { heading: string; level: string }>()
  const found = new Set<string>()
  for (const block of page.blocks) {
    if (block.kind !== 'table') continue
    const heading = headingOf(block)
    const { header, rows } = readGrid(block)
    for (const row of rows) {
      const name = foldedName(row.cells[0]?.text ?? '')
      if (name === '') continue
      row.cells.forEach((cell, column) => {
        const role = header[column]?.text ?? ''
        if (column === 0 || role === '' || !LEVEL.test(cell.text)) return
        const key = `${name}\n${role.toLowerCase()}`
        const first = said.get(key)
        if (!first) said.set(key, { heading, level: cell.text })
        else if (first.heading !== heading && first.level !== cell.text) found.add(name)
      })
    }
  }
  return found
})

/** The text of the nearest heading. */
export function headingOf({ headings }: Block): string {
  return headings.at(-1)?.text ?? ''
}
