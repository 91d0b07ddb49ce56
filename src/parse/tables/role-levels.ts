/** Levels that headings give to roles of one name: an admin “at the organization level” is none “at the project level”. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { readGrid } from '../blocks/cells.ts'
import type { Block, Context, Page } from '../page/page.ts'
import { scopeInText } from '../page/scope.ts'
import { LEVEL } from '../words/levels.ts'
import { roleNames } from '../words/role-name.ts'
import { INFORMATION, ROLE } from './shape.ts'

/** The level that the nearest of the headings around a block names; `null` where none does, or one names a known scope. */
function levelOf({ headings }: Context, settings: Settings): string | null {
  if (headings.some(({ text }) => scopeInText(text, settings) !== null)) return null
  for (let i = headings.length - 1; i >= 0; i--) {
    const level = LEVEL.exec(headings[i]?.text ?? '')?.[1]
    if (level) return level.toLowerCase()
  }
  return null
}

/** By a role's name, the levels under whose headings the page's tables name it. */
const levelsOn = remembered((page: Page, settings: Settings): ReadonlyMap<string, ReadonlySet<string>> => {
  const levels = new Map<string, Set<string>>()
  for (const block of page.blocks) {
    const level = block.kind === 'table' ? levelOf(block, settings) : null
    if (level === null) continue
    for (const name of namesIn(block)) levels.set(name, (levels.get(name) ?? new Set()).add(level))
  }
  return levels
})

/** What a table may call roles: its columns, or its rows where they are headed so. */
function namesIn(block: Block): string[] {
  const { header, rows } = readGrid(block)
  const cells = ROLE.test(header[0]?.text ?? '') ? rows.map((row) => row.cells[0]) : header.slice(1)
  const texts = cells.map((cell) => cell?.text ?? '').filter((text) => text !== '' && !INFORMATION.test(text))
  return texts.flatMap(roleNames).map((name) => name.toLowerCase())
}

/**
 * The level of a table of roles, where another table of its page gives a role of the same name another one; of a list of roles, where
 * tables of its level are so; else `null`.
 */
export function levelApart(block: Block, settings: Settings): string | null {
  const level = block.kind === 'code' ? null : levelOf(block, settings)
  if (level === null) return null
  const levels = levelsOn(block.page, settings)
  if (block.kind === 'list') return [...levels.values()].some((of) => of.size > 1 && of.has(level)) ? level : null
  return namesIn(block).some((name) => (levels.get(name)?.size ?? 0) > 1) ? level : null
}
