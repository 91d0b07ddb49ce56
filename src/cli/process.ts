/** The command line as this process: its terminal and its exit code. */
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

/** Runs a command line and sets the process's exit code; 2 where standard output fails. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  let failed = false
  const terminal = processTerminal((message) => {
    if (!failed) terminal.err(`rolebook: ${message}\n`)
    failed = true
    process.exitCode = 2
  })
  const code = await main(argv, terminal)
  if (!failed) process.exitCode = code
}
