/**
 * Exports for policy engines: every role and permission asked of the engine itself where it is a package (Cedar, Casbin),
 * of a small evaluator where its tools are (OpenFGA), of a simulation where nothing is (OPA). See test/support/conformance.
 */
import { join } from 'node:path'
import { transformer, validator } from '@openfga/syntax-transformer'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import type { Dataset, Grant } from '../src/model/dataset.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { readFolder } from './support/analysis.ts'
import { casbinEnforcer, casbinEngine, casbinValue } from './support/conformance/casbin.ts'
import { cedarActions, cedarEngine, cedarFiles, cedarObjections } from './support/conformance/cedar.ts'
import { datasetOf, datasets, HOSTILE, NASTY, type Said } from './support/conformance/datasets.ts'
import { askAll, type Engine, Reading } from './support/conformance/expected.ts'
import { dataSchema, simulation } from './support/conformance/opa.ts'
import { fgaEngine, fgaFiles, tupleObjections } from './support/conformance/openfga.ts'
import { decoded, encodable, fileOf, filesOf } from './support/conformance/text.ts'
import { ROOT, saySkipped, shared, sharedFolder } from './support/shared.ts'

saySkipped()

const FORMATS = ['cedar', 'casbin', 'openfga', 'opa']

function content(id: 'latest' | 'v3'): Dataset {
  const files = readFolder(join(ROOT, 'content', id), `content/${id}/`)
  return analyse(files, resolveSettings(config), id).model.dataset
}

const real: [name: string, dataset: Dataset][] = [
  ['content/latest', content('latest')],
  ['content/v3', content('v3')],
]
if (shared) {
  const files = readFolder(join(sharedFolder(), 'corpus', 'latest'))
  real.push(['../shared/corpus/latest', analyse(files, resolveSettings(), 'latest').model.dataset])
}

const engines: [name: string, make: (dataset: Dataset) => Engine | Promise<Engine>][] = [
  ['Cedar', cedarEngine],
  ['Casbin', casbinEngine],
  ['OpenFGA (an evaluator of the test, over its transformer)', fgaEngine],
  ['OPA (the rules simulated over the data; no evaluator of Rego is a package)', simulation],
]

