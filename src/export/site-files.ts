/** Everything that the site is made from, as files in memory. */

import type { Analysis } from '../analyse.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { diffDatasets } from '../diff/diff.ts'
import { datasetJsonSchema } from '../model/dataset.ts'
import { parseMarkdown } from '../parse/markdown/markdown.ts'
import type { Settings, VersionSetting } from '../settings/schema.ts'
import { toJson } from '../text.ts'
import { optionInfo, type Rule } from '../validate/rule.ts'
import { accentCss } from './accent.ts'
import { datasetShape } from './dataset-shape.ts'
import { markdownToHtml } from './pages/html.ts'
import { renderPages } from './pages/render.ts'
import { policyViews } from './policy-views.ts'
import type { RulePage, SiteFinding, SiteInput, SiteLogo, VersionStep } from './site-input.ts'

export interface VersionInput {
  version: VersionSetting
  analysis: Analysis
  /** Findings of this version that nobody accepted. */
  open: Diagnostic[]
  accepted: { diagnostic: Diagnostic; reason: string; expires?: string | undefined }[]
}

/** Files of the site's input by name; the first version is the current one. */
export function siteFiles(
  versions: readonly VersionInput[],
  rules: readonly RulePage[],
  settings: Settings,
  logo: SiteLogo | null = null,
): Map<string, string> {
  const { base, description, editUrl, url } = settings.site
  const index: SiteInput = {
    name: settings.name,
    title: settings.site.title,
    site: {
      base,
      description,
      editUrl,
      url: url?.replace(/(?<!\/)\/+$/, '') ?? null,
      logo,
      favicon: logo && logo.width <= 2 * logo.height ? logo.file : 'favicon.svg',
    },
    versions: versions.map(({ version }) => ({ id: version.id, title: version.title })),
    rules: [...rules],
    roleTemplates: settings.roleTemplates,
    shape: datasetShape(datasetJsonSchema()),
  }
  const files = new Map([['index.json', json(index)]])
  files.set('changes.json', json(stepsOf(versions)))
  const accent = accentCss(settings.site)
  if (accent !== null) files.set('accent.css', accent)
  for (const [i, { version, analysis, open, accepted }] of versions.entries()) {
    const findings: SiteFinding[] = [
      ...open.map((diagnostic) => ({ ...diagnostic, accepted: null, expires: null })),
      ...accepted.map(({ diagnostic, reason, expires = null }) => ({ ...diagnostic, accepted: reason, expires })),
    ]
    files.set(`${version.id}/dataset.json`, json(analysis.model.dataset))
    files.set(`${version.id}/findings.json`, json(findings))
    files.set(`${version.id}/policies.json`, json(policyViews(analysis, settings)))
    files.set(
      `${version.id}/pages.json`,
      json(renderPages(analysis, settings, i === 0 ? base : `${base}${version.id}/`)),
    )
  }
  return files
}

/** What each version changed of the one before it. */
function stepsOf(versions: readonly VersionInput[]): VersionStep[] {
  return versions.slice(0, -1).map(({ version, analysis }, i) => {
    const older = versions[i + 1] as VersionInput
    const changes = diffDatasets(older.analysis.model.dataset, analysis.model.dataset)
    return { from: older.version.id, to: version.id, changes }
  })
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
  const found = rule.examples.map((example) => ({ example, findings: findingsOf(rule, example) }))
  return {
    id: rule.id,
    category: rule.category,
    severity: rule.severity,
    summary: rule.summary,
    html,
    markdown: rule.docs.trim(),
    options: optionInfo(rule),
    fixable: found.some(({ findings }) => findings.some(({ fix }) => fix !== null)),
    examples: found.map(({ example, findings }) => ({
      name: example.name,
      mdx: example.mdx,
      files: Object.entries(example.files ?? {}).map(([path, text]) => ({ path, text })),
      config: example.config ? toJson(example.config).trimEnd() : null,
      expect: findings.map(({ line, column, message }) => ({ line, column, message })),
    })),
  }
}

function json(value: unknown): string {
  return toJson(value)
}
