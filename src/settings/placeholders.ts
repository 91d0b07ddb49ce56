/** What a role template of the config may have filled in. Imports nothing: the browser fills templates in as well. */

/** What stands between `{{` and `}}`. `slug` is a bare identifier; all others are JSON values, quotes included. */
export const PLACEHOLDERS = ['name', 'slug', 'scope', 'description', 'permissions'] as const

/** Words alone: other programs' own braces, such as `{{ .Values.name }}`, are left as they are. */
export const PLACEHOLDER = /\{\{ ?([A-Za-z_][\w-]{0,79}) ?\}\}/g

/** The placeholders in a template's text that nothing fills in, each once, in order of place. */
export function unknownPlaceholders(text: string): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string)
  return [...new Set(names)].filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name))
}
