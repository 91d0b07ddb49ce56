import type { Fix } from '../../diagnostic.ts'
import type { Model } from '../../model/model.ts'
import type { Claim } from '../../parse/claim.ts'
import type { Page } from '../../parse/page/page.ts'
import type { InlineCode } from '../../parse/prose.ts'
import { placeOf } from '../../parse/source.ts'
import { isOperationWord, splitPermission } from '../../parse/words/vocabulary.ts'
import type { Settings } from '../../settings/schema.ts'
import { fewQuoted } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { isSwap, nearMiss, slipFinder } from '../shared/near-miss.ts'
import { offeredBy } from '../shared/permissions.ts'

export default defineRule({
  id: 'unknown-permission-in-prose',
  category: 'prose',
  severity: 'warning',
  summary: 'A sentence names a permission that does not exist',
  docs: `
Guides say which permission a step needs ("you need \`cluster.update\`"). One that is misspelt or has gone sends readers
looking for something that nobody can give them.

Looked at is inline code of the form \`key.operation\` on any page, outside of the tables and lists that Rolebook reads.
File names, hosts and expressions look the same, so the rule speaks only where it is sure: the key is a known resource
key and the operation differs from one of its operations in case or by a slip (\`cluster.udpate\`), or is a known word that
the catalogue does not list for it (\`cluster.edit\`); or the operation is known and the key is a slip of a known one. A key
with a capital letter in front (\`Cluster.Create\`) and a plural (\`users.list\`) belong to other languages.

**To fix it**, name a permission that exists. **Accept it** where the sentence is about one that does not, or about something
else that looks like a permission.
`,
  examples: [
    {
      name: 'a slip, another case, and an operation that the resource lacks',
      mdx: 'You need `cluster.udpate`, `clusterprofile.get` and `cluster.edit`.\n\n| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Cluster | cluster | get, update | Project |\n| Profile | clusterProfile | get, edit | Project |\n',
      expect: ['1:10', '1:28', '1:53'],
    },
    {
      name: 'a slip in the key',
      mdx: 'You need `clusterProfle.get`.\n',
      files: { 'roles.mdx': '## Cluster Admin\n\n- clusterProfile.get\n' },
      expect: ['1:10'],
    },
    {
      name: 'what looks like a permission',
      mdx: 'See `cluster.yaml`, `cluster.local`, `project.git`, `user.name`, `spec.cluster`, `cluster.get()`, `app.kubernetes.io`, `users.list`, `Cluster.Create` and `cluster.*`.\n\n| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Cluster | cluster | get, create, list | Project |\n| Project | project | get, create, list | Project |\n| User | user | get, create, list | Project |\n',
      expect: [],
    },
    {
      name: 'permissions that exist',
      mdx: 'You need `cluster.get`; nobody here has `cluster.update`.\n',
      files: { 'roles.mdx': '## Cluster Viewer\n\n- cluster.get\n- macro.update\n' },
      expect: [],
    },
    {
      name: 'a key whose permissions are written with a colon',
      mdx: 'Call `users.list` or `users.udpate`.\n',
      files: { 'roles.mdx': '## User Admin\n\n- `users:read`\n- `users:update`\n' },
      expect: [],
    },
    {
      name: 'the example of a format',
      mdx: 'Permissions are written `resourceKey.operation`.\n',
      files: { 'roles.mdx': '## Cluster Viewer\n\n- cluster.get\n' },
      expect: [],
    },
  ],
  check(input, report) {
    const { model, reading, settings } = input
    const permissions = new Permissions(model, offeredBy(input), settings, colonKeys(reading.claims))
    if (permissions.isEmpty) return
    const blocksOf = Map.groupBy(reading.blocks, ({ block }) => block.page)
    for (const page of reading.pages) {
      const blocks = (blocksOf.get(page) ?? []).map(({ block }) => block)
      const seen = new Set<string>()
      for (const code of page.prose.codes) {
        if (seen.has(code.text)) continue
        const wrong = permissions.judge(code.text)
        if (!wrong || blocks.some(({ start, end }) => code.start >= start && code.end <= end)) continue
        seen.add(code.text)
        const { source } = wrong
        report({
          message: `There is no permission \`${code.text}\`: ${wrong.why}`,
          span: page.locator.span(code.start, code.end),
          subject: wrong.permission,
          ids: [page.file.path, code.text],
          related: source ? [{ ...placeOf(source), note: `\`${wrong.key}\` is defined here` }] : [],
          fix: wrong.write === null ? null : fixOf(page, code, wrong.write),
        })
      }
    }
  },
})

/** Keys whose permissions are written with a colon: what is written `users.list` beside `users:read` is something else. */
function colonKeys(claims: readonly Claim[]): Set<string> {
  const keys = new Set<string>()
  const others = new Set<string>()
  for (const claim of claims)
    if (claim.kind === 'grant' || claim.kind === 'catalogue')
      (claim.separator === ':' ? keys : others).add(claim.resource)
  for (const key of others) keys.delete(key)
  return keys
}

