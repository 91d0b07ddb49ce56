/** Tables as grids: rows of any length, tags that are left open, captions, and characters that nobody sees. */
import { describe, expect, it } from 'vitest'
import { BlockInput } from '../src/parse/dialect.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText, brief, permissionsByRole } from './support/analysis.ts'

/** The grid of the first table of a page, as texts: caption, header, rows. */
function gridOf(text: string): { caption: string | null; rows: string[][]; glued: string[] } {
  const [page] = analyseText(text).reading.pages
  const block = page?.blocks.find((candidate) => candidate.kind === 'table')
  if (!block) return { caption: null, rows: [], glued: [] }
  const input = new BlockInput(block, { evidence: { via: [] } } as never, resolveSettings())
  const { caption, header, rows, glued } = input.grid
  const texts = [header, ...rows.map((row) => row.cells)].map((cells) => cells.map((cell) => cell.text))
  return { caption: caption?.text ?? null, rows: texts, glued: glued.map((cell) => cell.text) }
}

const CREW = [
  ['Permission', 'Captain', 'Mate'],
  ['Sail', '✓', '✗'],
  ['Sing', '✓', '✓'],
]

describe('tables of tags', () => {
  it.each([
    [
      'in one line',
      '<table><tr><th>Permission</th><th>Captain</th><th>Mate</th></tr><tr><td>Sail</td><td>✓</td><td>✗</td></tr><tr><td>Sing</td><td>✓</td><td>✓</td></tr></table>',
    ],
    [
      'with ends left out',
      '<table>\n<tr><th>Permission<th>Captain<th>Mate\n<tr><td>Sail<td>✓<td>✗\n<tr><td>Sing<td>✓<td>✓\n</table>',
    ],
    [
      'with head and body, whose ends are left out',
      '<table>\n<thead>\n<tr><th>Permission<th>Captain<th>Mate\n<tbody>\n<tr><td>Sail<td>✓<td>✗\n<tr><td>Sing<td>✓<td>✓\n</table>',
    ],
    [
      'in capitals that do not match',
      '<TABLE>\n<TR><TH>Permission</th><th>Captain</TH><TH>Mate</TH></tr>\n<tr><TD>Sail</td><td>✓</TD><TD>✗</td></TR>\n<TR><td>Sing</td><td>✓</td><td>✓</td></TR>\n</TABLE>',
    ],
    [
      'with nested tags in cells',
      '<table><tr><th><b>Permission</b></th><th><div><a href="/c">Captain</a></div></th><th><p>Mate</p></th></tr><tr><th scope="row"><em>Sail</em></th><td><span>✓</span></td><td><p>✗</p></td></tr><tr><th scope="row"><code>Sing</code></th><td>&#10003;</td><td>&check;</td></tr></table>',
    ],
    [
      'with Markdown in the cells of components',
      '<Table>\n  <TableHead>\n    <TableRow><TableHeaderCell>**Permission**</TableHeaderCell><TableHeaderCell>[Captain](/c)</TableHeaderCell><TableHeaderCell>_Mate_</TableHeaderCell></TableRow>\n  </TableHead>\n  <TableBody>\n    <TableRow>\n      <TableCell>`Sail`</TableCell>\n      <TableCell>\n\n✓\n\n      </TableCell>\n      <TableCell>✗</TableCell>\n    </TableRow>\n    <TableRow><TableCell>Sing</TableCell><TableCell>✓</TableCell><TableCell>✓</TableCell></TableRow>\n  </TableBody>\n</Table>',
    ],
  ])('%s', (_name, text) => {
    const page = `## Permissions\n\n${text}\n`
    expect(gridOf(page).rows.map((row) => row.map((cell) => cell.replace('✓', '✓')))).toEqual(CREW)
    const { model, diagnostics } = analyseText(page)
    expect(permissionsByRole(model.dataset)).toEqual({
      Captain: ['permissions/sail', 'permissions/sing'],
      Mate: ['permissions/sing'],
    })
    expect(diagnostics).toEqual([])
  })

  it('a caption names the table', () => {
    const grid = gridOf('<table><caption>At <b>sea</b></caption><tr><th>A</th></tr><tr><td>b</td></tr></table>\n')
    expect(grid).toEqual({ caption: 'At sea', rows: [['A'], ['b']], glued: [] })
  })

  it('cells that cover several stand in each', () => {
    const text =
      '<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td rowspan="2">1</td><td colspan={2}>2</td></tr><tr><td>3</td><td>4</td></tr></table>\n'
    expect(gridOf(text).rows).toEqual([
      ['A', 'B', 'C'],
      ['1', '2', '2'],
      ['1', '3', '4'],
    ])
  })

  it('a cell reaches down beside rows that end to its left, and no further', () => {
    const rows =
      '<tr><td>Sail<td>✓<td rowspan=2>✗</tr><tr><td>Sing</tr><tr><td>Swim<td>✗<td>✓</tr><tr><td>Dive<td>✓<td>✓</tr>'
    const text = `<table><tr><th>Permission<th>Captain<th>Mate</tr>${rows}</table>\n`
    expect(gridOf(text).rows.slice(1)).toEqual([
      ['Sail', '✓', '✗'],
      ['Sing', '', '✗'],
      ['Swim', '✗', '✓'],
      ['Dive', '✓', '✓'],
    ])
  })

  it('lists in cells keep their lines', () => {
    const text = `## Roles\n\n<table>\n<tr><th>Role</th><th>Permissions</th></tr>\n<tr><td>Dock Viewer</td><td><ul><li>dock.get</li><li>dock.list</li></ul></td></tr>\n<tr><td>Pier Viewer</td><td>\n\n- pier.get\n- pier.list\n\n</td></tr>\n</table>\n`
    expect(permissionsByRole(analyseText(text).model.dataset)).toEqual({
      'Dock Viewer': ['dock.get', 'dock.list'],
      'Pier Viewer': ['pier.get', 'pier.list'],
    })
  })

  it('a table inside a cell is not mixed with the table around it', () => {
    const text =
      '<table><tr><th>A</th></tr><tr><td>b<table><tr><td>c</td></tr></table></td></tr><tr><td>d</td></tr></table>\n'
    expect(gridOf(text).rows.map((row) => row.length)).toEqual([1, 1, 1])
  })
})

