/** Markdown to mdast, by the reference parser. Its reading is right by definition; see `structure.ts` for what it is given. */
import type { Code, Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'
import type { Structure } from './structure.ts'

/**
 * Indented code is off: writers indent lists under `<details>` by four spaces and mean a list. HTML is off because
 * `structure.ts` has already read every tag; what is left of `<` is text.
 */
const DISABLED = { disable: { null: ['codeIndented', 'htmlFlow', 'htmlText'] } }

let processor: Processor<Root> | undefined

/** Parses a masked page. Positions are those of the page: offsets 0-based, lines and columns 1-based. */
export function parseMarkdown(masked: string): Root {
  processor ??= unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(function disable() {
      const data = this.data()
      data.micromarkExtensions = [...(data.micromarkExtensions ?? []), DISABLED]
    })
    .freeze() as unknown as Processor<Root>
  return processor.parse(masked)
}

/**
 * Parses a page's structure: its masked text, with the broken fences that were taken out of it put back as code, each
 * after the block that it follows.
 */
export function parsePage(structure: Structure): Root {
  const root = parseMarkdown(structure.masked)
  for (const fence of structure.brokenFences) {
    const point = (offset: number) => ({ line: 1, column: 1, offset })
    const node: Code = {
      type: 'code',
      lang: fence.lang,
      value: fence.value,
      position: { start: point(fence.start), end: point(fence.end) },
    }
    const after = root.children.findIndex((child) => (child.position?.start.offset ?? 0) > fence.start)
    root.children.splice(after === -1 ? root.children.length : after, 0, node)
  }
  return root
}
