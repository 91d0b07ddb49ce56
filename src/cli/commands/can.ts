import type { Dataset, Role } from '../../model/dataset.ts'
import { type PermissionAnswer, permissionAnswer, roleAnswer } from '../../query/answers.ts'
import { permissionsNamed, roleNamed } from '../../query/ask.ts'
import { allows } from '../../query/facts.ts'
import { whoCan } from '../../query/who-can.ts'
import { type Asked, ask, type QuestionOptions, type Reply } from '../questions/ask.ts'
import type { Printer } from '../questions/printer.ts'
import { allOf, effectCell, patternsSpelt, permissions, place, remarks } from '../questions/words.ts'
import type { Terminal } from '../terminal.ts'

export interface CanOptions extends QuestionOptions {
  /** What is held under a condition counts as not held. */
  strict?: boolean
}

/**
 * Says whether a role holds all the permissions that a text names, and which lines say so. Exit code 0 for yes, 1 for no.
 *
 * JSON: `role` (`RoleAnswer`), `allowed`, `permissions` (`PermissionAnswer` of each permission asked for), `others` (the
 * roles of the same scope that hold all, the smallest first).
 */
export function can(role: string, permission: string, options: CanOptions, terminal: Terminal): Promise<number> {
  return ask(options, terminal, (question) => answer(role, permission, options.strict === true, question))
}

/** So many other roles are named where one can't. */
const OTHERS = 8

function answer(name: string, text: string, isStrict: boolean, { dataset, scope }: Asked): Reply {
  const role = roleNamed<Role>(dataset, name, scope)
  const wanted = permissionsNamed(dataset, [text])
  const said = wanted.map((id) => permissionAnswer(role, id))
  const holds = ({ effect }: PermissionAnswer) => (isStrict ? effect === 'granted' : allows(effect))
  const allowed = said.every(holds)
  const others = allowed ? [] : othersThatCan(dataset, role, wanted, isStrict)
  return {
    code: allowed ? 0 : 1,
    json: {
      role: roleAnswer(dataset, role),
      allowed,
      permissions: said,
      others: others.map((other) => roleAnswer(dataset, other)),
    },
    text(print) {
      patternsSpelt(print, [text], wanted)
      const yes = said.some(({ effect }) => effect === 'conditional') ? 'Yes, under a condition' : 'Yes'
      print.line(
        allowed ? print.paint(['bold', 'green'], yes) : print.paint(['bold', 'red'], 'No'),
        `: ${role.name} (${role.id}) ${verdict(said, holds, isStrict)}`,
      )
      grants(print, said)
      if (allowed) return
      if (said.some(({ effect }) => effect === null)) print.line(`  The role stands at ${place(role.source)}.`)
      print.line()
      advice(print, dataset, role, others, wanted)
    },
  }
}

function verdict(
  said: readonly PermissionAnswer[],
  holds: (one: PermissionAnswer) => boolean,
  isStrict: boolean,
): string {
  const what = allOf(said.map(({ permission }) => permission))
  const held = said.filter(holds).length
  if (held === said.length) return said.length === 1 ? `can ${what}` : `holds ${what}`
  if (said.length > 1) return `holds ${held} of the ${permissions(said.length)}`
  const effect = said[0]?.effect
  if (effect === 'denied') return `is denied ${what}`
  if (effect === 'conditional' && isStrict) return `can ${what} under a condition only`
  return `can't ${what}: the documentation does not name it for this role`
}

/** Each permission with what is said of it, and each line that says so. */
function grants(print: Printer, said: readonly PermissionAnswer[]): void {
  const rows = said.flatMap((one) => {
    const effect = effectCell(print, one.effect)
    if (one.grants.length === 0) return said.length === 1 ? [] : [[effect, one.permission, '', '']]
    return one.grants.map((grant) => [
      effect,
      one.permission,
      print.paint('dim', place(grant.source)),
      print.paint('yellow', remarks({ ...one, grants: [grant] })),
    ])
  })
  print.table(rows)
}

function advice(print: Printer, dataset: Dataset, role: Role, others: readonly Role[], wanted: string[]): void {
  const isOne = wanted.length === 1
  if (others.length === 0) {
    const elsewhere = whoCan<Role>(dataset, wanted).filter(({ all, role: other }) => all && other.scope !== role.scope)
    const scopes = [...new Set(elsewhere.map(({ role: other }) => other.scope))]
    const hint =
      scopes.length === 0
        ? isOne
          ? 'nor can one of another scope'
          : 'nor does one of another scope'
        : `but roles of scope ${scopes.join(', ')} ${isOne ? 'can' : 'do'}`
    print.line(`No role of scope ${role.scope} ${isOne ? 'can' : `holds ${allOf(wanted)}`}, ${hint}.`)
    return
  }
  print.line(`Roles of scope ${role.scope} that ${isOne ? 'can' : `hold ${allOf(wanted)}`}, the smallest first:`)
  print.table(
    others
      .slice(0, OTHERS)
      .map((other) => [print.paint('cyan', other.id), other.name, `holds ${roleAnswer(dataset, other).size} in all`]),
  )
  if (others.length > OTHERS) print.line(`  and ${others.length - OTHERS} more: rolebook who-can lists them`)
}

function othersThatCan(dataset: Dataset, role: Role, wanted: readonly string[], isStrict: boolean): Role[] {
  return whoCan<Role>(dataset, wanted, role.scope)
    .filter(({ all, conditional }) => all && !(isStrict && conditional.length > 0))
    .map((holder) => holder.role)
}
