import { UsageError } from '../../files/usage-error.ts'
import type { Role } from '../../model/dataset.ts'
import { didYouMean, NameError, shortened } from '../../query/ask.ts'
import { spelledOut } from '../../query/facts.ts'
import { find, meant } from '../../query/find.ts'
import type { RoleTemplate } from '../../settings/schema.ts'
import { type Asked, ask, type QuestionOptions, type Reply } from '../questions/ask.ts'
import { roleFormat, templatesHere } from '../questions/role-formats.ts'
import type { Shown } from '../questions/sheet.ts'
import { shown } from '../questions/things.ts'
import type { Terminal } from '../terminal.ts'

export interface ShowOptions extends QuestionOptions {
  /** Id of a way to write a role. */
  format?: string
}

/**
 * Shows all that is known of what has an id or a name; several things where several have it.
 *
 * JSON: `found`, a list of things: `kind`, the thing as the dataset has it under its kind, and what refers to it.
 */
export async function show(id: string, options: ShowOptions, terminal: Terminal): Promise<number> {
  const { format } = options
  if (format === undefined) return ask(options, terminal, (question) => answer(id, question))
  if (options.json) throw new UsageError('Give --json or --format, not both')
  const templates = await templatesHere(terminal)
  return ask(options, terminal, (question) => written(id, format, templates, question))
}

function answer(text: string, asked: Asked): Reply {
  const things = found(text, asked)
  return {
    code: 0,
    json: { found: things.map(({ json }) => json) },
    text(print) {
      for (const [i, thing] of things.entries()) {
        if (i > 0) print.line()
        thing.text(print)
      }
    },
  }
}

function found(text: string, { dataset, scope }: Asked): Shown[] {
  const things = find(dataset, text, scope)
  if (things.length > 0) return things.map((one) => shown(dataset, one))
  const hint = didYouMean(meant(dataset, text, scope))
  throw new NameError(`nothing is called ${shortened(text)}${scope === undefined ? '' : ` in scope ${scope}`}${hint}`)
}

function written(text: string, format: string, templates: readonly RoleTemplate[], asked: Asked): Reply {
  const { dataset, scope } = asked
  const things = find(dataset, text, scope)
  if (things.length === 0) found(text, asked)
  const ids = things.flatMap(({ kind, id }) => (kind === 'role' ? id : []))
  const [role, ...others] = dataset.roles.filter(({ id }) => ids.includes(id))
  if (!role) throw new UsageError(`${shortened(text)} is a ${things[0]?.kind}; --format writes roles`)
  if (others.length > 0) throw new UsageError(`${shortened(text)} names several roles: ${ids.join(', ')}; give the id`)
  const own: Role = { ...role, permissions: spelledOut(dataset, role) }
  const output = roleFormat(templates, format, role.scope).text(own)
  return { code: 0, json: {}, text: (print) => print.verbatim(output) }
}
