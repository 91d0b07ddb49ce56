/** Short names of roles that a table of the page writes out: `EA`, under “Abbreviation”, beside “Environment Administrator”. */

import { remembered } from '../../remembered.ts'
import { readGrid } from '../blocks/cells.ts'
import type { Claim, WrittenRole } from '../claim.ts'
import type { Page } from '../page/page.ts'

const SHORT = /^[A-Z][A-Za-z0-9]{0,5}$/
const ABBREVIATION = /^(?:abbreviations?|abbr\.?|acronyms?|initials|short(?: names?| forms?)?)$/i
const ROLE = /\broles?(?: names?)?$/i

/** Claims of a page whose roles have their full names, each with the short one beside it. */
export function withFullNames(page: Page, claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => {
    if ('roles' in claim) return { ...claim, roles: claim.roles.map((role) => fullName(role, page)) }
    if (!('role' in claim) || !claim.role) return claim
    const role = fullName(claim.role, page)
    return role === claim.role ? claim : { ...claim, role }
  })
}

function fullName(role: WrittenRole, page: Page): WrittenRole {
  const full = SHORT.test(role.text) ? abbreviationsOf(page).get(role.text) : undefined
  return full === undefined ? role : { ...role, text: full, short: role.text }
}

const abbreviationsOf = remembered((page: Page): ReadonlyMap<string, string> => {
  return new Map(page.blocks.flatMap((block) => (block.kind === 'table' ? entriesOf(block) : [])))
})

function entriesOf(block: Page['blocks'][number]): [short: string, full: string][] {
  const { header, rows } = readGrid(block)
  const short = header.findIndex(({ text }) => ABBREVIATION.test(text))
  const full = header.findIndex(({ text }, column) => column !== short && ROLE.test(text))
  if (short === -1 || full === -1) return []
  return rows.flatMap(({ cells }): [string, string][] => {
    const [from, to] = [cells[short]?.text ?? '', cells[full]?.text ?? '']
    return SHORT.test(from) && to !== '' ? [[from, to]] : []
  })
}
