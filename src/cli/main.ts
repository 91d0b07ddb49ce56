/** The command line. Names, options and help stand in `declare/`; each command's code is loaded when it runs. */
import { Command, CommanderError } from 'commander'
import { UsageError } from '../files/usage-error.ts'
import { VERSION } from '../version.ts'
import { declareChanges } from './declare/changes.ts'
import { declareChecks } from './declare/checks.ts'
import { declareData } from './declare/data.ts'
import { declareInject } from './declare/inject.ts'
import { declareMcp } from './declare/mcp.ts'
import { declareQuestions } from './declare/questions.ts'
import { declareReconcile } from './declare/reconcile.ts'
import { type Terminal, usageText } from './terminal.ts'

/** Runs a command line and returns its exit code: 0 fine, 1 findings, 2 bad usage, unreadable input or a crash. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  const run = (action: () => Promise<number>) => async () => {
    code = await action()
  }
  const program = new Command('rolebook')
    .description('Reads roles and permissions from Markdown and MDX documentation, and checks them.')
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(rolebook --help shows the commands)')

  const declaring = { program, run, terminal }
  declareChecks(declaring)
  declareData(declaring)
  declareQuestions(declaring)
  declareChanges(declaring)
  declareInject(declaring)
  declareReconcile(declaring)
  declareMcp(declaring)

  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    return exitCodeOf(error, terminal)
  }
  return code
}

function exitCodeOf(error: unknown, terminal: Terminal): number {
  // Help and version that were asked for have 0; help in place of a command that is missing has not.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) terminal.err(usageText(error, terminal))
  else terminal.err(`rolebook crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 2
}
