/** A report whose paths begin somewhere else: at the root of the repository, where CI systems look for them. */
import type { Place } from '../diagnostic.ts'
import type { Report } from './formatter.ts'

/** The report with every path under a folder. `prefix` ends in a slash; empty, the report is returned as it is. */
export function relocate(report: Report, prefix: string): Report {
  if (prefix === '') return report
  const moved = <T extends Pick<Place, 'path'>>(place: T): T => ({ ...place, path: under(prefix, place.path) })
  const keys = <T>(map: ReadonlyMap<string, T>) =>
    new Map([...map].map(([path, value]) => [under(prefix, path), value]))
  return {
    ...report,
    diagnostics: report.diagnostics.map((diagnostic) => ({
      ...moved(diagnostic),
      related: diagnostic.related.map(moved),
      fix: diagnostic.fix && { ...diagnostic.fix, edits: diagnostic.fix.edits.map(moved) },
    })),
    sources: keys(report.sources),
    ...(report.changed ? { changed: keys(report.changed) } : {}),
  }
}

/** A path under a folder; each `..` takes back a segment. */
function under(prefix: string, path: string): string {
  const segments: string[] = []
  for (const segment of (prefix + path).split('/')) {
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else segments.push(segment)
  }
  return segments.join('/')
}
