import { relative, resolve } from 'node:path'
import { writeFiles } from '../../files/output.ts'
import { plural } from '../../text.ts'
import { publishedData } from '../publish.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'

/** Writes the published data, in the formats asked for, under a folder; the exit code. */
export async function exportData(
  roots: string[],
  options: { format: string[]; out: string },
  terminal: Terminal,
): Promise<number> {
  const session = await openSession(roots, terminal.cwd, { baseline: true })
  const out = resolve(terminal.cwd, options.out)
  const { files, leftOut } = publishedData(session, options.format)
  await writeFiles(out, files)
  for (const sentence of leftOut) terminal.err(`${sentence}\n`)
  terminal.out(`${relative(terminal.cwd, out) || '.'}: ${plural(files.size, 'file')} written.\n`)
  return 0
}
