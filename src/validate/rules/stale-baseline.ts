import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'stale-baseline',
  category: 'linter',
  severity: 'error',
  summary: 'The baseline accepts a finding that no longer exists',
  docs: `
An accepted finding that was mended must leave the baseline, or the same mistake could come back unseen.

An entry is reported when a check of everything gives no finding of its fingerprint any more, because the page was mended
or the role that it is about has another name. It stands at the entry's line of the baseline. An entry whose finding is
still there is not reported.

**To fix it**, run \`rolebook baseline --prune\`. Entries are looked at only when everything that the config names is checked.
`,
  examples: [],
})
