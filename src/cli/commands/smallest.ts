import { UsageError } from '../../files/usage-error.ts'
import type { Dataset, Role } from '../../model/dataset.ts'
import { type EnoughAnswer, enough, type PermissionAnswer, permissionAnswer, roleAnswer } from '../../query/answers.ts'
import { permissionsNamed } from '../../query/ask.ts'
import { allows } from '../../query/facts.ts'
import { unheld } from '../../query/smallest.ts'
import type { RoleTemplate } from '../../settings/schema.ts'
import { plural } from '../../text.ts'
import { type Asked, ask, type QuestionOptions, type Reply } from '../questions/ask.ts'
import type { Cell, Printer } from '../questions/printer.ts'
import { roleFormat, templatesHere } from '../questions/role-formats.ts'
import { allOf, listed, patternsSpelt, permissions, places, remarks } from '../questions/words.ts'
import type { Terminal } from '../terminal.ts'

export interface SmallestOptions extends QuestionOptions {
  /** How many roles may be combined, from 1 to 3. */
  most: number
  /** Id of a way to write a role of exactly what is asked for. */
  format?: string
  /** What to call that role. */
  name?: string
}

/**
 * Prints the roles that together hold all that the texts name and the least beyond; exit code 1 where none do. With
 * `format`, a role of exactly these permissions instead, whoever holds them.
 *
 * JSON: `permissions`, `scope`, `unheld` (those that no role holds), `answers`: the smallest first, then what else was in
 * question, each with `roles` (`RoleAnswer`), `excess`, `conditional` and `more` (how much more excess than the first has).
 */
export async function smallestRole(texts: string[], options: SmallestOptions, terminal: Terminal): Promise<number> {
  const { format, name = 'Custom role' } = options
  if (format === undefined && options.name !== undefined)
    throw new UsageError('--name is for the role that --format prints: give both')
  if (format === undefined) return ask(options, terminal, (question) => answer(texts, options.most, question))
  if (options.json) throw new UsageError('Give --json or --format, not both')
  const templates = await templatesHere(terminal)
  return ask(options, terminal, (question) => written(texts, format, name, templates, question))
}

function answer(texts: readonly string[], most: number, { dataset, scope }: Asked): Reply {
  const wanted = permissionsNamed(dataset, texts)
  const answers = enough<Role>(dataset, wanted, { scope, most })
  const missing = unheld(dataset, wanted, scope)
  const best = answers[0]
  return {
    code: best ? 0 : 1,
    json: {
      permissions: wanted,
      scope: scope ?? null,
      unheld: missing,
      answers: answers.map((one) => ({ ...one, roles: one.roles.map((role) => roleAnswer(dataset, role)) })),
    },
    text(print) {
      patternsSpelt(print, texts, wanted)
      if (best) return shown(print, dataset, wanted, answers, most)
      const within = scope === undefined ? '' : ` of scope ${scope}`
      if (missing.length === 0) {
        const sets = most === 1 ? 'No role' : `No ${most} roles`
        print.heading(`${sets}${within} ${most === 1 ? 'holds' : 'together hold'} ${allOf(wanted)}`)
        if (most < 3) print.line(`  Several together may: --most ${most + 1} combines more.`)
        return
      }
      print.heading(`Nothing is enough: no role${within} holds`)
      print.table(missing.map((id) => [id]))
    },
  }
}

