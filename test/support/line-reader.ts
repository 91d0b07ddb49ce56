/**
 * An independent reader of roles, grants and policy actions: lines and regular expressions, no Markdown parser, nothing
 * from `src/`. It reads only the shapes of the pages that it is used on, and is what the extraction is compared with.
 *
 * Names: a role is called by the label of its tab or panel; except where the role table of its section does not list
 * that label but lists the heading inside the tab. Outside of tabs a matrix belongs to the only row of the section's
 * role table.
 */

export interface Position {
  line: number
  column: number
}

export interface LineGrant extends Position {
  permission: string
}

export interface LineRole extends Position {
  name: string
  grants: LineGrant[]
}

export interface LineReading {
  roles: LineRole[]
  catalogues: { title: string; permissions: string[] }[]
  /** Rows of the section tables of roles. */
  described: ({ name: string } & Position)[]
}

const HEADING = /^(#{1,6})\s+(.+?)\s*$/
const OPEN = /<(?:Tabs\.TabPane|TabItem|AccordionPanel)\b[^>]*?\b(?:tab|label|title)="([^"]*)"/
const CLOSE = /<\/(?:Tabs\.TabPane|TabItem|AccordionPanel)>/
const BULLET = /^(\s*-\s+)([A-Za-z]+)\.([A-Za-z]+)\s*$/

