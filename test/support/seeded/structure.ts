/** Defects of form: tables, fences, tags, front matter, marks. */
import { allRoles, isMatrix, type Line, policiesOf, type Role, survey, type Table, type TableRow } from './survey.ts'
import { type Planted, type Planter, pick, planted, type Random, type SeededSet, splice } from './types.ts'

const BLANK = '\u200B'

/** Tables of which rules say something, whatever they are about. */
function factTables(set: SeededSet): { table: Table; text: string }[] {
  return survey(set).flatMap(({ tables, text }) =>
    tables.filter((table) => kindOf(table) !== null).map((table) => ({ table, text })),
  )
}

function kindOf(table: Table): 'matrix' | 'roles' | 'catalogue' | null {
  const titles = table.header.cells.map(({ text }) => text)
  if (isMatrix(table)) return 'matrix'
  if (titles[0] === 'Role Name') return 'roles'
  return titles.includes('Resource Key') ? 'catalogue' : null
}

function matrices(set: SeededSet): { role: Role; table: Table; text: string }[] {
  return allRoles(set).flatMap((role) => {
    const text = set.files[role.path] as string
    return role.matrix ? [{ role, table: role.matrix, text }] : []
  })
}

/** Where a finding about a table stands: its first character. */
function onTable(plant: (table: Table, text: string, random: Random) => [text: string, offset: number] | null) {
  return (set: SeededSet, random: Random): Planted | null => {
    const found = pick(factTables(set), random)
    const made = found && plant(found.table, found.text, random)
    return found && made ? planted(set, found.table.path, ...made) : null
  }
}

function onMatrix(plant: (table: Table, text: string, random: Random) => [text: string, offset: number] | null) {
  return (set: SeededSet, random: Random): Planted | null => {
    const found = pick(matrices(set), random)
    const made = found && plant(found.table, found.text, random)
    return found && made ? planted(set, found.role.path, ...made) : null
  }
}

function rowText(row: TableRow, text: string): string {
  return text.slice(row.start, row.end).replace(/\n$/, '')
}

/** A page that holds permissions, and a sentence of it. */
function onSentence(
  wanted: 'any' | 'outside of tags' | 'with facts',
  change: (sentence: string, random: Random) => [text: string, at: number],
) {
  return (set: SeededSet, random: Random): Planted | null => {
    const pages = survey(set).filter(
      ({ sentences, tables, lists }) =>
        sentences.length > 0 &&
        (wanted !== 'with facts' || lists.length > 0 || tables.some((table) => kindOf(table) !== null)),
    )
    const page = pick(pages, random)
    const isOutside = ({ start }: Line) => !page?.panels.some((panel) => panel.start < start && start < panel.end)
    const line = page && pick(wanted === 'outside of tags' ? page.sentences.filter(isOutside) : page.sentences, random)
    if (!page || !line) return null
    const [replacement, at] = change(page.text.slice(line.start, line.end - 1), random)
    return planted(set, page.path, splice(page.text, line.start, line.end - 1, replacement), line.start + at)
  }
}

