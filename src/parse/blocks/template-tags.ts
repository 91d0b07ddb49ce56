/** Tags of templates that show something under a condition: `{% if pro %}`, `{% ifversion pro %} … {% endif %}`. */
import type { Row } from './cells.ts'

const CONDITION = /^(?:if|unless|els|end|case|when)/
const TAG = /\{%-?([^%{}]*)%\}/g
const TAGS_ALONE = /^(?:\{%[^%{}]*%\}\s*)+$/

/** Whether a text is nothing but tags that begin, part or end what is shown under a condition. */
export function isCondition(text: string): boolean {
  return TAGS_ALONE.test(text) && tagsIn(text).every((tag) => CONDITION.test(tag))
}

/** The words of the tags in a text, in order. */
function tagsIn(text: string): string[] {
  return Array.from(text.matchAll(TAG), ([, words = '']) => words.replace(/-$/, '').trim())
}

/** Text that is shown under a condition, and what is shown without it. */
export interface Conditional {
  /** The condition as written: `if pro`. */
  condition: string
  shown: string
  otherwise: string | null
}

/** Reads text that is nothing but such: `{% if pro %}✓{% endif %}`; `null` for any other. */
export function conditional(text: string): Conditional | null {
  if (!text.startsWith('{%')) return null
  const tags = [...text.matchAll(TAG)]
  const words = tags.map(([, word = '']) => word.replace(/-$/, '').trim())
  const steps = words.flatMap((word, i) => (CONDITION.test(word) ? [i] : []))
  const [first, second, third] = steps.map((i) => tags[i] as RegExpExecArray)
  const last = third ?? second
  if (!first || !second || !last || steps.length > 3 || first.index > 0) return null
  const said = steps.map((i) => words[i] as string)
  const [condition = ''] = said
  if (!/^(?:if|unless)/.test(condition) || !said.at(-1)?.startsWith('end')) return null
  if (steps.length === 3 && said[1] !== 'else') return null
  if (last.index + last[0].length < text.length) return null
  return {
    condition,
    shown: text.slice(first[0].length, second.index).trim(),
    otherwise: third ? text.slice(second.index + second[0].length, third.index).trim() : null,
  }
}

/**
 * Rows without such tags before their first pipe, behind their last, and on lines of their own; each row that stands between
 * two of them has their condition.
 */
export function withoutConditions(rows: readonly Row[]): Row[] {
  if (!rows.some(({ cells }) => isCondition(cells[0]?.text ?? '') || isCondition(cells.at(-1)?.text ?? '')))
    return [...rows]
  const open: string[] = []
  const pass = (text: string) => {
    for (const tag of tagsIn(text)) {
      if (/^(?:if|unless|case)/.test(tag)) open.push(tag)
      else if (tag.startsWith('end')) open.pop()
      else if (open.length > 0) open[open.length - 1] = tag === 'else' ? `not: ${open.at(-1)}` : tag
    }
  }
  return rows.flatMap((row): Row[] => {
    const cells = [...row.cells]
    let closed = row.closed
    if (isCondition(cells[0]?.text ?? '')) pass(cells.shift()?.text ?? '')
    if (cells.length === 0) return []
    const condition = open.length === 0 ? null : open.join(', ')
    if (cells.length > 1 && isCondition(cells.at(-1)?.text ?? '')) {
      pass(cells.pop()?.text ?? '')
      closed = true
    }
    return [{ ...row, cells, closed, condition }]
  })
}
