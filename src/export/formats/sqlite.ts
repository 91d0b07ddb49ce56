import type { Dataset, Source } from '../../model/dataset.ts'
import { type Database, defineFormat } from '../format.ts'
import { SCHEMA } from '../sqlite-schema.ts'

type Value = string | number | null

/** One SQLite database after https://www.sqlite.org/fileformat2.html: the same bytes for the same dataset. */
export default defineFormat({
  id: 'sqlite',
  summary: 'A SQLite database with keys, indexes, and a view of what each role holds',
  unavailable: ({ openDatabase }) =>
    openDatabase ? null : 'needs Node 24.16 or newer, whose `node:sqlite` gives bytes',
  files(dataset, { openDatabase }) {
    if (!openDatabase) return []
    const database = openDatabase()
    try {
      return [
        {
          name: 'rolebook.sqlite',
          title: 'SQLite database',
          description:
            'All facts in normalised tables; the view `role_permissions` says what each role holds in the end.',
          content: bytesOf(database, dataset),
        },
      ]
    } finally {
      database.close()
    }
  },
})

function bytesOf(database: Database, dataset: Dataset): Uint8Array {
  // Keys are declared for whoever asks the database; a dataset that breaks one is still written whole.
  database.exec(
    'PRAGMA page_size = 4096; PRAGMA encoding = "UTF-8"; PRAGMA auto_vacuum = NONE; PRAGMA foreign_keys = OFF',
  )
  database.exec(SCHEMA)
  database.exec('BEGIN')
  for (const [table, rows] of rowsOf(dataset)) {
    const [first] = rows
    if (first === undefined) continue
    const insert = database.prepare(
      `INSERT ${isList(table) ? 'OR IGNORE ' : ''}INTO ${table} VALUES (${first.map(() => '?').join(', ')})`,
    )
    for (const row of rows) insert.run(...row)
  }
  database.exec('COMMIT; VACUUM')
  const bytes = Uint8Array.from(database.serialize())
  // The version of the library that wrote it last: nothing of the data.
  bytes.fill(0, 96, 100)
  return bytes
}

/** A list may say a thing twice, which its table has once; ids are each other's equals nowhere. */
function isList(table: string): boolean {
  return /_(?:aliases|scopes|operations|permissions|requirements)$/.test(table)
}

const place = ({ path, line, column }: Source): Value[] => [path, line, column]
/** Rows of `id, text`, one for each text in a list of an entity. */
const items = <T>(list: readonly T[], id: (item: T) => string, texts: (item: T) => readonly string[]): Value[][] =>
  list.flatMap((item) => texts(item).map((text) => [id(item), text]))
const byId = ({ id }: { id: string }) => id

/** The rows of each table, in the order of the dataset; values in the order of the table's columns. */
function rowsOf(dataset: Dataset): [table: string, rows: Value[][]][] {
  const { scopes, operations, resources, permissions, roles, catalogues, mappings, policies, sources } = dataset
  let grant = 0
  let statement = 0
  return [
    [
      'dataset',
      Object.entries({ name: dataset.name, version: dataset.version, schema_version: dataset.schemaVersion }),
    ],
    ['sources', sources.map(({ path, sha256 }) => [path, sha256])],
    ['scopes', scopes.map(({ id, title }) => [id, title])],
    ['operations', operations.map(({ id, access }) => [id, access])],
    ['resources', resources.map(({ id, title, description, source }) => [id, title, description, ...place(source)])],
    ['resource_aliases', items(resources, byId, ({ aliases }) => aliases)],
    ['resource_scopes', items(resources, byId, (resource) => resource.scopes)],
    ['resource_operations', items(resources, byId, (resource) => resource.operations)],
    [
      'permissions',
      permissions.map(({ id, resource, operation, access, title = null, description = null }) => [
        ...[id, resource, operation, access, title, description],
      ]),
    ],
    [
      'roles',
      roles.map(({ id, name, scope, group, level, description, source }) => [
        ...[id, name, scope, group, level, description],
        ...place(source),
      ]),
    ],
    ['role_aliases', items(roles, byId, ({ aliases }) => aliases)],
    [
      'grants',
      roles.flatMap((role) =>
        role.grants.map(({ permission, effect, note, source }) => [
          ...[++grant, role.id, permission, effect, note],
          ...place(source),
        ]),
      ),
    ],
    ['catalogues', catalogues.map(({ id, title, scope, source }) => [id, title, scope, ...place(source)])],
    ['catalogue_permissions', items(catalogues, byId, (catalogue) => catalogue.permissions)],
    ['mappings', mappings.map(({ id, description, source }, i) => [i + 1, id, description, ...place(source)])],
    [
      'mapping_restrictions',
      mappings.flatMap(({ restrictions }, i) => restrictions.map((text, at) => [i + 1, at + 1, text])),
    ],
    [
      'mapping_requirements',
      mappings.flatMap(({ requires }, i) =>
        requires.flatMap((choice, at) => choice.map((role) => [i + 1, at + 1, role])),
      ),
    ],
    [
      'policies',
      policies.map(({ id, title, provider, kind, variant, document, lastUpdate, source }) => [
        ...[id, title, provider, kind, variant],
        ...[document === null ? null : JSON.stringify(document), lastUpdate, ...place(source)],
      ]),
    ],
    ['policy_permissions', items(policies, byId, (policy) => policy.permissions)],
    ['policy_uses', policies.flatMap(({ id, usedBy }) => usedBy.map((use) => [id, ...place(use)]))],
    [
      'policy_statements',
      policies.flatMap(({ id, statements }) =>
        statements.map(({ sid, effect, actions, notActions, resources: on, conditions, source }) => [
          ...[++statement, id, sid, effect],
          ...[actions, notActions, on].map((list) => JSON.stringify(list)),
          conditions === null ? null : JSON.stringify(conditions),
          ...place(source),
        ]),
      ),
    ],
  ]
}
