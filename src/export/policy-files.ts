/** What a cloud's own command line takes of a policy: the document, how to apply it, and why some can't be. */
import type { Policy } from '../model/dataset.ts'
import {
  either,
  entriesOf,
  type Json,
  type JsonObject,
  listed,
  objectIn,
  roleOf,
  sorted,
} from '../query/policy-documents.ts'
import { AWS_LIMITS } from '../validate/policies/limits.ts'

export interface Applicable {
  /** The document as the command reads it. */
  document: Json
  /** A shell command that takes `file`; `null` where none is known. */
  command: ((file: string) => string) | null
  /** What must be known or mended before it is applied; `null` where nothing is. */
  caution: string | null
}

/** A policy's document to apply, or the reason why there is none, as a sentence. */
export function applicable(policy: Policy): Applicable | { reason: string } {
  const found = byKind(policy)
  const gaps = 'reason' in found ? [] : gapsIn(found.document)
  if ('reason' in found || gaps.length === 0) return found
  const fill = `Fill in ${gaps.join(', ')} first.`
  return { ...found, caution: found.caution === null ? fill : `${fill} ${found.caution}` }
}

/** A shell's or a template's variable, or a word in angle brackets: what a reader is to replace. `${aws:username}` is AWS's own. */
const GAP = /\$[A-Z][A-Z0-9_]+|\$\{[A-Z][A-Z0-9_]*\}|<[A-Za-z][\w .-]{0,60}>|\{\{[^{}]{1,60}\}\}/g

function gapsIn(document: Json): string[] {
  return sorted(JSON.stringify(document).match(GAP) ?? [])
}

function byKind(policy: Policy): Applicable | { reason: string } {
  const document = policy.document as Json
  if (document === null) {
    const { path, line } = policy.source
    return { reason: `Its document could not be read: see the findings at ${path}:${line}.` }
  }
  const object = objectIn(document)
  if (policy.provider === 'kubernetes' && object?.kind === undefined)
    return { reason: 'It shows rules without their role: Kubernetes takes no rules alone.' }
  if (!object) return { reason: 'Its document is no object.' }
  if (policy.kind === 'iam-policy') return awsPolicy(object)
  if (policy.kind === 'custom-role') return googleRole(object)
  if (typeof object.apiVersion === 'string' && typeof object.kind === 'string')
    return { document, command: (file) => `kubectl apply -f ${file}`, caution: null }
  if (policy.provider === 'azure') return azureRole(object)
  return { document, command: null, caution: null }
}

/** https://docs.aws.amazon.com/cli/latest/reference/iam/create-policy.html */
function awsPolicy(document: JsonObject): Applicable | { reason: string } {
  const statements = listed(document.Statement).map(objectIn)
  if (statements.length === 0 || statements.some((statement) => statement === null))
    return { reason: 'It has no statements.' }
  for (const statement of statements as JsonObject[]) {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined)
      return { reason: 'A statement has a principal: it is a policy of a resource or a trust, none to create.' }
    if (statement.Action === undefined && statement.NotAction === undefined)
      return { reason: 'A statement has no actions.' }
    if (statement.Resource === undefined && statement.NotResource === undefined)
      return { reason: 'A statement has no resources.' }
  }
  const size = JSON.stringify(document).length
  const caution =
    size > AWS_LIMITS.managed
      ? `${size} characters: a managed policy holds ${AWS_LIMITS.managed}. Attach it to a role inline, or split it.`
      : document.Version === undefined
        ? 'It has no `Version`: AWS then reads it as 2008-10-17, without variables.'
        : null
  return {
    document,
    command: (file) => `aws iam create-policy --policy-name NAME --policy-document file://${file}`,
    caution,
  }
}

/** https://cloud.google.com/iam/docs/creating-custom-roles: JSON is YAML as well. */
function googleRole(document: JsonObject): Applicable | { reason: string } {
  if (!Array.isArray(document.includedPermissions)) return { reason: 'It has no `includedPermissions`.' }
  // What names the role and its state is given by the command and by Google.
  const role = Object.fromEntries(
    Object.entries(document).filter(([key]) => !['name', 'etag', 'deleted'].includes(key)),
  )
  return {
    document: role,
    command: (file) => `gcloud iam roles create ROLE_ID --project=PROJECT_ID --file=${file}`,
    caution: null,
  }
}

const AZURE_LISTS = ['Actions', 'NotActions', 'DataActions', 'NotDataActions']

/**
 * The command reads lists at the top of the document, names in either case; the service writes them in `permissions`, under
 * `properties` or not. https://learn.microsoft.com/azure/role-based-access-control/custom-roles-cli
 */
function azureRole(document: JsonObject): Applicable | { reason: string } {
  const role = roleOf(document)
  const [entry, ...more] = entriesOf(role)
  if (!entry || more.length > 0) return { reason: 'Its `permissions` are no list of one: the command takes one.' }
  if (AZURE_LISTS.every((list) => either(entry, list) === undefined)) return { reason: 'It has no `Actions`.' }
  const flat = entry === document ? document : flattened(role, entry)
  const scopes = listed(either(flat, 'AssignableScopes'))
  const caution = !either(flat, 'Name')
    ? 'It has no `Name`: add one.'
    : scopes.length === 0
      ? 'It has no `AssignableScopes`: add the subscriptions that it is for.'
      : null
  return { document: flat, command: (file) => `az role definition create --role-definition @${file}`, caution }
}

function flattened(role: JsonObject, entry: JsonObject): JsonObject {
  const given = (key: string) => {
    const value = either(role, key)
    return value === undefined ? {} : { [key]: value }
  }
  const name = either(role, 'RoleName') ?? either(role, 'Name')
  return {
    ...(name === undefined ? {} : { Name: name }),
    IsCustom: true,
    ...given('Description'),
    ...Object.fromEntries(AZURE_LISTS.map((list) => [list, either(entry, list) ?? []])),
    ...given('AssignableScopes'),
  }
}
