import * as z from 'zod'
import type { Policy } from '../../model/dataset.ts'
import { didYouMean, NameError, shortened } from '../../query/ask.ts'
import { policiesAllowing } from '../../query/find.ts'
import { nearest } from '../../query/near.ts'
import {
  at,
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

/** A longer document is left out, in UTF-16 code units of JSON; so many items of a list are given. */
const LONGEST_DOCUMENT = 50_000
const MOST = 300

const summary = {
  id: z.string(),
  title: z.string(),
  provider: z.string(),
  kind: z.string(),
  variant: z.string().nullable(),
  lastUpdate: z.string().nullable(),
  actions: z.int().describe('How many actions it allows'),
  source: placeOutput,
}

export default defineTool({
  name: 'get_policy',
  title: 'Get a cloud policy',
  description:
    "Gives a cloud provider's permission document (an AWS IAM policy, an Azure role definition, a GCP custom role, a vSphere privilege list, …) that the documentation holds: its statements with their lines, and on request the document itself. Takes an id or title; words that several policies have, such as `aws`, or an action that they allow, such as `ec2:RunInstances`, give the list of these.",
  input: z.strictObject({
    policy: nameInput('Id, title, words of them, a provider, or an action'),
    document: z.boolean().default(false).describe('Whether to give the document, ready to apply'),
    version: versionInput,
    ...pagingInput(200, 50),
  }),
  output: z.strictObject({
    data: dataOutput,
    policies: z.array(z.strictObject(summary)).describe('What fits; `statements` are given where it is one'),
    ...pagingOutput,
    statements: z.array(
      z.strictObject({
        sid: z.string().nullable(),
        effect: z.enum(['Allow', 'Deny']),
        actions: z.array(z.string()),
        notActions: z.array(z.string()),
        resources: z.array(z.string()),
        conditions: z.unknown().describe('As the document writes them, or null'),
        principals: z
          .array(z.strictObject({ type: z.string(), name: z.string() }))
          .optional()
          .describe('Whom it is for, in a trust policy or the policy of a resource'),
        source: placeOutput,
      }),
    ),
    usedBy: z.array(placeOutput).describe('Where it is included'),
    document: z.unknown().describe('The document, where it was asked for and is there; else null'),
    shortened: z.boolean().describe('Whether a list of the policy was cut, or its document was too long to give'),
  }),
  run(loaded, { policy: text, document: isWanted, version, limit, offset }) {
    const one = loadedAs(loaded, version)
    const found = policiesNamed(one.dataset.policies, text)
    const { items, ...paging } = paged(found, { limit, offset })
    const own = found.length === 1 ? found[0] : undefined
    const statements = (own?.statements ?? []).slice(0, MOST).map((statement) => ({
      ...statement,
      actions: statement.actions.slice(0, MOST),
      notActions: statement.notActions.slice(0, MOST),
      resources: statement.resources.slice(0, MOST),
      ...(statement.principals ? { principals: statement.principals.slice(0, MOST) } : {}),
    }))
    const isCut =
      own !== undefined &&
      (own.usedBy.length > MOST ||
        own.statements.length > MOST ||
        own.statements.some(({ actions, notActions, resources, principals = [] }) =>
          [actions, notActions, resources, principals].some((list) => list.length > MOST),
        ))
    const isLong = isWanted && own !== undefined && JSON.stringify(own.document).length > LONGEST_DOCUMENT
    const structured = {
      data: dataOf(one),
      policies: items.map((policy) => ({
        id: policy.id,
        title: policy.title,
        provider: policy.provider,
        kind: policy.kind,
        variant: policy.variant,
        lastUpdate: policy.lastUpdate,
        actions: policy.permissions.length,
        source: policy.source,
      })),
      ...paging,
      statements,
      usedBy: (own?.usedBy ?? []).slice(0, MOST),
      document: isWanted && own && !isLong ? own.document : null,
      shortened: isCut || isLong,
    }
    const list = items.map(
      ({ id, title, provider, permissions, source }) =>
        `${id}: ${title} (${provider}, ${permissions.length} actions) ${at(source)}`,
    )
    const said = statements.map(
      ({ sid, effect, actions, notActions, source }) =>
        `${effect} ${sid ?? ''} ${notActions.length > 0 ? `all but ${notActions.length}` : actions.length} actions ${at(source)}`,
    )
    return { text: lines(own ? [...list, ...said] : [`${found.length} policies fit ${text}`, ...list]), structured }
  },
})

/** By id, else by title, else by an action that they allow, else by words of id, title, provider, kind and variant. */
function policiesNamed(policies: readonly Policy[], text: string): Policy[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/).filter((word) => word !== '')
  const ways: (() => Policy[])[] = [
    () => policies.filter(({ id }) => id === text),
    () => policies.filter(({ id, title }) => [id, title].some((name) => name.toLowerCase() === wanted)),
    () => policiesAllowing({ policies }, text.trim()),
    () => policies.filter((policy) => words.length > 0 && words.every((word) => textOf(policy).includes(word))),
  ]
  for (const way of ways) {
    const found = way()
    if (found.length > 0) return found
  }
  const meant = nearest(
    text,
    policies.flatMap(({ id, title }) => [id, title]),
  )
  const hint = meant === null ? `: there are ${policies.length} policies` : didYouMean(meant)
  throw new NameError(`unknown policy ${shortened(text)}${hint}`)
}

function textOf({ id, title, provider, kind, variant }: Policy): string {
  return [id, title, provider, kind, variant ?? ''].join('\n').toLowerCase()
}
