/**
 * Permissions that are on no resource: actions with a label of their own, as most products document them, in rows below a
 * heading. They are shown by that heading, and in the order of the pages.
 */
import type { DocPage } from '../../src/export/site-input.ts'
import type { Dataset, Permission } from '../../src/model/dataset.ts'
import { byText, groupBy } from './collections.ts'

export interface ActionGroup {
  /** Headings as the ids of its permissions begin; empty for those that stand below none. */
  key: string
  title: string
  permissions: Permission[]
}

/** `namespaces/create` -> `namespaces`: what an id says of the headings that its row stands below. */
export function groupKey(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')))
}

/** What an id has beside its headings. */
function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

/** A text as ids have it: its letters and digits in lower case, joined by hyphens. */
function inIds(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

/** Whether an id says nothing that the title doesn't: it was made from it. */
export function isMadeFrom(id: string, title: string): boolean {
  return lastPart(id) === inIds(title)
}

/** The groups of some permissions, in the order in which the documentation first grants one of theirs. */
export function actionGroups(
  data: Dataset,
  pages: readonly DocPage[],
  permissions: readonly Permission[],
): ActionGroup[] {
  const actions = permissions.filter(({ resource }) => resource === null)
  if (actions.length === 0) return []
  const rank = new Map<string, number>()
  const granted = data.roles.flatMap((role) => role.grants)
  granted.sort((a, b) => byText(a.source.path, b.source.path) || a.source.line - b.source.line)
  for (const { permission } of granted) if (!rank.has(permission)) rank.set(permission, rank.size)
  const at = (id: string) => rank.get(id) ?? rank.size
  const sorted = [...actions].sort((a, b) => at(a.id) - at(b.id) || byText(a.id, b.id))
  const groups = groupBy(sorted, ({ id }) => groupKey(id))
  const titles = titlesOf([...groups.keys()], pages, permissions.length > actions.length)
  return [...groups]
    .map(([key, list]) => ({ key, title: titles.get(key) as string, permissions: list }))
    .sort((a, b) => Number(a.key === '') - Number(b.key === ''))
}

/** The last heading of each key, as the pages write it; with the one above it where two keys end alike. */
function titlesOf(keys: readonly string[], pages: readonly DocPage[], hasOthers: boolean): Map<string, string> {
  const written = new Map<string, string>()
  for (const { title, headings } of pages)
    for (const text of [title, ...headings.map((heading) => heading.text)]) {
      const id = inIds(text)
      if (!written.has(id)) written.set(id, text)
    }
  const titleOf = (part: string) =>
    written.get(part) ?? part.charAt(0).toUpperCase() + part.slice(1).replaceAll('-', ' ')
  const last = groupBy([...keys], lastPart)
  return new Map(
    keys.map((key) => {
      if (key === '') return [key, hasOthers || keys.length > 1 ? 'Other actions' : 'Actions']
      const alike = (last.get(lastPart(key)) as string[]).length > 1
      return [
        key,
        key
          .split('/')
          .slice(alike ? -2 : -1)
          .map(titleOf)
          .join(': '),
      ]
    }),
  )
}
