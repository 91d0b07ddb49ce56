import type { Policy } from '../../model/dataset.ts'
import { onOneLine, plural, toJson } from '../../text.ts'
import { defineFormat, type ExportedFile } from '../format.ts'
import { applicable } from '../policy-files.ts'
import { slugsOf } from '../slug.ts'

/** What the index says of a policy. */
interface Entry {
  id: string
  title: string
  provider: string
  kind: string
  variant: string | null
  /** Beside the index; `null` where `reason` says why there is none. */
  file: string | null
  permissions: number
  /** To be run where the file is. */
  command: string | null
  caution: string | null
  reason: string | null
}

/**
 * Each cloud policy as the file that its provider's command line takes: a document as JSON, a list of privileges or APIs as
 * text, one a line; and an `index.json` with the commands, and with the policies that are left out and why.
 */
export default defineFormat({
  id: 'policies',
  summary: 'Cloud policies as files to apply: AWS, Azure and Google Cloud documents, lists of privileges as text',
  files({ policies }) {
    const slugs = slugsOf(policies.map(({ id }) => id))
    const written = policies.map((policy) => fileOf(policy, slugs.get(policy.id) as string))
    const files = written.flatMap(({ file }) => file ?? [])
    const missing = policies.length - files.length
    const description = `${plural(files.length, 'file')} with the command that applies each; ${plural(missing, 'policy is', 'policies are')} left out, with the reason.`
    const index = {
      name: 'policies/index.json',
      title: 'Cloud policies: index',
      description,
      content: toJson({ policies: written.map(({ entry }) => entry) }),
    }
    return [index, ...files]
  },
})

function fileOf(policy: Policy, slug: string): { entry: Entry; file: ExportedFile | null } {
  const { id, title, provider, kind, variant, permissions } = policy
  const of = { id, title, provider, kind, variant }
  const about = {
    title: onOneLine(title),
    description: `${provider} ${kind.replace('-', ' ')}${variant === null ? '' : ` (${onOneLine(variant)})`}, ${plural(permissions.length, 'action')}.`,
  }
  if (kind === 'privilege-list' || kind === 'api-list') {
    const name = `${slug}.txt`
    const content = permissions.map((permission) => `${onOneLine(permission)}\n`).join('')
    const entry = { ...of, file: name, permissions: permissions.length, command: null, caution: null, reason: null }
    return { entry, file: { name: `policies/${name}`, ...about, content } }
  }
  const found = applicable(policy)
  if ('reason' in found) {
    const { reason } = found
    const entry = { ...of, file: null, permissions: permissions.length, command: null, caution: null, reason }
    return { entry, file: null }
  }
  const name = `${slug}.json`
  const command = found.command?.(name) ?? null
  const entry = { ...of, file: name, permissions: permissions.length, command, caution: found.caution, reason: null }
  return { entry, file: { name: `policies/${name}`, ...about, content: toJson(found.document) } }
}
