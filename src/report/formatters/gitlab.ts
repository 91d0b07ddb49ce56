import type { Severity } from '../../diagnostic.ts'
import { toJson } from '../../text.ts'
import { defineFormatter } from '../formatter.ts'
import { printable } from '../printable.ts'
import { lastLine } from '../selection.ts'
import { uniqueNames } from '../unique-names.ts'

/** GitLab's `critical` and `blocker` stay free: no finding of a documentation page is one. */
const SEVERITY: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' }

export default defineFormatter({
  id: 'gitlab',
  summary: 'A Code Quality report, for the merge request widget of GitLab',
  format({ diagnostics }) {
    const unique = uniqueNames('-')
    const issues = diagnostics.map((diagnostic) => ({
      description: printable(diagnostic.message),
      check_name: diagnostic.ruleId,
      // GitLab shows one finding of each fingerprint, and several of Rolebook's may share theirs.
      fingerprint: unique(diagnostic.fingerprint),
      severity: SEVERITY[diagnostic.severity],
      location: { path: diagnostic.path.toWellFormed(), lines: { begin: diagnostic.line, end: lastLine(diagnostic) } },
    }))
    return toJson(issues)
  },
})
