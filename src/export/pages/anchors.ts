/** Links between documentation pages whose anchor is not there: they lead to the page, not to nowhere. */
import type { DocPage, Segment } from '../site-input.ts'

/** Attributes as `hast-util-to-html` writes them: in double quotes, always. */
const ID = /\sid="([^"]*)"/g
const LINK = /(<a\b[^<>]*?\shref=")([^"#]*)#([^"]*)(")/g

/** The segments of each page, with addresses without an anchor where the page that they lead to has none of that name. */
export function withoutDeadAnchors(pages: readonly DocPage[], addressOf: (page: DocPage) => string): Segment[][] {
  const anchors = new Map(pages.map((page) => [addressOf(page), idsOf(page)]))
  return pages.map((page) => {
    const own = addressOf(page)
    return page.segments.map((segment) => {
      if (segment.kind !== 'html' || !segment.html.includes('#')) return segment
      const html = segment.html.replace(LINK, (whole, before: string, path: string, anchor: string, after: string) => {
        const known = anchors.get(path === '' ? own : path)
        return !known || anchor === '' || known.has(decoded(anchor)) ? whole : `${before}${path || own}${after}`
      })
      return { kind: 'html', html }
    })
  })
}

function idsOf(page: DocPage): Set<string> {
  const ids = new Set(['_top'])
  for (const segment of page.segments) {
    if (segment.kind !== 'html') continue
    for (const [, id = ''] of segment.html.matchAll(ID)) ids.add(decoded(id))
  }
  return ids
}

/** Character references and percent signs undone, so that two spellings of one anchor are one. */
function decoded(text: string): string {
  const plain = text.replace(/&#x([0-9a-f]{1,6});/gi, (whole, code: string) => {
    const point = Number.parseInt(code, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}
