/** Permissions in code that is no document of them. */
import { SERVICES } from './aws-services.ts'

/** `actions: ['s3:GetObject']`, `.addActions("s3:GetObject")`, with what may be the service. */
const AWS_ACTIONS = /actions?["']?\s*[:=(]\s*(?:\[\s*)?["'`]([A-Za-z][\w-]*):[A-Z*]/gi
/** `$role.Actions.Add("Microsoft.Compute/disks/read")` */
const AZURE_ACTIONS = /\b(?:Not)?(?:Data)?Actions\.Add(?:Range)?\(\s*["'][\w.*]+\//
/** `privileges = ["Datastore.Browse"]`, as ids of vSphere and Proxmox are written in other notations. */
const PRIVILEGES = /(?<![A-Za-z])priv(?:ilege)?s["']?\s*[:=]\s*(?:\[\s*["']|-\s+["']?)[A-Z]\w*\.[A-Z]/
/** An item of a list in YAML that may be an action of AWS or an operation of Azure. */
const ITEM =
  /^[ \t]*-[ \t]+["']?(?:([A-Za-z][\w-]*):[A-Z*][\w*]*|[A-Z]\w*\.[\w.]+\/[\w.*/-]*(?:read|write|delete|action|\*))["']?[ \t\r]*$/gm
const PATH = /^[ \t]*path[ \t]+"[^"\n]*"[ \t]*\{/m
const CAPABILITIES = /\bcapabilities\s*=\s*\[/
/** The three lists of a rule of Kubernetes. */
const RULE = [/\bapiGroups["']?\s*:/, /\bresources["']?\s*:/, /\bverbs["']?\s*:/]
/** Two of them in YAML, as others than Kubernetes write rules; where a rule has a level, it says what is logged. */
const RULE_OF_OTHERS = [/^[ \t]*(?:- )?resources:/m, /^[ \t]*(?:- )?verbs:/m]
const LEVEL = /^[ \t]*(?:- )?level:/m
/** A line of a policy of Casbin: who, on what, which action, and the effect. */
const POLICY_LINE =
  /^[ \t]*(?:- )?["']?p,[ \t]*[^\s,][^,\n]{0,80},(?:[^,\n]{1,80},){1,4}[ \t]*(?:\*|allow|deny|create|delete|edit|get|list|patch|post|put|read|update|view|write)["']?,?[ \t\r]*$/im
/** What a privilege of a database is made of: on what, and which actions. */
const PRIVILEGE = [/\bprivileges["']?\s*:\s*\[/, /\bresource["']?\s*:/, /\bactions["']?\s*:\s*\[/]
/** Columns of a list with commas that say what is allowed: `perm_read,perm_write`. */
const COLUMNS = /(?:^|[,;])"?(?:can|perm)_[a-z]{1,20}"?[,;]"?(?:can|perm)_[a-z]/m
/** A role in the notation of some program, as Kubernetes writes its objects. */
const ROLE = [/^kind:[ \t]*role[ \t]*$/m, /^spec:/m]

/** Whether a fence holds permissions in a program, or in a notation of a program of its own, which no dialect reads. */
export function holdsPermissionsInCode(text: string): boolean {
  // Most code is about something else: no more than a word is looked for in it.
  if (text.includes('Actions.Add') && AZURE_ACTIONS.test(text)) return true
  if (text.includes('priv') && PRIVILEGES.test(text)) return true
  // Rules of Kubernetes in the comments of a program.
  if (text.includes('+kubebuilder:rbac:')) return true
  if (text.includes('capabilities') && PATH.test(text) && CAPABILITIES.test(text)) return true
  if (text.includes('apiGroups') && RULE.every((key) => key.test(text))) return true
  if (text.includes('verbs:') && RULE_OF_OTHERS.every((key) => key.test(text)) && !LEVEL.test(text)) return true
  if (text.includes('p,') && POLICY_LINE.test(text)) return true
  if (text.includes('privileges') && PRIVILEGE.every((key) => key.test(text))) return true
  if ((text.includes('perm_') || text.includes('can_')) && COLUMNS.test(text)) return true
  if (text.includes('spec:') && ROLE.every((key) => key.test(text))) return true
  if (text.includes('- ') && listsActions(text)) return true
  if (!text.includes('ction')) return false
  return [...text.matchAll(AWS_ACTIONS)].some(([, service = '']) => SERVICES.has(service.toLowerCase()))
}

/** Whether two items of lists are actions of a cloud, whatever the lists are called. */
function listsActions(text: string): boolean {
  let found = 0
  for (const [, service] of text.matchAll(ITEM))
    if ((service === undefined || SERVICES.has(service.toLowerCase())) && ++found === 2) return true
  return false
}
