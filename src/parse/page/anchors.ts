/** The anchors of a page, and where they stand. */
import Slugger, { slug as slugOf } from 'github-slugger'
import type { Page } from './page.ts'

/**
 * The anchors that a link into a page can lead to, each with the place of its heading or tag (0-based offset): a heading's
 * own id (`{#id}`, `id` in a comment, `[id]` or `(#id)` behind its text), else its slug as github-slugger makes it for GitHub,
 * Docusaurus and Astro, and the `id` of a tag and the `name` of an `<a>`. Where sites differ (what a badge in a heading adds, a
 * hyphen at the end, which Astro removes; the headings around it before it), each of their anchors is one.
 */
export function anchorsOf(page: Page): Map<string, number> {
  const [sluggers, anchors] = [[new Slugger(), new Slugger()], new Map<string, number>()]
  const texts = new Map(page.prose.headings.map((heading) => [heading.offset, heading.text]))
  const add = (anchor: string, offset: number) => {
    if (!anchors.has(anchor)) anchors.set(anchor, offset)
  }
  const around: { depth: number; slug: string }[] = []
  for (const { offset, text, depth } of page.headings) {
    const line = page.file.text.slice(offset, offset + 4096).split(/[\r\n]/, 1)[0] ?? ''
    const custom = /\{(?:\/\*)? ?#([^{}\s*]+) ?(?:\*\/)?\}\s*$/.exec(line)?.[1]
    if (custom !== undefined) add(custom, offset)
    const bracketed = /\s(?:\[|\(#)([a-z][\w-]*)[\])]\s*$/.exec(line)?.[1]
    if (bracketed !== undefined) add(bracketed, offset)
    const written = (texts.get(offset) ?? text).replace(/\{#[^{}]*\}\s*$/, '').trimStart()
    for (const [i, slugger] of sluggers.entries()) {
      const slug = slugger.slug(i === 0 ? text : written)
      add(slug, offset)
      add(slug.replace(/-$/, ''), offset)
    }
    while ((around.at(-1)?.depth ?? 0) >= depth) around.pop()
    around.push({ depth, slug: slugOf(text) })
    if (around.length > 1) add(around.flatMap((one) => (one.depth > 1 ? one.slug : [])).join('-'), offset)
  }
  for (const { name, attributes, start } of [...page.structure.elements, ...page.structure.objects.values()]) {
    // A component's name is none: `<PartialsComponent name="…">`.
    for (const key of name === 'a' ? ['id', 'name'] : ['id']) {
      const value = attributes.get(key)?.value
      if (value) add(value, start)
    }
  }
  return anchors
}