export const structurePlanters: Planter[] = [
  {
    rule: 'ambiguous-block',
    name: 'a list without a name in a section of three roles',
    // Grants that nobody can place are given to a role that is called like the section, and taken from one without a name.
    alsoAllowed: ['undocumented-role', 'role-without-permissions'],
    plant(set, random) {
      const found = survey(set).flatMap((page) =>
        page.roles.flatMap((role) => {
          const tables = page.tables.filter(
            ({ header }) => header.cells[0]?.text === 'Role Name' && header.start > (role.section?.start ?? 0),
          )
          const table = tables.find(({ header }) => header.start < role.start)
          return table && role.section && table.rows.length > 1 ? [{ page, role, table }] : []
        }),
      )
      const chosen = pick(found, random)
      if (!chosen) return null
      const { page, role, table } = chosen
      const [grant] = role.grants.filter(({ operation }) => operation === 'get')
      if (!grant) return null
      const end = table.rows.at(-1)?.end ?? 0
      const list = `\n- ${grant.key}.get\n- ${grant.key}.list\n`
      return planted(set, page.path, splice(page.text, end, end, list), end + 1)
    },
  },
  {
    rule: 'broken-table',
    name: 'a hyphen cell too many',
    plant: onTable(({ header, delimiter }, text) => {
      return [splice(text, delimiter.end - 1, delimiter.end - 1, ' --- |'), header.start]
    }),
  },
  {
    rule: 'broken-table',
    name: 'a hyphen cell too few',
    plant: onTable(({ header, delimiter }, text) => {
      if (header.cells.length < 3) return null
      const line = text.slice(delimiter.start, delimiter.end - 1)
      const cut = line.slice(0, line.lastIndexOf('|', line.length - 2) + 1)
      return [splice(text, delimiter.start, delimiter.end - 1, cut), header.start]
    }),
  },
  {
    rule: 'broken-table',
    name: 'no row of hyphens',
    // What the rows said is gone.
    alsoAllowed: [
      ...['undocumented-role', 'role-without-permissions', 'unknown-resource-key', 'uncatalogued-permission'],
      ...['unknown-operation', 'exceeds-available', 'catalogue-mismatch', 'unresolved-role'],
    ],
    plant: onTable(({ header, delimiter }, text) => [splice(text, delimiter.start, delimiter.end, ''), header.start]),
  },
  {
    rule: 'broken-table',
    name: 'a blank line before the last row',
    alsoAllowed: [
      ...[
        'undocumented-role',
        'role-without-permissions',
        'unknown-resource-key',
        'catalogue-mismatch',
        'role-hierarchy',
      ],
      ...['uncatalogued-permission', 'unresolved-role', 'description-contradiction'],
    ],
    plant: onTable(({ rows }, text) => {
      const last = rows.at(-1)
      return last && rows.length > 1 ? [splice(text, last.start, last.start, '\n'), last.start + 1] : null
    }),
  },
  {
    rule: 'column-order',
    name: 'two columns exchanged, with their marks',
    plant(set, random) {
      const all = matrices(set)
      const found = pick(
        all.filter(({ role }) => all.filter((other) => other.role.path === role.path).length > 2),
        random,
      )
      if (!found) return null
      const { table, text, role } = found
      const width = table.header.cells.length
      const [a, b] = [1 + random(width - 1), 1 + random(width - 1)]
      if (a === b) return null
      const lines = [table.header, ...table.rows].map((row) => {
        const parts = rowText(row, text).split('|')
        const [x, y] = [parts[a + 1] as string, parts[b + 1] as string]
        return `${parts
          .with(a + 1, y)
          .with(b + 1, x)
          .join('|')}\n`
      })
      const [header = '', ...rows] = lines
      const hyphens = text.slice(table.delimiter.start, table.delimiter.end)
      const end = table.rows.at(-1)?.end ?? table.delimiter.end
      const first = Math.min(a, b)
      const before =
        header
          .split('|')
          .slice(0, first + 1)
          .join('|').length + 1
      const at = before + (header.slice(before).search(/[^ ]/) ?? 0)
      const changed = splice(text, table.header.start, end, header + hyphens + rows.join(''))
      return planted(set, role.path, changed, table.header.start + at)
    },
  },
  {
    rule: 'duplicate-row',
    name: 'a row of a table twice',
    plant: onTable((table, text, random) => {
      const row = pick(table.rows, random)
      const end = table.rows.at(-1)?.end ?? 0
      if (!row || !text.slice(end - 1, end).includes('\n')) return null
      const column = kindOf(table) === 'catalogue' ? 1 : 0
      const at = (row.cells[column]?.start ?? 0) - row.start
      return [splice(text, end, end, text.slice(row.start, row.end)), end + at]
    }),
  },
  {
    rule: 'duplicate-row',
    name: 'a row of a matrix twice, with other marks',
    plant: onMatrix((table, text, random) => {
      const row = pick(table.rows, random)
      const cell =
        row &&
        pick(
          row.cells.slice(1).filter(({ text: mark }) => mark !== ''),
          random,
        )
      if (!row || !cell) return null
      const copy = splice(text.slice(row.start, row.end), cell.start - row.start, cell.end - row.start, ' ')
      if (/^\|[^|]*\|[ |]*\n?$/.test(copy)) return null
      return [splice(text, row.end, row.end, copy), row.end + (row.cells[0]?.start ?? 0) - row.start]
    }),
  },
  {
    rule: 'duplicate-row',
    name: 'a bullet twice',
    plant(set, random) {
      const lists = survey(set).flatMap(({ lists, text, path }) => lists.map((list) => ({ list, text, path })))
      const found = pick(lists, random)
      const bullet = found && pick(found.list, random)
      const last = found?.list.at(-1)
      if (!found || !bullet || !last) return null
      const line = found.text.slice(bullet.start, bullet.end)
      if (!line.endsWith('\n')) return null
      return planted(set, found.path, splice(found.text, last.end, last.end, line), last.end + 2)
    },
  },
  {
    rule: 'empty-matrix',
    name: 'a matrix that lost its marks',
    plant: onMatrix((table, text) => {
      const end = table.rows.at(-1)?.end ?? 0
      const from = table.delimiter.end
      return [splice(text, from, end, text.slice(from, end).replace(/[√✅✓]/g, ' ')), table.header.start]
    }),
  },
  {
    rule: 'front-matter',
    name: 'a quote that is not closed',
    plant(set, random) {
      const page = pick(
        survey(set).filter(({ frontMatter }) => frontMatter.length > 0),
        random,
      )
      const last = page?.frontMatter.at(-1)
      if (!page || !last) return null
      const line = page.text.slice(last.start, last.end - 1)
      if (line.endsWith(']')) return null
      const broken = line.replace(/: "?(.*?)"?$/, ': "$1')
      return planted(
        set,
        page.path,
        splice(page.text, last.start, last.end - 1, broken),
        last.start + broken.length + 1,
      )
    },
    alsoAllowed: ['mdx-syntax'],
  },
  {
    rule: 'front-matter',
    name: 'a key twice',
    plant(set, random) {
      const page = pick(
        survey(set).filter(({ frontMatter }) => frontMatter.length > 0),
        random,
      )
      const line = page && pick(page.frontMatter, random)
      const last = page?.frontMatter.at(-1)
      if (!page || !line || !last) return null
      return planted(
        set,
        page.path,
        splice(page.text, last.end, last.end, page.text.slice(line.start, line.end)),
        last.end,
      )
    },
  },
  {
    rule: 'front-matter',
    name: 'a value with a colon and no quotes',
    plant(set, random) {
      const page = pick(
        survey(set).filter(({ frontMatter }) => frontMatter.length > 0),
        random,
      )
      const last = page?.frontMatter.at(-1)
      if (!page || !last) return null
      const added = 'summary: Roles: all of them\n'
      const text = splice(page.text, last.end, last.end, added)
      return { files: { ...set.files, [page.path]: text }, path: page.path, line: page.frontMatter.length + 2 }
    },
  },
  {
    rule: 'hidden-character',
    name: 'a zero-width space in the label of a row',
    plant: onMatrix((table, text, random) => {
      const cell = pick(table.rows, random)?.cells[0]
      if (!cell) return null
      const at = cell.start + 1 + random(cell.text.length - 1)
      return [splice(text, at, at, random(2) === 0 ? BLANK : '\u00AD'), cell.start]
    }),
  },
  {
    rule: 'hidden-character',
    name: 'a zero-width space in the heading of a column',
    plant: onMatrix((table, text, random) => {
      const cell = pick(table.header.cells.slice(1), random)
      if (!cell) return null
      const at = cell.start + 1 + random(cell.text.length - 1)
      return [splice(text, at, at, BLANK), cell.start]
    }),
  },
  {
    rule: 'hidden-character',
    name: 'a zero-width space in a bullet',
    plant(set, random) {
      const found = pick(
        allRoles(set).flatMap((role) => role.bullets.map((bullet) => ({ role, bullet }))),
        random,
      )
      if (!found) return null
      const text = set.files[found.role.path] as string
      const start = text.indexOf(found.bullet.key, found.bullet.at)
      const at = start + 1 + random(found.bullet.key.length - 1)
      return planted(set, found.role.path, splice(text, at, at, BLANK), found.bullet.at)
    },
  },
  {
    rule: 'inferred-mark',
    name: 'a letter in every blank cell of a matrix',
    plant: onMatrix((table, text, random) => {
      const blank = table.rows.flatMap(({ cells }) => cells.slice(1).filter((cell) => cell.text === ''))
      const sign = pick(['O', '0', '·'], random) as string
      const [first] = blank
      if (!first) return null
      const changed = blank.reduceRight((now, { start }) => splice(now, start, start + 1, sign), text)
      // In a cell without padding the sign takes the only blank's place.
      return [changed.replaceAll(`|${sign}|`, `| ${sign} |`), first.start]
    }),
  },
  {
    rule: 'legacy-syntax',
    name: 'an HTML comment',
    alsoAllowed: ['mdx-syntax'],
    plant: onSentence('with facts', (sentence) => [`${sentence}\n\n<!-- to be checked -->`, sentence.length + 2]),
  },
  {
    rule: 'legacy-syntax',
    name: 'an id in braces after a heading',
    alsoAllowed: ['mdx-syntax'],
    plant(set, random) {
      const pages = survey(set).filter(({ lists, headings }) => lists.length > 0 && headings.length > 0)
      const page = pick(pages, random)
      const heading =
        page &&
        pick(
          page.headings.filter(({ text }) => !/[{<]/.test(text)),
          random,
        )
      if (!page || !heading) return null
      const id = heading.text.toLowerCase().replaceAll(' ', '-')
      return planted(set, page.path, splice(page.text, heading.end - 1, heading.end - 1, ` {#${id}}`), heading.end)
    },
  },
  {
    rule: 'legacy-syntax',
    name: 'the title of an admonition without brackets',
    plant: onSentence('with facts', (sentence) => [
      `${sentence}\n\n:::note Good to know\n\nText.\n\n:::`,
      sentence.length + 2,
    ]),
  },
  {
    rule: 'mdx-syntax',
    name: 'a placeholder in angle brackets',
    plant: onSentence('any', (sentence) => [sentence.replace(/\.$/, ' as <user-name>.'), sentence.length + 3]),
  },
  {
    rule: 'mdx-syntax',
    name: 'a number after an angle bracket',
    plant: onSentence('any', (sentence) => [sentence.replace(/\.$/, ' and <5 more.'), sentence.length + 5]),
  },
  {
    rule: 'mdx-syntax',
    name: 'a closing tag without an opening one',
    // The parser stands at the slash, but at the whole tag where another one is open.
    plant: onSentence('outside of tags', (sentence) => [`${sentence}\n\n</Steps>`, sentence.length + 3]),
  },
  {
    rule: 'ragged-row',
    name: 'a cell too many',
    plant: onTable((table, text, random) => {
      const row = pick(table.rows, random)
      if (!row) return null
      const end = row.start + rowText(row, text).length
      const mark = kindOf(table) === 'matrix' ? '√' : 'more'
      return [splice(text, end, end, ` ${mark} |`), end + 1]
    }),
  },
  {
    rule: 'ragged-row',
    name: 'a row that breaks off',
    plant: onMatrix((table, text, random) => {
      const rows = table.rows.filter(
        ({ cells }) => cells.slice(1, -1).some((cell) => cell.text !== '') && cells.at(-1)?.text === '',
      )
      const row = pick(rows, random)
      const last = row?.cells.slice(1).findLast((cell) => cell.text !== '')
      if (!row || !last || table.rows.length < 2) return null
      const end = row.start + rowText(row, text).length
      return [splice(text, last.end, end, ''), last.start]
    }),
  },
  {
    rule: 'unclosed-fence',
    name: 'a fence without its end',
    plant(set, random) {
      const policy = pick(policiesOf(set), random)
      if (!policy) return null
      const text = set.files[policy.path] as string
      return planted(set, policy.path, splice(text, policy.fence.bodyEnd, policy.fence.end, ''), policy.fence.start)
    },
  },
  {
    rule: 'unclosed-fence',
    name: 'closing marks glued to the last line',
    plant(set, random) {
      const policy = pick(policiesOf(set), random)
      if (!policy) return null
      const text = set.files[policy.path] as string
      return planted(
        set,
        policy.path,
        splice(text, policy.fence.bodyEnd - 1, policy.fence.bodyEnd, ''),
        policy.fence.start,
      )
    },
  },
  {
    rule: 'unclosed-tag',
    name: 'a panel without its closing tag',
    alsoAllowed: ['mdx-syntax'],
    plant(set, random) {
      const found = pick(
        survey(set).flatMap((page) => page.panels.map((panel) => ({ page, panel }))),
        random,
      )
      if (!found) return null
      const { page, panel } = found
      return planted(set, page.path, splice(page.text, panel.close, panel.end + 1, ''), panel.start)
    },
  },
  {
    rule: 'unknown-mark',
    name: 'a sign in a blank cell',
    plant: onMatrix((table, text, random) => {
      const blank = table.rows.flatMap(({ cells }) => cells.slice(1).filter((cell) => cell.text === ''))
      const cell = pick(blank, random)
      const sign = pick(['?', '~', '%', 'maybe'], random) as string
      // The sign stands in the middle of a blank cell, with blanks around it.
      return cell ? [splice(text, cell.start, cell.start, ` ${sign} `), cell.start + 1] : null
    }),
  },
  {
    rule: 'unknown-mark',
    name: 'a row of marks without a label',
    alsoAllowed: ['role-hierarchy', 'role-without-permissions'],
    plant: onMatrix((table, text, random) => {
      const row = pick(table.rows, random)
      const label = row?.cells[0]
      if (!row || !label) return null
      return [splice(text, label.start, label.end, ' '.repeat(label.text.length)), row.start]
    }),
  },
  {
    rule: 'unrecognised-block',
    name: 'a bullet that is no permission',
    plant(set, random) {
      const found = pick(
        allRoles(set).flatMap((role) => role.bullets.map((bullet) => ({ role, bullet }))),
        random,
      )
      if (!found) return null
      const text = set.files[found.role.path] as string
      return planted(
        set,
        found.role.path,
        splice(text, found.bullet.end, found.bullet.end, '- everything else\n'),
        found.bullet.end + 2,
      )
    },
  },
  {
    rule: 'unrecognised-block',
    name: 'a line of a list without its bullet',
    // The lost permission may be one that a role below has.
    alsoAllowed: ['role-hierarchy', 'write-without-read'],
    plant(set, random) {
      const found = pick(
        allRoles(set).flatMap((role) => role.bullets.slice(1).map((bullet) => ({ role, bullet }))),
        random,
      )
      if (!found) return null
      const text = set.files[found.role.path] as string
      return planted(set, found.role.path, splice(text, found.bullet.start, found.bullet.at, ''), found.bullet.start)
    },
  },
  {
    rule: 'unrecognised-block',
    name: 'permissions in a paragraph',
    plant(set, random) {
      const found = pick(
        allRoles(set).filter(({ bullets }) => bullets.length > 3),
        random,
      )
      const last = found?.bullets.at(-1)
      if (!found || !last) return null
      const text = set.files[found.path] as string
      const names = found.bullets.slice(0, 3).map(({ key, operation }) => `${key}.${operation}`)
      return planted(set, found.path, splice(text, last.end, last.end, `\n${names.join(', ')}\n`), last.end + 1)
    },
  },
]
