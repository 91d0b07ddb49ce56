/** Actions that let their holder take more rights, and what of a statement keeps them small. */
import type { PolicyStatement } from '../../parse/claim.ts'
import { covers } from './wildcard.ts'

/**
 * The single actions of Rhino Security Labs' list, and `iam:PassRole`, which the others of the list are made with; for each,
 * what its holder can do with it.
 */
const AWS: Record<string, string> = {
  'glue:UpdateDevEndpoint': 'put a key on an endpoint and act with its role',
  'iam:AddUserToGroup': 'join a group and have its rights',
  'iam:AttachGroupPolicy': 'attach a policy to a group',
  'iam:AttachRolePolicy': 'attach a policy to a role',
  'iam:AttachUserPolicy': 'attach a policy to a user',
  'iam:CreateAccessKey': 'make an access key for a user and act as that user',
  'iam:CreateLoginProfile': 'give a user a password and sign in as that user',
  'iam:CreatePolicyVersion': 'write a new version of a policy',
  'iam:PassRole': 'hand a role to a service and act with it there',
  'iam:PutGroupPolicy': 'write an inline policy of a group',
  'iam:PutRolePolicy': 'write an inline policy of a role',
  'iam:PutUserPolicy': 'write an inline policy of a user',
  'iam:SetDefaultPolicyVersion': 'bring another version of a policy into force',
  'iam:UpdateAssumeRolePolicy': 'change who may take on a role',
  'iam:UpdateLoginProfile': 'change the password of a user',
  'lambda:UpdateFunctionCode': 'run code with the role of a function',
}

const AZURE: Record<string, string> = {
  'Microsoft.Authorization/elevateAccess/Action': 'take charge of access to all subscriptions',
  'Microsoft.Authorization/roleAssignments/write': 'assign any role to anybody',
  'Microsoft.Authorization/roleDefinitions/write': 'write what a role allows',
}

/** Sensitive actions by provider, each with what its holder can do with it. */
export const SENSITIVE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['aws', new Map(Object.entries(AWS))],
  ['azure', new Map(Object.entries(AZURE))],
])

/** Whether an action is all of a service or more: what `wildcard-action` reports. */
export function isWholeService(action: string): boolean {
  return /(?:^|[:/])\*+$/.test(action) && !/\/.*\//.test(action)
}

/** Why an action or a pattern is sensitive: what it lets its holder do, for each that it fits. */
export function reasonsOf(provider: string, action: string): string[] {
  const known = [...(SENSITIVE.get(provider) ?? [])]
  return known.filter(([candidate]) => covers(action, candidate)).map(([, reason]) => reason)
}

/** Whether a condition or the resources limit what a statement allows; all resources but some are no limit. */
export function isBounded({ conditions, resources, parts }: PolicyStatement, provider: string): boolean {
  const conditional =
    conditions !== null && (typeof conditions !== 'object' || Object.keys(conditions as object).length > 0)
  if (conditional) return true
  return provider === 'aws' && parts.notResources.length === 0 && !resources.some(isAny)
}

/** `*`, or all resources of a kind: `arn:aws:iam::*:role/*`. */
function isAny(resource: string): boolean {
  return /^\**$/.test(resource) || /^arn(?::[^:]*){4}:(?:[\w-]+[/:])?\*+$/.test(resource)
}
