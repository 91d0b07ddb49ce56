/** Markdown to mdast, by the reference parser. Its reading is right by definition; see `structure.ts` for what it is given. */
import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'

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
