/** The parsers of unified: remark, whose reading of Markdown is right by definition, and strict MDX. Loaded when needed. */
import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'

/**
 * Indented code is off: writers indent lists under `<details>` by four spaces and mean a list. HTML is off because
 * `structure.ts` has already read every tag; what is left of `<` is text.
 */
const DISABLED = { disable: { null: ['codeIndented', 'htmlFlow', 'htmlText'] } }

export const markdown = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(function disable() {
    const data = this.data()
    data.micromarkExtensions = [...(data.micromarkExtensions ?? []), DISABLED]
  })
  .freeze() as unknown as Processor<Root>

/** Throws a message with a place where a text is no MDX; its JavaScript goes through acorn alone. */
export const mdx = unified().use(remarkParse).use(remarkGfm).use(remarkMdx).freeze() as unknown as Processor<Root>
