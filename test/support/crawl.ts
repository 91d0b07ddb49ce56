/** Every address that the pages of a built site name, read by an HTML parser, and those that lead nowhere. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { filesIn } from './built-site.ts'

export interface CrawledPage {
  path: string
  ids: Set<string>
  /** Attribute values that are addresses, with the element that has them. */
  addresses: { tag: string; attribute: string; value: string }[]
  /** Text of `<script type="application/ld+json">`. */
  jsonLd: string[]
  links: { rel: string; type: string; href: string }[]
  meta: Map<string, string>
}

const ADDRESSES = new Set(['href', 'src', 'action', 'poster', 'data-index', 'data-rb-twin', 'data-facts', 'formaction'])

export function crawlPage(path: string, html: string): CrawledPage {
  const page: CrawledPage = { path, ids: new Set(), addresses: [], jsonLd: [], links: [], meta: new Map() }
  const pending: DefaultTreeAdapterTypes.ChildNode[] = [...parse(html).childNodes]
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!('tagName' in node)) continue
    const values = new Map(node.attrs.map(({ name, value }) => [name, value]))
    const id = values.get('id') ?? (node.tagName === 'a' ? values.get('name') : undefined)
    if (id !== undefined) page.ids.add(id)
    for (const [attribute, value] of values)
      if (ADDRESSES.has(attribute) && !(attribute === 'data-index' && node.tagName !== 'option'))
        page.addresses.push({ tag: node.tagName, attribute, value })
    if (node.tagName === 'link')
      page.links.push({ rel: values.get('rel') ?? '', type: values.get('type') ?? '', href: values.get('href') ?? '' })
    if (node.tagName === 'meta')
      page.meta.set(
        values.get('name') ?? values.get('property') ?? values.get('http-equiv') ?? '',
        values.get('content') ?? '',
      )
    if (node.tagName === 'script' && values.get('type') === 'application/ld+json')
      page.jsonLd.push(node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''))
    pending.push(...(node.tagName === 'template' && 'content' in node ? node.content.childNodes : node.childNodes))
  }
  return page
}

/** All pages of a site by their file. */
export function crawl(folder: string): Map<string, CrawledPage> {
  const pages = filesIn(folder).filter((path) => path.endsWith('.html'))
  return new Map(pages.map((path) => [path, crawlPage(path, readFileSync(join(folder, path), 'utf8'))]))
}

/** Addresses of the site's own that lead nowhere: no file, no anchor, or outside of the sub-path. */
export function brokenAddresses(folder: string, base: string, url: string | null): string[] {
  const pages = crawl(folder)
  const host = url ?? 'http://site'
  const broken = new Set<string>()
  for (const page of pages.values()) {
    const from = `${host}${base}${page.path === '404.html' ? '' : page.path.replace(/index\.html$/, '')}`
    for (const { tag, attribute, value } of page.addresses) {
      const said = `${page.path}: <${tag} ${attribute}="${value}">`
      if (/^(?:mailto|data):/.test(value)) continue
      if (!URL.canParse(value, from)) {
        broken.add(`${said} is no address`)
        continue
      }
      const target = new URL(value, from)
      if (target.origin !== new URL(host).origin) continue
      if (!target.pathname.startsWith(base)) {
        broken.add(`${said} leaves ${base}`)
        continue
      }
      const path = decodeURIComponent(target.pathname.slice(base.length))
      const file = path === '' || path.endsWith('/') ? `${path}index.html` : path
      const anchor = decodeURIComponent(target.hash.slice(1))
      if (!existsSync(join(folder, file))) broken.add(`${said} has no file`)
      else if (anchor !== '' && anchor !== '_top' && pages.has(file) && !pages.get(file)?.ids.has(anchor))
        broken.add(`${said} has no such anchor`)
    }
  }
  return [...broken].sort()
}