describe.each(engines)('%s', (name, make) => {
  it.each(real)('agrees with %s on every role and permission', async (of, dataset) => {
    const { pairs, questions, disagreements } = await askAll(dataset, await make(dataset))
    console.log(`${name}, ${of}: ${pairs} pairs asked, ${disagreements.length} disagreements`)
    expect(disagreements).toEqual([])
    expect(pairs).toBe(dataset.roles.length * dataset.permissions.length)
    expect(questions).toBeGreaterThanOrEqual(pairs)
    expect(pairs).toBeGreaterThan(3000)
  })

  it('agrees on ids and conditions that are hard on its language, in all effects', async () => {
    const { pairs, questions, disagreements } = await askAll(HOSTILE, await make(HOSTILE))
    expect(disagreements).toEqual([])
    // Each conditional pair is asked about three times.
    expect(questions).toBeGreaterThan(pairs + 2 * NASTY.length)
  })

  it('agrees on any small dataset, for one role and for two at once', async () => {
    await fc.assert(
      fc.asyncProperty(datasets, fc.nat(), fc.nat(), async (dataset, i, j) => {
        const engine = await make(dataset)
        expect((await askAll(dataset, engine)).disagreements).toEqual([])
        const reading = new Reading(dataset)
        if (reading.roles.length < 2) return
        const two = [i, j].map((k) => reading.roles[k % reading.roles.length] as string)
        for (const permission of reading.permissions)
          for (const conditions of [[], reading.conditions(), reading.conditions(two[0])])
            expect([two, permission, conditions, await engine.ask(two, permission, conditions)]).toEqual([
              ...[two, permission, conditions, reading.allowed(two, permission, conditions)],
            ])
      }),
      { numRuns: 150 },
    )
  })

  it('lets a denial of one role outweigh what another grants', async () => {
    const roles: [string, Said[]][] = [
      ['a/yes', [['x.get', 'granted']]],
      ['a/no', [['x.get', 'denied']]],
      ['a/maybe', [['x.get', 'conditional', 'At night']]],
      ['a/none', [['x.list', 'granted']]],
    ]
    const engine = await make(datasetOf(roles))
    const ask = (...held: string[]) => engine.ask(held, 'x.get', ['At night'])
    expect([await ask('a/yes', 'a/none'), await ask('a/none', 'a/maybe'), await ask('a/yes', 'a/maybe')]).toEqual([
      ...[true, true, true],
    ])
    expect([await ask('a/yes', 'a/no'), await ask('a/no', 'a/maybe'), await ask('a/no', 'a/none')]).toEqual([
      ...[false, false, false],
    ])
  })

  it('is found out where a single grant is other than the dataset says', async () => {
    const dataset = content('v3')
    const role = dataset.roles[7] as Dataset['roles'][number]
    const mutants: [string, (grants: Grant[]) => Grant[]][] = [
      ['one lost', (grants) => grants.slice(1)],
      ['one denied', ([first, ...rest]) => [{ ...(first as Grant), effect: 'denied' }, ...rest]],
      ['one conditional', ([first, ...rest]) => [{ ...(first as Grant), effect: 'conditional', note: 'x' }, ...rest]],
      [
        'one too many',
        ([first, ...rest]) => [{ ...(first as Grant), permission: 'workspace.nobody' }, first as Grant, ...rest],
      ],
    ]
    const permission = { id: 'workspace.nobody', resource: 'workspace', operation: 'nobody', access: 'write' as const }
    const kept = { ...dataset, roles: [role], permissions: [...dataset.permissions, permission] }
    for (const [what, mutate] of mutants) {
      const engine = await make({ ...kept, roles: [{ ...role, grants: mutate(role.grants) }] })
      const { disagreements } = await askAll(kept, engine)
      expect([what, disagreements.length]).toEqual([what, 1])
    }
  })
})

describe('what is written', () => {
  it('depends on the dataset alone', () => {
    for (const format of FORMATS) {
      const shuffled = {
        ...HOSTILE,
        roles: [...HOSTILE.roles].reverse(),
        permissions: [...HOSTILE.permissions].reverse(),
      }
      const [once, again] = [filesOf(format, HOSTILE), filesOf(format, shuffled)]
      for (const [name, text] of once) if (name !== 'cedar/entities.json') expect(again.get(name)).toBe(text)
      for (const [name, text] of filesOf(format, structuredClone(HOSTILE))) expect(once.get(name)).toBe(text)
    }
  })

  it('holds no control character, and ends in one newline', () => {
    for (const format of FORMATS)
      for (const [name, text] of filesOf(format, HOSTILE)) {
        const indent = name.endsWith('.rego') ? /\t/g : /(?!)/g
        expect([
          name,
          ...(text.replace(indent, '').match(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu) ?? []),
        ]).toEqual([name])
        expect(text).toMatch(/[^\n]\n$/)
        expect(text.isWellFormed()).toBe(true)
      }
  })

  it('is something also where there are no roles and no permissions', async () => {
    const empty = datasetOf([])
    expect(cedarObjections(empty)).toEqual({ errors: [], warnings: [] })
    expect((await casbinEnforcer(empty)).enforceSync('a', 'b', [])).toBe(false)
    expect(fgaFiles(empty).tuples).toEqual([])
    expect(new Ajv2020().validate(dataSchema, JSON.parse(fileOf('opa', 'data.json', empty)))).toBe(true)
  })
})

