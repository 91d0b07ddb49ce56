/** The JSON Schema of `rolebook.config.json`, for editors: the config's own shape with every rule and its options. */
import * as z from 'zod'
import { configSchema } from '../settings/schema.ts'
import type { Rule } from './rule.ts'

type Json = Record<string, unknown>

/** JSON Schema 2020-12 of a config; each rule's severities and options are described. */
export function configJsonSchema(rules: readonly Rule[]): Json {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as Json & { properties: Record<string, Json> }
  const settings = {
    type: 'object',
    properties: Object.fromEntries(rules.map(ruleSchema)),
    additionalProperties: false,
  }
  const overrides = schema.properties.overrides as Json & { items: { properties: Json } }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'rolebook.config.json',
    ...schema,
    properties: {
      ...schema.properties,
      rules: { ...settings, description: describe('rules') },
      overrides: {
        ...overrides,
        items: { ...overrides.items, properties: { ...overrides.items.properties, rules: settings } },
      },
    },
  }
}

function describe(key: keyof typeof configSchema.shape): string {
  return configSchema.shape[key].description ?? ''
}

const SEVERITIES = { enum: ['off', 'info', 'warning', 'error'] }

function ruleSchema(rule: Rule): [id: string, schema: Json] {
  const described = { description: `${rule.summary}. By default: ${rule.severity}.` }
  if (!rule.options) return [rule.id, { ...described, ...SEVERITIES }]
  const { $schema, ...options } = z.toJSONSchema(rule.options, { io: 'input' }) as Json
  const pair = { type: 'array', prefixItems: [SEVERITIES, options], minItems: 2, maxItems: 2, items: false }
  return [rule.id, { ...described, anyOf: [SEVERITIES, pair] }]
}
