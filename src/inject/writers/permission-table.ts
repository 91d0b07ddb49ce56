import { readWritten } from '../../fix/table.ts'
import { permissionsIn } from '../../parse/words/vocabulary.ts'
import { dressed, dressOf } from '../escape.ts'
import { type Fact, factKey } from '../facts.ts'
import { mostOften, sourceOfCell } from '../habits.ts'
import { inOrder, placeFor } from '../order.ts'
import { newTable, TableEditor } from '../table-editor.ts'
import { defineWriter, refused } from '../writer.ts'

/** A row for each permission that is granted; what else its row says stays. */
export default defineWriter({
  dialects: ['permission-table'],
  update({ block, said, wanted, eol, examples, spelling, data }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    const written = readWritten(block.block)
    if (!written) return refused('the table is written in tags')
    const editor = new TableEditor(block.block, written, eol)
    const idsOf = (lines: readonly string[]) =>
      lines.flatMap((line) => permissionsIn(line).map((p) => spelling(`${p.resource}.${p.operation}`)))
    const labels = block.input.grid.rows.map(({ cells }) => cells[0])
    const rows = labels.map((cell) => idsOf(cell?.lines ?? []))
    const dress = mostOften(labels.flatMap((cell) => (cell?.text ? [dressOf(sourceOfCell(block, cell))] : []))) ?? ''
    const target = new Set(wanted.map(factKey))
    const own = new Set(said.map(factKey))
    const gone = new Set(said.filter((fact) => !target.has(factKey(fact))).map(({ permission }) => permission))
    for (let row = rows.length - 1; row >= 0; row--) {
      const ids = rows[row] as string[]
      const left = ids.filter((id) => !gone.has(id))
      if (left.length === ids.length) continue
      if (left.length > 0) return refused('a row says several permissions; give each a row of its own')
      editor.removeRow(row)
      rows.splice(row, 1)
    }
    const orders = examples.map(({ input }) => input.grid.rows.flatMap(({ cells }) => idsOf(cells[0]?.lines ?? [])))
    for (const fact of wanted) {
      if (own.has(factKey(fact))) continue
      const at = placeFor(
        fact.permission,
        rows.map(([id]) => id ?? ''),
        orders,
      )
      editor.insertRow(at, [dressed(fact.permission, dress, true)])
      const described = describedColumn(block.input.grid.header.map(({ text }) => text))
      const description = data.permissions.find(({ id }) => id === fact.permission)?.description
      if (described > 0 && description) editor.setCell(at, described, dressed(description, '', true))
      rows.splice(at, 0, [fact.permission])
    }
    return [editor.stretch]
  },
  create(_dialect, { wanted, prefix, examples, data }) {
    const why = unwritable(wanted)
    if (why) return refused(why)
    if (wanted.length === 0) return []
    const [example] = examples
    const header = example?.input.grid.header.map((cell) => sourceOfCell(example, cell)) ?? [
      'Permission',
      'Description',
    ]
    const first = example?.input.grid.rows[0]?.cells[0]
    const dress = example && first ? dressOf(sourceOfCell(example, first)) : '`'
    const column = describedColumn(example?.input.grid.header.map(({ text }) => text) ?? header)
    const rows = inOrder(
      wanted.map(({ permission }) => permission),
      [],
    ).map((permission) =>
      header.map((_, i) => {
        if (i === 0) return dressed(permission, dress, true)
        const { description } = data.permissions.find(({ id }) => id === permission) ?? {}
        return i === column && description ? dressed(description, '', true) : ''
      }),
    )
    return newTable([header, ...rows], prefix)
  },
})

function describedColumn(header: readonly string[]): number {
  return header.findIndex((text) => /^descriptions?$/i.test(text))
}

function unwritable(wanted: readonly Fact[]): string | null {
  const other = wanted.find(({ effect }) => effect !== 'granted')
  if (other) return `a table of permissions has no place for \`${other.permission}\`, which is ${other.effect}`
  const worded = wanted.find(({ permission }) => permissionsIn(permission).length !== 1)
  return worded ? `\`${worded.permission}\` is not written as \`resource.operation\`` : null
}
