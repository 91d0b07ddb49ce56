/** What a search engine for data sets is told of the downloads (schema.org `Dataset`). */
import type { Site } from './dataset.ts'
import { aboutSet, count, policyWords } from './words.ts'

const FORMATS: [RegExp, string][] = [
  [/\.schema\.json$/, 'application/schema+json'],
  [/\.json$/, 'application/json'],
  [/\.csv$/, 'text/csv'],
  [/\.(?:ndjson|jsonl)$/, 'application/x-ndjson'],
  [/\.sql$/, 'application/sql'],
  [/\.md$/, 'text/markdown'],
  [/\.sqlite$/, 'application/vnd.sqlite3'],
]

export function dataSets(site: Site): object {
  const { url } = site.identity
  const { links } = site.current
  const absolute = (path: string) => `${url ?? ''}${path}`
  const about = aboutSet(site)
  return {
    '@context': 'https://schema.org',
    '@graph': site.versions.map((version) => ({
      '@type': 'Dataset',
      name: `${site.title}, ${version.title}`,
      description: `${about} ${count(version.data.roles.length, 'role')}, ${count(version.data.permissions.length, 'permission')}, ${count(version.data.policies.length, policyWords(version).one, policyWords(version).many)}.`,
      ...(url === null ? {} : { url: absolute(links.downloads) }),
      version: version.id,
      isAccessibleForFree: true,
      keywords: ['roles', 'permissions', 'access control', site.name],
      variableMeasured: ['role', 'scope', 'permission', 'resource', 'operation', 'effect'],
      distribution: site.files
        .filter((file) => file.version === version.id && file.group === null)
        .map((file) => ({
          '@type': 'DataDownload',
          name: file.title,
          description: file.description,
          encodingFormat: FORMATS.find(([pattern]) => pattern.test(file.path))?.[1] ?? 'application/octet-stream',
          contentUrl: absolute(links.dataFile(file.path)),
          contentSize: `${file.bytes} B`,
          sha256: file.sha256,
        })),
    })),
  }
}
