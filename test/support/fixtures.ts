/** Fixtures: pages with the expected findings written into them, and a short view of the model. See `test/README.md`. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset, Source } from '../../src/model/dataset.ts'
import type { SourceFile } from '../../src/parse/source.ts'
import { readFolder, sourceFile } from './analysis.ts'
import { codeUnits } from './line-reader.ts'

export const FIXTURES = join(import.meta.dirname, '..', 'fixtures')

export interface Fixture {
  /** `group/name`: a page, or a folder of pages that are one documentation set. */
  id: string
  files: SourceFile[]
  /** Absolute path of the snapshot of its model. */
  snapshot: string
}

export function listFixtures(): Fixture[] {
  const fixtures: Fixture[] = []
  for (const group of readdirSync(FIXTURES).sort()) {
    // The page that the README shows: `readme` checks it elsewhere.
    if (group === 'readme') continue
    const folder = join(FIXTURES, group)
    if (!statSync(folder).isDirectory()) continue
    for (const entry of readdirSync(folder).sort()) {
      const absolute = join(folder, entry)
      const id = `${group}/${entry.replace(/\.mdx?$/, '')}`
      const snapshot = join(FIXTURES, `${id}.model.txt`)
      if (statSync(absolute).isDirectory()) fixtures.push({ id, files: readFolder(absolute), snapshot })
      else if (/\.mdx?$/.test(entry))
        fixtures.push({ id, files: [sourceFile(entry, readFileSync(absolute, 'utf8'))], snapshot })
    }
  }
  return fixtures
}

const EXPECT = /\{\/\* expect(?: -(\d+))?: ([^*]*?) \*\/\}/g

export interface Expected {
  path: string
  line: number
  ruleId: string
  /** 1-based, or `null` where the fixture does not say. */
  column: number | null
}

/**
 * The findings that a page expects. `{/* expect: rule *\/}` speaks of its own line; where it stands alone on a line, of
 * the nearest line above that is no such comment; `expect -3:` of the third line above it. `rule@13` gives the column.
 */
export function expectedFindings(file: SourceFile): Expected[] {
  const expected: Expected[] = []
  const lines = file.text.split(/\r\n|\n|\r/)
  const alone = (line: string) => line.replace(EXPECT, '').trim() === '' && line.includes('{/* expect')
  lines.forEach((line, index) => {
    for (const match of line.matchAll(EXPECT)) {
      let target = index - Number(match[1] ?? 0)
      if (match[1] === undefined) while (alone(lines[target] as string)) target--
      for (const item of (match[2] as string).split(',')) {
        const [ruleId = '', column] = item.trim().split('@')
        expected.push({ path: file.path, line: target + 1, ruleId, column: column ? Number(column) : null })
      }
    }
  })
  return expected
}

/** The dataset in short lines that a reviewer can compare with the page. */
export function modelView(dataset: Dataset): string {
  const many = dataset.sources.length > 1
  const at = ({ path, line, column, via }: Source) => {
    const chain = (via ?? []).map((site) => ` via ${site.path}:${site.line}:${site.column}`)
    return `${many ? `${path}:` : ''}${line}:${column}${chain.join('')}`
  }
  const lines: string[] = []
  for (const role of dataset.roles) {
    const parts = [role.group && `in ${role.group}`, role.level, ...role.aliases.map((alias) => `also ${alias}`)]
    const facts = parts.filter((part) => part !== null && part !== '')
    lines.push(`role ${role.id} "${role.name}" ${at(role.source)}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`)
    if (role.description !== null) lines.push(`  “${role.description}”`)
    for (const grant of role.grants) {
      const sign = grant.effect === 'granted' ? '+' : grant.effect === 'denied' ? '-' : '?'
      lines.push(`  ${sign} ${grant.permission}${grant.note === null ? '' : ` [${grant.note}]`} ${at(grant.source)}`)
    }
  }
  for (const resource of dataset.resources) {
    const aliases = resource.aliases.map((alias) => ` also ${alias}`).join('')
    const scopes = resource.scopes.length > 0 ? ` in ${resource.scopes.join(', ')}` : ''
    lines.push(`resource ${resource.id} "${resource.title}"${aliases}${scopes}: ${resource.operations.join(', ')}`)
  }
  for (const { id, title, permissions, source } of dataset.catalogues)
    lines.push(`catalogue ${id} "${title}" ${at(source)}: ${permissions.join(', ')}`)
  for (const mapping of dataset.mappings) {
    const requires = mapping.requires.map((names) => names.join(' | ')).join(' & ')
    lines.push(`mapping ${mapping.id} ${at(mapping.source)} -> ${requires}`)
    for (const restriction of mapping.restrictions) lines.push(`  not: ${restriction}`)
  }
  for (const policy of dataset.policies) {
    const facts = [policy.provider, policy.kind, policy.variant, policy.document === null ? 'no document' : 'document']
    lines.push(`policy ${policy.id} "${policy.title}" ${at(policy.source)} (${facts.filter(Boolean).join(', ')})`)
    if (policy.lastUpdate !== null) lines.push(`  updated ${policy.lastUpdate}`)
    for (const site of policy.usedBy) lines.push(`  used by ${site.path}:${site.line}:${site.column}`)
    for (const action of policy.permissions) lines.push(`  ${action}`)
  }
  return lines.length > 0 ? `${lines.join('\n')}\n` : 'nothing\n'
}

export function byPlace(a: Expected, b: Expected): number {
  return (
    codeUnits(a.path, b.path) || a.line - b.line || codeUnits(a.ruleId, b.ruleId) || (a.column ?? 0) - (b.column ?? 0)
  )
}