describe('Cedar files', () => {
  it.each(real)('pass the validator without a warning: %s', (_, dataset) => {
    expect(cedarObjections(dataset)).toEqual({ errors: [], warnings: [] })
    expect(cedarActions(dataset).sort()).toEqual(dataset.permissions.map(({ id }) => id).sort())
  })

  it('pass the validator whatever ids hold', () => {
    expect(cedarObjections(HOSTILE).errors).toEqual([])
    fc.assert(
      fc.property(datasets, (dataset) => {
        expect(cedarObjections(dataset).errors).toEqual([])
      }),
    )
  })

  it('have no group that has the id of a permission, which Cedar would not take', () => {
    const dataset = datasetOf([
      [
        'a/b',
        [
          ['cluster.get', 'granted'],
          ['cluster', 'granted'],
          ['write', 'granted'],
        ],
      ],
    ])
    expect(cedarObjections(dataset)).toEqual({ errors: [], warnings: [] })
    expect(cedarFiles(dataset).schema).not.toMatch(/Kind::|Access::/)
  })

  it('read as somebody would write them', () => {
    const said: Said[] = [
      ['cluster.get', 'granted'],
      ['cluster.create', 'conditional', 'In "own" projects\nonly'],
      ['cluster.delete', 'denied'],
      ['cluster.list', 'granted'],
    ]
    const { schema, policies } = cedarFiles(datasetOf([['project/editor', said]]))
    expect(policies).toMatchSnapshot()
    expect(schema).toMatchSnapshot()
  })
})

describe('Casbin files', () => {
  const fieldsOf = (line: string) => line.split(', ').map((field) => decoded(field, '%'))

  it('say which line of the documentation decides', async () => {
    const [, dataset] = real[0] as [string, Dataset]
    const role = dataset.roles.find(({ grants }) => grants.length > 0) as Dataset['roles'][number]
    const grant = role.grants[0] as Grant
    const enforcer = await casbinEnforcer(dataset)
    const { path, line, column } = grant.source
    const rule = [role.id, grant.permission, '', 'allow', `${path}:${line}:${column}`]
    expect(enforcer.enforceExSync(role.id, grant.permission, [])).toEqual([true, rule])
  })

  it('are read back by splitting at commas alone, whatever ids hold', () => {
    fc.assert(
      fc.property(datasets, (dataset) => {
        const lines = fileOf('casbin', 'policy.csv', dataset).split('\n')
        const rules = lines.filter((line) => line.startsWith('p,')).map(fieldsOf)
        const reading = new Reading(dataset)
        const expected = reading.roles.flatMap((role) =>
          reading.permissions.flatMap((permission) => {
            const said = reading.of(role, permission)
            if (said.effect === 'nothing') return []
            const condition = said.effect === 'conditional' ? said.condition : ''
            return [JSON.stringify([role, permission, condition, said.effect === 'denied' ? 'deny' : 'allow'])]
          }),
        )
        expect(rules.map((rule) => JSON.stringify(rule.slice(1, 5))).sort()).toEqual(expected.sort())
      }),
    )
  })
})

describe('encodings', () => {
  it('give two ids two names, and each name back its id', () => {
    for (const encode of [encodable, casbinValue]) {
      expect(new Set(NASTY.map(encode)).size).toBe(NASTY.length)
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (id) => {
          expect(decoded(encode(id), '%')).toBe(id)
        }),
      )
      expect(NASTY.map((id) => decoded(encode(id), '%'))).toEqual(NASTY)
    }
  })

  it('leave the ids of real documentation as they are', () => {
    for (const [, dataset] of real) {
      const { ids } = fgaFiles(dataset)
      for (const { id, object } of [...ids.roles, ...ids.permissions])
        expect(object.slice(object.indexOf(':') + 1)).toBe(id)
      for (const { id } of [...dataset.roles, ...dataset.permissions])
        expect([encodable(id), casbinValue(id)]).toEqual([id, id])
    }
  })
})

