/**
 * A role as text to copy: a list, JSON, CSV, or what a template of the config makes of it. Imports nothing that a browser
 * can't run, so that a page fills templates in with the same code.
 */
import { PLACEHOLDER } from '../settings/placeholders.ts'
import { csv } from './csv-text.ts'

/** The part of a role that a text is made from; a role of the dataset fits as it is. */
export interface WrittenRole {
  name: string
  /** Id of the scope. */
  scope: string
  description: string | null
  /** What `{{slug}}` stands for, where it is not made from the name alone. */
  slug?: string
  /** Ids, in the order in which they are written. */
  permissions: readonly string[]
}

/** The part of a `roleTemplates` entry of the config that makes the text. */
export interface TextTemplate {
  /** `hcl` asks for its escapes; every other language gets JSON values as they are. */
  language?: string | undefined
  text: string
}

/**
 * Fills a template in. What is put in is never read again, so a role's name can't hold a placeholder. `{{permissions}}`
 * takes a line for each, at the indentation of its own line and two spaces more. An unknown placeholder stays.
 */
export function roleText(template: TextTemplate, role: WrittenRole): string {
  const value = (content: string | null) => literal(content, template.language)
  return template.text.replace(PLACEHOLDER, (written, name: string, offset: number) => {
    switch (name) {
      case 'slug':
        return role.slug ?? identifier(role.name)
      case 'name':
      case 'scope':
      case 'description':
        return value(role[name])
      case 'permissions':
        return list(role.permissions.map(value), indentation(template.text, offset))
      default:
        return written
    }
  })
}

/** A name that programs take: lower-case ASCII letters, digits and `_`, a letter first. */
export function identifier(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .slice(0, 80)
  const trimmed = plain.replace(/^_|_$/g, '')
  return /^[a-z]/.test(trimmed) ? trimmed : `role${trimmed === '' ? '' : `_${trimmed}`}`
}

/**
 * A text as a JSON value, and `null` as `null`. HCL's quoted strings have fewer escapes than JSON's and read `${` and
 * `%{` as code: https://developer.hashicorp.com/terraform/language/expressions/strings
 */
function literal(content: string | null, language: string | undefined): string {
  if (content === null) return 'null'
  const json = JSON.stringify(content.toWellFormed())
  if (language !== 'hcl') return json
  return json
    .replace(/\\(.)/g, (whole, char) => (char === 'b' ? '\\u0008' : char === 'f' ? '\\u000c' : whole))
    .replace(/[$%](?=\{)/g, (sign) => sign + sign)
}

function list(values: readonly string[], indent: string): string {
  if (values.length === 0) return '[]'
  return `[\n${values.map((value) => `${indent}  ${value}`).join(',\n')}\n${indent}]`
}

/** The white space that begins the line of an offset. */
function indentation(text: string, offset: number): string {
  let end = text.lastIndexOf('\n', offset - 1) + 1
  const start = end
  while (text[end] === ' ' || text[end] === '\t') end++
  return text.slice(start, end)
}

/** A way to copy a role. */
export interface RoleFormat {
  id: string
  title: string
  /** For highlighting; `text` where there is nothing to highlight. */
  language: string
  /** Ending of a file's name, without the dot. */
  extension: string
  text(role: WrittenRole): string
}

const OWN_FORMATS: readonly RoleFormat[] = [
  {
    id: 'list',
    title: 'List',
    language: 'text',
    extension: 'txt',
    text: ({ permissions }) => permissions.map((id) => `${id}\n`).join(''),
  },
  {
    id: 'json',
    title: 'JSON',
    language: 'json',
    extension: 'json',
    text: ({ name, scope, description, permissions }) =>
      `${JSON.stringify({ name, scope, description, permissions }, null, 2)}\n`,
  },
  {
    id: 'csv',
    title: 'CSV',
    language: 'text',
    extension: 'csv',
    text: ({ name, scope, permissions }) =>
      csv([['role', 'scope', 'permission'], ...permissions.map((id) => [name, scope, id])]),
  },
]

/** The part of a `roleTemplates` entry of the config that says where it is offered. */
export interface OfferedTemplate extends TextTemplate {
  id: string
  title: string
  extension?: string | undefined
  scopes?: readonly string[] | undefined
}

/** The ways to copy a role of a scope: templates of the config that fit it first, then a list, JSON and CSV. */
export function roleFormats(templates: readonly OfferedTemplate[], scope: string): RoleFormat[] {
  const fitting = templates.filter((template) => template.scopes === undefined || template.scopes.includes(scope))
  const own = OWN_FORMATS.filter((format) => !fitting.some((template) => template.id === format.id))
  return [
    ...fitting.map((template) => ({
      id: template.id,
      title: template.title,
      language: template.language ?? 'text',
      extension: template.extension ?? 'txt',
      text: (role: WrittenRole) => roleText(template, role),
    })),
    ...own,
  ]
}
