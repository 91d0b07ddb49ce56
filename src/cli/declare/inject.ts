/** Regenerating parts of pages. */
import type { Declaring } from './declaring.ts'

/** Adds `inject` to the program. */
export function declareInject({ program, run, terminal }: Declaring): void {
  program
    .command('inject')
    .description('regenerate what stands between markers in pages from the data')
    .argument('[root...]', 'folders or files')
    .option(
      '--data <operand>',
      'a dataset, a folder, or a git revision; by default the pages, without what is regenerated',
    )
    .option('--docs-version <id>', 'the version of that data, where it has several')
    .option('--check', 'write nothing, and exit with 1 where a page is out of date')
    .option('--dry-run', 'print the changes as a patch, and write nothing')
    .option('--diff', 'the same as --dry-run')
    .action((roots, options) =>
      run(async () => (await import('../commands/inject.ts')).inject(roots, options, terminal))(),
    )
}
