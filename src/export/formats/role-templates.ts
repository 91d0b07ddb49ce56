import type { Dataset } from '../../model/dataset.ts'
import type { RoleTemplate } from '../../settings/schema.ts'
import { onOneLine, plural, toJson } from '../../text.ts'
import { defineFormat, type ExportedFile, type ExportFormat } from '../format.ts'
import { heldPlainly } from '../role-remarks.ts'
import { identifier, roleText } from '../role-text.ts'
import { shortHash, slugsOf } from '../slug.ts'

/** What begins a line that is a comment. Where a language has none, remarks stand in `index.json` alone. */
const COMMENTS: readonly [mark: string, languages: readonly string[]][] = [
  ['#', ['hcl', 'terraform', 'yaml', 'toml', 'sh', 'bash', 'shell', 'python', 'ruby', 'powershell', 'rego']],
  ['//', ['js', 'javascript', 'ts', 'typescript', 'go', 'bicep', 'cedar']],
]

/**
 * Roles in the config's own templates (`roleTemplates`), in a folder each: all in one file where the template names one,
 * else a file a role; and an `index.json` that says which is which. Permissions are spelt out: what is denied is left out, a
 * pattern is the permissions that it fits, what is granted under a condition is there with a remark.
 */
export default defineFormat({
  id: 'role-templates',
  summary:
    "Roles in each of the config's templates, such as Terraform or a request body; each template's id is a format too",
  variants: ({ roleTemplates }) => roleTemplates.map(formatOf),
  files: (dataset, context) =>
    context.settings.roleTemplates.flatMap((template) => formatOf(template).files(dataset, context)),
})

/** A template as a format of its own. */
function formatOf(template: RoleTemplate): ExportFormat {
  return { id: template.id, summary: template.title, files: (dataset) => filesOf(template, dataset) }
}

interface Written {
  id: string
  name: string
  scope: string
  /** What `{{slug}}` stands for. */
  slug: string
  file: string
  permissions: number
  remarks: string[]
  /** Remarks as comments, and the role. */
  text: string
}

function filesOf(template: RoleTemplate, dataset: Dataset): ExportedFile[] {
  const { id, title, file } = template
  const fits = (scope: string) => template.scopes === undefined || template.scopes.includes(scope)
  const leftOut = dataset.roles.filter(({ scope }) => !fits(scope)).map((role) => role.id)
  const roles = written(template, dataset, fits)
  const folder = `roles/${id}`
  const kept = `${plural(roles.length, 'role')} of ${dataset.roles.length}, ${file ? 'in one file' : 'a file each'}`
  const scopes = template.scopes
    ? `: those of scope ${template.scopes.join(', ')}; ${leftOut.length} of others are left out`
    : ''
  const described = `${kept}${scopes}.`
  const index = {
    name: `${folder}/index.json`,
    title: `${title}: index`,
    description:
      'Which role is called what, and what a list of permissions can’t say of it: conditions, patterns, denials.',
    content: toJson({ template: id, title, leftOut, roles: roles.map(({ text: _, ...role }) => role) }),
  }
  if (!file)
    return [
      index,
      ...roles.map((role) => ({
        name: `${folder}/${role.file}`,
        title: `${title}: ${onOneLine(role.name)}`,
        description: `The role ${onOneLine(role.id)}, with ${plural(role.permissions, 'permission')}.`,
        content: role.text,
      })),
    ]
  const about = `${onOneLine(`${dataset.name} ${dataset.version}`)}: ${described}`
  const parts = [comments(template, [about]), ended(file.head ?? ''), ...roles.map(({ text }) => text)]
  const content = parts.filter((part) => part !== '').join('\n')
  return [{ name: `${folder}/${file.name}`, title, description: `All roles as ${title}. ${described}`, content }, index]
}

function written(template: RoleTemplate, dataset: Dataset, fits: (scope: string) => boolean): Written[] {
  const roles = dataset.roles.filter(({ scope }) => fits(scope))
  const identifiers = identifiersOf(roles.map(({ id }) => id))
  const names = slugsOf(roles.map(({ id }) => id))
  return roles.map((role): Written => {
    const { id, name, scope, description } = role
    const { permissions, remarks } = heldPlainly(dataset, role)
    const slug = identifiers.get(id) as string
    const text = ended(roleText(template, { name, scope, description, slug, permissions }))
    return {
      ...{ id, name, scope, slug },
      file: template.file?.name ?? `${names.get(id)}.${template.extension ?? 'txt'}`,
      permissions: permissions.length,
      remarks,
      text: comments(template, remarks) + text,
    }
  })
}

function comments({ language }: RoleTemplate, lines: readonly string[]): string {
  const mark = COMMENTS.find(([, languages]) => language !== undefined && languages.includes(language))?.[0]
  return mark === undefined ? '' : lines.map((line) => `${mark} ${line}\n`).join('')
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/**
 * An identifier for each role, made of its id: roles of two scopes may have one name, and a new role must not rename
 * another. Ids that differ in nothing that an identifier can hold are told apart by a hash.
 */
function identifiersOf(ids: readonly string[]): Map<string, string> {
  const users = Map.groupBy(ids, identifier)
  return new Map(
    ids.map((id) => {
      const plain = identifier(id)
      return [id, users.get(plain)?.length === 1 ? plain : `${plain}_${shortHash(id)}`]
    }),
  )
}
