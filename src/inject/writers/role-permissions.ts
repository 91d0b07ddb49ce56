import { readWritten } from '../../fix/table.ts'
import { roleName } from '../../parse/words/role-name.ts'
import { permissionsIn } from '../../parse/words/vocabulary.ts'
import { sameName } from '../../text.ts'
import { type Dress, dressed, dressOf } from '../escape.ts'
import { type Fact, factKey } from '../facts.ts'
import { sourceOfCell } from '../habits.ts'
import { inOrder, placeFor } from '../order.ts'
import { newTable, TableEditor } from '../table-editor.ts'
import { defineWriter, refused } from '../writer.ts'

/** A row for each role, with the ids of its permissions in one cell. */
export default defineWriter({
  dialects: ['role-permissions'],
  update({ block, said, wanted, roles, eol, spelling }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    const written = readWritten(block.block)
    if (!written) return refused('the table is written in tags')
    const { header, rows } = block.input.grid
    const column = header.findIndex(
      (_, i) =>
        i > 0 && rows.some(({ cells }) => (cells[i]?.lines ?? []).some((l) => permissionsIn(first(l)).length > 0)),
    )
    if (column < 0) return refused('no column of the table holds permissions')
    const editor = new TableEditor(block.block, written, eol)
    const target = new Set(wanted.map(factKey))
    const own = new Set(said.map(factKey))
    const names = rows.map(({ cells }) => roleName(cells[0]?.text ?? ''))
    const example = rows.find(({ cells }) => (cells[column]?.text ?? '') !== '')?.cells[column]
    const habit = habitOf(example ? sourceOfCell(block, example) : '')
    for (const role of roles) {
      const gone = said.filter((fact) => fact.role === role.id && !target.has(factKey(fact)))
      const added = wanted.filter((fact) => fact.role === role.id && !own.has(factKey(fact)))
      if (gone.length + added.length === 0) continue
      const row = names.findIndex((name) => [role.name, ...role.aliases].some((other) => sameName(other, name)))
      const cell = rows[row]?.cells[column]
      const source = cell ? sourceOfCell(block, cell) : ''
      const here = cell && source !== '' ? habitOf(source) : habit
      const parts = source === '' ? [] : source.split(here.split)
      const ids = parts.map((part) => bare(part)).map((id) => spelling(id))
      for (const { permission } of gone) {
        const at = ids.indexOf(permission)
        if (at < 0) return refused(`\`${permission}\` stands in no item of its own`)
        ids.splice(at, 1)
        parts.splice(at, 1)
      }
      for (const { permission } of added) {
        const at = placeFor(permission, ids, [])
        ids.splice(at, 0, permission)
        parts.splice(at, 0, dressed(permission, here.dress, true))
      }
      if (row < 0) {
        const contents = header.map((_, i) =>
          i === 0 ? dressed(role.name, '', true) : i === column ? parts.join(here.join) : '',
        )
        editor.insertRow(rows.length, contents)
      } else editor.setCell(row, column, parts.join(here.join))
    }
    return [editor.stretch]
  },
  create(_dialect, { wanted, roles, prefix, examples }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    const [example] = examples
    const cell = example?.input.grid.rows[0]?.cells[1]
    const habit = habitOf(example && cell ? sourceOfCell(example, cell) : '')
    const rows = roles.map(({ id, name }) => {
      const held = wanted.filter(({ role }) => role === id).map(({ permission }) => permission)
      return [
        dressed(name, '', true),
        inOrder(held, [])
          .map((item) => dressed(item, habit.dress, true))
          .join(habit.join),
      ]
    })
    return newTable([['Role', 'Permissions'], ...rows], prefix)
  },
})

function first(line: string): string {
  return line.split(/(?:(?<!\s)\s+)?[,;]\s*/)[0] ?? ''
}

function bare(source: string): string {
  return source.replace(/^[\s`*_-]+|(?<![\s`*_])[\s`*_]+$/g, '').replace(/\\(?=[^\w\s])/g, '')
}

/** What parts the ids of a cell, and what dresses them. */
function habitOf(source: string): { split: RegExp; join: string; dress: Dress } {
  const lineBreak = /<br\s*(?:\/\s*)?>/i.exec(source)?.[0]
  const split = lineBreak ? /(?:(?<!\s)\s+)?<br\s*(?:\/\s*)?>\s*/i : /(?:(?<!\s)\s+)?[,;]\s*/
  const separator = lineBreak ?? (source.includes(';') ? '; ' : ', ')
  const item = source.split(split)[0] ?? ''
  return { split, join: separator, dress: source === '' ? '`' : dressOf(item.trim()) }
}

function unwritable(wanted: readonly Fact[]): string | null {
  const other = wanted.find(({ effect }) => effect !== 'granted')
  if (other) return `this table has no place for \`${other.permission}\`, which is ${other.effect}`
  const worded = wanted.find(({ permission }) => permissionsIn(permission).length !== 1)
  return worded ? `\`${worded.permission}\` is not written as \`resource.operation\`` : null
}
