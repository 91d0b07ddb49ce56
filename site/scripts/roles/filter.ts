/** Filters the rows of the tables of a block, by what their heads say and by the operations that they mark. */
const HELD = '.rb-mark-granted, .rb-mark-conditional, .rb-mark-denied'

interface Row {
  row: HTMLTableRowElement
  name: string
  /** Ids of the permissions that it marks. */
  held: string[]
}

function rowsOf(table: HTMLTableElement): Row[] {
  const operations = [...table.querySelectorAll('thead tr:last-child > :is(th, td)')].map((cell) => textOf(cell))
  return [...table.querySelectorAll<HTMLTableRowElement>('tbody tr:not(.rb-group)')].map((row) => {
    const [head, ...cells] = [...row.cells]
    const name = textOf(head)
    const key = textOf(head?.querySelector('code')) || textOf(head?.querySelector('a'))
    const held = cells.flatMap((cell, i) => {
      if (cell.matches('.rb-others'))
        return [...cell.querySelectorAll('.rb-other')].map((other) => `${key}.${textOf(other.lastElementChild)}`)
      return cell.querySelector(HELD) ? [`${key}.${operations[i + 1]}`] : []
    })
    return { row, name: name.toLowerCase(), held: held.map((id) => id.toLowerCase()) }
  })
}

/** `cluster.upd` and `cluster.*` ask for a permission from its start; any other word may stand anywhere. */
function matches({ name, held }: Row, word: string): boolean {
  if (word.includes('.')) return held.some((id) => id.startsWith(word.replace(/\*$/, '')))
  return name.includes(word) || held.some((id) => id.includes(word))
}

function textOf(element: Element | null | undefined): string {
  return element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
}

for (const filter of document.querySelectorAll<HTMLElement>('[data-rb-filter]')) {
  const input = filter.querySelector('input')
  const status = filter.querySelector('[role=status]')
  const tables = [...(filter.closest('[data-rb-filtered]')?.querySelectorAll('table') ?? [])]
  let rows: Row[] | null = null
  input?.addEventListener('input', () => {
    rows ??= tables.flatMap(rowsOf)
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const row of rows) {
      row.row.hidden = !words.every((word) => matches(row, word))
      if (!row.row.hidden) shown++
    }
    for (const body of tables.flatMap((table) => [...table.tBodies])) {
      body.hidden = [...body.rows].every((row) => row.hidden || row.matches('.rb-group'))
    }
    // A folded group opens where it has what is looked for.
    for (const fold of new Set(tables.map((table) => table.closest('details')))) {
      if (fold && words.length > 0) fold.open = fold.querySelector('tbody:not([hidden])') !== null
    }
    if (status)
      status.textContent =
        words.length === 0
          ? `${rows.length} ${filter.dataset.rbMany}`
          : `${shown} of ${rows.length} ${filter.dataset.rbMany}`
  })
}