describe('Markdown tables', () => {
  it('a row of one cell over the header is a caption', () => {
    const grid = gridOf(
      '| Crew | | |\n| --- | --- | --- |\n| Permission | Captain | Mate |\n| Sail | ✓ | ✗ |\n| Sing | ✓ | ✓ |\n',
    )
    expect(grid).toEqual({ caption: 'Crew', rows: CREW, glued: [] })
  })

  it.each([
    ['marks in the first row', '| Permission | | |\n| --- | --- | --- |\n| Sail | ✓ | ✗ |\n| Sing | ✓ | ✓ |\n'],
    [
      'words for marks in the first row',
      '| Permission | | |\n| --- | --- | --- |\n| Sail | Yes | No |\n| Sing | Yes | Yes |\n',
    ],
    ['one row alone', '| Permission | | |\n| --- | --- | --- |\n| Sail | Captain | Mate |\n'],
  ])('%s is no header', (_name, text) => {
    expect(gridOf(text).rows[0]).toEqual(['Permission', '', ''])
  })

  it('a paragraph that is glued to a table is no row of it', () => {
    const text =
      '| Permission | Captain | Mate |\n| --- | --- | --- |\n| Sail | ✓ | ✗ |\n| Sing | ✓ | ✓ |\nA word on the table.\n'
    expect(gridOf(text)).toEqual({ caption: null, rows: CREW, glued: ['A word on the table.'] })
  })

  it('a row that is written short is a row', () => {
    expect(gridOf('| A | B |\n| --- | --- |\n| a\n| b | c\n').rows).toEqual([['A', 'B'], ['a'], ['b', 'c']])
  })
})

