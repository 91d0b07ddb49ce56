/** Words and numbers for readers. No locale: two builds on two machines say the same. */
import type { Access, Policy, Source } from '../../src/model/dataset.ts'
import { UNSCOPED } from './scopes.ts'

const PROVIDERS = new Map([
  ['aws', 'AWS'],
  ['azure', 'Azure'],
  ['gcp', 'Google Cloud'],
  ['vsphere', 'VMware vSphere'],
  ['cloudstack', 'Apache CloudStack'],
  ['kubernetes', 'Kubernetes'],
  ['openstack', 'OpenStack'],
  ['alibaba', 'Alibaba Cloud'],
  ['oci', 'Oracle Cloud'],
  ['proxmox', 'Proxmox VE'],
  ['nutanix', 'Nutanix'],
  ['microsoft-graph', 'Microsoft Graph'],
  ['sql', 'SQL'],
])

export function providerTitle(id: string): string {
  return PROVIDERS.get(id) ?? id
}

const KINDS: Record<Policy['kind'], string> = {
  'iam-policy': 'IAM policy',
  'role-definition': 'Role definition',
  'custom-role': 'Custom role',
  'privilege-list': 'Privilege list',
  'api-list': 'API list',
}

/** What providers call what the data calls otherwise. */
const OWN_KINDS = new Map([
  ['alibaba', 'RAM policy'],
  ['oci', 'Policy'],
])

/** `Role definition`, `Cluster role`: what a policy is, in the words of its provider. */
export function kindTitle({ provider, kind, document }: Pick<Policy, 'provider' | 'kind' | 'document'>): string {
  if (kind !== 'role-definition') return KINDS[kind] ?? kind
  if (provider !== 'kubernetes') return OWN_KINDS.get(provider) ?? KINDS[kind]
  const written = (document as { kind?: unknown } | null)?.kind
  return written === 'ClusterRole' ? 'Cluster role' : written === 'Role' ? 'Role' : 'RBAC role'
}

/** `AWS IAM policy`, `Azure role definition`. */
export function policyKind(policy: Pick<Policy, 'provider' | 'kind' | 'document'>): string {
  return `${providerTitle(policy.provider)} ${inSentence(kindTitle(policy))}`
}

/** A title as it stands inside of a sentence: abbreviations keep their capitals. */
export function inSentence(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
}

export interface PolicyWords {
  /** Heading of the list of policies, and of the list of their actions. */
  title: string
  actionsTitle: string
  one: string
  many: string
  action: string
  actions: string
}

/** What a set's policies are called: roles where all are Kubernetes', which are no policies of a cloud. */
export function policyWords({ data }: { data: { policies: readonly Pick<Policy, 'provider'>[] } }): PolicyWords {
  const kubernetes = data.policies.filter(({ provider }) => provider === 'kubernetes').length
  const [title, one, action] =
    kubernetes === 0
      ? ['Cloud policies', 'cloud policy', 'cloud action']
      : kubernetes === data.policies.length
        ? ['Kubernetes roles', 'Kubernetes role', 'Kubernetes action']
        : ['Policies', 'policy', 'policy action']
  const many = kubernetes > 0 && kubernetes === data.policies.length ? title : inSentence(title)
  const actionsTitle = action.charAt(0).toUpperCase() + action.slice(1)
  return { title, actionsTitle: `${actionsTitle}s`, one, many, action, actions: `${action}s` }
}

/** What one entry of a policy of this kind is called. */
export function actionWord(kind: Policy['kind']): string {
  return kind === 'privilege-list' ? 'privilege' : kind === 'api-list' ? 'API call' : 'action'
}

export const ACCESS: readonly Access[] = ['read', 'write', 'admin']

export const ACCESS_TITLE: Record<Access, string> = { read: 'Read', write: 'Write', admin: 'Admin' }

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number(amount)} ${amount === 1 ? one : many}`
}

/** Thousands parted by a comma, the same on every machine. */
export function number(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function bytes(amount: number): string {
  if (amount < 1000) return `${amount} B`
  if (amount < 1_000_000) return `${(amount / 1000).toFixed(1)} kB`
  return `${(amount / 1_000_000).toFixed(1)} MB`
}

export function place(source: Pick<Source, 'path' | 'line'>): string {
  return `${source.path}:${source.line}`
}

/** `Project role`; where the documentation names no scope, just `Role`. */
export function roleKind(version: { scopeTitle(id: string): string }, scope: string): string {
  return scope === UNSCOPED ? 'Role' : `${version.scopeTitle(scope)} role`
}

/** What a set is about, by what it has: a set without policies does not speak of them, one without roles of them alone. */
export function aboutSet({ identity, title, current }: AboutSet): string {
  const { policies, roles, permissions } = current.data
  const many = policyWords(current).many
  const what =
    policies.length === 0
      ? 'who may do what'
      : roles.length + permissions.length > 0
        ? `who may do what, and ${many}`
        : `${many} and what they allow`
  return identity.description ?? `${title}: ${what}, read from the documentation, each fact with its line.`
}

interface AboutSet {
  identity: { description: string | null }
  title: string
  current: { data: { policies: readonly Policy[]; roles: readonly unknown[]; permissions: readonly unknown[] } }
}

/** `every role, permission and cloud policy`: the things that a set has, for its first sentence. */
export function everyThing(version: { data: AboutSet['current']['data'] }): string {
  const { roles, permissions, policies } = version.data
  const own = roles.length > 0 || permissions.length > 0 || policies.length === 0
  const things = [
    ...(own ? (roles.length > 0 || permissions.length === 0 ? ['role', 'permission'] : ['permission']) : []),
  ]
  if (policies.length > 0) things.push(policyWords(version).one)
  return `every ${things.length < 2 ? things[0] : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`}`
}

/** Title of the page of permissions that are on no resource. */
export function permissionsTitle({ data }: { data: { resources: readonly unknown[] } }): string {
  return data.resources.length > 0 ? 'Other permissions' : 'All permissions'
}

/** A text with its `code` parts told apart, for messages that quote ids. */
export function codeParts(text: string): { code: boolean; text: string }[] {
  return text
    .split(/(`[^`\n]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`')
        ? { code: true, text: part.slice(1, -1) }
        : { code: false, text: part },
    )
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Only for the few places that take HTML; Astro escapes everywhere else. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char)
}
