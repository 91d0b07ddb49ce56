import { toJson } from '../../text.ts'
import { defineFormatter } from '../formatter.ts'

export default defineFormatter({
  id: 'json',
  summary: 'Every diagnostic with its fields, and the counts',
  format({ diagnostics, summary }) {
    return toJson({ diagnostics, summary })
  },
})