interface Wrong {
  why: string
  /** The known key, and where it was met. */
  key: string
  source: Parameters<typeof placeOf>[0] | null
  /** The permission that was meant, where it exists. */
  permission: string | null
  /** What to write instead, where that is beyond doubt. */
  write: string | null
}

/** All permissions of a version, asked by what a sentence writes. */
class Permissions {
  readonly #offered: ReadonlyMap<string, ReadonlySet<string>>
  readonly #settings: Settings
  readonly #resources: ReadonlyMap<string, Model['resources'][number]>
  readonly #operations: ReadonlySet<string>
  readonly #slipOf: (resource: string) => string | null
  readonly #judged = new Map<string, Wrong | null>()

  constructor(
    model: Model,
    offered: ReadonlyMap<string, ReadonlySet<string>>,
    settings: Settings,
    left: ReadonlySet<string>,
  ) {
    this.#offered = offered
    this.#settings = settings
    const resources = model.resources.filter(({ spellings }) => !spellings.every((key) => left.has(key)))
    this.#resources = new Map(
      resources.flatMap((resource) =>
        [...namesOf(resource), resource.key].map((name) => [name.toLowerCase(), resource] as const),
      ),
    )
    this.#slipOf = slipFinder(this.#resources.keys())
    this.#operations = new Set(model.resources.flatMap((resource) => [...resource.operations]))
  }

  get isEmpty(): boolean {
    return this.#resources.size === 0
  }

  /** What is wrong with a text, or `null` where it is a permission, or nothing that the rule is sure of. */
  judge(text: string): Wrong | null {
    const known = this.#judged.get(text)
    if (known !== undefined) return known
    const wrong = this.#judge(text)
    this.#judged.set(text, wrong)
    return wrong
  }

  #judge(text: string): Wrong | null {
    const written = splitPermission(text)
    if (!written || written.operation === '*' || /^[A-Z]/.test(written.resource) || /^[A-Z]/.test(written.operation))
      return null
    const resource = this.#resources.get(written.resource.toLowerCase())
    return resource ? this.#ofResource(resource, written) : this.#ofSlip(written)
  }

  #ofResource(resource: Model['resources'][number], written: { resource: string; operation: string }): Wrong | null {
    const { key, operations } = resource
    const isName = namesOf(resource).includes(written.resource)
    const of = (operation: string) => ({ key, source: resource.evidence.span, permission: `${key}.${operation}` })
    const lower = written.operation.toLowerCase()
    const [same] = [...operations].filter((operation) => operation.toLowerCase() === lower)
    if (same !== undefined) {
      if (operations.has(written.operation) && isName) return null
      // Of a key that is written in two cases, `key-casing` says which is right.
      const keyText = isName ? written.resource : key
      const write = `${keyText}.${operations.has(written.operation) ? written.operation : same}`
      return { ...of(same), why: `it is written \`${write}\`, and case counts.`, write }
    }
    const slip = nearMiss(written.operation, operations)
    // Short words are one letter from too many others: `cluster.lst`, `user.lisp`.
    if (slip !== null && (slip.length > 4 || isSwap(slip, written.operation)))
      return { ...of(slip), why: `did you mean \`${key}.${slip}\`?`, write: null }
    const offered = this.#offered.get(key)
    if (!offered || offered.has('*') || offered.has(written.operation) || !this.#isWord(written.operation)) return null
    const why = `\`${key}\` has no \`${written.operation}\`; the catalogue lists ${fewQuoted([...offered], 8)}.`
    return { ...of(written.operation), why, permission: null, write: null }
  }

  /** A key that is no known one, but a slip of one that has the operation. */
  #ofSlip({ resource, operation }: { resource: string; operation: string }): Wrong | null {
    if (resource.length < 5 || !this.#isWord(operation)) return null
    const meant = this.#slipOf(resource)
    const lower = resource.toLowerCase()
    if (meant === null || lower === `${meant}s` || meant === `${lower}s` || /\d/.test(resource) !== /\d/.test(meant))
      return null
    const known = this.#resources.get(meant)
    if (!known?.operations.has(operation)) return null
    const permission = `${known.key}.${operation}`
    return {
      key: known.key,
      source: known.evidence.span,
      why: `did you mean \`${permission}\`?`,
      permission,
      write: null,
    }
  }

  #isWord(operation: string): boolean {
    return this.#operations.has(operation) || isOperationWord(operation, this.#settings)
  }
}

/** A resource's key as it may be written, be it in a sentence alone. */
function namesOf({ spellings, aliases }: Model['resources'][number]): string[] {
  return [...spellings, ...aliases]
}

function fixOf(page: Page, { start, end, text }: InlineCode, write: string): Fix | null {
  const at = page.file.text.slice(start, end).indexOf(text)
  if (at < 0) return null
  const span = page.locator.span(start + at, start + at + text.length)
  return { description: `Write \`${write}\``, edits: [{ ...span, text: write }] }
}
