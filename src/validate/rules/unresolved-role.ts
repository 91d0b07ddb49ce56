import type { Span } from '../../diagnostic.ts'
import type { RoleEntity } from '../../model/model.ts'
import type { MappingClaim } from '../../parse/claim.ts'
import type { Page } from '../../parse/page/page.ts'
import { endOfLine } from '../../parse/structure/lines.ts'
import type { Settings } from '../../settings/schema.ts'
import { defineRule } from '../rule.ts'
import { claimsOf } from '../shared/claims.ts'
import { slipFinder } from '../shared/near-miss.ts'

export default defineRule({
  id: 'unresolved-role',
  category: 'catalogue',
  severity: 'error',
  summary: 'A mapping asks for a role that does not exist',
  docs: `
A mapping tells an administrator which roles to give so that a role of another system works ("machine-user asks for
Cluster Viewer"). A name that no role has leaves them with nothing to give.

A name is found whatever its case, by any spelling that the role's page shows, and with or without the word for its scope
("Cluster Admin" for "Project Cluster Admin"). The roles may stand on pages that were not read, so the rule speaks only
where all pages were read and at least two thirds of the names in the same table are found; for a slip of a name
that exists, half is enough.

**To fix it**, use the role's name, or document the role. **Accept it** where the role is documented elsewhere.
`,
  examples: [
    {
      name: 'a misspelt role',
      mdx: '| Cluster Role | Product Role |\n| --- | --- |\n| `vm-admin` | Cluster Admin |\n| `vm-user` | Cluster Veiwer |\n',
      files: { 'roles.mdx': '## Cluster Admin\n\n- cluster.update\n\n## Cluster Viewer\n\n- cluster.get\n' },
      expect: ['4:15'],
    },
    {
      name: 'the word for the scope left out',
      mdx: '| Cluster Role | Product Role |\n| --- | --- |\n| `vm-admin` | Cluster Admin |\n',
      files: { 'roles.mdx': '## Project Cluster Admin\n\n- cluster.update\n' },
      expect: [],
    },
    {
      name: 'roles that are documented elsewhere',
      mdx: '| Cluster Role | Product Role |\n| --- | --- |\n| `vm-admin` | Cluster Admin |\n| `vm-user` | Machine User |\n| `vm-viewer` | Machine Viewer |\n',
      files: { 'roles.mdx': '## Cluster Admin\n\n- cluster.update\n' },
      expect: [],
    },
  ],
  check({ model, reading, settings }, report) {
    if (model.roles.length === 0 || !reading.complete) return
    const mappings = claimsOf(reading, 'mapping')
    if (mappings.length === 0) return
    const names = new Map(model.roles.flatMap((role) => namesOf(role)).map((name) => [normal(name), name]))
    const bareNames = new Set(Array.from(names.keys(), (name) => withoutScope(name, settings)))
    const slipOf = slipFinder(names.values())
    const pages = new Map(reading.pages.map((page) => [page.file.path, page]))
    for (const claims of Map.groupBy(mappings, ({ block }) => block).values()) {
      const required = new Set(claims.flatMap((claim) => claim.requires.flat()))
      const unresolved = new Set([...required].filter((name) => !isKnown(name, names, bareNames, settings)))
      const found = required.size - unresolved.size
      const reported = new Set<string>()
      for (const claim of claims) {
        for (const name of claim.requires.flat()) {
          if (!unresolved.has(name) || reported.has(name)) continue
          const slip = slipOf(name)
          if (slip === null ? found * 3 < required.size * 2 : found * 2 < required.size) continue
          reported.add(name)
          report({
            message: `\`${claim.name}\` asks for the role \`${name}\`, which does not exist.${slip === null ? ' Use the name of a role that does, or document this one.' : ` Did you mean \`${slip}\`?`}`,
            span: placeOfName(name, claim, pages.get(claim.evidence.span.path)),
            subject: claim.name,
            ids: [name],
          })
        }
      }
    }
  },
})

/** What a cell says where no role is asked for. */
const NO_ROLE = /^(?:|any|any role|n a|none|no role|not applicable|optional)$/

function namesOf(role: RoleEntity): string[] {
  return [role.name, ...role.spellings.map((spelling) => spelling.text), ...(role.row ? [role.row.name] : [])]
}

/** With or without the words for scopes, but never so that `Tenant Admin` answers to `Project Admin`. */
function isKnown(
  name: string,
  names: ReadonlyMap<string, string>,
  bareNames: ReadonlySet<string>,
  settings: Settings,
): boolean {
  const wanted = normal(name)
  if (names.has(wanted) || NO_ROLE.test(wanted)) return true
  // A sentence in the cell is no name.
  if (name.length > 60 || /[.:!?]/.test(name)) return true
  const bare = withoutScope(wanted, settings)
  if (bare.includes(' ') && bare !== wanted && names.has(bare)) return true
  return bareNames.has(wanted)
}

function normal(name: string): string {
  const words = name
    .replace(/(?:(?<!\s)\s+)?\([^()]*\)$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
  return (words.length > 1 && words.at(-1) === 'role' ? words.slice(0, -1) : words).join(' ')
}

function withoutScope(name: string, settings: Settings): string {
  const [first = '', ...rest] = name.split(' ')
  const isScope = settings.scopes.some((scope) => scope.id.toLowerCase() === first.replace(/s$/, ''))
  return isScope && rest.length > 1 ? rest.join(' ') : name
}

/** The name in its row; the row's first cell where it is put together of several words of the cell. */
function placeOfName(name: string, claim: MappingClaim, page: Page | undefined): Span {
  const { span } = claim.evidence
  if (!page) return span
  const { text } = page.file
  const start = page.locator.startOfLine(span.line)
  const line = text.slice(start, endOfLine(text, start))
  const at = line.indexOf(name, span.endLine === span.line ? span.endColumn - 1 : 0)
  if (at < 0) return span
  return { path: span.path, line: span.line, column: at + 1, endLine: span.line, endColumn: at + 1 + name.length }
}
