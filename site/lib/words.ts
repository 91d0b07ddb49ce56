/** Words and numbers for readers. No locale: two builds on two machines say the same. */
import type { Access, Policy, Source } from '../../src/model/dataset.ts'

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

export function kindTitle(kind: Policy['kind']): string {
  return KINDS[kind] ?? kind
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
  return scope === 'unscoped' ? 'Role' : `${version.scopeTitle(scope)} role`
}

/** What a set is about, by what it has: a set without cloud policies does not speak of them. */
export function aboutSet({ identity, title, current }: AboutSet): string {
  const policies = current.data.policies.length > 0 ? ', and cloud policies' : ''
  return (
    identity.description ??
    `${title}: who may do what${policies}, read from the documentation, each fact with its line.`
  )
}

interface AboutSet {
  identity: { description: string | null }
  title: string
  current: { data: { policies: readonly unknown[] } }
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
