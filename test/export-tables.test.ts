/** Tables read back by other programs: CSV cell by cell, its data package, NDJSON, SQLite by SQL, Markdown by its parser. */
import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { Root, Table } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { afterAll, describe, expect, it } from 'vitest'
import { csv as csvOf, field } from '../src/export/csv-text.ts'
import type { ExportedFile, ExportFormat } from '../src/export/format.ts'
import csv from '../src/export/formats/csv.ts'
import markdown from '../src/export/formats/markdown.ts'
import ndjson from '../src/export/formats/ndjson.ts'
import sqlite from '../src/export/formats/sqlite.ts'
import { memoryDatabases } from '../src/files/sqlite.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { effects } from '../src/query/facts.ts'
import { can } from '../src/query/who-can.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { HOSTILE, hostileDataset, realDatasets } from './support/datasets.ts'
import { saySkipped } from './support/shared.ts'

const openDatabase = memoryDatabases()
const context = { settings: resolveSettings(), openDatabase }
const all: [string, Dataset][] = [...realDatasets(), ['hostile texts', hostileDataset()]]
const counted: string[] = []

saySkipped()
afterAll(() => console.log(counted.join('\n')))

function filesOf(format: ExportFormat, dataset: Dataset): Map<string, ExportedFile> {
  return new Map(format.files(dataset, context).map((file) => [file.name, file]))
}

function contentOf(format: ExportFormat, dataset: Dataset, name: string): string {
  return String(filesOf(format, dataset).get(name)?.content)
}

/** Rows as another program reads them: strictly, and as they stand. */
function rowsOf(content: string): string[][] {
  return parse(content, { record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false })
}

/** What the data package says of reading a field. */
function asItWas(value: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(value) ? value.slice(1) : value
}

const written = (value: string | number | boolean | null) => (value === null ? '' : String(value))

