/** A first config, from what a tree of pages shows. */
import { compareText, type Finding } from '../diagnostic.ts'
import type { Page } from '../parse/page/page.ts'
import { scopeOfPage } from '../parse/page/scope.ts'
import type { Reading } from '../parse/read.ts'
import type { Settings } from '../settings/schema.ts'
import { versionsOf } from '../settings/version-folders.ts'
import { plural } from '../text.ts'

export interface Suggestion {
  name: string
  versions: { id: string; root: string }[]
  /** Scopes that pages speak of, each with the globs of its pages, relative to a version's root. */
  scopes: { id: string; title: string; pages: string[] }[]
  /** Pages of roles that no scope could be told for, relative to a version's root. */
  unscoped: string[]
  /** The component that includes partials, where it is not the default one. */
  component: string | null
  /** Signs in cells that are no known mark, the most frequent first. */
  marks: { text: string; count: number }[]
  /** How many pages hold permissions. */
  pages: number
  /** What the user should know, a sentence each. */
  notes: string[]
}

/** A sign that stands in fewer cells than this is a slip of the pen, not a mark. */
const MANY = 3

/** Suggests a config. Pure; nothing of it is a guess that `check` would not show. */
export function suggestConfig(input: {
  reading: Reading
  findings: readonly Finding[]
  settings: Settings
  name: string
}): Suggestion {
  const { reading, findings, settings, name } = input
  const factual = new Set(reading.blocks.map(({ block }) => block.page))
  const paths = [...factual].flatMap((page) => [page.file.path, ...shownOn(page, reading)])
  const versions = versionsOf(
    paths,
    reading.pages.map((page) => page.file.path),
  )
  const relative = (path: string) => withoutRoot(path, versions)
  const { scopes, unscoped, mixed } = scopesOf(reading, settings, relative)
  const marks = unknownMarks(findings)
  const notes: string[] = []
  if (factual.size === 0) notes.push('No page here holds permissions that Rolebook reads: is this the right folder?')
  if (unscoped.length > 0)
    notes.push(
      `${plural(unscoped.length, 'page')} of roles without a scope: name one in the config, or they are \`unscoped\`.`,
    )
  if (mixed > 0)
    notes.push(
      `${plural(mixed, 'page')} with roles of several scopes, which headings tell apart: give such a page to no scope.`,
    )
  if (marks.length > 0)
    notes.push(
      `Unknown signs in cells: ${marks.map(({ text, count }) => `${text} (${count})`).join(', ')}. Say in \`marks\` what they mean.`,
    )
  return {
    name,
    versions,
    scopes,
    unscoped,
    component: componentOf(reading, settings),
    marks,
    pages: factual.size,
    notes,
  }
}

function shownOn(page: Page, { partials }: Reading): string[] {
  return partials.identityOf(page) ? partials.shownOn(page).map((site) => site.page.file.path) : []
}

function withoutRoot(path: string, versions: Suggestion['versions']): string {
  const version = versions.find(({ root }) => path.startsWith(`${root}/`))
  return version ? path.slice(version.root.length + 1) : path
}

/**
 * A page is one scope's where each of its blocks is: globs outweigh headings, and would make one role of the owners of two scopes.
 * Where blocks differ, the scopes that headings name are suggested without the page.
 */
function scopesOf(reading: Reading, settings: Settings, relative: (path: string) => string) {
  const found = new Map<string, Set<string>>()
  const unscoped = new Set<string>()
  let mixed = 0
  for (const [page, named] of scopesByPage(reading)) {
    if (reading.partials.identityOf(page)) continue
    const path = relative(page.file.path)
    const of = scopeOfPage(page, settings)
    const whole = of !== null && [...named].every((scope) => scope === of)
    if (named.size > 1) mixed++
    else if (named.has(null)) unscoped.add(path)
    for (const scope of named) {
      if (scope === null) continue
      const pages = found.get(scope) ?? new Set()
      found.set(scope, whole ? pages.add(path) : pages)
    }
  }
  const titles = new Map(settings.scopes.map(({ id, title }) => [id, title]))
  const scopes = [...titles.keys(), ...[...found.keys()].filter((id) => !titles.has(id)).sort(compareText)]
  return {
    scopes: scopes
      .filter((id) => found.has(id))
      .map((id) => {
        const title = titles.get(id) ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`
        return { id, title, pages: [...(found.get(id) ?? [])].sort(compareText) }
      }),
    unscoped: [...unscoped].sort(compareText),
    mixed,
  }
}

/** The scopes of what each page says of roles; `null` among them where nothing tells. */
function scopesByPage({ blocks }: Reading): Map<Page, Set<string | null>> {
  const byPage = new Map<Page, Set<string | null>>()
  for (const { block, claims } of blocks) {
    for (const claim of claims) {
      if (!/^(?:grant|grant-block|action|role)$/.test(claim.kind) || !('block' in claim)) continue
      const named = byPage.get(block.page) ?? new Set()
      byPage.set(block.page, named.add(claim.block.scope))
    }
  }
  return byPage
}

/** The tag that most often has both attributes of an inclusion, if that is not the default one. */
function componentOf({ pages }: Reading, { partials }: Settings): string | null {
  const counts = new Map<string, number>()
  for (const { structure } of pages) {
    for (const { name, attributes } of structure.elements) {
      const includes = /^[A-Z]/.test(name) && attributes.has(partials.category) && attributes.has(partials.name)
      if (includes) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
  return most && most[0] !== partials.component ? most[0] : null
}

function unknownMarks(findings: readonly Finding[]): Suggestion['marks'] {
  const counts = new Map<string, number>()
  for (const { ruleId, ids } of findings) {
    const text = ids.at(-1) ?? ''
    if (ruleId === 'unknown-mark' && text !== '' && text.length <= 24) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= MANY)
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .slice(0, 8)
    .map(([text, count]) => ({ text, count }))
}