function shown(
  print: Printer,
  dataset: Dataset,
  wanted: readonly string[],
  answers: readonly EnoughAnswer<Role>[],
  most: number,
): void {
  const [best, ...others] = answers as [EnoughAnswer<Role>, ...EnoughAnswer<Role>[]]
  const many = best.roles.length > 1
  const beyond = best.excess.length === 0 ? 'nothing' : permissions(best.excess.length)
  print.heading(
    many
      ? `${best.roles.length} roles together are enough, with ${beyond} beyond`
      : `One role is enough, with ${beyond} beyond`,
  )
  print.table(best.roles.map((role) => roleRow(print, dataset, role)))
  const scopes = [...new Set(best.roles.map((role) => role.scope))]
  if (scopes.length > 1)
    print.line(print.paint('dim', `  They are of scopes ${scopes.join(', ')}: --scope keeps to one.`))
  print.line()
  print.heading('Asked for')
  print.table(wanted.flatMap((id) => best.roles.flatMap((role) => holderRow(print, role, id, many))))
  if (best.excess.length > 0) {
    print.line()
    print.heading(`Beyond that (${best.excess.length})`)
    listed(print, dataset, best.excess)
  }
  if (others.length === 0) return
  print.line()
  const sets = most === 1 ? 'roles' : `single roles and sets of up to ${most}`
  print.heading(`Also enough, of all ${sets}`)
  print.table(others.map((other) => otherRow(print, other, best)))
}

function roleRow(print: Printer, dataset: Dataset, role: Role): Cell[] {
  return [print.paint('cyan', role.id), role.name, `holds ${roleAnswer(dataset, role).size} in all`]
}

/** A permission asked for, under the roles that hold it. */
function holderRow(print: Printer, role: Role, id: string, isNamed: boolean): Cell[][] {
  const said: PermissionAnswer = permissionAnswer(role, id)
  if (!allows(said.effect)) return []
  const at = print.paint('dim', places(said))
  return [[id, ...(isNamed ? [print.paint('cyan', role.id)] : []), at, print.paint('yellow', remarks(said))]]
}

function otherRow(print: Printer, { roles, excess, conditional, more }: EnoughAnswer, best: EnoughAnswer): Cell[] {
  const why =
    more > 0
      ? `${more} more than the smallest`
      : roles.length > best.roles.length
        ? 'as few, with more roles'
        : 'as few; of equals the first by id is taken'
  const under = conditional.length === 0 ? '' : `${plural(conditional.length, 'permission')} under a condition`
  const ids = roles.map(({ id }) => id).join(' + ')
  return [print.paint('cyan', ids), `${excess.length} beyond`, print.paint('dim', why), print.paint('yellow', under)]
}

/** A role of exactly what is asked for, as a template makes it. */
function written(
  texts: readonly string[],
  format: string,
  name: string,
  templates: readonly RoleTemplate[],
  { dataset, scope }: Asked,
): Reply {
  const wanted = permissionsNamed(dataset, texts)
  const own = scope ?? scopeOf(dataset, wanted)
  const text = roleFormat(templates, format, own).text({ name, scope: own, description: null, permissions: wanted })
  const refused = notOffered(dataset, wanted, own)
  const warnings = refused.map((id) => `${id} is not among what the catalogue offers in scope ${own}`)
  return { code: 0, json: {}, text: (print) => print.verbatim(text), warnings }
}

/** Those of the permissions whose resource a catalogue offers in other scopes only. */
function notOffered({ permissions: known, resources }: Dataset, wanted: readonly string[], scope: string): string[] {
  const scopes = new Map(resources.map((resource) => [resource.id, resource.scopes]))
  const resourceOf = new Map(known.map(({ id, resource }) => [id, resource]))
  return wanted.filter((id) => {
    const offered = scopes.get(resourceOf.get(id) ?? '') ?? []
    return offered.length > 0 && !offered.includes(scope)
  })
}

/** The scope of the smallest role that is enough; a UsageError where that is not one scope. */
function scopeOf(dataset: Dataset, wanted: readonly string[]): string {
  const roles = enough<Role>(dataset, wanted, { most: 1 })[0]?.roles ?? []
  if (roles[0]) return roles[0].scope
  const ids = dataset.scopes.map(({ id }) => id).join(', ')
  throw new UsageError(`No one role holds all of these, so say which scope the new role is of: --scope, one of ${ids}`)
}
