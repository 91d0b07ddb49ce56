/** The published data of a session, and the gate before it. */

import { schemaErrors } from '../export/check.ts'
import type { ExportFormat } from '../export/format.ts'
import { formats } from '../export/formats.ts'
import type { PublishedFile } from '../export/site-input.ts'
import { sha256 } from '../files/output.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Session } from './session.ts'

export interface Published {
  /** Content by path under `data/`; the current version's files stand at the top, others in a folder of their version. */
  files: Map<string, string | Uint8Array>
  index: PublishedFile[]
}

/** Every version in every format (or in those named). Throws where a dataset does not fit its own schema: a bug. */
export function publishedData(session: Session, formatIds: readonly string[] = []): Published {
  const chosen = formatIds.length === 0 ? formats : formatIds.map(formatOf)
  const files = new Map<string, string | Uint8Array>()
  const index: PublishedFile[] = []
  for (const [i, { unit, analysis }] of session.units.entries()) {
    const { dataset } = analysis.model
    const errors = schemaErrors(dataset)
    if (errors.length > 0) throw new Error(`The dataset does not fit its schema: ${errors.slice(0, 5).join('; ')}`)
    for (const format of chosen) {
      for (const file of format.files(dataset, { settings: unit.settings })) {
        const path = i === 0 ? file.name : `${unit.version.id}/${file.name}`
        const { title, description, content } = file
        files.set(path, content)
        index.push({
          path,
          bytes: typeof content === 'string' ? Buffer.byteLength(content) : content.length,
          sha256: sha256(content),
          title,
          description,
          version: unit.version.id,
          columns: columnsOf(path, content),
        })
      }
    }
  }
  return { files, index }
}

function formatOf(id: string): ExportFormat {
  const format = formats.find((candidate) => candidate.id === id)
  if (!format) throw new UsageError(`Unknown format \`${id}\`: there are ${formats.map((f) => f.id).join(', ')}`)
  return format
}

/** Names of the columns of a CSV file. */
function columnsOf(path: string, content: string | Uint8Array): string[] | null {
  if (typeof content !== 'string' || !path.endsWith('.csv')) return null
  return content.slice(0, content.search(/\r?\n|$/)).split(',')
}
