import { createHash } from 'node:crypto'
import type { Dataset } from '../../model/dataset.ts'
import { plural, toJson } from '../../text.ts'
import { csv } from '../csv-text.ts'
import { defineFormat, type ExportedFile } from '../format.ts'
import { readable } from '../slug.ts'
import { type Table, tables } from '../tables.ts'

const ESCAPES =
  'A text that a spreadsheet would run as a formula has an apostrophe before it. To have all texts as they were, take one ' +
  "apostrophe from the beginning of each field that `/^'+[=+\\-@\\t\\r\\n＝＋－＠]/` fits. An empty field is no value."

/** Tables as CSV after RFC 4180, each with a header row, CRLF, UTF-8 without a byte-order mark; and what describes them. */
export default defineFormat({
  id: 'csv',
  summary: 'Roles, grants and cloud policies as CSV, and a Frictionless data package that describes the columns',
  files(dataset) {
    const written = tables.map((table) => ({ table, file: fileOf(table, dataset) }))
    return [
      ...written.map(({ file }) => file),
      {
        name: 'datapackage.json',
        title: 'Data package of the CSV files',
        description: 'Types, keys, sizes and hashes of the CSV files (Frictionless Data Package, version 2).',
        content: toJson(dataPackage(dataset, written)),
      },
    ]
  },
})

function fileOf(table: Table, dataset: Dataset): ExportedFile {
  const { name, title, description, columns } = table
  const names = columns.map((column) => column.name)
  const content = csv([names, ...table.rows(dataset)])
  return { name: `${name}.csv`, title, description, content, columns: names }
}

/** After https://datapackage.org/standard/data-package/ */
function dataPackage(dataset: Dataset, written: readonly { table: Table; file: ExportedFile }[]) {
  const { name, version, roles, policies } = dataset
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: readable(`${name}-${version}`).toLowerCase() || 'roles',
    title: `Roles and permissions of ${name}, ${version}`,
    description: `${plural(roles.length, 'role')} and ${plural(policies.length, 'cloud policy', 'cloud policies')}, read from documentation. ${ESCAPES}`,
    resources: written.map(({ table, file }) => ({
      name: table.name,
      path: file.name,
      type: 'table',
      title: file.title,
      description: `${file.description} ${ESCAPES}`,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: Buffer.byteLength(file.content),
      hash: `sha256:${createHash('sha256').update(file.content).digest('hex')}`,
      dialect: {
        $schema: 'https://datapackage.org/profiles/2.0/tabledialect.json',
        header: true,
        delimiter: ',',
        lineTerminator: '\r\n',
        quoteChar: '"',
        doubleQuote: true,
      },
      schema: schemaOf(table),
    })),
  }
}

/** After https://datapackage.org/standard/table-schema/ */
function schemaOf({ columns, primaryKey, foreignKeys }: Table) {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: columns.map(({ name, type, description, constraints }) => ({
      ...{ name, type, description },
      ...(constraints ? { constraints } : {}),
    })),
    fieldsMatch: ['exact'],
    missingValues: [''],
    ...(primaryKey ? { primaryKey } : {}),
    ...(foreignKeys
      ? {
          foreignKeys: foreignKeys.map(({ field, table }) => ({
            fields: [field],
            reference: { resource: table, fields: [field] },
          })),
        }
      : {}),
  }
}
