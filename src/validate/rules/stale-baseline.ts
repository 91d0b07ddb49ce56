import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'stale-baseline',
  category: 'linter',
  severity: 'error',
  summary: 'The baseline accepts a finding that no longer exists',
  docs: `
An accepted finding that was mended must leave the baseline, or the same mistake could come back unseen.

**To fix it**, run \`rolebook baseline --prune\`. Entries are looked at only when everything that the config names is checked.
`,
  examples: [],
})
