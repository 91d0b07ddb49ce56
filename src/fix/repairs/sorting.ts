import type { List } from 'mdast'
import type { Edit } from '../../diagnostic.ts'
import { compareText } from '../../diagnostic.ts'
import type { ReadBlock } from '../../parse/read.ts'
import { endOfLine } from '../../parse/structure/lines.ts'
import { splitPermission } from '../../parse/words/vocabulary.ts'
import { defineRepair, type RepairInput } from '../repair.ts'

/**
 * Sorts the bullets of a role's permissions. Only where each is one plain line, and one blank line or none parts them all.
 * A list whose keys are in order is sorted, in whatever order its operations stand (`create`, `get`, `list` or `get`, `list`, `create`).
 */
export default defineRepair({
  id: 'sorting',
  noun: 'list',
  counts: 'blocks',
  summary: "Sorts a role's list of permissions, where each bullet is one plain line",
  examples: [
    {
      name: 'bullets in no order',
      before: '## Dock Admin\n\n- pier.get\n- dock.list\n- dock.get\n- dockyard.get\n',
      after: '## Dock Admin\n\n- dock.get\n- dock.list\n- dockyard.get\n- pier.get\n',
    },
    {
      name: 'keys in order, operations as their author has them',
      before: '## Dock Admin\n\n- dock.create\n- dock.get\n- dock.list\n- dock.delete\n- pier.get\n',
      after: '## Dock Admin\n\n- dock.create\n- dock.get\n- dock.list\n- dock.delete\n- pier.get\n',
    },
    {
      name: 'groups that are parted by blank lines',
      before: '## Dock Admin\n\n- pier.get\n- pier.list\n\n- dock.get\n- dock.list\n',
      after: '## Dock Admin\n\n- pier.get\n- pier.list\n\n- dock.get\n- dock.list\n',
    },
  ],
  fixes(input) {
    return input.blocks.flatMap((read) => {
      const edits = read.dialect === 'permission-list' ? sortingOf(input, read) : []
      return edits.length > 0 ? [{ description: 'Sort the list', edits }] : []
    })
  },
})

/** One bullet: the dash, the permission (as code or not), and nothing else on its line. */
const BULLET = /^[ \t>]*[-*+][ \t]+(`?)([\w-]+\.(?:[\w-]+|\*))\1[ \t]*$/

function sortingOf(input: RepairInput, { block, claims }: ReadBlock): Edit[] {
  const { text } = input.page.file
  if (claims.some(({ kind }) => kind !== 'grant' && kind !== 'grant-block')) return []
  const items = (block.node as List).children
  const gaps = new Set<string>()
  const bullets: { start: number; end: number; written: string; permission: string }[] = []
  for (const [i, item] of items.entries()) {
    const [child, ...others] = item.children
    const { start, end } = { start: child?.position?.start.offset ?? 0, end: child?.position?.end.offset ?? 0 }
    const from = item.position?.start.offset ?? 0
    const match = BULLET.exec(text.slice(from, endOfLine(text, end)))
    if (others.length > 0 || item.checked !== null || child?.type !== 'paragraph' || !match) return []
    const before = items[i - 1]?.position?.end.offset
    if (before !== undefined) gaps.add(text.slice(before, from).replace(/[^\r\n]/g, ''))
    bullets.push({ start, end, written: text.slice(start, end).trimEnd(), permission: match[2] as string })
  }
  if (gaps.size > 1) return []
  const permissions = bullets.map(({ permission }) => permission)
  if (isInOrder(permissions)) return []
  const sorted = [...bullets].sort((a, b) => compareText(a.permission, b.permission))
  return bullets.flatMap(({ start, end, written }, i): Edit[] => {
    const next = (sorted[i] as { written: string }).written
    return next === written ? [] : [input.edit(start, Math.min(end, start + written.length), next)]
  })
}

/** Whether keys stand together and in order, by code units or in the way of a dictionary. */
function isInOrder(permissions: readonly string[]): boolean {
  const keys = permissions.map((permission) => splitPermission(permission)?.resource ?? permission)
  return [(key: string) => key, (key: string) => key.toLowerCase()].some((fold) =>
    keys.every((key, i) => i === 0 || compareText(fold(keys[i - 1] as string), fold(key)) <= 0),
  )
}
