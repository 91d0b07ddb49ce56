/** Structural damage as it happens to real pages, each done to one permission block; seeded. */
import { type Random, randomOf } from '../../scripts/fuzz/mutate.ts'

export interface Region {
  /** 0-based indices of the block's first line and of the line after its last. */
  from: number
  to: number
}

export interface Damage {
  name: string
  /** The damaged lines, or `null` where this damage does not fit the block. */
  apply(lines: readonly string[], region: Region, random: Random): string[] | null
}

export { type Random, randomOf }

const DELIMITER = /^[\s>]*\|?[\s:|-]*-[\s:|-]*$/

/** The line with this index replaced by these. */
function splice(lines: readonly string[], index: number, ...replacement: string[]): string[] {
  return [...lines.slice(0, index), ...replacement, ...lines.slice(index + 1)]
}

function pipeTable(lines: readonly string[], { from }: Region): { header: number; delimiter: number } | null {
  const delimiter = lines[from + 1]
  return lines[from]?.includes('|') && delimiter?.includes('|') && DELIMITER.test(delimiter)
    ? { header: from, delimiter: from + 1 }
    : null
}

/** A random row of a pipe table's body. */
function bodyRow(lines: readonly string[], region: Region, random: Random): number | null {
  const table = pipeTable(lines, region)
  const rows = region.to - region.from - 2
  return table && rows > 0 ? region.from + 2 + random(rows) : null
}

/** Changes one line, if it is there. */
function onRow(change: (line: string, random: Random) => string | null): Damage['apply'] {
  return (lines, region, random) => {
    const row = bodyRow(lines, region, random)
    const changed = row === null ? null : change(lines[row] as string, random)
    return row === null || changed === null ? null : splice(lines, row, changed)
  }
}

function onHeader(change: (line: string, random: Random) => string | null): Damage['apply'] {
  return (lines, region, random) => {
    const table = pipeTable(lines, region)
    const changed = table && change(lines[table.header] as string, random)
    return table && changed ? splice(lines, table.header, changed) : null
  }
}

function onDelimiter(change: (line: string) => string | null): Damage['apply'] {
  return (lines, region) => {
    const table = pipeTable(lines, region)
    const changed = table && change(lines[table.delimiter] as string)
    return table && changed !== null ? splice(lines, table.delimiter, ...(changed === '' ? [] : [changed])) : null
  }
}

