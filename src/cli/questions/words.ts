/** What several questions say in the same words. */
import type { Dataset, Source } from '../../model/dataset.ts'
import type { PermissionAnswer } from '../../query/answers.ts'
import { byText, type GrantFacts } from '../../query/facts.ts'
import { few, plural } from '../../text.ts'
import type { Cell, Painted, Printer } from './printer.ts'

/** `path:line`, and for what stands in a partial where it is included. */
export function place({ path, line, via }: Pick<Source, 'path' | 'line'> & Partial<Source>): string {
  const through = via?.map((at) => `${at.path}:${at.line}`) ?? []
  return [`${path}:${line}`, ...through.map((at) => `included at ${at}`)].join(', ')
}

/** How a grant comes to speak of a permission, where it is a pattern; and its condition. */
export function remarks(answer: PermissionAnswer): string {
  const notes = answer.grants.map((grant) => remark(grant, answer.permission)).filter((text) => text !== '')
  return [...new Set(notes)].join('; ')
}

function remark({ permission, effect, note }: GrantFacts, asked: string): string {
  const parts = permission === asked ? [] : [`through ${permission}`]
  if (effect === 'conditional') parts.push(note === null ? 'under a condition' : `if: ${note}`)
  else if (note !== null) parts.push(`note: ${note}`)
  return parts.join(', ')
}

/** The places of the grants, the first one in full and how many follow. */
export function places({ grants }: PermissionAnswer): string {
  const all = [...new Set(grants.map(({ source }) => place(source)))]
  return all.length > 1 ? `${all[0]} and ${all.length - 1} more` : (all[0] ?? '')
}

/** `1 permission`, `9 permissions`. */
export function permissions(count: number): string {
  return plural(count, 'permission')
}

/** `both permissions`, `all 9 permissions`; the id of a single one. */
export function allOf(ids: readonly string[]): string {
  if (ids.length === 1) return ids[0] as string
  return ids.length === 2 ? 'both permissions' : `all ${permissions(ids.length)}`
}

const MOST_SPELT = 12

/** What the text of a pattern stands for; nothing where it is an id. */
export function patternsSpelt(print: Printer, texts: readonly string[], ids: readonly string[]): void {
  if (!texts.some((text) => text.includes('*'))) return
  print.line(print.paint('dim', `${texts.join(' ')} names ${permissions(ids.length)}: ${few(ids, MOST_SPELT)}`))
  print.line()
}

/** What a role may do, as a cell of a table: `yes`, `if`, `no`, or `-` where nothing is said. */
export function effectCell(print: Printer, effect: PermissionAnswer['effect']): Painted {
  if (effect === 'granted') return print.paint('green', 'yes')
  if (effect === 'conditional') return print.paint('yellow', 'if')
  return effect === 'denied' ? print.paint('red', 'no') : print.paint('dim', '-')
}

/** Permissions by their resources, in order; `label` is what to call one under its heading. */
export function byResource(
  dataset: Pick<Dataset, 'permissions'>,
  ids: readonly string[],
): { resource: string; permissions: { id: string; label: string }[] }[] {
  const known = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
  const groups = new Map<string, { id: string; label: string }[]>()
  for (const id of [...ids].sort(byText)) {
    const permission = known.get(id)
    const slash = id.lastIndexOf('/')
    const dot = id.lastIndexOf('.')
    const cut = permission?.resource ? permission.resource.length : slash === -1 ? dot : slash
    const resource = cut <= 0 ? '' : id.slice(0, cut)
    const named = { id, label: cut <= 0 ? id : id.slice(cut + 1) }
    const group = groups.get(resource)
    if (group) group.push(named)
    else groups.set(resource, [named])
  }
  return [...groups]
    .map(([resource, permissions]) => ({ resource, permissions }))
    .sort((a, b) => byText(a.resource, b.resource))
}

/** Permissions in lines, one for each resource: `cluster  create, delete, get`. */
export function listed(print: Printer, dataset: Pick<Dataset, 'permissions'>, ids: readonly string[]): void {
  const rows = byResource(dataset, ids).map(({ resource, permissions }): Cell[] => [
    print.paint('dim', resource),
    permissions.map(({ label }) => label).join(', '),
  ])
  print.table(rows)
}
