/** What is written right above a block, or on its fence, to tell it from others under the same heading. */
import type { Code } from 'mdast'
import { squeeze } from '../text.ts'
import type { Block } from './page.ts'

/** A line that is one bold text. */
const BOLD = /^(?:\*\*([^*]+)\*\*|__([^_]+)__):?$/
/** Tabs that are no tags: of Material for MkDocs, of template engines, of Hugo. */
export const TABS = [/^===[+!]{0,2}\s+"([^"]+)"$/, /^\{%-?\s*tab\s[^"%]*"([^"]+)"/, /^\{\{[%<]\s*tab\s[^"{}]*"([^"]+)"/]
/** Where what a tab holds ends, or something else begins that names what follows. */
const EDGE = /^(?:#{1,6}\s|`{3}|~{3}|\{%-?\s*end|\{\{[%<]\s*\/)/
const MOST_LINES = 40
const LONGEST_LINE = 300

/**
 * The title that a fence gives itself, the bold line above a block, or the tab that it stands in where that is written in no tag;
 * `null` where there is none.
 */
export function labelOf({ node, start, page }: Block): string | null {
  const [, double, single] = /\btitle\s*=\s*(?:"([^"]+)"|'([^']+)')/.exec((node as Code).meta ?? '') ?? []
  const title = squeeze(double ?? single ?? '')
  return title !== '' ? title : labelAbove(page.file.text, start)
}

function labelAbove(text: string, start: number): string | null {
  let end = text.lastIndexOf('\n', start - 1)
  let nearest = true
  for (let i = 0; i < MOST_LINES && end > 0; i++) {
    const begin = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(begin, Math.min(end, begin + LONGEST_LINE)).trim()
    end = begin - 1
    if (line === '') continue
    const bold = nearest ? BOLD.exec(line) : null
    if (bold) return squeeze(bold[1] ?? bold[2] ?? '').replace(/:$/, '')
    for (const tab of TABS) {
      const [, name] = tab.exec(line) ?? []
      if (name !== undefined) return squeeze(name)
    }
    if (EDGE.test(line)) return null
    nearest = false
  }
  return null
}