/** Lines with fences and HTML comments emptied, so that nothing in them counts. */
function liveLines(text: string): string[] {
  let fence = false
  let comment = false
  return text.split(/\r?\n/).map((line) => {
    if (!comment && /^\s*(?:```|~~~)/.test(line)) {
      fence = !fence
      return ''
    }
    if (fence) return ''
    if (comment) {
      comment = !line.includes('-->')
      return ''
    }
    if (/^\s*<!--/.test(line)) {
      comment = !line.includes('-->')
      return ''
    }
    return line
  })
}

/** The cells of a pipe row with the 1-based column of each cell's first character that is no space. */
export function pipeCells(line: string): ({ text: string } & { column: number })[] {
  const start = line.indexOf('|')
  if (start === -1) return []
  const cells: { text: string; column: number }[] = []
  let from = start + 1
  for (const part of line.slice(start + 1).split('|')) {
    const lead = part.length - part.trimStart().length
    cells.push({ text: part.trim().replace(/^\*\*(.*)\*\*$|^`(.*)`$/, '$1$2'), column: from + lead + 1 })
    from += part.length + 1
  }
  if (cells.at(-1)?.text === '') cells.pop()
  return cells
}

export function readRoles(text: string): LineReading {
  const reading: LineReading = { roles: [], catalogues: [], described: [] }
  let panel: ({ label: string; heading: ({ text: string } & Position) | null } & Position) | null = null
  let table: string[] = []
  let tablePlaces: Position[] = []
  let columns: string[] | null = null
  let inRoleTable = false
  let role: LineRole | null = null
  let catalogue: { title: string; permissions: string[] } | null = null

  const currentRole = (): LineRole => {
    if (role) return role
    let name: string
    let place: Position
    if (panel) {
      const label = panel.label.trim()
      const { heading } = panel
      const byHeading = !table.includes(label) && heading !== null && table.includes(heading.text)
      name = byHeading ? heading.text : label
      place = byHeading ? heading : panel
    } else {
      if (table.length !== 1) throw new Error(`a matrix under ${table.length} described roles`)
      name = table[0] as string
      place = tablePlaces[0] as Position
    }
    role = { name, line: place.line, column: place.column, grants: [] }
    reading.roles.push(role)
    return role
  }

  liveLines(text).forEach((line, index) => {
    const number = index + 1
    const heading = HEADING.exec(line)
    if (heading) {
      if (panel) panel.heading = { text: heading[2] as string, line: number, column: 1 }
      else {
        table = []
        tablePlaces = []
        role = null
      }
    }
    const open = OPEN.exec(line)
    if (open) {
      const label = open[1] as string
      const column = line.indexOf(`"${label}"`, open.index) + 2
      panel = { label, heading: null, line: number, column }
      role = null
      catalogue = /^available\b/i.test(label.trim()) ? { title: label.trim(), permissions: [] } : null
      if (catalogue) reading.catalogues.push(catalogue)
    }
    if (CLOSE.test(line) && !open) {
      panel = null
      role = null
      catalogue = null
    }
    const cells = pipeCells(line)
    if (!line.trimStart().startsWith('|')) {
      columns = null
      inRoleTable = false
    } else if (/^Role Names?$/i.test(cells[0]?.text ?? '')) {
      inRoleTable = true
    } else if (/^[\s|:-]+$/.test(line)) {
      // The delimiter row says nothing.
    } else if (inRoleTable) {
      const [cell] = cells
      if (cell) {
        table.push(cell.text)
        tablePlaces.push({ line: number, column: cell.column })
        reading.described.push({ name: cell.text, line: number, column: cell.column })
      }
    } else if (columns === null) {
      const titles = cells.map((cell) => cell.text)
      columns = /^(?:Create|Get|List)$/.test(titles[1] ?? '') ? titles : []
      if (columns.length > 0) currentRole()
    } else if (columns.length > 0) {
      const key = cells[0]?.text ?? ''
      cells.forEach((cell, i) => {
        const operation = columns?.[i]
        if (i === 0 || operation === undefined || cell.text !== '√') return
        const permission = `${key}.${operation.toLowerCase()}`
        currentRole().grants.push({ permission, line: number, column: cell.column })
      })
    }
    const bullet = BULLET.exec(line)
    if (bullet && panel) {
      const permission = `${bullet[2]}.${bullet[3]}`
      if (catalogue) catalogue.permissions.push(permission)
      else currentRole().grants.push({ permission, line: number, column: (bullet[1] as string).length + 1 })
    }
  })
  return reading
}

export interface LinePolicy {
  /** Line of the opening fence. */
  line: number
  actions: string[]
}

/** The policies in a text's fences: quoted strings of `Action`, `Actions` and `includedPermissions`; one-name-a-line lists. */
export function readPolicies(text: string): LinePolicy[] {
  const policies: LinePolicy[] = []
  let fence: { line: number; lang: string; body: string[] } | null = null
  text.split(/\r?\n/).forEach((line, index) => {
    const mark = /^\s*```\s*(\w*)/.exec(line)
    if (fence && /```\s*$/.test(line)) {
      const actions = /^\s*\{/.test(fence.body.join('\n')) ? jsonActions(fence.body) : listedActions(fence)
      if (actions.length > 0) policies.push({ line: fence.line, actions: [...new Set(actions)].sort(codeUnits) })
      fence = null
    } else if (fence) fence.body.push(line)
    else if (mark) fence = { line: index + 1, lang: mark[1] as string, body: [] }
  })
  return policies
}

function jsonActions(body: string[]): string[] {
  const actions: string[] = []
  let open = false
  for (const line of body) {
    let rest = line
    const key = /"(?:Action|Actions|includedPermissions)"\s*:\s*(.*)$/.exec(line)
    if (key) {
      rest = key[1] as string
      open = rest.startsWith('[')
      if (!open) {
        const single = /^"([^"]*)"/.exec(rest)
        if (single) actions.push(single[1] as string)
        continue
      }
    }
    if (!open) continue
    const end = rest.indexOf(']')
    const part = end === -1 ? rest : rest.slice(0, end)
    for (const match of part.matchAll(/"([^"]*)"/g)) actions.push(match[1] as string)
    if (end !== -1) open = false
  }
  return actions
}

function listedActions(fence: { lang: string; body: string[] }): string[] {
  const names = fence.body.map((line) => line.trim()).filter((line) => line !== '')
  return fence.lang === 'text' && names.every((name) => /^[a-z]+[A-Z]\w*$/.test(name)) ? names : []
}

/** `Category.Privilege` of tables of vSphere privileges, by the heading and the tab that they stand in. */
export function readPrivileges(text: string): { section: string; tab: string; privileges: string[] }[] {
  const tables = new Map<string, { section: string; tab: string; privileges: string[] }>()
  let section = ''
  let tab = ''
  let rows = false
  for (const line of liveLines(text)) {
    section = HEADING.exec(line)?.[2] ?? section
    tab = OPEN.exec(line)?.[1] ?? tab
    const cells = pipeCells(line)
    const key = `${section} ${tab}`
    if (cells.length === 0) rows = false
    else if (cells[0]?.text === 'Category') {
      rows = true
      if (!tables.has(key)) tables.set(key, { section, tab, privileges: [] })
    } else if (rows && !/^[\s|:-]+$/.test(line)) {
      for (const name of (cells[1]?.text ?? '').split(/<br\s*\/?\s*>/)) {
        const privilege = name.trim().replace(/:\s+/g, '.')
        if (privilege !== '') tables.get(key)?.privileges.push(`${cells[0]?.text}.${privilege}`)
      }
    }
  }
  return [...tables.values()].map((table) => ({
    ...table,
    privileges: [...new Set(table.privileges)].sort(codeUnits),
  }))
}

/** Bulleted ids of raw vSphere API privileges, by heading. */
export function readPrivilegeLists(text: string): { section: string; privileges: string[] }[] {
  const lists = new Map<string, string[]>()
  let section = ''
  for (const line of liveLines(text)) {
    section = HEADING.exec(line)?.[2] ?? section
    const bullet = /^\s*-\s+`([A-Z]\w*(?:\.\w+)+)`\s*$/.exec(line)
    if (bullet) lists.set(section, [...(lists.get(section) ?? []), bullet[1] as string])
  }
  return [...lists].map(([section, privileges]) => ({ section, privileges: [...new Set(privileges)].sort(codeUnits) }))
}

/** Each row of the catalogue: key, title, and the scopes that are ticked. */
export function readCatalogue(text: string): { key: string; title: string; scopes: string[] }[] {
  const rows: { key: string; title: string; scopes: string[] }[] = []
  let header: string[] | null = null
  for (const line of liveLines(text)) {
    const cells = pipeCells(line).map((cell) => cell.text)
    if (cells.length === 0) header = null
    else if (cells.includes('Resource Key')) header = cells
    else if (header && !/^[\s|:-]+$/.test(line)) {
      const scopes = header.flatMap((title, i) => {
        const scope = /^(\w+) Role Scope$/.exec(title)?.[1]
        return scope && cells[i] === '✅' ? [scope.toLowerCase()] : []
      })
      rows.push({ title: cells[0] as string, key: cells[1] as string, scopes: scopes.sort(codeUnits) })
    }
  }
  return rows
}

/** Rows of a table of keys with operations and scopes in lists; its delimiter row is not asked for its cells. */
export function readScopeMatrix(
  text: string,
): { title: string; key: string; operations: string[]; scopes: string[] }[] {
  const rows: { title: string; key: string; operations: string[]; scopes: string[] }[] = []
  let inside = false
  for (const line of liveLines(text)) {
    const [title = '', key = '', operations = '', scopes = ''] = pipeCells(line).map((cell) => cell.text)
    if (title === '') inside = false
    else if (key === 'Resource Key' && operations === 'Operations') inside = true
    else if (inside && !/^[\s|:-]+$/.test(line)) {
      rows.push({
        title,
        key,
        operations: operations.split(/\s*,\s*/).sort(codeUnits),
        scopes: scopes.toLowerCase().split(/\s+/).sort(codeUnits),
      })
    }
  }
  return rows
}

/** Bare operations in panels: component to operations, in order. */
export function readOperations(text: string): Map<string, string[]> {
  const operations = new Map<string, string[]>()
  let panel: string | null = null
  for (const line of liveLines(text)) {
    const open = OPEN.exec(line)
    if (open) panel = (open[1] as string).trim()
    else if (CLOSE.test(line)) panel = null
    const bullet = /^\s*-\s+([a-z][A-Za-z]*)\s*$/.exec(line)
    if (bullet && panel !== null) operations.set(panel, [...(operations.get(panel) ?? []), bullet[1] as string])
  }
  return operations
}

/** Ticks and crosses of a table whose rows are actions: role to action to whether it is granted. */
export function readActions(text: string): Map<string, Map<string, boolean>> {
  const roles = new Map<string, Map<string, boolean>>()
  let header: string[] | null = null
  for (const line of liveLines(text)) {
    const cells = pipeCells(line).map((cell) => cell.text)
    if (cells.length === 0) header = null
    else if (/^(?:Permissions?|Actions?)$/.test(cells[0] ?? '')) header = cells
    else if (header && !/^[\s|:-]+$/.test(line)) {
      header.forEach((role, i) => {
        const granted = cells[i] === ':white_check_mark:'
        if (!granted && cells[i] !== ':x:') return
        const actions = roles.get(role) ?? new Map<string, boolean>()
        roles.set(role, actions.set(cells[0] as string, granted))
      })
    }
  }
  return roles
}

export function codeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
