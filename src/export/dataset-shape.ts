/** The shape of the dataset for readers: its objects and their fields, with the words of its JSON Schema. */

/** One kind of object in the dataset, or the dataset itself. */
export interface ShapePart {
  /** Name of the type, such as `role`; `dataset` for the whole. */
  name: string
  description: string
  fields: ShapeField[]
}

export interface ShapeField {
  name: string
  /** In words of a type: `list of grant`, `text or null`. */
  type: string
  description: string
}

type Schema = Record<string, unknown>

const WORDS: Record<string, string> = { string: 'text', integer: 'number', object: 'object', array: 'list' }

/** The dataset first, then every object in it, in order of the schema; what has no fields stands in the types of others. */
export function datasetShape(schema: Schema): ShapePart[] {
  const parts = Object.entries((schema.$defs ?? {}) as Record<string, Schema>)
  const definitions = new Map(parts)
  const part = (name: string, { description, properties, required }: Schema): ShapePart => ({
    name,
    description: String(description ?? ''),
    fields: Object.entries((properties ?? {}) as Record<string, Schema>).map(([field, value]) => ({
      name: field,
      type: typeOf(value, definitions) + ((required as string[] | undefined)?.includes(field) ? '' : ', optional'),
      description: String(value.description ?? ''),
    })),
  })
  return [part('dataset', schema), ...parts.map(([name, value]) => part(name, value))].filter(
    ({ fields }) => fields.length > 0,
  )
}

function typeOf(schema: Schema, definitions: ReadonlyMap<string, Schema>): string {
  const values = 'const' in schema ? [schema.const] : (schema.enum as unknown[] | undefined)
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ')
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    const named = definitions.get(name)
    if (named === undefined || named.anyOf !== undefined) return 'any JSON'
    return named.properties === undefined ? typeOf(named, definitions) : name
  }
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as Schema, definitions)}`
  const types = [schema.type].flat().map(String)
  return types.map((type) => WORDS[type] ?? type).join(' or ')
}
