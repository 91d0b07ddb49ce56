/** `node scripts/bench/measure/formats.ts DATASET`: milliseconds and bytes of each export format for one dataset, as JSON. */
import { readFileSync } from 'node:fs'
import { formats } from '../../../src/export/formats.ts'
import { memoryDatabases } from '../../../src/files/sqlite.ts'
import type { Dataset } from '../../../src/model/dataset.ts'
import { resolveSettings } from '../../../src/settings/defaults.ts'

const dataset: Dataset = JSON.parse(readFileSync(process.argv[2] as string, 'utf8'))
const context = { settings: resolveSettings(), openDatabase: memoryDatabases() }
const rows = formats.flatMap((format) => {
  if ((format.unavailable?.(context) ?? null) !== null) return []
  const start = performance.now()
  const files = format.files(dataset, context)
  const ms = performance.now() - start
  return [{ id: format.id, ms, bytes: files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0) }]
})
console.log(JSON.stringify(rows))
