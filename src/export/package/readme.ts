/** `README.md` of the data package: what is in it, counted, and an example whose comments say what it prints. */
import type { Dataset } from '../../model/dataset.ts'
import { holds, spelledOut } from '../../query/facts.ts'
import { smallest } from '../../query/smallest.ts'
import { whoCan } from '../../query/who-can.ts'
import type { Settings } from '../../settings/schema.ts'
import { squeeze } from '../../text.ts'
import { literal } from './literal.ts'
import type { PackageVersion } from './package.ts'
import { packageDescription, packageName } from './package-json.ts'

/** The data package's README, with figures and examples from its own data. */
export function readme(settings: Settings, versions: readonly PackageVersion[]): string {
  const [current, ...older] = versions as [PackageVersion, ...PackageVersion[]]
  const name = packageName(settings)
  return `# ${name}

${markdown(packageDescription(settings))}

| version | roles | permissions | grants | resources | cloud policies |
| --- | --: | --: | --: | --: | --: |
${versions.map(({ title, dataset }) => `| ${[markdown(title), ...counts(dataset)].join(' | ')} |\n`).join('')}
Every fact has the file and the line of the documentation that it was read from. Ids are stable: they change only when the
documentation does. \`dataset.json\` is described, field by field, by \`dataset.schema.json\` (JSON Schema 2020-12).

## Use

\`\`\`js
${example(name, current.dataset)}\`\`\`

In TypeScript, ids of roles, permissions, scopes, resources and policies are string-literal types: a misspelt one does not
compile. At run time it is a \`RangeError\` that names the id that was most likely meant.

| function | answers |
| --- | --- |
| \`can(role, permission)\` | whether a role holds a permission; under a condition counts as held |
| \`why(role, permission)\` | what the documentation says, under which condition, and on which line |
| \`whoCan(permission, { scope })\` | the roles that hold a permission, or one that a pattern such as \`*.delete\` names |
| \`permissionsOf(role)\` | all that a role holds |
| \`compare(...roles)\` | roles side by side |
| \`smallest(permissions, { scope, most })\` | the role, or up to three roles, with the least excess |

The import \`${name}/query\` asks the same of any dataset of this shape: \`questions(dataset)\`.
${older.length === 0 ? '' : olderVersions(name, older)}
## Check

\`manifest.json\` holds the counts, the size and the SHA-256 of every file. \`verify()\` of \`${name}/verify\`, or

\`\`\`sh
node node_modules/${name}/verify.js
\`\`\`

says what does not agree and ends with 1. With the path of an older \`manifest.json\` it also refuses a package that lost more
than a fifth of its roles, grants or anything else that is counted.
`
}

function olderVersions(name: string, versions: readonly PackageVersion[]): string {
  const list = versions.map(({ id, title }) => `- ${markdown(title)}: \`import { dataset } from '${name}/${id}'\`\n`)
  return `
Other versions of the documentation, each with the same functions and with types of its own:

${list.join('')}`
}

function counts({ roles, permissions, resources, policies }: Dataset): number[] {
  const grants = roles.reduce((sum, role) => sum + role.grants.length, 0)
  return [roles.length, permissions.length, grants, resources.length, policies.length]
}

/** Asks of a permission that somebody holds; the comments are what is printed. */
function example(name: string, dataset: Dataset): string {
  const asked = examplePermission(dataset)
  if (asked === null) {
    return `import { dataset } from '${name}'

console.log(dataset.roles.length) // ${dataset.roles.length}
`
  }
  const { permission, role } = asked
  const holders = whoCan(dataset, [permission])
  const enough = smallest(dataset, [permission])
  const ids = [`'${role}'`, `'${permission}'`]
  return `import { can, dataset, permissionsOf, smallest, whoCan } from '${name}'

console.log(dataset.roles.length) // ${dataset.roles.length}
console.log(can(${ids.join(', ')})) // true
console.log(whoCan(${ids[1]}).length) // ${holders.length}
console.log(permissionsOf(${ids[0]}).length) // ${spelledOut(dataset, dataset.roles.find(({ id }) => id === role) as Dataset['roles'][number]).length}
console.log(smallest([${ids[1]}])?.roles[0]?.id) // ${printed(enough?.roles[0]?.id ?? 'undefined')}
`
}

/** A comment must not end where an id holds a line end. */
function printed(id: string): string {
  return literal(id).slice(1, -1)
}

/** One that deletes, where there is one, because that is what people look up; of a role that is no more than letters. */
function examplePermission(dataset: Dataset): { role: string; permission: string } | null {
  const plain = (id: string) => /^[\w./-]{1,60}$/.test(id)
  const roles = dataset.roles.filter(({ id }) => plain(id))
  const ids = dataset.permissions.map(({ id }) => id).filter(plain)
  const first = [...ids.filter((id) => id.endsWith('.delete')), ...ids]
  for (const permission of first) {
    const role = roles.find((candidate) => holds(candidate, permission))
    if (role) return { role: role.id, permission }
  }
  return null
}

/** A text on one line of Markdown, with no meaning but its own. */
function markdown(text: string): string {
  return squeeze(text).replace(/[\\`*_{}[\]<>#|!&~]/g, '\\$&')
}
