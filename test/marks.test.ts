/** What marks mean: by the legend, by the whole table, by icons and notes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Config } from '../src/settings/schema.ts'
import { analyseText, brief } from './support/analysis.ts'

const ROLES = ['Captain', 'Mate', 'Cook', 'Pilot']

/** A table of actions and roles with these cells, and what follows it. */
function table(rows: readonly (readonly string[])[], after = ''): string {
  const columns = ROLES.slice(0, Math.max(...rows.map((row) => row.length)))
  const lines = rows.map((row, i) => `| Sail ${i + 1} | ${row.join(' | ')} |`)
  return `| Permission | ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}\n${lines.join('\n')}\n${after}`
}

/** For each row the effects of its cells: `+`, `-`, `?` with a note, `.` for none. */
function effects(rows: readonly (readonly string[])[], after = '', config: Config = {}): string[] {
  const { model } = analyseText(table(rows, after), config)
  const sign = { granted: '+', denied: '-', conditional: '?' }
  return rows.map((row, i) =>
    row
      .map((_, column) => {
        const role = model.dataset.roles.find((candidate) => candidate.name === ROLES[column])
        const grant = role?.grants.find(({ permission }) => permission.endsWith(`sail-${i + 1}`))
        return grant ? sign[grant.effect] : '.'
      })
      .join(''),
  )
}

function findings(rows: readonly (readonly string[])[], after = ''): string[] {
  return brief(analyseText(table(rows, after)).diagnostics)
}

