/** Running the core on texts, and small views of what it returns. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Analysis, analyse } from '../../src/analyse.ts'
import type { Diagnostic } from '../../src/diagnostic.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import type { SourceFile } from '../../src/parse/source.ts'
import { resolveSettings } from '../../src/settings/defaults.ts'
import type { Config } from '../../src/settings/schema.ts'
import { rules } from '../../src/validate/rules.ts'
import { codeUnits } from './line-reader.ts'

export function sourceFile(path: string, text: string, relativePath = path): SourceFile {
  return { path, relativePath, text, sha256: createHash('sha256').update(text).digest('hex') }
}

/** Analyses files given as texts by path, with the default settings unless a config is given. */
export function analyseTexts(texts: Record<string, string>, config: Config = {}): Analysis {
  const files = Object.entries(texts).map(([path, text]) => sourceFile(path, text))
  return analyse(files, resolveSettings(config), 'latest')
}

/** Analyses one page called `page.mdx`. */
export function analyseText(text: string, config: Config = {}): Analysis {
  return analyseTexts({ 'page.mdx': text }, config)
}

/** Reads all pages under a folder, with paths relative to it. */
export function readFolder(folder: string, prefix = ''): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.mdx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((absolute) => {
      const path = absolute.slice(folder.length + 1).replaceAll('\\', '/')
      return sourceFile(prefix + path, readFileSync(absolute, 'utf8'), path)
    })
}

/** Role name to `permission @line:column`, sorted: whole sets that can be compared at once. */
export function grantsByRole(dataset: Dataset): Record<string, string[]> {
  return Object.fromEntries(
    dataset.roles.map((role) => [
      role.name,
      role.grants
        .filter((grant) => grant.effect !== 'denied')
        .map((grant) => `${grant.permission} @${grant.source.line}:${grant.source.column}`)
        .sort(codeUnits),
    ]),
  )
}

/** Role name to permissions. */
export function permissionsByRole(dataset: Dataset): Record<string, string[]> {
  return Object.fromEntries(dataset.roles.map((role) => [role.name, role.permissions]))
}

export function countGrants(dataset: Dataset): number {
  return dataset.roles.reduce((sum, role) => sum + role.grants.length, 0)
}

/** `rule line:column` of each diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`)
}

export function placesOf(diagnostics: readonly Diagnostic[], ruleId: string): string[] {
  return diagnostics.filter((d) => d.ruleId === ruleId).map(({ line, column }) => `${line}:${column}`)
}

/** Rules that judge what a page says; the others say that something could not be read as it was meant. */
const JUDGING = new Set(['roles', 'catalogue', 'policies', 'prose'])

/** Of the judging rules, those that fixtures and damaged pages are held to all the same. */
const HELD = new Set([
  ...[
    'invalid-policy',
    'read-only-role-writes',
    'role-name-mismatch',
    'shifted-marks',
    'unknown-resource-key',
    'write-without-read',
  ],
])

/** Rules about structure that judge how a table is written, not whether it could be read. */
const STYLE = new Set(['column-order', 'duplicate-row', 'empty-matrix', 'legacy-syntax', 'mdx-syntax'])

/** Whether a rule's findings are about reading: what a small page about a dialect is held to, all others left aside. */
export function isAboutReading(ruleId: string): boolean {
  const rule = rules.find((candidate) => candidate.id === ruleId)
  return !rule || HELD.has(ruleId) || !(JUDGING.has(rule.category) || STYLE.has(ruleId))
}

/** Rule settings that switch off all that is not about reading: a finding then tells that a fact was not lost in silence. */
export const READING: NonNullable<Config['rules']> = Object.fromEntries(
  rules.filter((rule) => !isAboutReading(rule.id)).map((rule) => [rule.id, 'off' as const]),
)
