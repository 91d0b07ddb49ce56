import { defineFormatter } from '../formatter.ts'

export default defineFormatter({
  id: 'json',
  summary: 'Every diagnostic with its fields, and the counts',
  format({ diagnostics, summary }) {
    return `${JSON.stringify({ diagnostics, summary }, null, 2)}\n`
  },
})
