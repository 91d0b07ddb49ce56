/** Datasets to hold exports to: of real pages, and one whose every text is hostile. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import config from '../../rolebook.config.ts'
import { analyse } from '../../src/analyse.ts'
import { schemaErrors } from '../../src/export/check.ts'
import type { Dataset, Grant, Role } from '../../src/model/dataset.ts'
import { resolveSettings } from '../../src/settings/defaults.ts'
import { readFolder } from './analysis.ts'
import { ROOT, sharedFolder } from './shared.ts'

/** `content/latest`, `content/v3`, and the corpus where it is there; read with the project's own config. */
export function realDatasets(): [name: string, dataset: Dataset][] {
  const settings = resolveSettings(config)
  const folders: [string, string][] = [
    ['content/latest', join(ROOT, 'content', 'latest')],
    ['content/v3', join(ROOT, 'content', 'v3')],
    ['corpus/latest', join(sharedFolder(), 'corpus', 'latest')],
  ]
  return folders.flatMap(([name, folder]) => {
    if (!existsSync(folder)) {
      console.log(`skipped: ${name} is not here`)
      return []
    }
    return [[name, analyse(readFolder(folder, `${name}/`), settings, 'latest').model.dataset]]
  })
}

/** Texts that some language or program takes for its own. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are texts of other languages
export const HOSTILE = [
  'plain',
  'PLAIN',
  'say "no"',
  "it's",
  '${var.x} %{ if true }x%{ endif } $${y}',
  'two\nlines\r\nand\ttabs',
  '=1+1',
  "'=1+1",
  "''-2",
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  '＝1',
  'a|b \\| c\\',
  '`code` ``more``',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '<script>alert(1)</script>',
  '{process.exit()} {{name}} {{permissions}}',
  '[link](javascript:x) ![i](y) **b** _e_ ~~s~~',
  '# heading --> */ */',
  'a,b;c',
  'line\u2028and\u2029paragraph\u0085next',
  '\u202Ereversed\u202C \u001B[31mred',
  "'; DROP TABLE roles; --",
  '日本語 😀',
  ' padded ',
  'con',
  'x'.repeat(300),
] as const
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here

const source = (line: number) => ({ path: '../a "b", c\n.mdx', line, column: 1 })

/** Roles, resources, actions, scopes, policies, conditions and notes that are called all of these. Fits the schema. */
export function hostileDataset(): Dataset {
  const ids = HOSTILE.map((text) => `${text}.do`)
  const grants = (offset: number): Grant[] => [
    ...HOSTILE.map((text, i): Grant => {
      const effect = (['granted', 'conditional', 'denied'] as const)[(i + offset) % 3] as Grant['effect']
      return { permission: `${text}.do`, effect, note: effect === 'conditional' ? text : null, source: source(i + 1) }
    }),
    { permission: offset % 2 ? 'pl*' : '*[?]*', effect: 'granted', note: null, source: source(900) },
  ]
  const roles = HOSTILE.map((text, i): Role => {
    const all = grants(i)
    const permissions = all.filter(({ effect }) => effect !== 'denied').map(({ permission }) => permission)
    return {
      ...{ id: `scope ${text}/role ${text}`, name: text, aliases: [text, `${text}, too`], scope: `scope ${text}` },
      ...{ group: i % 2 ? text : null, level: i % 3 ? text : null, description: i % 5 ? text : null },
      ...{ permissions: [...new Set(permissions)].sort(), grants: all, source: source(i + 1) },
    }
  })
  const document = (text: string) =>
    JSON.parse(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: [text], Resource: '*' }],
      }).replace('"Resource"', `"__proto__": { "x": 1 }, "Resource"`),
    )
  const dataset: Dataset = {
    ...{
      $schema: 'https://example.com/dataset.schema.json',
      schemaVersion: '1.0.0',
      name: HOSTILE[4],
      version: '../"v"',
    },
    sources: [{ path: source(1).path, sha256: '0'.repeat(64) }],
    scopes: HOSTILE.map((text) => ({ id: `scope ${text}`, title: text })),
    operations: [{ id: 'do', access: 'write' }],
    resources: HOSTILE.map((text) => ({
      ...{ id: text, title: text, description: text, aliases: [text, text], scopes: [`scope ${text}`] },
      ...{ operations: ['do'], source: source(1) },
    })),
    permissions: [
      ...HOSTILE.map((text, i) => ({
        ...{ id: ids[i] as string, resource: i % 4 ? text : null, operation: i % 4 ? 'do' : null },
        ...{ access: 'write' as const, title: text, description: text },
      })),
      { id: 'pl*', resource: null, operation: null, access: 'read' as const },
      { id: '*[?]*', resource: null, operation: null, access: 'read' as const },
    ],
    roles,
    catalogues: [{ id: 'a/b', title: HOSTILE[2], scope: 'x', permissions: [...ids], source: source(1) }],
    mappings: [
      { id: HOSTILE[2], description: null, restrictions: [...HOSTILE], requires: [[...HOSTILE]], source: source(1) },
    ],
    policies: HOSTILE.map((text, i) => ({
      ...{ id: text, title: text, provider: 'aws', variant: text, permissions: [text], lastUpdate: null },
      kind: i % 2 ? ('privilege-list' as const) : ('iam-policy' as const),
      statements: [
        ...[{ sid: text, effect: 'Allow' as const, actions: [text], notActions: [], resources: [text] }].map((one) => ({
          ...{ ...one, conditions: { StringEquals: text }, source: source(2) },
        })),
      ],
      ...{ document: i % 2 ? null : document(text), usedBy: [source(3)], source: source(1) },
    })),
  }
  const errors = schemaErrors(dataset)
  if (errors.length > 0) throw new Error(errors.join('\n'))
  return dataset
}
