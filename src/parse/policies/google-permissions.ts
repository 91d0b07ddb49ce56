/** Permissions as Google Cloud writes them, and what the two ways of listing them outside of a document share. */
import type { BlockInput } from '../dialect.ts'
import { accessOf } from '../vocabulary.ts'
import { providerOf } from './provider.ts'

/** `service.resource.verb`; a service may have several parts. https://cloud.google.com/iam/docs/permissions-reference */
export function isGcpPermission(text: string): boolean {
  return /^[a-z][\w-]*(?:\.[\w-]+){2,}$/.test(text)
}

/** The permission that a line of a list or of a cell is about: `compute.disks.get`, or one with words after it. */
export function gcpPermissionIn(line: string): string | null {
  const [id = ''] = line.split(/:\s|\s[-–—]\s|\s\(/, 1)
  return isGcpPermission(id.trim()) ? id.trim() : null
}

/**
 * Whether lines are permissions for the most part, and about Google Cloud. Host names (`compute.googleapis.com`) and packages
 * are written alike, but end in no verb.
 */
export function areGcpPermissions(lines: readonly string[], input: BlockInput): boolean {
  const permissions = lines.map(gcpPermissionIn).filter((id) => id !== null)
  if (permissions.length * 2 < lines.length || providerOf(input) !== 'gcp') return false
  const known = permissions.filter((id) => accessOf(id.slice(id.lastIndexOf('.') + 1), input.settings) !== null)
  return known.length * 2 >= permissions.length
}
