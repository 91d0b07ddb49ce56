/** The documentation against a live system. */
import { collect, type Declaring, wholeNumber } from './declaring.ts'

/** Adds `reconcile` to the program. */
export function declareReconcile({ program, run, terminal }: Declaring): void {
  program
    .command('reconcile')
    .description('compare the documentation with the built-in roles of a running system')
    .option('--url <url>', "root of the system's API: https://api.example.com")
    .option('--api-key-env <name>', 'environment variable that holds the key')
    .option('--data <operand>', 'a dataset, folder or git revision; by default what the config names')
    .option('--docs-version <id>', 'the version to compare, where there are several')
    .option('--scope <id>', 'compare this scope, which the system must serve; repeatable', collect, [])
    .option('--timeout <seconds>', 'for each request', wholeNumber, 30)
    .option('--allow-http', 'send the key unencrypted, to another machine than this')
    .option('--dump <file>', 'write what was read of the system, without the key')
    .option('--from <file>', 'read such a file in place of the system')
    .option('--json', 'as JSON')
    .action((options) =>
      run(async () => (await import('../commands/reconcile.ts')).reconcileCommand(options, terminal))(),
    )
}
