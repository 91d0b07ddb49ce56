/** The data for assistants. */
import { collect, type Declaring } from './declaring.ts'

/** Adds `mcp` to the program. */
export function declareMcp({ program, run, terminal }: Declaring): void {
  program
    .command('mcp')
    .description('answer assistants over the Model Context Protocol, on standard input and output; reads only')
    .option('--data <operand>', 'a dataset.json, a folder, or a git revision; repeatable', collect, [])
    .option('--docs-version <id>', 'this version only, where there are several')
    .action((options) => run(async () => (await import('../commands/mcp.ts')).mcp(options, terminal))())
}
