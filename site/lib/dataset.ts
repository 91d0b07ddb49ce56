/**
 * The one reader of what the build wrote for the site: `ROLEBOOK_SITE_INPUT` names a folder (see
 * `src/export/site-input.ts`). Read once for each folder; everything else under `site/` asks `loadSite()`, and what it
 * keeps of a site it keeps by that site or a part of it: a process may build several, and this code is loaded once.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DocPage,
  PolicyViews,
  PublishedFile,
  RulePage,
  SiteFinding,
  SiteIdentity,
  SiteInput,
  VersionStep,
} from '../../src/export/site-input.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { Links } from './links.ts'
import { slugsOf } from './slug.ts'
import { type Version, versionOf } from './version.ts'

export interface Site {
  name: string
  title: string
  identity: SiteIdentity
  /** Current first. */
  versions: Version[]
  current: Version
  rules: RulePage[]
  roleTemplates: SiteInput['roleTemplates']
  /** What the dataset holds, field by field. */
  shape: SiteInput['shape']
  files: PublishedFile[]
  /** The newest first. */
  steps: VersionStep[]
}

/** First path segments that are pages of their own, so no version may be called so. */
const TOP_LEVEL = new Set(
  [
    '',
    '404',
    '_astro',
    'compare',
    'data',
    'access',
    'api',
    'changes',
    'docs',
    'facts',
    'favicon',
    'llms',
    'logo',
    'pagefind',
    'pages',
    'permissions',
    'policies',
    'quality',
    'resources',
    'roles',
    'rules',
    'smallest',
    'social',
    'who-can',
  ].concat(['index', 'search-index']),
)

let last: { folder: string; site: Site } | undefined

export function loadSite(): Site {
  const folder = inputFolder()
  if (last?.folder !== folder) last = { folder, site: readSite(folder) }
  return last.site
}

function inputFolder(): string {
  const folder = process.env.ROLEBOOK_SITE_INPUT
  if (!folder) {
    throw new Error(
      'ROLEBOOK_SITE_INPUT is not set. The site is made by `rolebook build`, which sets it to the folder of inputs it wrote.',
    )
  }
  return folder
}

function readSite(folder: string): Site {
  const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as T
  const input = json<SiteInput>('index.json')
  const ruleSlugs = slugsOf(input.rules.map((rule) => rule.id))
  const versionSlugs = slugsOf(
    input.versions.map((version) => version.id),
    TOP_LEVEL,
  )
  const versions = input.versions.map(({ id, title }, position) => {
    const data = json<Dataset>(id, 'dataset.json')
    const slug = position === 0 ? null : versionSlugs.get(id)!
    return versionOf({
      id,
      title,
      slug,
      data,
      findings: json<SiteFinding[]>(id, 'findings.json'),
      pages: json<DocPage[]>(id, 'pages.json'),
      policyViews: json<PolicyViews>(id, 'policies.json'),
      links: new Links(slug, data, ruleSlugs, input.site.base),
    })
  })
  const current = versions[0]
  if (!current) throw new Error('index.json names no version, so there is nothing to show')
  return {
    name: input.name,
    title: input.title,
    identity: input.site,
    versions,
    current,
    rules: input.rules,
    roleTemplates: input.roleTemplates,
    shape: input.shape,
    files: json<PublishedFile[]>('data', 'index.json'),
    steps: json<VersionStep[]>('changes.json'),
  }
}
