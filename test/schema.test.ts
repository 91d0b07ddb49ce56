/** The dataset against the schema that is published beside it, and the order that the contract promises. */
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { validatorModule } from '../scripts/standalone-validator.ts'
import { analyse } from '../src/analyse.ts'
import { datasetValidator as validator } from '../src/export/validator.ts'
import { type Dataset, datasetJsonSchema, SCHEMA_VERSION } from '../src/model/dataset.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { readFolder } from './support/analysis.ts'
import { listFixtures } from './support/fixtures.ts'
import { harbour } from './support/harbour.ts'
import { ROOT } from './support/shared.ts'

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
const validate = ajv.compile(datasetJsonSchema())

const datasets: [name: string, dataset: Dataset][] = [
  ...(['latest', 'v3'] as const).map((version): [string, Dataset] => {
    const files = readFolder(join(ROOT, 'content', version), `content/${version}/`)
    return [`content/${version}`, analyse(files, resolveSettings(config), version).model.dataset]
  }),
  ...listFixtures().map((fixture): [string, Dataset] => [
    fixture.id,
    analyse(fixture.files, resolveSettings(), 'latest').model.dataset,
  ]),
]

function sortedInCodeUnits(list: readonly string[]): boolean {
  return list.every((item, i) => i === 0 || (list[i - 1] as string) <= item)
}

function sortedAndUnique(list: readonly string[]): boolean {
  return list.every((item, i) => i === 0 || (list[i - 1] as string) < item)
}

describe('the schema', () => {
  it('is JSON Schema 2020-12, and refuses keys that it does not know', () => {
    const schema = datasetJsonSchema()
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    const dataset = JSON.parse(JSON.stringify(datasets[0]?.[1]))
    expect(validate(dataset)).toBe(true)
    expect(validate({ ...dataset, extra: 1 })).toBe(false)
    expect(validate({ ...dataset, schemaVersion: '0.9.0' })).toBe(false)
    expect(validate({ ...dataset, roles: [{ ...dataset.roles[0], scope: null }] })).toBe(false)
    dataset.roles[0].grants[0].effect = 'maybe'
    expect(validate(dataset)).toBe(false)
  })

  it('says its version in the dataset', () => {
    expect(SCHEMA_VERSION).toMatch(/^\d+\.\d+\.\d+$/)
    for (const [, dataset] of datasets) expect(dataset.schemaVersion).toBe(SCHEMA_VERSION)
  })
})

describe.each(datasets)('the dataset of %s', (_name, dataset) => {
  it('fits the schema, as it is and as JSON', () => {
    expect(validate(dataset), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(JSON.parse(JSON.stringify(dataset))), JSON.stringify(validate.errors)).toBe(true)
  })

  it('has its keys and lists in the order of the contract', () => {
    expect(Object.keys(dataset)).toEqual([
      ...['$schema', 'schemaVersion', 'name', 'version', 'sources', 'scopes', 'operations', 'resources', 'permissions'],
      ...['roles', 'catalogues', 'mappings', 'policies'],
    ])
    const ids = {
      sources: dataset.sources.map((source) => source.path),
      scopes: dataset.scopes.map((scope) => scope.id),
      operations: dataset.operations.map((operation) => operation.id),
      resources: dataset.resources.map((resource) => resource.id),
      permissions: dataset.permissions.map((permission) => permission.id),
      roles: dataset.roles.map((role) => role.id),
      catalogues: dataset.catalogues.map((catalogue) => catalogue.id),
      mappings: dataset.mappings.map((mapping) => mapping.id),
      policies: dataset.policies.map((policy) => policy.id),
    }
    for (const [list, values] of Object.entries(ids)) expect(sortedAndUnique(values), list).toBe(true)
  })

  it('has the permissions of each role, catalogue and policy sorted and unique', () => {
    for (const { id, permissions } of [...dataset.roles, ...dataset.catalogues, ...dataset.policies])
      expect(sortedAndUnique(permissions), id).toBe(true)
    for (const role of dataset.roles) {
      expect(sortedInCodeUnits(role.grants.map((grant) => grant.permission)), role.id).toBe(true)
      const held = role.grants.filter((grant) => grant.effect !== 'denied').map((grant) => grant.permission)
      expect([...new Set(held)], role.id).toEqual(role.permissions)
    }
    for (const resource of dataset.resources) {
      expect(sortedAndUnique(resource.operations), resource.id).toBe(true)
      expect(sortedAndUnique(resource.aliases), resource.id).toBe(true)
    }
  })

  it('refers to nothing that it does not hold', () => {
    const permissions = new Set(dataset.permissions.map((permission) => permission.id))
    const resources = new Set(dataset.resources.map((resource) => resource.id))
    const operations = new Set(dataset.operations.map((operation) => operation.id))
    const scopes = new Set(dataset.scopes.map((scope) => scope.id))
    const paths = new Set(dataset.sources.map((source) => source.path))
    const lost: string[] = []
    const owe = (known: boolean, what: string) => known || lost.push(what)
    for (const role of dataset.roles) {
      owe(scopes.has(role.scope), `${role.id}: ${role.scope}`)
      for (const grant of role.grants) {
        owe(permissions.has(grant.permission), `${role.id}: ${grant.permission}`)
        owe(paths.has(grant.source.path), `${role.id}: ${grant.source.path}`)
        for (const site of grant.source.via ?? []) owe(paths.has(site.path), `${role.id}: ${site.path}`)
      }
    }
    for (const catalogue of dataset.catalogues) {
      owe(scopes.has(catalogue.scope), `${catalogue.id}: ${catalogue.scope}`)
      for (const id of catalogue.permissions) owe(permissions.has(id), `${catalogue.id}: ${id}`)
    }
    for (const { id, resource, operation } of dataset.permissions) {
      owe(resource === null || resources.has(resource), `${id}: ${resource}`)
      owe(operation === null || operations.has(operation), `${id}: ${operation}`)
    }
    for (const policy of dataset.policies)
      for (const site of policy.usedBy) owe(paths.has(site.path), `${policy.id}: ${site.path}`)
    expect(lost).toEqual([])
  })

  it('holds no absolute path and no time', () => {
    const json = JSON.stringify(dataset)
    expect(json).not.toContain(ROOT)
    for (const { path } of dataset.sources) expect(path).not.toMatch(/^(?:\/|[A-Za-z]:|\.\.)|\\/)
  })
})

describe('the validator of the bundle', () => {
  it('says of a dataset, sound or not, what the schema compiled anew says', async () => {
    const { outputFiles } = await build({
      stdin: { contents: validatorModule(), resolveDir: ROOT },
      bundle: true,
      format: 'esm',
      platform: 'node',
      write: false,
      // Node's own modules have no `require`.
      banner: { js: "import{createRequire}from'node:module';const require=createRequire('file:///')" },
    })
    const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
    const { datasetValidator } = (await import(
      `data:text/javascript;base64,${code}`
    )) as typeof import('../src/export/validator.ts')
    const [bundled, compiled] = [datasetValidator(), validator()]
    const dataset = harbour()
    const [role] = dataset.roles
    const broken: unknown[] = [dataset, {}, null, { ...dataset, roles: [{ ...role, id: 1, more: true }] }]
    for (const value of broken) {
      expect(bundled(value)).toBe(compiled(value))
      expect(bundled.errors).toEqual(compiled.errors)
    }
    expect([bundled(dataset), bundled({})]).toEqual([true, false])
  })
})
