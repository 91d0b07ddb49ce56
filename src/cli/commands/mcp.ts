import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { createServer } from '../../mcp/server.ts'
import type { Loaded } from '../../mcp/tool.ts'
import { printable } from '../../report/printable.ts'
import { isEmpty, noPermissions, openDatasets } from '../datasets.ts'
import { dataVersion } from '../questions/ask.ts'
import type { Terminal } from '../terminal.ts'

export interface McpOptions {
  /** Operands, as questions take one; what the config names where there is none. */
  data: readonly string[]
  docsVersion?: string
}

/**
 * Serves the data to an assistant until standard input ends. All data is read before the first answer; what a client sends
 * names things in it and is never opened. Nothing but the protocol goes to standard output.
 */
export async function mcp(options: McpOptions, terminal: Terminal): Promise<number> {
  const loaded = await load(options, terminal.cwd)
  const transport = new StdioServerTransport()
  const onerror = (error: Error) => terminal.err(`rolebook mcp: ${printable(error.message)}\n`)
  const handle = serveStdio(() => createServer(loaded), { transport, onerror })
  await new Promise<void>((resolve) => {
    const ended = transport.onclose
    transport.onclose = () => {
      ended?.()
      resolve()
    }
    terminal.signal.addEventListener('abort', () => void handle.close().then(resolve), { once: true })
  })
  return 0
}

/** Every dataset of the operands under a label of its own. */
export async function load({ data, docsVersion }: McpOptions, cwd: string): Promise<Loaded[]> {
  const loaded: Loaded[] = []
  for (const operand of data.length > 0 ? data : [undefined]) {
    const { datasets } = await openDatasets(operand, cwd, docsVersion)
    for (const dataset of datasets) {
      if (isEmpty(dataset)) continue
      const label = freeLabel(loaded, dataset.version, operand)
      loaded.push({ label, dataset, sha256: dataVersion(dataset).sha256 })
    }
  }
  if (loaded.length === 0) throw noPermissions(data)
  return loaded
}

/** The version; where it is taken, the version and what it was read from: `latest@HEAD~1`. */
function freeLabel(loaded: readonly Loaded[], version: string, operand: string | undefined): string {
  const isTaken = (label: string) => loaded.some((one) => one.label === label)
  const candidates = [version, `${version}@${operand ?? '.'}`]
  for (let n = 2; candidates.every(isTaken); n++) candidates.push(`${version}@${operand ?? '.'}#${n}`)
  return candidates.find((label) => !isTaken(label)) as string
}
