/** Tables of who may do what that call these people anything but roles: `User type`, `Persona`. */
import { filledCells } from '../blocks/cells.ts'
import type { BlockInput } from '../dialect.ts'
import { PERMISSIONS_HELD, SUBJECT, USER_COLUMN } from '../words/permission-headings.ts'
import { isRoleTitle } from '../words/role-name.ts'

/** Modes of files (`rwx`, `r--`), which are permissions of nobody whom a product knows. */
const MODE = /^[r-][w-][xst-]/i
/** What a sentence on what somebody may do has in it. */
const MAY = /\b(?:access|allowed|can|cannot|can['’]t|may|only|permitted)\b/i

/** Whether the first column of a table names roles by another name, and the column `held` (0-based) says what they may do. */
export function holdsUsers(input: BlockInput, held: number): boolean {
  const { header } = input.grid
  if (!USER_COLUMN.test(header[0]?.text ?? '')) return false
  if (cellsIn(input, held).some((text) => MODE.test(text))) return false
  return PERMISSIONS_HELD.test(header[held]?.text ?? '') || saysSo(input)
}

/** The same of a column that describes them: half of what it says is what they may do, and a word for a role is among them. */
export function describesUsers(input: BlockInput, described: number): boolean {
  if (!USER_COLUMN.test(input.grid.header[0]?.text ?? '')) return false
  const texts = cellsIn(input, described)
  return namesRole(input) && texts.filter((text) => MAY.test(text)).length * 2 >= texts.length
}

/** Whether a table is of such people: a word for a role is among them, or what stands around it speaks of permissions. */
export function saysSo(input: BlockInput): boolean {
  return namesRole(input) || input.surroundings.names.some(({ text }) => SUBJECT.test(text))
}

function namesRole(input: BlockInput): boolean {
  return cellsIn(input, 0).some((name) => isRoleTitle(name, input.settings))
}

function cellsIn({ grid }: BlockInput, column: number): string[] {
  return filledCells(grid, column).map(({ text }) => text)
}