describe('OpenFGA files', () => {
  const { dsl, json } = fgaFiles(HOSTILE)

  it('hold a model that its validator takes, and that its transformer brings to JSON and back', () => {
    expect(() => validator.validateDSL(dsl)).not.toThrow()
    expect(() => validator.validateDSL(dsl.replace('but not denied', 'but not refused'))).toThrow(/refused/)
    expect(() => validator.validateJSON(json)).not.toThrow()
    expect(transformer.transformDSLToJSONObject(dsl)).toEqual(json)
    expect(transformer.transformJSONToDSL(json)).toBe(dsl)
  })

  it.each([...real, ['hostile ids', HOSTILE] as const])('hold tuples that fit the model: %s', (_, dataset) => {
    const { tuples, dsl } = fgaFiles(dataset)
    expect(tuples.length).toBeGreaterThan(250)
    expect(tupleObjections(dsl, tuples)).toEqual([])
    expect(new Set(tuples.map(({ user, relation, object }) => `${user} ${relation} ${object}`)).size).toBe(
      tuples.length,
    )
    for (const { user, object } of tuples) expect([user.length <= 512, object.length <= 256]).toEqual([true, true])
    const [first, ...rest] = tuples as [(typeof tuples)[0], ...typeof tuples]
    expect(tupleObjections(dsl, [{ ...first, relation: 'owner' }, ...rest])).toHaveLength(1)
  })

  it('give each id one object, which says it again where it is not too long', () => {
    const { ids } = fgaFiles(HOSTILE)
    for (const listed of [ids.roles, ids.permissions]) {
      expect(new Set(listed.map(({ object }) => object)).size).toBe(listed.length)
      const told = listed.filter(({ object }) => !object.includes('++'))
      expect(listed.length - told.length).toBe(3)
      for (const { id, object } of told)
        expect(decoded(object.slice(object.indexOf(':') + 1).replace(/^\+$/, ''), '+')).toBe(id)
    }
  })
})

describe('OPA files (by shape: Rego is not run)', () => {
  const rego = fileOf('opa', 'rolebook.rego', HOSTILE)

  it.each([...real, ['hostile ids', HOSTILE] as const])('hold data of a strict schema: %s', (_, dataset) => {
    const validate = new Ajv2020({ allErrors: true }).compile(dataSchema)
    const data = JSON.parse(fileOf('opa', 'data.json', dataset))
    validate(data)
    expect(validate.errors ?? []).toEqual([])
    expect(Object.keys(data.rolebook_data.roles)).toHaveLength(dataset.roles.length)
    data.rolebook_data.roles[Object.keys(data.rolebook_data.roles)[0] as string].extra = 1
    expect(validate(data)).toBe(false)
  })

  it('hold rules that read only what the data has', () => {
    const paths = [...rego.matchAll(/\bdata(?:\.\w+|\[[^\]]*\])+/g)].map(([path]) => path)
    expect(paths).toEqual(['data.rolebook_data.roles[role].decisions[input.permission]'])
    const read = [...rego.matchAll(/\b(?:decision|other|found|source)\.(\w+)/g)].map(([, field]) => field)
    expect([...new Set(read)].sort()).toEqual(['condition', 'effect', 'line', 'path', 'role', 'sources'])
    const inputs = [...rego.matchAll(/\binput\.(\w+)/g)].map(([, field]) => field)
    expect([...new Set(inputs)].sort()).toEqual(['conditions', 'permission', 'roles'])
  })

  it('hold rules in the syntax of version 1', () => {
    const code = rego.replace(/#.*/g, '')
    expect(code.trim().split(/\n+/).slice(0, 2)).toEqual(['package rolebook', 'import rego.v1'])
    const heads = code.split('\n').filter((line) => /^\w/.test(line))
    expect(heads.filter((line) => line.startsWith('default'))).toEqual([
      ...['default allow := false', 'default deny := false', 'default conditional := false'],
    ])
    for (const head of heads.slice(2)) expect(head).toMatch(/^default |^\w+(?:\(\w+\)| contains \w+)? if /)
    for (const [open, close] of ['{}', '()', '[]'].map((pair) => [...pair] as [string, string]))
      expect(code.split(open).length).toBe(code.split(close).length)
  })
})
