/** The OpenAPI description of the static API: https://spec.openapis.org/oas/v3.1.1 */

import * as z from 'zod'
import { compareText } from '../../diagnostic.ts'
import type { Settings } from '../../settings/schema.ts'
import { ENDPOINTS, type Endpoint, type Shape, shapes } from './shapes.ts'

type Json = Record<string, unknown>

/**
 * @param samples the first file of each kind, as an example, and its slug
 * @param older slug of a version that is not the current one; `null` where there is none
 */
export function openApi(
  settings: Settings,
  samples: ReadonlyMap<Shape, { slug: string | null; value: unknown }>,
  older: string | null,
): Json {
  const { site, dataPackage } = settings
  const paths = (prefix: string) =>
    ENDPOINTS.map((endpoint): [string, Json] => [
      `/${prefix}${endpoint.path}`,
      { get: operation(endpoint, samples.get(endpoint.shape), prefix === '' ? null : older) },
    ])
  return {
    openapi: '3.1.1',
    info: {
      title: `${site.title}: static API`,
      summary: 'Who may do what, as files.',
      description: DESCRIPTION,
      version: '1.0.0',
      ...(dataPackage.license === 'UNLICENSED' ? {} : { license: { name: dataPackage.license } }),
    },
    servers: [{ url: `${site.url?.replace(/(?<!\/)\/+$/, '') ?? ''}${site.base}api/v1`, description: 'The site' }],
    tags: [
      { name: 'current', description: 'The current version of the documentation' },
      ...(older === null ? [] : [OTHERS]),
    ],
    paths: Object.fromEntries([...paths(''), ...(older === null ? [] : paths('versions/{version}/'))]),
    components: { schemas: schemas() },
  }
}

const OTHERS = { name: 'versions', description: 'Other versions of the documentation, in the same shape' }

const DESCRIPTION = `Files that are made with the site; there is no server behind them. Take addresses from the lists rather than make
them: every \`url\` is relative to the file that it stands in. A slug is its id where that is a plain name, and may change
where another id comes to share it; an id changes only when the documentation does.

An index has the SHA-256 of its lists, and a list that of each file that it leads to. What is not there is answered by the
host, with status 404 and a page.`

function operation({ shape, path, summary, list }: Endpoint, sample: Sample | undefined, version: string | null): Json {
  const parameters: Json[] = []
  if (version !== null)
    parameters.push(parameter('version', 'Slug of a version, as the index has it in its addresses', version))
  if (list !== null)
    parameters.push(parameter('slug', `Slug of an entry of \`${list}.json\``, sample?.slug ?? 'a-slug'))
  const id = path === 'index.json' ? 'Index' : shape.charAt(0).toUpperCase() + shape.slice(1)
  return {
    operationId: version === null ? `get${id}` : `getVersion${id}`,
    tags: [version === null ? 'current' : 'versions'],
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: {
      '200': {
        description: shapes[shape].description ?? summary,
        content: {
          'application/json': {
            schema: { $ref: `${COMPONENTS}${nameOf(shape)}` },
            ...(sample && version === null ? { example: clipped(sample.value) } : {}),
          },
        },
      },
      '404': { description: 'There is no such file' },
    },
  }
}

type Sample = { slug: string | null; value: unknown }

function parameter(name: string, description: string, example: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' }, example }
}

const COMPONENTS = '#/components/schemas/'

function nameOf(shape: Shape): string {
  return componentName((shapes[shape].meta() as { id: string }).id)
}

function componentName(id: string): string {
  return id.replace(/^_+/, '').replace(/^./, (c) => c.toUpperCase())
}

/** The schemas of all files, and of what they hold, as components; OpenAPI 3.1 takes JSON Schema 2020-12 as it is. */
function schemas(): Json {
  made ??= makeSchemas()
  return made
}

let made: Json | undefined

function makeSchemas(): Json {
  const { $defs = {} } = z.toJSONSchema(z.strictObject(shapes), { target: 'draft-2020-12' }) as { $defs?: Json }
  const components = Object.entries($defs).map(([id, schema]): [string, unknown] => [
    componentName(id),
    referring(schema),
  ])
  return Object.fromEntries(components.sort(([a], [b]) => compareText(a, b)))
}

/** The schema with its references to where OpenAPI keeps schemas. */
function referring(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(referring)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? `${COMPONENTS}${componentName(value.replace('#/$defs/', ''))}`
        : referring(value),
    ]),
  )
}

/** A value with the first entries of its lists; texts that are long stay whole. */
function clipped(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 2).map(clipped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'document' ? null : clipped(part)]),
  )
}
