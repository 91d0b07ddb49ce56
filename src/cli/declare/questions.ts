/** Questions to the data. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Declaring } from './declaring.ts'

/** Adds `who-can`, `can`, `compare`, `smallest` and `show` to the program. */
export function declareQuestions({ program, run, terminal }: Declaring): void {
  asking(program.command('who-can'), 'only roles of this scope')
    .description('list the roles that hold permissions, the smallest first; exit code 1 where nobody does')
    .argument('<permission...>', 'ids, or patterns such as cluster.* and *.delete: all of them are asked for')
    .action((texts, options) =>
      run(async () => (await import('../commands/who-can.ts')).whoCan(texts, options, terminal))(),
    )

  asking(program.command('can'), 'the scope of the role, where several have its name')
    .description('say whether a role holds a permission, and which line says so; exit code 0 for yes, 1 for no')
    .argument('<role>', 'id or name')
    .argument('<permission>', 'id, or a pattern: all that it names is asked for')
    .option('--strict', 'what is held under a condition counts as not held')
    .action((role, text, options) =>
      run(async () => (await import('../commands/can.ts')).can(role, text, options, terminal))(),
    )

  asking(program.command('compare'), 'the scope of the roles, where several have the same name')
    .description('show what roles hold that others lack')
    .argument('<role...>', 'ids or names')
    .option('--all', 'show the permissions in which they agree, too')
    .action((names, options) =>
      run(async () => (await import('../commands/compare.ts')).compare(names, options, terminal))(),
    )

  asking(program.command('smallest'), 'only roles of this scope')
    .description('find the role, or up to three together, that hold all the permissions and least beyond')
    .argument('<permission...>', 'ids or patterns')
    .addOption(new Option('--most <n>', 'how many roles may be combined: 1, 2 or 3').argParser(upToThree).default(3))
    .option('--format <id>', 'print a role of exactly these permissions: list, json, csv, or a template of the config')
    .option('--name <text>', 'the name of that role; by default “Custom role”')
    .action((texts, options) =>
      run(async () => (await import('../commands/smallest.ts')).smallestRole(texts, options, terminal))(),
    )

  asking(program.command('show'), 'only what is of this scope')
    .description('show all that is known of a role, permission, resource, policy, catalogue, mapping, scope or action')
    .argument('<id>', 'id or name')
    .option('--format <id>', 'print a role as list, json, csv, or as a template of the config makes it')
    .action((id, options) => run(async () => (await import('../commands/show.ts')).show(id, options, terminal))())
}

/** The options of all questions. */
function asking(command: Command, scope: string): Command {
  return command
    .option('--data <operand>', 'a dataset.json, a folder, or a git revision; by default what the config names')
    .option('--docs-version <id>', 'the version to ask, where there are several; by default the first')
    .option('--scope <id>', scope)
    .option('--json', 'as JSON')
}

function upToThree(value: string): number {
  if (!/^[123]$/.test(value)) throw new InvalidArgumentError('Give 1, 2 or 3.')
  return Number(value)
}
