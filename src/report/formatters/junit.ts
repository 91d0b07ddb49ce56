import { type Diagnostic, placeText } from '../../diagnostic.ts'
import { codeFrame } from '../code-frame.ts'
import { defineFormatter, type Report } from '../formatter.ts'
import { countsOf, coverageOf, isAbsolute } from '../selection.ts'
import { uniqueNames } from '../unique-names.ts'
import { xml } from '../xml.ts'

/**
 * One suite a file, one case a finding. Errors and warnings are failures. What is info counts for nothing in Rolebook, so
 * its case passes and says so on `system-out`: a skipped case would say that something was not checked, and some consumers
 * turn a build yellow for one. No time and no host: the same report gives the same bytes.
 */
export default defineFormatter({
  id: 'junit',
  summary: 'JUnit XML, for what shows test results',
  format(report) {
    const byPath = Map.groupBy(report.diagnostics, ({ path }) => path)
    // Consumers keep one of several cases with the same class and name.
    const unique = uniqueNames(' #')
    const suites = [...byPath].flatMap(([path, diagnostics]) => suite(path, diagnostics, report, unique))
    const tests = Math.max(1, report.diagnostics.length)
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="rolebook" tests="${tests}" failures="${failures(report.diagnostics)}" errors="0">`,
      // Without any case a consumer reports that no tests were found, as an error.
      ...(suites.length > 0 ? suites : passingSuite(report)),
      '</testsuites>',
      '',
    ].join('\n')
  },
})

function failures(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity !== 'info').length
}

function passingSuite(report: Report): string[] {
  return [
    '  <testsuite name="rolebook" tests="1" failures="0" errors="0" skipped="0">',
    '    <testcase name="no findings" classname="rolebook">',
    `      <system-out>${xml(`${countsOf(report)} (${coverageOf(report)})`)}</system-out>`,
    '    </testcase>',
    '  </testsuite>',
  ]
}

function suite(
  path: string,
  diagnostics: readonly Diagnostic[],
  report: Report,
  unique: (name: string) => string,
): string[] {
  const counts = `tests="${diagnostics.length}" failures="${failures(diagnostics)}" errors="0" skipped="0"`
  return [
    `  <testsuite name="${xml(path)}" ${counts}>`,
    ...diagnostics.flatMap((diagnostic) => testcase(diagnostic, report, unique)),
    '  </testsuite>',
  ]
}

function testcase(diagnostic: Diagnostic, report: Report, unique: (name: string) => string): string[] {
  const { path, line, severity, ruleId, subject, message } = diagnostic
  // No line in the name: a consumer that compares two runs would take a finding that moved for a new one. The class has
  // no extension: consumers take what stands before the last dot for a package.
  const classname = path.replace(/\.[^./]*$/, '')
  const name = unique(`${classname}\n${subject === null ? ruleId : `${ruleId}: ${subject}`}`).slice(
    classname.length + 1,
  )
  const body = details(diagnostic, report).map(xml).join('\n')
  return [
    `    <testcase name="${xml(name)}" classname="${xml(classname)}" file="${xml(path)}" line="${line}">`,
    severity === 'info'
      ? `      <system-out>${body}</system-out>`
      : `      <failure message="${xml(message)}" type="${severity}">${body}</failure>`,
    '    </testcase>',
  ]
}

function details(diagnostic: Diagnostic, { sources }: Report): string[] {
  const { path, severity, ruleId, message, related, url } = diagnostic
  const text = sources.get(path)
  return [
    `${placeText(diagnostic)}: ${severity}: ${message} (${ruleId})`,
    ...(text === undefined ? [] : codeFrame(text, diagnostic)),
    ...related.map((place) => `see ${placeText(place)}: ${place.note}`),
    ...(isAbsolute(url) ? [url] : []),
  ]
}
