/** Links of documentation pages: addresses of files become addresses of the site. */
import type { Page } from '../../parse/page/page.ts'

/** `docs/user-management/index.mdx` as `user-management`: without the first folder, the extension, and `index`. */
export function slugOfPage(page: Page): string {
  const path = page.file.relativePath.replace(/^docs\//, '').replace(/\.mdx?$/i, '')
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  if (parts.length > 1 && parts.at(-1) === 'index') parts.pop()
  return parts.map((part) => encodeURIComponent(part.toLowerCase().replace(/\s+/g, '-'))).join('/')
}

/**
 * The site's address for a link: pages by their slug, anchors as they are, other hosts as they are; `null` for what the
 * site does not have (files outside, unknown pages, any scheme but http, https and mailto).
 */
export function resolveLink(
  url: string,
  from: Page,
  slugs: ReadonlyMap<string, string>,
  prefix: string,
): string | null {
  if (url.startsWith('#')) return url
  if (/^(?:https?:\/\/|mailto:)/i.test(url)) return url
  if (/^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('//') || url.startsWith('/')) return null
  const [path = '', anchor] = url.split('#', 2)
  const target = join(from.file.relativePath, path)
  const slug = target === null ? undefined : slugs.get(target)
  if (slug === undefined) return null
  return `${prefix}docs/${slug}/${anchor ? `#${anchor}` : ''}`
}

/** A relative path from a file, resolved; `null` where it leaves the root. */
function join(from: string, path: string): string | null {
  const parts = from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (parts.length === 0) return null
      parts.pop()
    } else parts.push(part)
  }
  return parts.join('/')
}