describe('marks that occur together', () => {
  it.each([
    [
      'x beside ticks is a cross',
      [
        ['✓', 'x'],
        ['✓', 'X'],
      ],
      ['+-', '+-'],
    ],
    [
      'x beside blanks is a tick',
      [
        ['x', ''],
        ['x', 'x'],
      ],
      ['+.', '++'],
    ],
    [
      'x beside dashes is a tick, and the dash a no',
      [
        ['x', '-'],
        ['x', 'x'],
      ],
      ['+-', '++'],
    ],
    [
      'a dash beside ticks is a no',
      [
        ['✓', '-'],
        ['✓', '–'],
      ],
      ['+-', '+-'],
    ],
    [
      'a dash beside crosses is not applicable',
      [
        ['✓', '-'],
        ['❌', '✓'],
      ],
      ['+.', '-+'],
    ],
    [
      'a dash beside a word for no is not applicable',
      [
        ['Yes', '-'],
        ['No', 'Yes'],
      ],
      ['+.', '-+'],
    ],
    [
      'a dash beside ticks and x is not applicable',
      [
        ['✓', '-'],
        ['x', '✓'],
      ],
      ['+.', '-+'],
    ],
    [
      '“n/a” is never a no',
      [
        ['✓', 'n/a'],
        ['✓', 'N/A'],
      ],
      ['+.', '+.'],
    ],
    [
      'emoji with and without a variation selector',
      [
        ['✔️', '✖️'],
        ['✔', '✖'],
      ],
      ['+-', '+-'],
    ],
  ])('%s', (_name, rows, expected) => {
    expect(effects(rows)).toEqual(expected)
    expect(findings(rows)).toEqual([])
  })

  it.each(['O', 'o', '0', '○', '·'])(
    '%s as the only other sign, with no cell blank, is a no that is said once',
    (sign) => {
      const rows = [
        ['✓', sign, '✓'],
        [sign, sign, '✓'],
      ]
      expect(effects(rows)).toEqual(['+-+', '--+'])
      expect(findings(rows)).toEqual(['inferred-mark 3:16'])
    },
  )

  it.each([
    [
      'beside blanks',
      [
        ['✓', 'O'],
        ['✓', ''],
      ],
      ['unknown-mark 3:16'],
    ],
    [
      'beside crosses',
      [
        ['✓', 'O'],
        ['❌', '✓'],
      ],
      ['unknown-mark 3:16'],
    ],
    [
      'beside another sign',
      [
        ['✓', 'O'],
        ['?', '✓'],
      ],
      ['unknown-mark 3:16', 'unknown-mark 4:12'],
    ],
    [
      'as a letter that may mean anything',
      [
        ['✓', 'P'],
        ['✓', '✓'],
      ],
      ['unknown-mark 3:16'],
    ],
  ])('an unknown sign %s is not guessed', (_name, rows, expected) => {
    expect(findings(rows)).toEqual(expected)
  })

  it('x beside crosses or rings alone means nothing for certain', () => {
    expect(
      findings([
        ['x', '❌'],
        ['x', '❌'],
      ]),
    ).toEqual(['unknown-mark 3:12', 'unknown-mark 4:12'])
    expect(
      effects([
        ['x', '❌'],
        ['x', '❌'],
      ]),
    ).toEqual(['.-', '.-'])
  })

  it('a word among ticks is another thing than a blank and than an unknown sign', () => {
    const { diagnostics } = analyseText(
      table([
        ['✓', 'own only', '?', ''],
        ['✓', '✓', '✓', '✓'],
      ]),
    )
    expect(diagnostics.map((d) => d.message.split(',')[0])).toEqual([
      '`own only` (Sail 1 × Mate) stands in words among marks',
      '`?` (Sail 1 × Cook) is no mark that says granted or denied',
    ])
  })

  it('the order of rows changes nothing', () => {
    const cell = fc.constantFrom('✓', 'x', '-', 'O', '', '❌', '?', 'own only')
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, (cells) => {
        const there = effects(cells)
        expect(effects([...cells].reverse()).reverse()).toEqual(there)
      }),
      { numRuns: 100 },
    )
  })

  it('every cell that is no blank is a fact, not applicable, or reported', () => {
    const cell = fc.constantFrom('✓', 'x', 'O', '', '❌', '?', 'P', 'own only', '✓ (1)', '🟡')
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(rows, (some) => {
        const cells = [...some, ['✓', '', '✓']]
        const text = table(cells)
        const { diagnostics } = analyseText(text)
        const given = effects(cells)
        for (const [i, row] of cells.entries()) {
          for (const [column, written] of row.entries()) {
            if (written === '' || given[i]?.[column] !== '.') continue
            const reported = diagnostics.some((d) => d.line === 3 + i || d.line === 1)
            expect(reported, `${written} of\n${text}`).toBe(true)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('a table of signs that nobody knows is reported as a whole', () => {
    expect(
      findings([
        ['🟡', '🟠'],
        ['🟠', '🟡'],
      ]),
    ).toEqual(['unrecognised-block 1:1'])
  })
})

describe('legends', () => {
  it.each([
    ['a list under the table', '\n- ✅ May do it\n- 🟠 Not allowed\n', [['✅', '🟠']], ['+-']],
    ['a list that is glued to the table', '- 🟢 has the permission\n- **-** not applicable\n', [['🟢', '-']], ['+.']],
    ['a paragraph with equals signs', '\nX = denied, O = granted\n', [['X', 'O']], ['-+']],
    ['a paragraph that is glued to the table', 'P = granted; D = denied\n', [['P', 'D']], ['+-']],
    ['colons after a word', '\nLegend: A: allowed, F: forbidden\n', [['A', 'F']], ['+-']],
    ['a condition', '\n- ✓ granted\n- ◐ only their own\n', [['✓', '◐']], ['+?']],
    ['a known mark with another meaning', '\n❌ = granted\n', [['✓', '❌']], ['++']],
    ['shortcodes', '\n- :x: not allowed\n- :star: allowed\n', [[':star:', ':x:']], ['+-']],
  ])('%s', (_name, after, rows, expected) => {
    expect(effects(rows, after)).toEqual(expected)
    expect(findings(rows, after)).toEqual([])
  })

  it('a note of a condition is the words of the legend', () => {
    const { model } = analyseText(table([['◐']], '\n- ◐ Only their own.\n'))
    expect(model.dataset.roles[0]?.grants[0]?.note).toBe('Only their own')
  })

  it.each([
    ['dos and don’ts', '\n- ✅ Do not share passwords\n- ❌ Have one account for all\n'],
    ['a sentence that begins with a mark’s word', '\nNo user may change this. Yes, really.\n'],
    ['prose', '\nx marks the spot, and that is all there is to x.\n'],
  ])('%s is no legend', (_name, after) => {
    expect(effects([['✅', '❌', 'Yes', 'No']], after)).toEqual(['+-+-'])
  })

  it('one section’s legend says nothing of another section’s table', () => {
    const text = `## Permissions\n\n${table([['X', 'O']], '\nX = granted, O = denied\n')}\n## Permissions on land\n\n${table([['✓', 'X']])}`
    const { model } = analyseText(text)
    const mate = model.dataset.roles.find((role) => role.name === 'Mate')
    expect(mate?.grants.map(({ effect }) => effect)).toEqual(['denied', 'denied'])
  })

  it.each(['Legend', 'Symbols that this page uses'])(
    'what a page calls its legend speaks of all its tables: %s',
    (heading) => {
      const text = `## ${heading}\n\n- X: granted\n- O: denied\n\n## Permissions\n\n${table([['X', 'O']])}`
      const { model, diagnostics } = analyseText(text)
      expect(model.dataset.roles.map((role) => role.grants[0]?.effect)).toEqual(['granted', 'denied'])
      expect(diagnostics).toEqual([])
    },
  )
})

describe('icons', () => {
  it.each([
    ['![check](a.svg)', '![close](b.svg)'],
    ['![](green-check.svg)', '![](/img/red-cross.png)'],
    ['<img src="a.svg" alt="yes" />', '<img src="b.svg" alt="No" />'],
    ['<Icon name="check" />', '<Icon name="times" />'],
    ['<Check className="text-green-500" />', '<XCircle className="h-4 w-4" />'],
    ['<Icon className="icon-check" />', '<Icon className="icon-times" />'],
    ['<Icon icon={faCheck} />', '<Icon icon={faXmark} />'],
    ['<i class="fa fa-check"></i>', '<i class="fa fa-times"></i>'],
    ['<span className="icon icon-tick" />', '<span className="icon icon-cross" />'],
    ['<i class="material-icons">check</i>', '<i class="material-icons">close</i>'],
    ['<Check />', '<XMark />'],
    ['<IconCheck></IconCheck>', '<IconX></IconX>'],
    ['<Check size="20" />', '<X color="red" />'],
    ['{{< icon "check" >}}', '{{< icon "cross" >}}'],
    ['{{% yes %}}', '{{% no %}}'],
    ['{% include check.html %}', '{% include icons/cross.html %}'],
    ['{{ site.data.check }}', '{{ site.data.cross }}'],
    ['{check}', '{cross}'],
    [':material-check:', ':fontawesome-solid-xmark:'],
    ['&check;', '&cross;'],
    ['&#x2714;', '&#10060;'],
    ['🟢', '🔴'],
    ['[x]', '[ ]'],
    ['TRUE', 'false'],
    ['<input type="checkbox" checked disabled />', '<input type="checkbox" disabled />'],
  ])('%s is a tick and %s a cross', (tick, cross) => {
    expect(
      effects([
        [tick, cross],
        [tick, tick],
      ]),
    ).toEqual(['+-', '++'])
  })

  it.each([
    '<Icon name="anchor" />',
    '<Anchor />',
    '<Anchor></Anchor>',
    '![sea](sea.png)',
    '{{< anchor >}}',
    '{% include no-check.html %}',
  ])('%s is no blank cell: it is reported', (icon) => {
    const rows = [
      ['✓', icon],
      ['✓', '✓'],
    ]
    expect(effects(rows)).toEqual(['+.', '++'])
    expect(findings(rows)).toEqual(['unknown-mark 3:16'])
  })

  it.each([
    [':::image type="icon" source="../media/yes-icon.svg" border="false":::', '+'],
    [':::image source="x1.png" alt-text="No":::', '-'],
  ])('%s is a picture', (cell, effect) => {
    expect(effects([[cell, '✓']])).toEqual([`${effect}+`])
    const tags = `<table><tr><th>Permission</th><th>Captain</th></tr><tr><td>Sail 1</td><td>${cell}</td></tr></table>\n`
    const [captain] = analyseText(tags).model.dataset.roles
    expect(captain?.grants.map((grant) => grant.effect)).toEqual([effect === '+' ? 'granted' : 'denied'])
  })

  it('a word is no icon: “close” may be an operation', () => {
    expect(effects([['✓', 'close']])).toEqual(['+.'])
  })

  it('`marks.icons` names more', () => {
    const config: Config = { marks: { icons: { anchor: 'granted', check: 'denied' } } }
    expect(effects([['<Icon name="anchor" />', '<Check />']], '', config)).toEqual(['+-'])
  })

  it('`marks.denied` settles a dash', () => {
    const config: Config = { marks: { denied: ['-'] } }
    expect(effects([['✓', '-', '❌']], '', config)).toEqual(['+--'])
  })
})

describe('notes', () => {
  const note = (cell: string, after: string) => {
    const { model } = analyseText(table([[cell, '✓']], after))
    const grant = model.dataset.roles.find((role) => role.name === 'Captain')?.grants[0]
    return [grant?.effect, grant?.note]
  }

  it.each([
    ['✓ (1)', '\n(1) On weekdays.\n'],
    ['✓ (1)', '\n1. On weekdays.\n2. Never.\n'],
    ['✓<sup>1</sup>', '\n<sup>1</sup> On weekdays.\n'],
    ['✓<sup>[1](#note)</sup>', '\n1) On weekdays.\n'],
    ['✓¹', '\n¹ On weekdays.\n'],
    ['✓ [1]', '\n[1]: On weekdays.\n'],
    ['✓*', '\n\\* On weekdays.\n'],
    ['✓ *', '\n* On weekdays.\n'],
    ['✓\\*', '\n&ast; On weekdays.\n'],
    ['✓*', '***On weekdays.**\n'],
    ['✓ †', '\n† On weekdays.\n'],
    ['*', '\n\\* On weekdays.\n'],
    ['(✓) [^1]', '\n[^1]: On weekdays.\n'],
    ['✓ (1)', '\n## Elsewhere\n\nText.\n\n(1) On weekdays.\n'],
    ['✓ (1)', '\n(1) On\n    weekdays.\n'],
    ['✓ (On weekdays.)', ''],
  ])('%s with its text in %j', (cell, after) => {
    expect(note(cell, after)).toEqual(['conditional', 'On weekdays.'])
  })

  it.each([
    '✓ (1)(2)',
    '✓ (1) (2)',
    '✓ (1, 2)',
    '✓ <sup>1</sup> <sup>2</sup>',
    '✓<sup>1, 2</sup>',
    '✓¹ (2)',
    '(✓) [1][2]',
  ])('%s has two notes', (cell) => {
    expect(note(cell, '\n1. On weekdays.\n2. Not alone\n')).toEqual(['conditional', 'On weekdays. Not alone'])
  })

  it.each([
    ['an item', '\n1. Only if:\n   - it is day,\n   - and calm.\n'],
    ['a paragraph and its list', '\n(1) Only if:\n\n- it is day,\n- and calm.\n'],
  ])('%s is read to its end', (_name, after) => {
    expect(note('✓ (1)', after)).toEqual(['conditional', 'Only if: it is day, and calm.'])
  })

  it('a footnote is read to its end', () => {
    const text = '\n[^1]: Only if:\n\n    - it is day,\n    - and calm.\n'
    expect(note('✓ [^1]', text)).toEqual(['conditional', 'Only if: it is day, and calm.'])
  })

  it('items are numbered as they are written, whatever stands among them', () => {
    const after = '\n1. <PartialsComponent category="notes" name="first" />\n2. On weekdays.\n'
    expect(note('✓ (2)', after)).toEqual(['conditional', 'On weekdays.'])
  })

  it.each([
    ['Yes (for now)', 'for now'],
    ['Yes (for now) (will change)', 'for now; will change'],
    ['Yes, if enabled', 'if enabled'],
    ['✅ own docks only', 'own docks only'],
    [':white_check_mark: Can moor, for now (by day)', 'Can moor, for now (by day)'],
    ['Yes. For own use.', 'For own use.'],
    ['Yes – own docks', 'own docks'],
    ['✓, own docks', 'own docks'],
    ['{% if day %}✓{% endif %}', 'if day'],
    ['{% if day %}✓{% else %}✗{% endif %}', 'if day'],
    ['{% if day %}✗{% else %}✓{% endif %}', 'not: if day'],
  ])('%s is a mark with its condition', (cell, words) => {
    expect(note(cell, '')).toEqual(['conditional', words])
  })

  it.each(['Yes is the default', 'No longer supported in harbours', 'Yesterday, at noon', 'Docks, if enabled'])(
    '%s is a sentence',
    (cell) => {
      const rows = [
        ['✓', '✓'],
        ['✓', cell],
      ]
      expect(findings(rows)).toEqual(['unknown-mark 4:16'])
    },
  )

  it.each([
    ['✅ Yes', '+', []],
    ['❌&nbsp;No', '-', []],
    ['❌ but for own docks', '-', []],
    ['✅ No', '.', ['unknown-mark 4:16']],
    ['✅ Docks ❌ Ships', '.', ['unknown-mark 4:16']],
  ])('a sign with words behind it, as in %s, says both or neither', (cell, effect, found) => {
    const rows = [
      ['✅', '✅', '❌'],
      ['✅', cell, '❌'],
    ]
    expect(effects(rows)[1]).toBe(`+${effect}-`)
    expect(findings(rows)).toEqual(found)
  })

  it('a cross with a note stays a cross, with its note', () => {
    expect(note('✗ (1)', '\n(1) On weekdays.\n')).toEqual(['denied', 'On weekdays.'])
  })

  it('a sign without a text is kept as the note', () => {
    expect(note('✓ (1)', '')).toEqual(['conditional', '(1)'])
  })

  it('a star alone without a text is an unknown mark', () => {
    expect(findings([['✓', '*']])).toEqual(['unknown-mark 3:16'])
  })

  it('a star stands for the bullet of the next list, and for none behind a numbered one', () => {
    expect(note('✓*', '\n* On weekdays.\n')).toEqual(['conditional', 'On weekdays.'])
    expect(note('✓*', '\n1. Moor the ship.\n\n* On weekdays.\n')).toEqual(['conditional', '*'])
  })

  it('two stars are another sign than one', () => {
    expect(note('✓**', '\n\\* Never.\n\n\\*\\* On weekdays.\n')).toEqual(['conditional', 'On weekdays.'])
  })
})
