/** What a partial is known by: the category and the name that its front matter gives it. */
import type { Settings } from '../../settings/schema.ts'
import type { FrontMatter } from '../markdown/front-matter.ts'

/** `partial_category` and `partial_name`, or what the config calls them; the category may be empty. */
export interface Identity {
  category: string
  name: string
}

/** The identity that front matter gives a page, or `null` where it names no partial. */
export function identityIn({ values }: Pick<FrontMatter, 'values'>, { partials }: Settings): Identity | null {
  const name = values.get(partials.frontMatterName) ?? ''
  return name === '' ? null : { category: values.get(partials.frontMatterCategory) ?? '', name }
}

/** The same text for the same identity alone. */
export function exactKey({ category, name }: Identity): string {
  return JSON.stringify([category, name])
}

/** `category/name`, as messages and ids write it: control characters as escapes, and of a very long name the beginning. */
export function keyOf({ category, name }: Identity): string {
  const key = `${category}/${name}`
  const shown = key.length > 200 ? `${key.slice(0, 200)}…` : key
  return shown.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
