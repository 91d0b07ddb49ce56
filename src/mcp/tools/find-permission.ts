import * as z from 'zod'
import type { Dataset, Permission, Source } from '../../model/dataset.ts'
import { didYouMean } from '../../query/ask.ts'
import { byText, holds } from '../../query/facts.ts'
import { permissionMeant, permissionsLike } from '../../query/resolve.ts'
import {
  at,
  clipped,
  dataOf,
  dataOutput,
  defineTool,
  lines,
  loadedAs,
  nameInput,
  paged,
  pagingInput,
  pagingOutput,
  placeOutput,
  versionInput,
} from '../tool.ts'

export default defineTool({
  name: 'find_permission',
  title: 'Find permissions',
  description:
    'Finds permissions by id, pattern or words of their resource, operation, title or description. Use it first, to learn the exact ids that the other tools take. Examples of queries: `cluster.delete`, `cluster.*`, `*.delete`, `delete virtual machine`.',
  input: z.strictObject({
    query: nameInput('An id, a pattern with `*`, or words'),
    access: z.enum(['read', 'write', 'admin']).optional().describe('Only permissions of this access'),
    version: versionInput,
    ...pagingInput(200, 50),
  }),
  output: z.strictObject({
    data: dataOutput,
    match: z
      .enum(['id', 'words', 'some-words', 'none'])
      .describe('What fits: the id or pattern; all words; only some of the words, the best first'),
    didYouMean: z.string().nullable(),
    permissions: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string().nullable(),
        description: z.string().nullable(),
        resource: z.string().nullable(),
        operation: z.string().nullable(),
        access: z.enum(['read', 'write', 'admin']),
        roles: z.int().describe('How many roles hold it'),
        source: placeOutput.nullable().describe('Where its resource is described, else a grant of it'),
      }),
    ),
    ...pagingOutput,
  }),
  run(loaded, { query, access, version, limit, offset }) {
    const one = loadedAs(loaded, version)
    const { dataset } = one
    const { match, found } = search(dataset, query)
    const wanted = access === undefined ? found : found.filter((permission) => permission.access === access)
    const meant = wanted.length === 0 ? permissionMeant(dataset, query) : null
    const { items, ...paging } = paged(wanted, { limit, offset })
    const permissions = items.map(({ id, title, description, resource, operation, access: own }) => ({
      id,
      title: clipped(title ?? null),
      description: clipped(description ?? descriptionOf(dataset, resource)),
      resource,
      operation,
      access: own,
      roles: dataset.roles.filter((role) => holds(role, id)).length,
      source: placeOf(dataset, id, resource),
    }))
    const structured = {
      data: dataOf(one),
      match: wanted.length === 0 ? ('none' as const) : match,
      didYouMean: meant,
      permissions,
      ...paging,
    }
    if (wanted.length === 0) return { text: lines([`No permission fits ${query}${didYouMean(meant)}`]), structured }
    const list = permissions.map(
      ({ id, title, access: own, roles, source }) =>
        `${id}${title === null ? '' : ` “${title}”`} (${own}, ${roles} roles)${source ? ` ${at(source)}` : ''}`,
    )
    return { text: lines([`${wanted.length} permissions`, ...list]), structured }
  },
})

function search(dataset: Dataset, query: string): { match: 'id' | 'words' | 'some-words'; found: Permission[] } {
  const ids = new Set(permissionsLike(dataset, query))
  if (ids.size > 0) return { match: 'id', found: dataset.permissions.filter(({ id }) => ids.has(id)) }
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const scored = dataset.permissions.map((permission) => {
    const text = textOf(dataset, permission)
    return { permission, score: words.filter((word) => text.includes(word)).length }
  })
  const all = scored.filter(({ score }) => score === words.length && score > 0)
  if (all.length > 0) return { match: 'words', found: all.map(({ permission }) => permission) }
  const some = scored.filter(({ score }) => score > 0)
  some.sort((a, b) => b.score - a.score || byText(a.permission.id, b.permission.id))
  return { match: 'some-words', found: some.map(({ permission }) => permission) }
}

/** All that is said of a permission, in lower case; a key such as `clusterProfile` also as the words it is made of. */
function textOf({ resources }: Dataset, { id, title, description, resource }: Permission): string {
  const own = resources.find((one) => one.id === resource)
  const spaced = id.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  const texts = [id, spaced, title, description, own?.title, own?.description, ...(own?.aliases ?? [])]
  return texts.join('\n').toLowerCase()
}

function descriptionOf({ resources }: Dataset, resource: string | null): string | null {
  return resources.find((one) => one.id === resource)?.description ?? null
}

function placeOf({ resources, roles }: Dataset, id: string, resource: string | null): Source | null {
  const own = resources.find((one) => one.id === resource)
  if (own) return own.source
  for (const { grants } of roles) for (const grant of grants) if (grant.permission === id) return grant.source
  return null
}
