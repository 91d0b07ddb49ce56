/** A suggested config as the text of a file. */
import { toJsonLine } from '../text.ts'
import type { Suggestion } from './suggest.ts'

/** The text of `rolebook.config.ts` or `rolebook.config.jsonc`, formatted, with comments where the user has to decide. */
export function configText(suggestion: Suggestion, format: 'ts' | 'jsonc'): string {
  const { name, versions, scopes, unscoped, component, marks } = suggestion
  const key = (text: string) => (format === 'ts' ? text : `"${text}"`)
  const quoted = (text: string) => (format === 'ts' ? literal(text) : json(text))
  const list = (items: readonly string[]) => `[${items.map(quoted).join(', ')}]`
  const lines = [`  ${key('name')}: ${quoted(name)},`]
  if (versions.length > 0) {
    const rows = versions.map(({ id, root }) => `    { ${key('id')}: ${quoted(id)}, ${key('root')}: ${quoted(root)} },`)
    lines.push(`  ${key('versions')}: [`, ...rows, '  ],')
  }
  if (scopes.length > 0) {
    const rows = scopes.map(({ id, title, pages }) => {
      const globs = pages.length > 0 ? `, ${key('pages')}: ${list(pages)}` : ''
      return `    { ${key('id')}: ${quoted(id)}, ${key('title')}: ${quoted(title)}${globs} },`
    })
    lines.push(`  ${key('scopes')}: [`, ...rows, '  ],')
  }
  if (unscoped.length > 0) lines.push(`  // Roles without a scope: ${list(unscoped)}`)
  if (component !== null) lines.push(`  ${key('partials')}: { ${key('component')}: ${quoted(component)} },`)
  if (marks.length > 0) {
    const seen = marks.map(({ text, count }) => `${quoted(text)} (${count} times)`).join(', ')
    lines.push(`  // Signs in cells that are no known mark: ${seen}. What do they mean?`)
    lines.push(`  // ${key('marks')}: { ${key('granted')}: [], ${key('denied')}: [] },`)
  }
  lines.push(`  ${key('baseline')}: ${quoted('rolebook.baseline.json')},`)
  const body = lines.join('\n')
  if (format === 'ts') return `import { defineConfig } from 'rolebook'\n\nexport default defineConfig({\n${body}\n})\n`
  return `{\n  "$schema": "./node_modules/rolebook/lib/config.schema.json",\n${body}\n}\n`
}

function literal(text: string): string {
  const escaped = json(text)
  return /['\\]/.test(text) || escaped.replaceAll('\\"', '"') !== `"${text}"` ? escaped : `'${text}'`
}

/** On one line to every program: a comment that holds the name of a page ends where its line does, and not before. */
function json(text: string): string {
  return toJsonLine(text).trimEnd()
}
