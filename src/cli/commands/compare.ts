import { UsageError } from '../../files/usage-error.ts'
import type { Role } from '../../model/dataset.ts'
import { roleAnswer } from '../../query/answers.ts'
import { roleNamed } from '../../query/ask.ts'
import { type ComparedPermission, compare as compared } from '../../query/compare.ts'
import { allows } from '../../query/facts.ts'
import { type Asked, ask, type QuestionOptions, type Reply } from '../questions/ask.ts'
import type { Cell, Printer } from '../questions/printer.ts'
import { byResource, effectCell, permissions } from '../questions/words.ts'
import type { Terminal } from '../terminal.ts'

export interface CompareOptions extends QuestionOptions {
  /** Rows in which the roles agree as well. */
  all?: boolean
}

/**
 * Shows roles side by side: which holds all of another, and the permissions in which they differ.
 *
 * JSON: `roles` (`RoleAnswer`, and `alone`: how many permissions no other of them holds), `common` (how many all hold),
 * `contained` (`role` holds nothing that `in` does not), `permissions` (`permission`, `effects` in the order of the roles,
 * `differs`).
 */
export function compare(names: string[], options: CompareOptions, terminal: Terminal): Promise<number> {
  if (names.length < 2) throw new UsageError('Name two roles or more to compare')
  return ask(options, terminal, (question) => answer(names, options.all === true, question))
}

function answer(names: readonly string[], isAll: boolean, { dataset, scope }: Asked): Reply {
  const roles = [...new Set(names.map((name) => roleNamed<Role>(dataset, name, scope)))]
  if (roles.length < 2) throw new UsageError(`All of these name one role: ${roles[0]?.id}`)
  const found = compared(dataset, roles)
  const rows = isAll ? found.permissions : found.permissions.filter(({ differs }) => differs)
  const contained = containment(found.permissions, roles.length)
  const ids = roles.map(({ id }) => id)
  return {
    code: 0,
    json: {
      roles: roles.map((role, i) => ({ ...roleAnswer(dataset, role), alone: found.counts[i]?.alone })),
      common: found.common,
      contained: contained.map(([inner, outer]) => ({ role: ids[inner], in: ids[outer] })),
      permissions: rows,
    },
    text(print) {
      const letters = roles.map((_, i) => letter(i))
      print.table(
        roles.map((role, i) => {
          const { held, alone } = found.counts[i] as { held: number; alone: number }
          const own = alone === 0 ? 'none that no other has' : `${alone} that no other has`
          return [
            print.paint('bold', letters[i] as string),
            print.paint('cyan', role.id),
            role.name,
            permissions(held),
            own,
          ]
        }),
        '',
      )
      print.line()
      print.line(`${letters.length === 2 ? 'Both' : `All ${letters.length}`} hold ${permissions(found.common)}.`)
      relations(
        print,
        contained,
        roles.map(({ name }, i) => `${letters[i]} (${name})`),
      )
      print.line()
      if (rows.length === 0) print.line('They hold the same permissions, under the same conditions.')
      else table(print, dataset, rows, letters)
    },
  }
}

/** Which role holds nothing that another does not; both ways where they hold the same. */
function containment(rows: readonly ComparedPermission[], count: number): [inner: number, outer: number][] {
  const indices = Array.from({ length: count }, (_, i) => i)
  const holds = (row: ComparedPermission, i: number) => allows(row.effects[i] ?? null)
  return indices.flatMap((inner) =>
    indices
      .filter((outer) => outer !== inner && rows.every((row) => !holds(row, inner) || holds(row, outer)))
      .map((outer): [number, number] => [inner, outer]),
  )
}

function relations(print: Printer, contained: readonly [number, number][], names: readonly string[]): void {
  const both = (a: number, b: number) => contained.some(([inner, outer]) => inner === b && outer === a)
  for (const [inner, outer] of contained) {
    if (!both(inner, outer)) print.line(`${names[inner]} is contained in ${names[outer]}.`)
    else if (inner < outer) print.line(`${names[inner]} and ${names[outer]} hold the same.`)
  }
}

function table(
  print: Printer,
  dataset: Asked['dataset'],
  rows: readonly ComparedPermission[],
  letters: readonly string[],
): void {
  const effects = new Map(rows.map((row) => [row.permission, row.effects]))
  const lines: Cell[][] = [['', ...letters.map((one) => print.paint('bold', one))]]
  const ids = rows.map(({ permission }) => permission)
  for (const { resource, permissions: own } of byResource(dataset, ids)) {
    if (resource !== '') lines.push([print.paint('bold', resource)])
    for (const { id, label } of own)
      lines.push([`  ${label}`, ...(effects.get(id) ?? []).map((effect) => effectCell(print, effect))])
  }
  print.table(lines, '')
}

/** A, B, …, Z, A2, B2, … */
function letter(i: number): string {
  const round = Math.floor(i / 26)
  return String.fromCharCode(65 + (i % 26)) + (round === 0 ? '' : String(round + 1))
}
