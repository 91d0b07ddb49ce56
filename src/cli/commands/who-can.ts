import type { Dataset, Role, Source } from '../../model/dataset.ts'
import { type HolderAnswer, holderAnswer, type PermissionAnswer } from '../../query/answers.ts'
import { permissionsNamed } from '../../query/ask.ts'
import { can, whoCan as holders } from '../../query/who-can.ts'
import { plural } from '../../text.ts'
import { type Asked, ask, type QuestionOptions, type Reply } from '../questions/ask.ts'
import type { Cell, Printer } from '../questions/printer.ts'
import { allOf, patternsSpelt, place, places, remarks } from '../questions/words.ts'
import type { Terminal } from '../terminal.ts'

/** Up to so many permissions are shown each with its line, under the role that holds them. */
const SPELT_OUT = 5

/**
 * Prints the roles that hold all the permissions that the texts name, the smallest first, and after them those that hold
 * some. Exit code 1 where no role holds all.
 *
 * JSON: `permissions` (ids asked for), `scope`, `roles` (`HolderAnswer` and the role's `source`), `denied` (role,
 * permission and place of each denial).
 */
export function whoCan(texts: string[], options: QuestionOptions, terminal: Terminal): Promise<number> {
  return ask(options, terminal, (question) => answer(texts, question))
}

type Shown = HolderAnswer & { source: Source }

function answer(texts: readonly string[], { dataset, scope }: Asked): Reply {
  const wanted = permissionsNamed(dataset, texts)
  const roles = holders<Role>(dataset, wanted, scope).map(
    (holder): Shown => ({ ...holderAnswer(holder), source: holder.role.source }),
  )
  const all = roles.filter((role) => role.all)
  const some = roles.filter((role) => !role.all)
  const denied = denials(dataset, wanted, scope)
  return {
    code: all.length > 0 ? 0 : 1,
    json: { permissions: wanted, scope: scope ?? null, roles, denied },
    text(print) {
      patternsSpelt(print, texts, wanted)
      const of = scope === undefined ? '' : ` of scope ${scope}`
      const isOne = wanted.length === 1
      const hold = isOne ? `can ${wanted[0]}` : `${all.length === 1 ? 'holds' : 'hold'} ${allOf(wanted)}`
      if (all.length > 0) {
        print.heading(`${plural(all.length, 'role')}${of} ${hold}`)
        table(print, all, wanted)
      } else if (isOne) print.heading(`${scope === undefined ? 'Nobody' : `No role${of}`} can ${wanted[0]}`)
      else print.heading(`No role${of} holds ${allOf(wanted)}`)
      if (some.length > 0) {
        print.line()
        const who = all.length > 0 ? `${some.length} more` : plural(some.length, 'role')
        print.heading(`${who} ${some.length === 1 ? 'holds' : 'hold'} some of them`)
        table(print, some, wanted)
      }
      if (denied.length > 0) {
        print.line()
        print.heading('Denied to')
        print.table(denied.map(({ role, permission, source }) => [role, permission, print.paint('dim', place(source))]))
      }
    },
  }
}

function table(print: Printer, roles: readonly Shown[], wanted: readonly string[]): void {
  const rows = roles.map((role) => row(print, role, wanted))
  if (wanted.length === 1 || wanted.length > SPELT_OUT) {
    print.table(rows)
    return
  }
  for (const [i, role] of roles.entries()) {
    print.table([rows[i] as Cell[]])
    print.table(
      role.permissions.map((said) => [said.permission, ...line(print, said)]),
      '      ',
    )
  }
}

function row(print: Printer, { id, name, size, permissions, source }: Shown, wanted: readonly string[]): Cell[] {
  const cells: Cell[] = [print.paint('cyan', id), name, `holds ${size} in all`]
  if (wanted.length === 1) return [...cells, ...line(print, permissions[0] as PermissionAnswer)]
  const conditional = permissions.filter(({ effect }) => effect === 'conditional').length
  const under = conditional === 0 ? '' : `${conditional} under a condition`
  const count = `${permissions.length} of ${wanted.length}`
  return [...cells, count, print.paint('dim', place(source)), print.paint('yellow', under)]
}

function line(print: Printer, said: PermissionAnswer): Cell[] {
  return [print.paint('dim', places(said)), print.paint('yellow', remarks(said))]
}

function denials({ roles }: Dataset, wanted: readonly string[], scope: string | undefined) {
  const within = roles.filter((role) => scope === undefined || role.scope === scope)
  return within.flatMap((role) =>
    wanted.flatMap((permission) => {
      const { effect, grants } = can(role, permission)
      return effect === 'denied' && grants[0] ? [{ role: role.id, permission, source: grants[0].source }] : []
    }),
  )
}
