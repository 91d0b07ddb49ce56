import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'expired-baseline',
  category: 'linter',
  severity: 'warning',
  summary: 'The baseline accepted a finding for a time, and that time is over',
  docs: `
An entry of the baseline may say until when it holds: \`"expires": "2027-03-31"\`. From the day after, its finding is open
again, and this finding stands at the entry, with the reason that was given.

"Today" is that of the machine, in UTC; where \`SOURCE_DATE_EPOCH\` is set, the day that it names.

On the first day of April 2027 this entry is reported; on the day before it is not:

\`\`\`json
{ "fingerprint": "0f1e2d3c4b5a6978", "reason": "Mended with the next release", "expires": "2027-03-31" }
\`\`\`

**To fix it**, mend what was accepted and run \`rolebook baseline --prune\`; or give the entry another day, and say why.
`,
  examples: [],
})
