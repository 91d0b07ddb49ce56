/** The command line: names, options and help. Each command's code is loaded when it runs. */
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { UsageError } from '../files/usage-error.ts'
import { VERSION } from '../version.ts'
import type { Terminal } from './terminal.ts'

/** Named here, so that `--help` loads no formatter; a test holds the list. */
const FORMATS = 'stylish, json, sarif, github, gitlab, junit or markdown'

/** Runs a command line and returns its exit code: 0 fine, 1 findings, 2 bad usage, unreadable input or a crash. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  const run = (action: () => Promise<number>) => async () => {
    code = await action()
  }
  const outputs: { format: string; file: string | null }[] = []
  const program = new Command('rolebook')
    .description('Reads roles and permissions from Markdown and MDX documentation, and checks them.')
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(rolebook --help shows the commands)')

  program
    .command('check')
    .description('extract and validate')
    .argument('[root...]', 'folders or files; by default what the config names, else the working directory')
    .option('--format <id>', `${FORMATS}; repeatable`, (id) => void outputs.push({ format: id, file: null }))
    .option('--output <file>', 'write the format before it to a file; repeatable', (file) => {
      const last = outputs.at(-1)
      if (!last || last.file !== null) throw new UsageError('Put a --format before each --output')
      last.file = file
    })
    .option('--max-warnings <n>', 'exit with 1 above so many warnings', wholeNumber)
    .option('--rule <id>', 'report findings of this rule only; repeatable', collect, [])
    .option('--quiet', 'report errors only')
    .option('--changed', 'report on files that differ from the last commit')
    .option('--since <ref>', 'report on files that differ from where this branch left REF')
    .option('--staged', 'report on what the next commit changes, as the index has it')
    .option('--stdin', 'read one file from standard input')
    .option('--stdin-filename <path>', 'the path of that file')
    .option('--watch', 'check again whenever a page or the config changes')
    .option('--no-baseline', 'report accepted findings as well')
    .option('--no-cache', 'parse every file, whatever is known of it')
    .option('--print-config', 'print the settings instead: defaults filled in; of a file, with its overrides')
    .action((roots, options) =>
      run(async () => {
        if (options.printConfig) return (await import('./commands/print-config.ts')).printConfig(roots, terminal)
        return (await import('./commands/check.ts')).check(roots, { ...options, outputs }, terminal)
      })(),
    )

  program
    .command('extract')
    .description('print the dataset as JSON; diagnostics go to standard error')
    .argument('[root...]', 'folders or files')
    .option('--docs-version <id>', 'the version to print, where the config names several')
    .action((roots, options) =>
      run(async () => (await import('./commands/extract.ts')).extract(roots, options, terminal))(),
    )

  program
    .command('export')
    .description('write the published data')
    .argument('[root...]', 'folders or files')
    .option('--format <id>', 'write this format only; repeatable', collect, [])
    .option('--out <dir>', 'folder to write to', 'dist/data')
    .action((roots, options) =>
      run(async () => (await import('./commands/export.ts')).exportData(roots, options, terminal))(),
    )

  program
    .command('build')
    .description('check, export the data, and build the site')
    .argument('[root...]', 'folders or files')
    .option('--out <dir>', 'folder for data/ and site/', 'dist')
    .option('--no-site', 'write the data only')
    .option('--no-gate', 'build though errors are open: the site shows them among its findings')
    .action((roots, options) =>
      run(async () => (await import('./commands/build.ts')).build(roots, options, terminal))(),
    )

  program
    .command('baseline')
    .description('accept the current findings, with a reason')
    .argument('[root...]', 'folders or files')
    .option('--reason <text>', 'why they are accepted')
    .option('--expires <date>', 'the last day, YYYY-MM-DD, on which they are')
    .option('--accept-new', 'add to a baseline that is there: new debt')
    .option('--rule <id>', 'accept findings of this rule only; repeatable', collect, [])
    .option('--subject <id>', 'accept findings about this role, resource or partial only; repeatable', collect, [])
    .option('--prune', 'only remove entries that no longer fire')
    .action((roots, options) =>
      run(async () => (await import('./commands/baseline.ts')).baseline(roots, options, terminal))(),
    )

  program
    .command('init')
    .description('write a first config for the tree here')
    .option('--json', 'as JSON with comments, even where TypeScript would do')
    .action((options) => run(async () => (await import('./commands/init.ts')).init(options, terminal))())

  program
    .command('manifest')
    .description('write the shape of every page, for check to compare')
    .action(() => run(async () => (await import('./commands/manifest.ts')).manifest(terminal))())

  program
    .command('fix')
    .description('make safe repairs in place')
    .argument('[root...]', 'folders or files')
    .option('--dry-run', 'print them as a patch, and write nothing')
    .option('--only <id>', 'make the repairs of this id or rule only; repeatable', collect, [])
    .action((roots, options) => run(async () => (await import('./commands/fix.ts')).fix(roots, options, terminal))())

  program
    .command('rules')
    .description('list the rules')
    .option('--json', 'as JSON')
    .action((options) => run(async () => (await import('./commands/rules.ts')).listRules(options, terminal))())

  program
    .command('explain')
    .description("show a rule's page")
    .argument('<rule>')
    .action((rule) => run(async () => (await import('./commands/rules.ts')).explain(rule, terminal))())

  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    return exitCodeOf(error, terminal)
  }
  return code
}

function exitCodeOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    const shown = ['commander.helpDisplayed', 'commander.version'].includes(error.code)
    return shown ? 0 : 2
  }
  if (error instanceof UsageError) terminal.err(`rolebook: ${error.message}\n`)
  else terminal.err(`rolebook crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 2
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number.')
  return Number(value)
}
