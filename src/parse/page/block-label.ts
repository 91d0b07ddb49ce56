/** What is written right above a block, or on its fence, to tell it from others under the same heading. */
import type { Code } from 'mdast'
import { squeeze } from '../../text.ts'
import type { Block } from './page.ts'

/** A line that is one bold text. */
const BOLD = /^(?:\*\*([^*]+)\*\*|__([^_]+)__):?$/
/** A line of a few words that names the document that it stands above: `Policy for backups:`. A sentence only introduces it. */
const PLAIN =
  /^(?!(?:an?|add|also|and|apply|assign|attach|choose|click|copy|create|each|example|for|from|grant|here|if|in|like|on|or|paste|replace|select|set|the|then|these|this|to|update|use|using|when|with|your)\b)(?=[^:]{0,60}\b(?:permissions?|polic(?:y|ies)|privileges?|roles?)\b)([A-Z][\w ,'()/&-]{2,60}):$/i
/** Tabs that are no tags: of Material for MkDocs, of template engines, of Hugo. */
export const TABS = [/^===[+!]{0,2}\s+"([^"]+)"$/, /^\{%-?\s*tab\s[^"%]*"([^"]+)"/, /^\{\{[%<]\s*tab\s[^"{}]*"([^"]+)"/]
/** Where what a tab holds ends, or something else begins that names what follows. */
const EDGE = /^(?:#{1,6}\s|`{3}|~{3}|\{%-?\s*end|\{\{[%<]\s*\/)/
const MOST_LINES = 40
const LONGEST_LINE = 300

/**
 * The title that a fence gives itself, the bold line above a block, or a plain one that is a name, or the tab that it stands in where that is written in no tag;
 * `null` where there is none.
 */
export function labelOf({ node, start, page }: Block): string | null {
  const [, double, single] = /\btitle\s*=\s*(?:"([^"]+)"|'([^']+)')/.exec((node as Code).meta ?? '') ?? []
  const title = squeeze(double ?? single ?? '')
  return title !== '' ? title : labelAbove(page.file.text, start)
}

/** Whether nothing stands on the line before an offset. */
function isFirstLine(text: string, begin: number): boolean {
  return begin === 0 || text.slice(text.lastIndexOf('\n', begin - 2) + 1, begin).trim() === ''
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
    const [, plain] = nearest ? (PLAIN.exec(line) ?? []) : []
    if (plain !== undefined && plain.split(' ').length <= 6 && isFirstLine(text, begin)) return squeeze(plain)
    for (const tab of TABS) {
      const [, name] = tab.exec(line) ?? []
      if (name !== undefined) return squeeze(name)
    }
    if (EDGE.test(line)) return null
    nearest = false
  }
  return null
}
