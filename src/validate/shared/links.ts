/** Where links between the pages of a set lead. Pure: paths are texts with forward slashes, nothing is looked up on a disk. */
import type { Page } from '../../parse/page/page.ts'

export interface Target {
  /** Path as written, decoded; empty for the page itself. */
  path: string
  /** After the `#`, decoded; `null` where there is none. */
  anchor: string | null
}

/** The path and anchor of a link inside the set; `null` for an address, and for a link that is computed. */
export function targetOf(written: string): Target | null {
  const target = written.trim()
  if (target === '' || /^[a-z][a-z\d+.-]*:/i.test(target) || target.startsWith('//') || /[{}\s]/.test(target))
    return null
  const hash = target.indexOf('#')
  const [path = ''] = (hash < 0 ? target : target.slice(0, hash)).split('?', 1)
  const anchor = hash < 0 || hash === target.length - 1 ? null : decoded(target.slice(hash + 1))
  if (path === '' && anchor === null) return null
  return { path: decoded(path), anchor }
}

/** Percent signs that stand for nothing are left as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * A path with its `.` and `..` done, from a folder (`''` is the root); `null` where it leaves the root. A folder that
 * begins with `..` (files beside the project) is as far up as a path can go.
 */
export function resolvePath(folder: string, path: string): string | null {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.')
  const outside = parts.findIndex((part) => part !== '..')
  const root = outside < 0 ? parts.length : outside
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length <= root) return null
    else parts.pop()
  }
  return parts.join('/')
}

/** The folder of a path, without a slash at its end; empty for none. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** A path's last part without its extension. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.mdx?$/i, '')
}

/** A page's route as sites make it: no extension, no `index`, and a page named like its folder is the folder. */
export function routeOf(path: string): string {
  const bare = path.replace(/\.mdx?$/i, '')
  const [folder, stem] = [folderOf(bare), stemOf(bare)]
  return /^(?:index|readme)$/i.test(stem) || (stem !== '' && stemOf(folder) === stem) ? folder : bare
}

/**
 * A quick look at links as they are written: whether one may lead to an anchor of these pages, or to a file that is not there.
 * Of the links of a documentation most do neither, and need not be followed. It errs on one side only.
 */
export function linkFilter(pages: Iterable<Page>): (written: string, fromOneOfThem: boolean) => boolean {
  const names = new Set<string>()
  for (const { file } of pages) {
    names.add(nameIn(file.path, file.path.length))
    const route = routeOf(file.path)
    names.add(nameIn(route, route.length))
  }
  return (written, fromOneOfThem) => {
    if (written.includes('%') || /\.md/i.test(written)) return true
    const hash = written.indexOf('#')
    if (hash < 0) return false
    const query = written.indexOf('?')
    let end = query >= 0 && query < hash ? query : hash
    while (end > 1 && written[end - 1] === '/') end--
    if (written.slice(0, end).trim() === '') return fromOneOfThem
    const name = nameIn(written, end)
    // What ends in dots may be any page.
    return name === '' || /^(?:index|readme)$/i.test(name) || names.has(name)
  }
}

/** The last part of a path that ends before an offset, up to its first dot: routes have no extension, and files have. */
function nameIn(path: string, end: number): string {
  const start = path.lastIndexOf('/', end - 1) + 1
  const dot = path.indexOf('.', start)
  return path.slice(start, dot >= 0 && dot < end ? dot : end).trim()
}

interface PageIndex {
  byPath: Map<string, Page>
  byRoute: Map<string, Page>
  /** Routes by their last part. */
  byLastPart: Map<string, [route: string, page: Page][]>
}

function indexOf(pages: readonly Page[]): PageIndex {
  const index: PageIndex = { byPath: new Map(), byRoute: new Map(), byLastPart: new Map() }
  for (const page of pages) {
    const { path } = page.file
    const route = routeOf(path)
    index.byPath.set(path, page)
    if (!index.byRoute.has(route)) index.byRoute.set(route, page)
    const last = stemOf(route)
    const routes = index.byLastPart.get(last)
    if (routes) routes.push([route, page])
    else index.byLastPart.set(last, [[route, page]])
  }
  return index
}

/** Pages by path and by route. */
export class PageMap {
  readonly #pages: readonly Page[]
  /** Made when it is first asked: often no link has to be followed. */
  #known: PageIndex | undefined

  constructor(pages: readonly Page[]) {
    this.#pages = pages
  }

  get #index(): PageIndex {
    this.#known ??= indexOf(this.#pages)
    return this.#known
  }

  /** The page of exactly this path. */
  get(path: string): Page | null {
    return this.#index.byPath.get(path) ?? null
  }

  /** The pages that a link may lead to; several where it depends on the site, none where it leads elsewhere. */
  resolve(from: Page, target: Target): Page[] {
    const { path } = target
    if (path === '') return [from]
    if (path.startsWith('/')) return this.#absolute(path)
    const folder = folderOf(from.file.path)
    if (/\.mdx?$/i.test(path)) {
      const resolved = resolvePath(folder, path)
      const page = resolved === null ? null : this.get(resolved)
      return page ? [page] : []
    }
    // A browser resolves from the page's address, which may end in a slash; a bundler from the file.
    const pages = new Set<Page>()
    for (const base of [folder, `${folder}/${stemOf(from.file.path)}`]) {
      const resolved = resolvePath(base, path)
      const page = resolved === null ? undefined : this.#index.byRoute.get(resolved)
      if (page) pages.add(page)
    }
    return [...pages]
  }

  /** By the end of the route, where one page alone ends so: the address of a site may begin with anything (`/docs/`). */
  #absolute(path: string): Page[] {
    const route = routeOf(resolvePath('', path) ?? '')
    if (route === '') return []
    const found = (this.#index.byLastPart.get(stemOf(route)) ?? []).filter(([candidate]) => {
      if (candidate === route) return true
      const [longer, shorter] = candidate.length > route.length ? [candidate, route] : [route, candidate]
      // One word alone is too common to be one page: with more than one folder before it, it is another one.
      return longer.endsWith(`/${shorter}`) && (shorter.includes('/') || longer.split('/').length === 2)
    })
    return found.length === 1 ? found.map(([, page]) => page) : []
  }
}
