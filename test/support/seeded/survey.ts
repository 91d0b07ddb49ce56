/** What stands where in a set, found with regular expressions alone: tables, lists, roles, policies, inclusions. */
import type { Files, SeededSet } from './types.ts'

export interface Cell {
  text: string
  /** Offsets of the text without the blanks around it; both are the middle of a blank cell. */
  start: number
  end: number
}

export interface Line {
  start: number
  /** Offset after the line break. */
  end: number
}

export interface TableRow extends Line {
  cells: Cell[]
}

export interface Table {
  path: string
  header: TableRow
  delimiter: Line
  rows: TableRow[]
}

export interface Bullet extends Line {
  /** Offset of the first letter of the text. */
  at: number
  key: string
  operation: string
}

/** A permission that a role is granted: a bullet, or a mark in a matrix. */
export interface Grant {
  key: string
  operation: string
  /** Where a finding about it stands. */
  at: number
}

export interface Role {
  path: string
  name: string
  /** Where a finding about its name stands. */
  nameAt: number
  form: 'panel' | 'tab' | 'heading'
  /** The whole of it: from its tag or heading to its closing tag, or the next heading. */
  start: number
  end: number
  section: Heading | null
  bullets: Bullet[]
  matrix: Table | null
  grants: Grant[]
}

export interface Heading extends Line {
  level: number
  text: string
}

export interface Panel {
  tag: string
  name: string
  nameAt: number
  start: number
  openEnd: number
  close: number
  end: number
}

export interface Fence extends Line {
  lang: string
  bodyStart: number
  bodyEnd: number
}

export interface Include extends Line {
  at: number
  category: string
  name: string
  nameAt: number
}

export interface PageSurvey {
  path: string
  text: string
  frontMatter: Line[]
  headings: Heading[]
  tables: Table[]
  lists: Bullet[][]
  panels: Panel[]
  fences: Fence[]
  includes: Include[]
  /** Paragraphs of one line: sentences. */
  sentences: Line[]
  roles: Role[]
}

const OPERATIONS =
  /^(?:Create|Delete|Get|List|Update|Publish|Restore|Backup|Clone|Export|Pause|Import|Invoke|Approve|Migrate)$/i

const surveys = new WeakMap<Files, PageSurvey[]>()

/** All pages of a set, in order of path. */
export function survey({ files }: SeededSet): PageSurvey[] {
  const known = surveys.get(files)
  if (known) return known
  const paths = Object.keys(files).sort((a, b) => (a < b ? -1 : 1))
  const made = paths.map((path) => pageSurvey(path, files[path] as string))
  surveys.set(files, made)
  return made
}

function linesOf(text: string): (Line & { text: string })[] {
  const lines: (Line & { text: string })[] = []
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf('\n', start)
    const end = at < 0 ? text.length : at + 1
    lines.push({ start, end, text: text.slice(start, end).replace(/\n$/, '') })
    start = end
  }
  return lines
}

