/** Everything that the site is made from, as files in memory. */

import type { Analysis } from '../analyse.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { parseMarkdown } from '../parse/markdown.ts'
import type { Settings, VersionSetting } from '../settings/schema.ts'
import { toJson } from '../text.ts'
import { optionInfo, type Rule } from '../validate/rule.ts'
import { markdownToHtml } from './pages/html.ts'
import { renderPages } from './pages/render.ts'
import type { RulePage, SiteFinding, SiteInput } from './site-input.ts'

export interface VersionInput {
  version: VersionSetting
  analysis: Analysis
  /** Findings of this version that nobody accepted. */
  open: Diagnostic[]
  accepted: { diagnostic: Diagnostic; reason: string }[]
}

/** Files of the site's input by name; the first version is the current one. */
export function siteFiles(
  versions: readonly VersionInput[],
  rules: readonly RulePage[],
  settings: Settings,
): Map<string, string> {
  const index: SiteInput = {
    name: settings.name,
    title: settings.site.title,
    versions: versions.map(({ version }) => ({ id: version.id, title: version.title })),
    rules: [...rules],
  }
  const files = new Map([['index.json', json(index)]])
  for (const [i, { version, analysis, open, accepted }] of versions.entries()) {
    const findings: SiteFinding[] = [
      ...open.map((diagnostic) => ({ ...diagnostic, accepted: null })),
      ...accepted.map(({ diagnostic, reason }) => ({ ...diagnostic, accepted: reason })),
    ]
    files.set(`${version.id}/dataset.json`, json(analysis.model.dataset))
    files.set(`${version.id}/findings.json`, json(findings))
    files.set(`${version.id}/pages.json`, json(renderPages(analysis, settings, i === 0 ? '/' : `/${version.id}/`)))
  }
  return files
}

/** A rule's page: its docs as HTML, and what each of its examples is found to hold. */
export function rulePage(
  rule: Rule,
  findingsOf: (rule: Rule, example: Rule['examples'][number]) => Diagnostic[],
): RulePage {
  const html = markdownToHtml(parseMarkdown(rule.docs), {
    headingIds: [],
    link: (url) => url,
    wrapper: (_, children) => children,
  })
  return {
    id: rule.id,
    category: rule.category,
    severity: rule.severity,
    summary: rule.summary,
    html,
    options: optionInfo(rule),
    examples: rule.examples.map((example) => ({
      name: example.name,
      mdx: example.mdx,
      files: Object.entries(example.files ?? {}).map(([path, text]) => ({ path, text })),
      config: example.config ? toJson(example.config).trimEnd() : null,
      expect: findingsOf(rule, example).map(({ line, column, message }) => ({ line, column, message })),
    })),
  }
}

function json(value: unknown): string {
  return toJson(value)
}
