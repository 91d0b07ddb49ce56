import type { ArtifactLocation, Fix, Location, Log, Notification, Region, ReportingDescriptor, Result } from 'sarif'
import { compareText, type Diagnostic, type Severity, type Span } from '../../diagnostic.ts'
import { plural, toJson } from '../../text.ts'
import type { Rule } from '../../validate/rule.ts'
import { rules } from '../../validate/rules.ts'
import { defineFormatter, type Report } from '../formatter.ts'
import { clipped, encodedPath } from '../markdown-text.ts'
import { printable } from '../printable.ts'
import { isAbsolute, mostPressing } from '../selection.ts'

/** GitHub's code scanning shows so many results of a run, and refuses a file with more than the second number. */
const SHOWN = 5_000
const ACCEPTED = 25_000

/** Related places that the message links to; code scanning shows no others. */
const LINKED = 5

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

export default defineFormatter({
  id: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning',
  format(report) {
    const { diagnostics } = report
    const ordered = diagnostics.length > SHOWN ? mostPressing(report) : diagnostics
    const notifications = limitNotifications(diagnostics.length)
    const log: Log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'Rolebook', semanticVersion: report.version, rules: descriptors(diagnostics) },
          },
          invocations: [
            {
              executionSuccessful: true,
              ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
            },
          ],
          originalUriBaseIds: {
            '%SRCROOT%': { description: { text: 'The root of the repository, or the folder that was checked.' } },
          },
          columnKind: 'utf16CodeUnits',
          results: ordered.slice(0, ACCEPTED).map(result),
        },
      ],
    }
    return toJson(log)
  },
})

/** What a consumer must know of findings that it will not show or that are not here. */
function limitNotifications(count: number): Notification[] {
  if (count <= SHOWN) return []
  const left = count - ACCEPTED
  const shown = `Code scanning shows ${SHOWN} of ${count} findings; the gravest come first.`
  const text = left > 0 ? `${shown} ${plural(left, 'finding')} did not fit into this file and were left out.` : shown
  return [{ level: 'warning', message: { text }, descriptor: { id: 'result-limit' } }]
}

/** Every rule: a consumer also shows which ones found nothing. */
function descriptors(diagnostics: Report['diagnostics']): ReportingDescriptor[] {
  const urls = new Map(diagnostics.filter(({ url }) => isAbsolute(url)).map(({ ruleId, url }) => [ruleId, url]))
  return rules.map((rule): ReportingDescriptor => {
    const url = urls.get(rule.id)
    return {
      id: rule.id,
      shortDescription: { text: `${rule.summary}.` },
      fullDescription: { text: clipped(firstParagraph(rule) || `${rule.summary}.`, 1000) },
      help: { text: rule.docs.trim(), markdown: rule.docs.trim() },
      ...(url === undefined ? {} : { helpUri: url }),
      defaultConfiguration:
        rule.severity === 'off' ? { enabled: false } : { enabled: true, level: LEVELS[rule.severity] },
      properties: { tags: [rule.category] },
    }
  })
}

function firstParagraph(rule: Rule): string {
  return (rule.docs.trim().split(/\n[ \t]*\n/)[0] ?? '').replace(/\s+/g, ' ')
}

const indexes = new Map(rules.map((rule, index) => [rule.id, index]))

function result(diagnostic: Diagnostic): Result {
  const { ruleId, severity, subject, fingerprint, related, fix } = diagnostic
  const ruleIndex = indexes.get(ruleId)
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message(diagnostic) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(diagnostic.path), region: region(diagnostic) },
        ...(subject === null ? {} : { logicalLocations: [{ fullyQualifiedName: inert(subject) }] }),
      },
    ],
    ...(related.length > 0 ? { relatedLocations: related.map(relatedLocation) } : {}),
    partialFingerprints: { 'rolebook/v1': fingerprint },
    ...(fix ? { fixes: [fixOf(fix)] } : {}),
  }
}

/** The message, and a link to each of the first related places: `[note](1)` is how SARIF links to their ids. */
function message({ message, related }: Diagnostic): string {
  const links = related
    .slice(0, LINKED)
    .map(({ note }, i) => `[${printable(note).replace(/[\\[\]]/g, '\\$&')}](${i + 1})`)
  return links.length > 0 ? `${inert(message)} See: ${links.join(', ')}.` : inert(message)
}

/** Text in which no document can write a link of its own, nor a control character. */
function inert(text: string): string {
  return printable(text).replaceAll('](', '\\](')
}

function relatedLocation(place: Diagnostic['related'][number], i: number): Location {
  const { path, line, column, note } = place
  return {
    id: i + 1,
    physicalLocation: { artifactLocation: artifact(path), region: { startLine: line, startColumn: column } },
    message: { text: inert(note) },
  }
}

function artifact(path: string): ArtifactLocation {
  return { uri: encodedPath(path), uriBaseId: '%SRCROOT%' }
}

function region({ line, column, endLine, endColumn }: Span): Region {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

function fixOf({ description, edits }: NonNullable<Diagnostic['fix']>): Fix {
  const byPath = Map.groupBy(edits, ({ path }) => path)
  return {
    description: { text: inert(description) },
    artifactChanges: [...byPath]
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, own]) => ({
        artifactLocation: artifact(path),
        replacements: own.map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.text } })),
      })),
  }
}