function pageSurvey(path: string, text: string): PageSurvey {
  const page: PageSurvey = {
    ...{ path, text, frontMatter: [], headings: [], tables: [], lists: [], panels: [], fences: [], includes: [] },
    ...{ sentences: [], roles: [] },
  }
  const lines = linesOf(text)
  let i = 0
  if (lines[0]?.text === '---') {
    for (i = 1; lines[i] && lines[i]?.text !== '---'; i++) page.frontMatter.push(lines[i] as Line)
    i++
  }
  let list: Bullet[] = []
  for (; i < lines.length; i++) {
    const line = lines[i] as Line & { text: string }
    const bullet = /^- (`?)([A-Za-z]+)\.([A-Za-z]+)\1$/.exec(line.text)
    if (bullet) {
      const [, tick = '', key = '', operation = ''] = bullet
      if (list.length === 0) page.lists.push(list)
      list.push({ ...line, at: line.start + 2, key: tick ? key : key, operation })
      continue
    }
    list = []
    const fence = /^```(\w*)$/.exec(line.text)
    if (fence) {
      let to = i + 1
      while (lines[to] && lines[to]?.text !== '```') to++
      const close = lines[to]
      if (close) {
        page.fences.push({ ...line, lang: fence[1] ?? '', bodyStart: line.end, bodyEnd: close.start, end: close.end })
        i = to
        continue
      }
    }
    const heading = /^(#{1,6}) (.+)$/.exec(line.text)
    if (heading) page.headings.push({ ...line, level: (heading[1] as string).length, text: heading[2] as string })
    const delimiter = lines[i + 1]
    if (line.text.startsWith('|') && delimiter && /^\|(?: ?:?-+:? ?\|)+$/.test(delimiter.text)) {
      const table: Table = { path, header: rowOf(line), delimiter, rows: [] }
      for (i += 2; lines[i]?.text.startsWith('|'); i++) table.rows.push(rowOf(lines[i] as Line & { text: string }))
      i--
      page.tables.push(table)
      continue
    }
    const include = /^<PartialsComponent category="([^"]+)" name="([^"]+)" \/>$/.exec(line.text)
    if (include) {
      const nameAt = line.start + line.text.indexOf('name="') + 6
      page.includes.push({ ...line, at: line.start, category: include[1] ?? '', name: include[2] ?? '', nameAt })
    }
    const alone = (lines[i - 1]?.text ?? '') === '' && (lines[i + 1]?.text ?? '') === ''
    if (alone && /^[A-Z].*\.$/.test(line.text)) page.sentences.push(line)
  }
  page.panels = panelsOf(text)
  page.roles = rolesOf(page)
  return page
}

function rowOf(line: Line & { text: string }): TableRow {
  const cells: Cell[] = []
  let from = line.text.indexOf('|') + 1
  for (let at = line.text.indexOf('|', from); at >= 0; from = at + 1, at = line.text.indexOf('|', from)) {
    const raw = line.text.slice(from, at)
    const text = raw.trim()
    const start = line.start + (text === '' ? from + (raw.length >> 1) : from + raw.indexOf(text))
    cells.push({ text, start, end: start + text.length })
  }
  return { start: line.start, end: line.end, cells }
}

function panelsOf(text: string): Panel[] {
  return [...text.matchAll(/^<(AccordionPanel|TabItem) (?:title|label)="([^"]+)"[^>\n]*>$/gm)].flatMap((match) => {
    const [whole, tag = '', name = ''] = match
    const close = text.indexOf(`</${tag}>`, match.index)
    if (close < 0) return []
    const nameAt = match.index + whole.indexOf('="') + 2
    const openEnd = match.index + whole.length
    return [{ tag, name, nameAt, start: match.index, openEnd, close, end: close + tag.length + 4 }]
  })
}

function rolesOf(page: PageSurvey): Role[] {
  if (!isRolePage(page)) return []
  const { headings, panels, text, path } = page
  const roles = new Map<number, Role>()
  const roleAt = (offset: number): Role | null => {
    const panel = panels.find(({ start, end }) => start < offset && offset < end)
    const above = headings.filter((heading) => heading.start < offset)
    const heading = above.at(-1)
    const start = panel?.start ?? heading?.start
    if (start === undefined || (!panel && !heading)) return null
    const known = roles.get(start)
    if (known) return known
    const name = panel?.name ?? heading?.text ?? ''
    if (!/ (?:Admin|Editor|Viewer)$/.test(name)) return null
    const next = headings.find((other) => other.start > offset)?.start ?? text.length
    const outer = panel ? heading : above.findLast((other) => other.level < (heading?.level ?? 0))
    const form = panel ? (panel.tag === 'TabItem' ? 'tab' : 'panel') : 'heading'
    const role: Role = {
      ...{ path, name, form, nameAt: panel?.nameAt ?? start, start, end: panel?.end ?? next, section: outer ?? null },
      ...{ bullets: [], matrix: null, grants: [] },
    }
    roles.set(start, role)
    return role
  }
  for (const list of page.lists) {
    const role = roleAt(list[0]?.start ?? 0)
    if (!role) continue
    role.bullets.push(...list)
    role.grants.push(...list.map(({ key, operation, at }) => ({ key, operation, at })))
  }
  for (const table of page.tables) {
    if (!isMatrix(table)) continue
    const role = roleAt(table.header.start)
    if (!role) continue
    role.matrix = table
    for (const { cells } of table.rows) {
      for (const [column, cell] of cells.entries()) {
        const operation = (table.header.cells[column]?.text ?? '').toLowerCase()
        if (column > 0 && cell.text !== '') role.grants.push({ key: cells[0]?.text ?? '', operation, at: cell.start })
      }
    }
  }
  return [...roles.values()].sort((a, b) => a.start - b.start)
}

function isRolePage({ text }: PageSurvey): boolean {
  return /^title: "?[^"\n]*Roles/m.test(text)
}

export function isMatrix({ header }: Table): boolean {
  return header.cells.length > 2 && header.cells.slice(1).every(({ text }) => OPERATIONS.test(text))
}

export function allRoles(set: SeededSet): Role[] {
  return survey(set).flatMap(({ roles }) => roles)
}

/** The text of a page. */
export function textOf({ files }: SeededSet, path: string): string {
  return files[path] as string
}

export function pageOf(set: SeededSet, path: string): PageSurvey {
  return survey(set).find((page) => page.path === path) as PageSurvey
}

