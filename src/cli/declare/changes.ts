/** What changed from one state of the documentation to another. */
import { collect, type Declaring, formatOptions } from './declaring.ts'

/** Named here, so that `--help` loads no format; a test holds the list. */
const FORMATS = 'text, markdown, json or atom'

const EXAMPLES = `
Operands are dataset files, folders, or git revisions, alone or with a path:
  rolebook diff main..HEAD            two revisions
  rolebook diff main...HEAD           from where they parted
  rolebook diff v1.2                  a revision, and the files as they are
  rolebook diff old.json dist/data/dataset.json
  rolebook diff content/v3 content/latest
  rolebook diff --docs-version v3..latest`

/** Adds `diff` to the program. */
export function declareChanges({ program, run, terminal }: Declaring): void {
  const diff = program
    .command('diff')
    .description('say what changed: who can do more or less, what is new, gone, renamed')
    .argument('[old]', 'a dataset.json, a folder, a git revision, or two as A..B or A...B; by default HEAD')
    .argument('[new]', 'what to compare it with; by default the files as they are')
  const outputs = formatOptions(diff, FORMATS)
  diff
    .option('--docs-version <id>', 'only this version of the documentation; ID..ID for another one on each side')
    .option(
      '--fail-on <what>',
      'exit with 1 for such a change: widened, removed, …, major, any, or role:widened; repeatable',
      collect,
      [],
    )
    .option('--current <version>', 'the current version of the data, to say which should follow')
    .option('--link-base <url>', 'link each place: where the files of the newer side are shown')
    .option('--schema', 'print the JSON Schema of the json format instead')
    .addHelpText('after', EXAMPLES)
    .action((old, own, options) =>
      run(async () => {
        const { diff, diffSchema } = await import('../commands/diff.ts')
        return options.schema ? diffSchema(terminal) : diff([old, own], { ...options, outputs }, terminal)
      })(),
    )
}
