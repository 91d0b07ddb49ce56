import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'crashed-rule',
  category: 'linter',
  severity: 'error',
  summary: 'A rule of Rolebook itself crashed',
  docs: `
A crash costs what that one rule would have found, and nothing else: the other rules have run, and what the rule had found
before it crashed is reported. It is a bug of Rolebook, never of a page.

**To fix it**, report it with the page that it crashes on. Until it is mended, switch the rule off in the config.
`,
  examples: [],
})