export function tablesWith(set: SeededSet, heading: string): Table[] {
  return survey(set).flatMap(({ tables }) =>
    tables.filter(({ header }) => header.cells.some((cell) => cell.text === heading)),
  )
}

/** The table of roles of a role's section. */
export function roleTableOf(set: SeededSet, role: Role): Table | null {
  const { tables, headings } = pageOf(set, role.path)
  const table = tables.findLast(({ header }) => header.start < role.start && header.cells[0]?.text === 'Role Name')
  if (!table || !role.section) return null
  const section = headings.findLast((heading) => heading.start < table.header.start)
  return section?.start === role.section.start ? table : null
}

/** The scope that a page of roles is about. */
export function scopeOf(role: Pick<Role, 'path'>): string {
  return /(project|tenant|resource)-roles/.exec(role.path)?.[1] ?? ''
}

export function levelOf({ name }: Role): string {
  return (name.split(' ').at(-1) as string).toLowerCase()
}

/** The resources of the catalogue: key, title, and the place of the key. */
export function catalogueOf(set: SeededSet): { key: string; title: string; row: TableRow; table: Table }[] {
  return tablesWith(set, 'Resource Key').flatMap((table) => {
    const column = table.header.cells.findIndex((cell) => cell.text === 'Resource Key')
    return table.rows.map((row) => {
      return { key: (row.cells[column]?.text ?? '').replaceAll('`', ''), title: row.cells[0]?.text ?? '', row, table }
    })
  })
}

/** The operations that the catalogue lists for each key, with the place of each. */
export function offeredIn(set: SeededSet): Map<string, Map<string, Line>> {
  const offered = new Map<string, Map<string, Line>>()
  for (const { key, title, row, table } of catalogueOf(set)) {
    const page = pageOf(set, table.path)
    const found = new Map<string, Line>()
    const column = table.header.cells.findIndex((cell) => cell.text === 'Operations')
    if (column >= 0) for (const name of (row.cells[column]?.text ?? '').split(', ')) found.set(name, row)
    const panel = page.panels.find(({ name }) => name === title || name === `${title}s`)
    const heading = page.headings.find(({ text }) => text === title || text === `${title}s`)
    const from = panel?.openEnd ?? heading?.end
    if (column < 0 && from !== undefined) {
      const next = page.headings.find(({ start }) => start >= from)?.start ?? page.text.length
      const area = page.text.slice(from, panel?.close ?? next)
      for (const match of area.matchAll(/^- (\w+)\n/gm)) {
        const start = from + match.index
        found.set(match[1] as string, { start, end: start + match[0].length })
      }
    }
    offered.set(key, found)
  }
  return offered
}

export interface Action {
  path: string
  action: string
  /** Offset of its first character, the quote of a string. */
  at: number
  line: Line
}

export interface Policy {
  path: string
  fence: Fence
  provider: 'aws' | 'azure' | 'gcp' | 'list'
  /** Lists of actions that stand one a line, each in order. */
  lists: Action[][]
}

const policies = new WeakMap<Files, Policy[]>()

export function policiesOf(set: SeededSet): Policy[] {
  const known = policies.get(set.files)
  if (known) return known
  const made = survey(set).flatMap(({ path, text, fences }) =>
    fences.flatMap((fence): Policy[] => {
      const body = text.slice(fence.bodyStart, fence.bodyEnd)
      if (fence.lang === 'text') return [{ path, fence, provider: 'list', lists: [bareLines(path, text, fence)] }]
      if (fence.lang !== 'json') return []
      const provider = /"Statement"/.test(body) ? 'aws' : /"includedPermissions"/.test(body) ? 'gcp' : 'azure'
      const lists = [...body.matchAll(/"(?:Action|Actions|includedPermissions)": \[\n((?: *"[^"\n]+",?\n)+)/g)]
      return [
        {
          ...{ path, fence, provider },
          lists: lists.map((match) => {
            const from = fence.bodyStart + match.index + match[0].length - (match[1] as string).length
            return [...(match[1] as string).matchAll(/^( *)"([^"\n]+)",?\n/gm)].map((line) => {
              const start = from + line.index
              const at = start + (line[1] as string).length
              return { path, action: line[2] as string, at, line: { start, end: start + line[0].length } }
            })
          }),
        },
      ]
    }),
  )
  policies.set(set.files, made)
  return made
}

function bareLines(path: string, text: string, { bodyStart, bodyEnd }: Fence): Action[] {
  return [...text.slice(bodyStart, bodyEnd).matchAll(/^([A-Za-z]+)\n/gm)].map((match) => {
    const start = bodyStart + match.index
    return { path, action: match[1] as string, at: start, line: { start, end: start + match[0].length } }
  })
}