function isFence(lines: readonly string[], { from }: Region): boolean {
  return /^[\s>]*(?:[-*]\s+|\d+\.\s+)?```/.test(lines[from] ?? '')
}

/** The parts of a row between its pipes, ends included. */
function parts(line: string): string[] {
  return line.split('|')
}

const GLYPHS = ['√', '✓', '✅', '❌', ':x:', 'No', '?', 'X', '']

export const DAMAGES: Damage[] = [
  { name: 'drop the delimiter row', apply: onDelimiter(() => '') },
  { name: 'lengthen the delimiter row', apply: onDelimiter((line) => `${line.trimEnd().replace(/\|?$/, '')}| --- |`) },
  {
    name: 'shorten the delimiter row',
    apply: onDelimiter((line) => {
      const cells = parts(line.trim().replace(/^\||\|$/g, ''))
      return cells.length < 3 ? null : `|${cells.slice(0, -1).join('|')}|`
    }),
  },
  {
    name: 'drop a pipe',
    apply: onRow((line, random) => {
      const cells = parts(line)
      if (cells.length < 4) return null
      const at = 1 + random(cells.length - 2)
      return [...cells.slice(0, at), `${cells[at]} ${cells[at + 1]}`, ...cells.slice(at + 2)].join('|')
    }),
  },
  {
    name: 'drop the closing pipe',
    apply: onRow((line) => (line.trimEnd().endsWith('|') ? line.trimEnd().slice(0, -1) : null)),
  },
  {
    name: 'change a mark to another glyph',
    apply: onRow((line, random) => {
      const cells = parts(line)
      const marked = cells.map((cell, i) => (/^\s*(?:√|✓|✅|❌|:\w+:)\s*$/.test(cell) ? i : -1)).filter((i) => i > 1)
      const at = marked[random(marked.length)]
      if (at === undefined) return null
      cells[at] = ` ${GLYPHS[random(GLYPHS.length)]} `
      return cells.join('|')
    }),
  },
  {
    name: 'rename a header cell',
    apply: onHeader((line, random) => {
      const cells = parts(line)
      if (cells.length < 4) return null
      cells[2 + random(cells.length - 3)] = ` ${['**Approve**', 'Frobnicate', '', 'Owner'][random(4)]} `
      return cells.join('|')
    }),
  },
  {
    name: 'swap two header cells',
    apply: onHeader((line, random) => {
      const cells = parts(line)
      if (cells.length < 5) return null
      const at = 2 + random(cells.length - 4)
      ;[cells[at], cells[at + 1]] = [cells[at + 1] as string, cells[at] as string]
      return cells.join('|')
    }),
  },
  {
    name: 'indent the block',
    apply: (lines, region, random) => {
      const pad = ' '.repeat(1 + random(8))
      return lines.map((line, i) => (i >= region.from && i < region.to && line !== '' ? pad + line : line))
    },
  },
  {
    name: 'glue it to a tag',
    apply: (lines, region) => {
      if (isFence(lines, region)) return null
      return [
        ...lines.slice(0, region.from),
        '<div>',
        ...lines.slice(region.from, region.to),
        '</div>',
        ...lines.slice(region.to),
      ]
    },
  },
  {
    name: 'put a line break tag right under it',
    apply: (lines, region) => [...lines.slice(0, region.to), '<br / >', ...lines.slice(region.to)],
  },
  {
    name: 'unclose its fence',
    apply: (lines, region) => (isFence(lines, region) ? splice(lines, region.to - 1) : null),
  },
  {
    name: 'glue the end of its fence',
    apply: (lines, region) => {
      if (!isFence(lines, region) || region.to - region.from < 3) return null
      const last = region.to - 1
      return [
        ...lines.slice(0, last - 1),
        `${lines[last - 1]}${(lines[last] as string).trim()}`,
        ...lines.slice(last + 1),
      ]
    },
  },
  {
    name: 'unclose the tag after it',
    apply: (lines, region) => {
      const at = lines.findIndex(
        (line, i) => i >= region.to && i < region.to + 4 && /^\s*<\/[A-Z][\w.]*>\s*$/.test(line),
      )
      return at === -1 ? null : splice(lines, at)
    },
  },
  {
    name: 'shift a row by one cell',
    apply: onRow((line) => {
      const cells = parts(line)
      return cells.length < 4 ? null : [...cells.slice(0, 2), '  ', ...cells.slice(2)].join('|')
    }),
  },
  {
    name: 'insert a zero-width character in a key',
    apply: (lines, region, random) => {
      if (isFence(lines, region)) return null
      const at = region.from + random(region.to - region.from)
      const line = lines[at] as string
      if (line.includes('<')) return null
      const word = /[A-Za-z]{4,}/.exec(line)
      if (!word) return null
      return splice(lines, at, `${line.slice(0, word.index + 2)}\u200B${line.slice(word.index + 2)}`)
    },
  },
  {
    name: 'duplicate a row',
    apply: (lines, region, random) => {
      const row = bodyRow(lines, region, random)
      return row === null ? null : splice(lines, row, lines[row] as string, lines[row] as string)
    },
  },
  {
    name: 'drop a comma',
    apply: (lines, region, random) => {
      if (!isFence(lines, region)) return null
      const commas = lines
        .map((line, i) => (i > region.from && i < region.to && line.trimEnd().endsWith(',') ? i : -1))
        .filter((i) => i > 0)
      const at = commas[random(commas.length)]
      return at === undefined ? null : splice(lines, at, (lines[at] as string).trimEnd().slice(0, -1))
    },
  },
  {
    name: 'drop a bullet',
    apply: (lines, region, random) => {
      if (region.to - region.from < 2) return null
      const at = region.from + random(region.to - region.from)
      const bullet = /^(\s*)[-*] (.*)$/.exec(lines[at] ?? '')
      return bullet ? splice(lines, at, `${bullet[1]}${bullet[2]}`) : null
    },
  },
  {
    name: 'drop the dot of a permission',
    apply: (lines, region, random) => {
      // One bullet without a dot is a list of anything.
      if (region.to - region.from < 3) return null
      const at = region.from + random(region.to - region.from)
      const line = lines[at] ?? ''
      // And so is one that stands alone in another; several have a region of their own.
      if (line.search(/\S/) !== (lines[region.from] ?? '').search(/\S/)) return null
      return /^\s*[-*] \w+\.\w+\s*$/.test(line) ? splice(lines, at, line.replace('.', ' ')) : null
    },
  },
]
