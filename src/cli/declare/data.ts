/** Commands that publish. */
import { collect, type Declaring, somePath } from './declaring.ts'

/** Adds `extract`, `export` and `build` to the program. */
export function declareData({ program, run, terminal }: Declaring): void {
  program
    .command('extract')
    .description('print the dataset as JSON; diagnostics go to standard error')
    .argument('[root...]', 'folders or files')
    .option('--docs-version <id>', 'the version to print, where the config names several')
    .action((roots, options) =>
      run(async () => (await import('../commands/extract.ts')).extract(roots, options, terminal))(),
    )

  program
    .command('export')
    .description('write the published data')
    .argument('[root...]', 'folders or files')
    .option('--format <id>', 'write this format only; repeatable', collect, [])
    .option('--out <dir>', 'folder to write to', somePath, 'dist/data')
    .action((roots, options) =>
      run(async () => (await import('../commands/export.ts')).exportData(roots, options, terminal))(),
    )

  program
    .command('build')
    .description('check, export the data, and build the site')
    .argument('[root...]', 'folders or files')
    .option('--out <dir>', 'folder for data/ and site/', somePath, 'dist')
    .option('--no-site', 'write the data only')
    .option('--no-gate', 'build though errors are open: the site shows them among its findings')
    .action((roots, options) =>
      run(async () => (await import('../commands/build.ts')).build(roots, options, terminal))(),
    )
}
