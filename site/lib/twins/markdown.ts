/** Markdown of a page's twin. Everything that comes from documentation is text here: nothing of it is markup. */

const SPECIAL = /[\\`*_[\]{}<>#|~]/g

/** Text on one line, as a reader sees it. */
export function text(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(SPECIAL, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1')
}

/** Text that may quote ids in backticks, as messages do: the quotes stay code. */
export function quoted(value: string): string {
  return value
    .split(/(`[^`\n]+`)/)
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`') ? code(part.slice(1, -1)) : spaced(part),
    )
    .join('')
}

/** Like `text`, with the spaces at its ends. */
function spaced(value: string): string {
  const inner = text(value)
  return inner === ''
    ? value.replace(/\s+/g, ' ')
    : `${/^\s/.test(value) ? ' ' : ''}${inner}${/\s$/.test(value) ? ' ' : ''}`
}

/** An id as code, also in a cell of a table. */
export function code(value: string): string {
  const inner = value.replace(/\s+/g, ' ').replace(/\|/g, '\\|')
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`
}

/** What would end a link's address, as percent signs; `encodeURIComponent` leaves parentheses. */
function percent(char: string): string {
  const encoded = encodeURIComponent(char)
  return encoded === char ? `%${char.charCodeAt(0).toString(16).toUpperCase()}` : encoded
}

export function link(label: string, address: string | null): string {
  return address === null ? label : `[${label}](${address.replace(/[()\s<>\\]/g, percent)})`
}

export function heading(depth: number, value: string): string {
  return `${'#'.repeat(depth)} ${text(value)}`
}

/** A block of code that its content can't end. */
export function fenced(value: string, language = ''): string {
  const longest = Math.max(2, ...[...value.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${value.replace(/\n$/, '')}\n${fence}`
}

/** Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\n/g, ' ') || ' ').join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Rows of the twin of an overview. */
const MOST_ROWS = 1000

/** A table that may have a row for everything there is: the first rows, and how many there are more. */
export function overview(head: readonly string[], rows: readonly (readonly string[])[], most = MOST_ROWS): string {
  if (rows.length <= most) return table(head, rows)
  return `${table(head, rows.slice(0, most))}\n\nAnd ${rows.length - most} more: all of them are in the dataset.`
}

/** Facts as a list; those without a value are left out. */
export function facts(list: readonly (readonly [string, string | null])[]): string {
  return list.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join('\n')
}

/** Blocks with an empty line between them; empty ones are left out. */
export function document(...blocks: (string | null | false | undefined)[]): string {
  return `${blocks.filter((block) => typeof block === 'string' && block !== '').join('\n\n')}\n`
}
