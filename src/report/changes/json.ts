import { diffDocument } from '../../diff/document.ts'
import { toJson } from '../../text.ts'
import { defineChangeFormat } from './format.ts'

export default defineChangeFormat({
  id: 'json',
  summary: 'For programs: every change, and what makes the newer dataset of the older one',
  format: (comparison) => toJson(diffDocument(comparison)),
})