describe('CSV', () => {
  it('quotes commas, quotes and line ends, and nothing else', () => {
    expect(['plain', 'a,b', 'say "no"', 'two\nlines', 'two\r\nlines', '', ' padded '].map(field)).toEqual([
      ...['plain', '"a,b"', '"say ""no"""', '"two\nlines"', '"two\r\nlines"', '', ' padded '],
    ])
    expect([field(3), field(-3), field(true), field(null)]).toEqual(['3', '-3', 'true', ''])
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A1",
  ])('gives %j an apostrophe, so that no spreadsheet runs it', (value) => {
    expect(rowsOf(csvOf([[value, 'end']]))).toEqual([[`'${value}`, 'end']])
  })

  it('gives every text back that is written, whatever it begins with', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', 'a', '＝') })
    const row = fc.array(text, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(row, (values) => {
        expect(rowsOf(csvOf([values]))[0]?.map(asItWas)).toEqual(values)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(all)('of %s has every role, grant, policy and action, cell by cell', (name, dataset) => {
    const place = ({ path, line, column }: { path: string; line: number; column: number }) => [path, line, column]
    const permissions = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
    const expected: Record<string, (string | number | boolean | null)[][]> = {
      'roles.csv': [
        [
          ...['role_id', 'role_name', 'scope', 'group', 'level', 'description', 'aliases', 'permissions', 'granted'],
          ...['conditional', 'denied', 'path', 'line', 'column'],
        ],
        ...dataset.roles.map(({ id, name, scope, group, level, description, aliases, grants, source, permissions }) => [
          ...[id, name, scope, group, level, description, JSON.stringify(aliases), permissions.length],
          ...['granted', 'conditional', 'denied'].map((effect) => grants.filter((one) => one.effect === effect).length),
          ...place(source),
        ]),
      ],
      'grants.csv': [
        [
          ...['role_id', 'role_name', 'scope', 'group', 'level', 'permission', 'resource', 'operation', 'access'],
          ...['effect', 'note', 'path', 'line', 'column'],
        ],
        ...dataset.roles.flatMap(({ id, name, scope, group, level, grants }) =>
          grants.map(({ permission, effect, note, source }) => {
            const { resource = null, operation = null, access = null } = permissions.get(permission) ?? {}
            const row = [id, name, scope, group, level, permission, resource, operation, access, effect, note]
            return [...row, ...place(source)]
          }),
        ),
      ],
      'policies.csv': [
        [
          ...['policy_id', 'title', 'provider', 'kind', 'variant', 'statements', 'permissions', 'has_document'],
          ...['last_update', 'used_by', 'path', 'line', 'column'],
        ],
        ...dataset.policies.map((policy) => [
          ...[policy.id, policy.title, policy.provider, policy.kind, policy.variant, policy.statements.length],
          ...[policy.permissions.length, policy.document !== null, policy.lastUpdate, policy.usedBy.length],
          ...place(policy.source),
        ]),
      ],
      'policy-permissions.csv': [
        ['policy_id', 'provider', 'action'],
        ...dataset.policies.flatMap(({ id, provider, permissions }) => permissions.map((one) => [id, provider, one])),
      ],
    }
    const files = filesOf(csv, dataset)
    expect([...files.keys()]).toEqual([...Object.keys(expected), 'datapackage.json'])
    let cells = 0
    for (const [file, rows] of Object.entries(expected)) {
      const read = rowsOf(String(files.get(file)?.content))
      expect(read.map((row) => row.map(asItWas))).toEqual(rows.map((row) => row.map(written)))
      for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
      cells += read.flat().length
    }
    counted.push(`CSV, ${name}: ${cells} cells compared`)
    expect(cells).toBeGreaterThan(100)
  })
})

interface Field {
  name: string
  type: string
  description: string
  constraints?: { required?: boolean; minimum?: number; enum?: string[]; pattern?: string }
}

interface Resource {
  name: string
  path: string
  type: string
  encoding: string
  bytes: number
  hash: string
  dialect: Record<string, unknown>
  schema: {
    fields: Field[]
    missingValues: string[]
    primaryKey?: string[]
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[]
  }
}

interface Package {
  $schema: string
  name: string
  resources: Resource[]
}

/** What breaks the profile's required parts, or a declared type, constraint or key; and how many cells were looked at. */
function problemsOf({ $schema, name, resources }: Package, files: ReadonlyMap<string, string>) {
  const problems: string[] = []
  let cells = 0
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  check($schema === 'https://datapackage.org/profiles/2.0/datapackage.json', 'the profile')
  check(/^[a-z0-9._-]+$/.test(name), `the name ${name}`)
  check(
    resources.length > 0 && new Set(resources.map((one) => one.name)).size === resources.length,
    'names of resources',
  )
  const tables = new Map<string, Record<string, string>[]>()
  for (const resource of resources) {
    const content = files.get(resource.path) ?? ''
    const at = resource.path
    check(/^[a-z0-9._-]+$/.test(resource.name) && resource.type === 'table', `${at}: name or type`)
    check(resource.encoding === 'utf-8' && resource.bytes === Buffer.byteLength(content), `${at}: bytes`)
    check(resource.hash === `sha256:${createHash('sha256').update(content).digest('hex')}`, `${at}: hash`)
    check(resource.dialect.lineTerminator === '\r\n' && resource.dialect.header === true, `${at}: dialect`)
    const { fields, missingValues, primaryKey } = resource.schema
    const [header, ...rows] = rowsOf(content)
    check(JSON.stringify(header) === JSON.stringify(fields.map((one) => one.name)), `${at}: header`)
    for (const row of rows) {
      for (const [i, { name, type, constraints = {} }] of fields.entries()) {
        const value = row[i] as string
        const where = `${at}: ${name} ${JSON.stringify(value)}`
        cells++
        if (missingValues.includes(value)) {
          check(constraints.required !== true, `${where} is required`)
          continue
        }
        check(isOfType(type, value), `${where} is no ${type}`)
        check(constraints.minimum === undefined || Number(value) >= constraints.minimum, `${where} is too small`)
        check(constraints.enum?.includes(value) ?? true, `${where} is none of the values`)
        check(!constraints.pattern || new RegExp(`^(?:${constraints.pattern})$`).test(value), `${where}: pattern`)
      }
    }
    const keyed = rows.map((row) => Object.fromEntries(fields.map(({ name }, i) => [name, row[i] as string])))
    tables.set(resource.name, keyed)
    const keys = keyed.map((row) => JSON.stringify((primaryKey ?? []).map((one) => row[one])))
    check(!primaryKey || new Set(keys).size === keys.length, `${at}: the primary key is not unique`)
  }
  for (const { path, name, schema } of resources) {
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const keyOf = (names: string[]) => (row: Record<string, string>) => JSON.stringify(names.map((one) => row[one]))
      const there = new Set((tables.get(reference.resource) ?? []).map(keyOf(reference.fields)))
      const dangling = (tables.get(name) ?? []).map(keyOf(fields)).filter((key) => !there.has(key))
      check(dangling.length === 0, `${path}: ${dangling[0]} is not in ${reference.resource}`)
    }
  }
  return { problems, cells }
}

function isOfType(type: string, value: string): boolean {
  if (type === 'string') return true
  if (type === 'integer') return /^-?\d+$/.test(value)
  if (type === 'boolean') return value === 'true' || value === 'false'
  return type === 'array' && Array.isArray(JSON.parse(value))
}

describe('the data package of the CSV files', () => {
  const read = (dataset: Dataset) => {
    const files = new Map([...filesOf(csv, dataset)].map(([name, file]) => [name, String(file.content)]))
    return { files, described: JSON.parse(files.get('datapackage.json') as string) as Package }
  }

  it.each(all)('of %s describes types, constraints, keys, sizes and hashes as they are', (name, dataset) => {
    const { files, described } = read(dataset)
    const { problems, cells } = problemsOf(described, files)
    expect(problems).toEqual([])
    expect(described.resources.map(({ path }) => path)).toEqual(
      [...files.keys()].filter((path) => path.endsWith('csv')),
    )
    for (const { description } of described.resources.flatMap(({ schema }) => schema.fields))
      expect(description).toMatch(/^[A-Z`1].{3,}/)
    counted.push(`Data package, ${name}: ${cells} cells held against the schema`)
  })

  it('fails where a row breaks its schema', () => {
    const { files, described } = read((all[0] as [string, Dataset])[1])
    const broken = (path: string, from: RegExp, to: string) => {
      const changed = new Map(files).set(path, (files.get(path) as string).replace(from, to))
      return problemsOf(described, changed).problems.map((problem) => problem.replace(/^(\S+: \S+).*$/, '$1'))
    }
    expect(broken('grants.csv', /,granted,/, ',given,')).toEqual([
      'grants.csv: bytes',
      'grants.csv: hash',
      'grants.csv: effect',
    ])
    expect(broken('grants.csv', /\r\nproject\//, '\r\nprojekt/')).toContain(
      'grants.csv: ["projekt/app-deployment-admin"]',
    )
    expect(broken('roles.csv', /,\d+,\d+\r\n/, ',0,x\r\n')).toEqual(
      expect.arrayContaining(['roles.csv: line', 'roles.csv: column']),
    )
  })

  it('says how a text that has an apostrophe before it is read', () => {
    const { files } = read(hostileDataset())
    expect(files.get('datapackage.json')).toContain("/^'+[=+\\\\-@\\\\t\\\\r\\\\n＝＋－＠]/")
  })
})

describe('NDJSON', () => {
  it.each(all)('of %s is a grant a line and a role a line, as the dataset has them', (name, dataset) => {
    const lines = (file: string) => contentOf(ndjson, dataset, file).split(/(?<=\n)/)
    const known = new Map(dataset.permissions.map((permission) => [permission.id, permission]))
    const expected = dataset.roles.flatMap((role) =>
      role.grants.map((grant) => {
        const { resource = null, operation = null, access = null } = known.get(grant.permission) ?? {}
        const { id, name, scope, group, level } = role
        return { role: id, name, scope, group, level, ...grant, resource, operation, access }
      }),
    )
    expect(lines('grants.ndjson').map((line) => JSON.parse(line))).toEqual(expected)
    expect(lines('roles.ndjson').map((line) => JSON.parse(line))).toEqual(dataset.roles)
    for (const line of [...lines('grants.ndjson'), ...lines('roles.ndjson')])
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    counted.push(`NDJSON, ${name}: ${expected.length + dataset.roles.length} lines parsed`)
  })
})

if (openDatabase === null) console.log('skipped: no SQLite in this Node')
describe.skipIf(openDatabase === null)('SQLite', () => {
  const open = (dataset: Dataset) => {
    const bytes = filesOf(sqlite, dataset).get('rolebook.sqlite')?.content as Uint8Array
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    const database = new DatabaseSync(':memory:')
    database.deserialize(bytes)
    const rows = (sql: string) => database.prepare(sql).all() as Record<string, string | number | null>[]
    return { bytes, rows }
  }

  it.each(all)('of %s answers as `can` does, for every role and permission', (name, dataset) => {
    const { rows } = open(dataset)
    const key = (role: unknown, permission: unknown) => JSON.stringify([role, permission])
    const held = new Map(
      rows('SELECT * FROM role_permissions').map((row) => [key(row.role, row.permission), row.effect]),
    )
    const said = new Map(rows('SELECT * FROM role_effects').map((row) => [key(row.role, row.permission), row.effect]))
    let asked = 0
    const disagreements: string[] = []
    for (const role of dataset.roles) {
      const effect = effects(role)
      for (const { id } of dataset.permissions) {
        asked++
        const { allowed, effect: answer } = can(role, id)
        const there = key(role.id, id)
        if ((held.get(there) ?? null) !== (allowed ? answer : null)) disagreements.push(there)
        if ((said.get(there) ?? null) !== effect(id)) disagreements.push(`${there} effect`)
      }
    }
    expect(disagreements).toEqual([])
    counted.push(`SQLite, ${name}: ${asked} pairs asked, ${disagreements.length} disagreements`)
    expect(asked).toBe(dataset.roles.length * dataset.permissions.length)
  })

  it.each(all)('of %s is whole: integrity, foreign keys, every row', (_name, dataset) => {
    const { rows } = open(dataset)
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(rows('PRAGMA foreign_key_check')).toEqual([])
    const count = (table: string) => rows(`SELECT count(*) AS n FROM ${table}`)[0]?.n
    const sum = (lengths: number[]) => lengths.reduce((total, length) => total + length, 0)
    expect(count('roles')).toBe(dataset.roles.length)
    expect(count('resources')).toBe(dataset.resources.length)
    expect(count('grants')).toBe(sum(dataset.roles.map(({ grants }) => grants.length)))
    expect(count('policy_permissions')).toBe(sum(dataset.policies.map(({ permissions }) => permissions.length)))
    expect(count('policy_statements')).toBe(sum(dataset.policies.map(({ statements }) => statements.length)))
    const texts = rows('SELECT id, name, "group", description, path, line FROM roles ORDER BY id')
    const expected = dataset.roles.map(({ id, name, group, description, source: { path, line } }) => {
      return { id, name, group, description, path, line }
    })
    const byId = (a: { id: unknown }, b: { id: unknown }) => (JSON.stringify(a.id) < JSON.stringify(b.id) ? -1 : 1)
    expect(texts.sort(byId as never)).toEqual(expected.sort(byId))
    const documents = rows('SELECT id, document FROM policies WHERE document IS NOT NULL')
    const byPolicy = new Map(dataset.policies.map(({ id, document }) => [id, document]))
    for (const { id, document } of documents) expect(JSON.parse(String(document))).toEqual(byPolicy.get(String(id)))
  })

  it('has the same bytes twice, and none of the library that wrote them', () => {
    for (const [, dataset] of all) {
      const [one, two] = [open(dataset).bytes, open(structuredClone(dataset)).bytes]
      expect(Buffer.compare(one, two)).toBe(0)
      // https://www.sqlite.org/fileformat2.html#the_database_header
      expect(String.fromCharCode(...one.slice(0, 15))).toBe('SQLite format 3')
      expect([...one.slice(96, 100)]).toEqual([0, 0, 0, 0])
      expect([...one.slice(16, 18)]).toEqual([16, 0])
    }
  })

  it('asks through its indexes', () => {
    const { rows } = open((all[0] as [string, Dataset])[1])
    const plan = (sql: string) =>
      rows(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => String(detail))
        .join('\n')
    expect(plan("SELECT role FROM grants WHERE permission = 'cluster.delete'")).toContain('grants_by_permission')
    expect(plan("SELECT permission FROM grants WHERE role = 'a'")).toContain('grants_by_role')
    expect(plan("SELECT policy FROM policy_permissions WHERE action = 'a'")).toContain('policy_permissions_by_action')
  })

  it('is left out with a reason where Node has no bytes of a database', () => {
    const without = { settings: resolveSettings(), openDatabase: null }
    expect(sqlite.files(hostileDataset(), without)).toEqual([])
    expect(sqlite.unavailable?.(without)).toMatch(/^needs Node 24\.16 or newer/)
    expect(sqlite.unavailable?.(context)).toBeNull()
  })
})

describe('Markdown', () => {
  const gfm = unified().use(remarkParse).use(remarkGfm)
  const mdx = unified().use(remarkParse).use(remarkGfm).use(remarkMdx)

  /** Headings and tables, in order; a table as its cells. */
  const shapeOf = (root: Root): (string | string[][])[] =>
    root.children.flatMap((node): (string | string[][])[] => {
      if (node.type === 'heading') return [`${'#'.repeat(node.depth)} ${textOf(node)}`]
      return node.type === 'table' ? [cellsOf(node)] : []
    })
  const cellsOf = (node: Table) => node.children.map((row) => row.children.map((cell) => textOf(cell)))

  it.each(all)('of %s is the same to readers of Markdown and of MDX, with no code in it', (_name, dataset) => {
    for (const { name, content } of markdown.files(dataset, context)) {
      const text = String(content)
      const [plain, strict] = [gfm.parse(text) as Root, mdx.parse(text) as Root]
      expect(shapeOf(strict), name).toEqual(shapeOf(plain))
      const types = new Set<string>()
      const visit = (node: { type: string; children?: unknown[] }) => {
        types.add(node.type)
        for (const child of node.children ?? []) visit(child as never)
      }
      visit(strict)
      const allowed = [
        'root',
        'heading',
        'paragraph',
        'text',
        'table',
        'tableRow',
        'tableCell',
        'list',
        'listItem',
        'inlineCode',
      ]
      expect(
        [...types].filter((type) => !allowed.includes(type)),
        name,
      ).toEqual([])
    }
  })

  it.each(all)('of %s lists every role with what it may do', (name, dataset) => {
    const root = gfm.parse(contentOf(markdown, dataset, 'roles.md')) as Root
    const rows = root.children.flatMap((node) => {
      if (node.type !== 'table') return []
      const [head, ...body] = cellsOf(node)
      return body.map((row) => [row[0], row[head?.indexOf('Permissions') ?? -1]])
    })
    const shown = (text: string) =>
      text
        .replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    const ids = dataset.permissions.map(({ id }) => id).filter((id) => !id.includes('*'))
    const expected = [...Map.groupBy(dataset.roles, ({ scope }) => scope).values()].flat().map((role) => {
      const patterns = role.permissions.filter(
        (id) =>
          id.includes('*') &&
          !ids.some(
            (one) =>
              can(
                {
                  ...role,
                  permissions: [id],
                  grants: [{ permission: id, effect: 'granted', note: null, source: role.source }],
                },
                one,
              ).allowed,
          ),
      )
      return [shown(role.name), String(ids.filter((id) => can(role, id).allowed).length + patterns.length)]
    })
    expect(rows).toEqual(expected)
    counted.push(`Markdown, ${name}: ${rows.length} roles read back`)
  })

  it.each(realDatasets())(
    'of %s has in the matrix of each role what it holds, no more and no less',
    (name, dataset) => {
      const titles = new Map(dataset.resources.map(({ id, title }) => [id, title]))
      const read: Record<string, string[]> = {}
      /** What the table of a group says of each of its roles. */
      const beside: Record<string, string[]> = {}
      let scope = ''
      let role: string | null = null
      for (const part of shapeOf(gfm.parse(contentOf(markdown, dataset, 'matrices.md')) as Root)) {
        if (typeof part === 'string') {
          if (part.startsWith('## ')) scope = part.slice(3)
          role = part.startsWith('#### ') ? `${scope}/${part.slice(5)}` : null
          if (role !== null) read[role] = []
          continue
        }
        const [head, ...body] = part as [string[], ...string[][]]
        if (role === null) {
          for (const [resource, ...cells] of body)
            for (const [i, cell] of cells.entries()) {
              const held = cell === '✓' ? [`${resource}`] : cell.split(', ').flatMap((one) => `${resource}: ${one}`)
              const key = `${scope}/${head[i + 1]}`
              beside[key] = [...(beside[key] ?? []), ...(cell === '' || cell === '✗' ? [] : held)]
            }
        } else {
          const list = read[role] as string[]
          for (const [resource, ...cells] of body)
            for (const [i, cell] of cells.entries()) {
              const column = head[i + 1] as string
              if (column === 'Other' || column === 'Operations')
                list.push(
                  ...cell.split(', ').flatMap((one) => (one === '' || one.endsWith('✗') ? [] : `${resource}: ${one}`)),
                )
              else if (cell.startsWith('✓')) list.push(column === 'May' ? `${resource}` : `${resource}: ${column}`)
            }
        }
      }
      const scopes = new Map(dataset.scopes.map(({ id, title }) => [id, title]))
      const expected: Record<string, string[]> = {}
      for (const one of dataset.roles) {
        expected[`${scopes.get(one.scope) ?? one.scope}/${one.name}`] = dataset.permissions.flatMap((permission) => {
          if (!can(one, permission.id).allowed) return []
          const { resource, operation, title, id } = permission
          return [resource !== null && operation !== null ? `${titles.get(resource)}: ${operation}` : (title ?? id)]
        })
      }
      const sorted = (held: Record<string, string[]>) =>
        Object.fromEntries(Object.entries(held).map(([key, list]) => [key, [...list].sort()]))
      expect(sorted(read)).toEqual(sorted(expected))
      expect(Object.keys(beside).length).toBeGreaterThan(10)
      const alike = Object.keys(beside).map((key) => [key, expected[key] ?? []])
      expect(sorted(beside)).toEqual(sorted(Object.fromEntries(alike)))
      counted.push(`Markdown, ${name}: ${Object.values(read).flat().length} marks read back`)
    },
  )

  it('numbers conditions, and says them below their table', () => {
    const text = contentOf(markdown, hostileDataset(), 'matrices.md')
    expect(text).toMatch(/✓ \(1\)/)
    expect(text).toMatch(/^1\. /m)
    expect(HOSTILE.length).toBeGreaterThan(20)
  })
})
