/** Commands that check pages and mend them. */
import { collect, type Declaring, formatOptions, wholeNumber } from './declaring.ts'

/** Named here, so that `--help` loads no formatter; a test holds the list. */
const FORMATS = 'stylish, json, sarif, github, gitlab, junit or markdown'

/** Adds `check`, `fix`, `baseline`, `manifest`, `init`, `rules` and `explain` to the program. */
export function declareChecks({ program, run, terminal }: Declaring): void {
  const check = program
    .command('check')
    .description('extract and validate')
    .argument('[root...]', 'folders or files; by default what the config names, else the working directory')
  const outputs = formatOptions(check, FORMATS)
  check
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
        if (options.printConfig) return (await import('../commands/print-config.ts')).printConfig(roots, terminal)
        return (await import('../commands/check.ts')).check(roots, { ...options, outputs }, terminal)
      })(),
    )

  program
    .command('fix')
    .description('make safe repairs in place')
    .argument('[root...]', 'folders or files')
    .option('--dry-run', 'print them as a patch, and write nothing')
    .option('--only <id>', 'make the repairs of this id or rule only; repeatable', collect, [])
    .action((roots, options) => run(async () => (await import('../commands/fix.ts')).fix(roots, options, terminal))())

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
      run(async () => (await import('../commands/baseline.ts')).baseline(roots, options, terminal))(),
    )

  program
    .command('manifest')
    .description('write the shape of every page, for check to compare')
    .action(() => run(async () => (await import('../commands/manifest.ts')).manifest(terminal))())

  program
    .command('init')
    .description('write a first config for the tree here')
    .option('--json', 'as JSON with comments, even where TypeScript would do')
    .action((options) => run(async () => (await import('../commands/init.ts')).init(options, terminal))())

  program
    .command('rules')
    .description('list the rules')
    .option('--json', 'as JSON')
    .action((options) => run(async () => (await import('../commands/rules.ts')).listRules(options, terminal))())

  program
    .command('explain')
    .description("show a rule's page")
    .argument('<rule>')
    .action((rule) => run(async () => (await import('../commands/rules.ts')).explain(rule, terminal))())
}
