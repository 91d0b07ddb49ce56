/** The published data of a session, and the gate before it. */

import { schemaErrors } from '../export/check.ts'
import type { ExportFormat } from '../export/format.ts'
import { formats } from '../export/formats.ts'
import type { PublishedFile } from '../export/site-input.ts'
import { sha256 } from '../files/output.ts'
import { UsageError } from '../files/usage-error.ts'
import type { Session } from './session.ts'

export interface Published {
  /** Text by path under `data/`; the current version's files stand at the top, others in a folder of their version. */
  files: Map<string, string>
  index: PublishedFile[]
}

/** Every version in every format (or in those named). Throws where a dataset does not fit its own schema: a bug. */
export function publishedData(session: Session, formatIds: readonly string[] = []): Published {
  const chosen = formatIds.length === 0 ? formats : formatIds.map(formatOf)
  const files = new Map<string, string>()
  const index: PublishedFile[] = []
  for (const [i, { unit, analysis }] of session.units.entries()) {
    const { dataset } = analysis.model
    const errors = schemaErrors(dataset)
    if (errors.length > 0) throw new Error(`The dataset does not fit its schema: ${errors.slice(0, 5).join('; ')}`)
    for (const format of chosen) {
      for (const file of format.files(dataset)) {
        const path = i === 0 ? file.name : `${unit.version.id}/${file.name}`
        files.set(path, file.text)
        const { title, description, text } = file
        index.push({
          path,
          bytes: Buffer.byteLength(text),
          sha256: sha256(text),
          title,
          description,
          version: unit.version.id,
          columns: /\.csv$/.test(path) ? text.slice(0, text.search(/\r?\n|$/)).split(',') : null,
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
