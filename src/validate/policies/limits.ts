/** How large a policy may be, as its provider counts. */
import type { PolicyClaim } from '../../parse/claim.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const AWS_LIMITS = { managed: 6144, role: 10_240, group: 5120, user: 2048 }
export const AWS_WORDS = {
  managed: 'a managed policy',
  role: 'the inline policies of a role',
  group: 'the inline policies of a group',
  user: 'the inline policies of a user',
}
export type AwsUse = keyof typeof AWS_LIMITS

/** https://cloud.google.com/iam/quotas */
export const GCP_PERMISSIONS = 3000
export const GCP_BYTES = 64 * 1024

/** The characters of an IAM policy as AWS counts them: without white space. `null` where it has a `Principal`, and so other limits. */
export function awsSizeOf({ policyKind, document, statements }: PolicyClaim): number | null {
  if (policyKind !== 'iam-policy' || document === null) return null
  return statements.every(({ parts }) => parts.principals.length === 0) ? JSON.stringify(document).length : null
}

/** How many permissions a custom role of Google Cloud has, and how many bytes their names. */
export function gcpSizeOf({ policyKind, statements }: PolicyClaim): { permissions: number; bytes: number } | null {
  if (policyKind !== 'custom-role') return null
  const permissions = new Set(statements.flatMap((statement) => statement.actions))
  return {
    permissions: permissions.size,
    bytes: [...permissions].reduce((sum, permission) => sum + permission.length, 0),
  }
}
