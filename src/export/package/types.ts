/** TypeScript's types of a dataset, made from its JSON Schema: the one declaration of its shape stands in `model/`. */
import { datasetJsonSchema } from '../../model/dataset.ts'
import { idTypeOf } from './ids.ts'
import { literal } from './literal.ts'

interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  enum?: string[]
  const?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  description?: string
}

/** Declarations of `Dataset` and of all that it holds, each field with its description. Ids have the types of `ids.ts`. */
export function datasetTypes(): string {
  const { $defs = {}, ...root } = datasetJsonSchema() as Schema
  const all = [...Object.entries($defs), ['dataset', root] as const]
  return all.map(([name, schema]) => declaration(name, schema)).join('\n')
}

function declaration(name: string, schema: Schema): string {
  const type = typeName(name)
  if (type === JSON_VALUE)
    return `/** Any JSON value. */\nexport type ${type} = string | number | boolean | null | readonly ${type}[] | { readonly [key: string]: ${type} }\n`
  if (schema.properties) return `${comment(schema, '')}export interface ${type} ${object(name, schema, '')}\n`
  return `${comment(schema, '')}export type ${type} = ${typeOf(name, schema, '')}\n`
}

const JSON_VALUE = 'JsonValue'

/** `sourceFile` gives `SourceFile`. A definition without a name of its own is the schema's own word for any JSON. */
function typeName(name: string): string {
  return name.startsWith('__') ? JSON_VALUE : name.charAt(0).toUpperCase() + name.slice(1)
}

function object(name: string, { properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([key, schema]) => {
    const optional = required.includes(key) ? '' : '?'
    return `${comment(schema, inner)}${inner}readonly ${key}${optional}: ${typeOf(`${name}.${key}`, schema, inner)}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

function typeOf(field: string, schema: Schema, indent: string): string {
  if (schema.$ref) return typeName(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1))
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  const types = [schema.type ?? 'unknown'].flat()
  return types.map((type) => plainType(type, field, schema, indent)).join(' | ')
}

function plainType(type: string, field: string, schema: Schema, indent: string): string {
  switch (type) {
    case 'string':
      return idTypeOf(field) ?? 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `readonly ${bracketed(typeOf(field, schema.items ?? {}, indent))}[]`
    case 'object':
      return object(field, schema, indent)
    default:
      return type
  }
}

function bracketed(type: string): string {
  return /^[\w]+$/.test(type) ? type : `(${type})`
}

function comment({ description }: Schema, indent: string): string {
  return description ? `${indent}/** ${description.replaceAll('*/', '* /')}. */\n` : ''
}