describe('rows of another length', () => {
  const page = (...rows: string[]) =>
    `## Permissions\n\n| Permission | Captain | Mate |\n| --- | --- | --- |\n${rows.join('\n')}\n`

  it.each([
    ['a short row with its pipe', ['| Sail | ✓ |', '| Sing | ✓ | ✓ |'], []],
    ['rows that all leave out the last pipe', ['| Sail | ✓', '| Sing | ✓ | ✓'], []],
    ['blank cells too many', ['| Sail | ✓ | ✓ | | |', '| Sing | ✓ | ✓ |'], []],
    ['a cell too many', ['| Sail | ✓ | ✓ | ✓ |', '| Sing | ✓ | ✓ |'], ['ragged-row 5:18']],
    ['a row that breaks off', ['| Sail | ✓', '| Sing | ✓ | ✓ |', '| Swim | ✓ | ✓ |'], ['ragged-row 5:10']],
    [
      'the one short row of a table that writes out its blank cells',
      ['| Sail | ✓ |', '| Sing | ✓ | |', '| Swim | ✓ | ✓ |'],
      ['ragged-row 5:10'],
    ],
    ['a label that ends in a mark', ['| Sail ✓ | ✓ |', '| Sing | ✓ | ✓ |'], ['ragged-row 5:12']],
    ['a short row that ends in a blank cell', ['| Sail | |', '| Sing | ✓ | |', '| Swim | ✓ | ✓ |'], []],
    ['a row that breaks off before its first mark', ['| Sail', '| Sing | ✓ | ✓ |', '| Swim | ✓ | ✓ |'], []],
    ['a whole row without its last pipe', ['| Sail | ✓ | ✓', '| Sing | ✓ | ✓ |', '| Swim | ✓ | ✓ |'], []],
  ])('%s', (_name, rows, expected) => {
    const { model, diagnostics } = analyseText(page(...rows))
    expect(brief(diagnostics)).toEqual(expected)
    expect(permissionsByRole(model.dataset).Captain).toContain('permissions/sing')
  })
})

describe('characters that nobody sees', () => {
  const matrix = (key: string, mark = '√') =>
    `## Harbour Viewer\n\n| | Get | List |\n| --- | --- | --- |\n| ${key} | ${mark} | √ |\n`

  it.each([
    ['a zero-width space', 'clus\u200Bter'],
    ['a zero-width non-joiner', 'clus\u200Cter'],
    ['a word joiner', '\u2060cluster'],
    ['a byte order mark', '\uFEFFcluster'],
    ['a soft hyphen', 'clus\u00ADter'],
    ['a mark of direction', 'cluster\u200E'],
    ['a zero-width space as an entity', 'clus&#8203;ter'],
  ])('%s in a key: the key is right, and the finding stands at its cell', (_name, key) => {
    const { model, diagnostics } = analyseText(matrix(key))
    expect(model.dataset.roles[0]?.permissions).toEqual(['cluster.get', 'cluster.list'])
    expect(brief(diagnostics)).toEqual(['hidden-character 5:3'])
  })

  it('in a mark and in a heading', () => {
    const { model, diagnostics } = analyseText(matrix('dock', '\u200B√').replace('List', 'Li\u200Bst'))
    expect(model.dataset.roles[0]?.permissions).toEqual(['dock.get', 'dock.list'])
    expect(brief(diagnostics)).toEqual(['hidden-character 3:11', 'hidden-character 5:10'])
  })

  it('in a bullet', () => {
    const { model, diagnostics } = analyseText('## Harbour Viewer\n\n- dock.get\n- dock.li\u200Bst\n')
    expect(model.dataset.roles[0]?.permissions).toEqual(['dock.get', 'dock.list'])
    expect(brief(diagnostics)).toEqual(['hidden-character 4:3'])
  })

  it('no-break spaces, tabs and the joiners of emoji are no finding', () => {
    const { model, diagnostics } = analyseText(
      matrix('\u00A0cluster\u00A0', '\t√\u00A0').replace('## ', '## 👩\u200D🔧 '),
    )
    expect(model.dataset.roles[0]?.permissions).toEqual(['cluster.get', 'cluster.list'])
    expect(diagnostics).toEqual([])
  })
})
