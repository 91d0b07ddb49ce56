/**
 * The one promise of the parser: for every block that looks like permissions, its facts are in the model or a finding
 * stands at its line. And what is in the model is what the page says.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Config } from '../src/settings/schema.ts'
import { analyseText, analyseTexts, permissionsByRole, placesOf, READING } from './support/analysis.ts'

/** Ways of writing permissions that pages use; the lines that hold them stand in `lines`. */
const WAYS: [name: string, mdx: string, permissions: string[], lines: [from: number, to: number]][] = [
  [
    'bullets with several permissions each',
    '<AccordionPanel title="Dock Viewer">\n\n- dock.get, dock.list\n- pier.get, pier.list\n\n</AccordionPanel>\n',
    ['dock.get', 'dock.list', 'pier.get', 'pier.list'],
    [3, 4],
  ],
  [
    'bullets with a description after a colon',
    '## Dock Viewer\n\n- `dock.get`: reads one\n- `dock.list`: reads all\n',
    ['dock.get', 'dock.list'],
    [3, 4],
  ],
  [
    'bullets with a description after a dash',
    '## Dock Viewer\n\n- dock.get - reads one\n- dock.list – reads all\n',
    ['dock.get', 'dock.list'],
    [3, 4],
  ],
  [
    'a table of roles with permissions in a cell',
    '## Roles\n\n| Role | Permissions |\n| --- | --- |\n| Dock Viewer | dock.get, dock.list |\n| Pier Viewer | `pier.get` |\n',
    ['dock.get', 'dock.list', 'pier.get'],
    [3, 6],
  ],
  [
    'a table of permissions and descriptions',
    '## Dock Viewer\n\n| Permission | Description |\n| --- | --- |\n| dock.get | Reads one |\n| dock.list | Reads all |\n',
    ['dock.get', 'dock.list'],
    [3, 6],
  ],
  [
    'a table of one column',
    '## Dock Viewer\n\n| Permission |\n| --- |\n| `dock.get` |\n| `dock.list` |\n',
    ['dock.get', 'dock.list'],
    [3, 6],
  ],
  [
    'a text fence',
    '## Dock Viewer\n\n```text\ndock.get\ndock.list\npier.get\n```\n',
    ['dock.get', 'dock.list', 'pier.get'],
    [3, 7],
  ],
  [
    "operations of the product's own",
    '## Dock Viewer\n\n- dock.get\n- dock.list\n- dock.moor\n- dock.tow\n- dock.who-can\n',
    ['dock.get', 'dock.list', 'dock.moor', 'dock.tow', 'dock.who-can'],
    [3, 7],
  ],
  [
    'a last row below a blank line',
    '## Dock Viewer\n\n| | Get | List |\n| --- | --- | --- |\n| dock | √ | √ |\n\n| pier | √ | √ |\n',
    ['dock.get', 'dock.list', 'pier.get', 'pier.list'],
    [7, 7],
  ],
  [
    'a last row below a comment',
    '## Dock Viewer\n\n| | Get | List |\n| --- | --- | --- |\n| dock | √ | √ |\n<!-- new -->\n| pier | √ | √ |\n',
    ['dock.get', 'dock.list', 'pier.get', 'pier.list'],
    [7, 7],
  ],
  [
    'actions of a cloud in a paragraph',
    '## Dock Viewer\n\nNeeded are `s3:GetObject`,\n`s3:ListBucket` and `s3:PutObject`, `kms:Decrypt`.\n',
    ['s3:GetObject'],
    [3, 4],
  ],
  [
    'a first line without its bullet, with what it is for',
    '## Dock Viewer\n\n`dock.get`: reads one and nothing more.\n- `dock.list`: reads all\n',
    ['dock.get', 'dock.list'],
    [3, 4],
  ],
  [
    'a list in HTML',
    '## Dock Viewer\n\n<ul>\n<li>dock.get</li>\n<li>dock.list</li>\n</ul>\n',
    ['dock.get', 'dock.list'],
    [3, 6],
  ],
]

describe('permissions that are written in another way', () => {
  it.each(WAYS)('%s: in the model, or a finding stands there', (_name, mdx, permissions, [from, to]) => {
    const { model, diagnostics } = analyseText(mdx, { rules: READING })
    const known = new Set(model.dataset.permissions.map((permission) => permission.id))
    const reported = diagnostics.filter((d) => d.line >= from && d.line <= to).map((d) => d.ruleId)
    const lost = permissions.filter((permission) => !known.has(permission))
    if (lost.length > 0) expect(reported, `lost in silence: ${lost.join(', ')}`).not.toEqual([])
  })

  it('a column of roles that holds more words than marks is in the model, or a finding stands at its table', () => {
    const { model, diagnostics } = analyseText(
      '## Roles\n\n| Action | Captain | Mate |\n| --- | --- | --- |\n| Read logs | ✓ | ✓ |\n| Delete logs | ✓ | own only |\n| Share | ✓ | own only |\n',
    )
    const mate = permissionsByRole(model.dataset).Mate ?? []
    if (mate.length === 0) expect(diagnostics.map((d) => d.line)).not.toEqual([])
  })
})

describe('operations that stand in a list of their own', () => {
  const several = (name: string) => (/ss$/.test(name) ? `${name}es` : name.replace(/y$/, 'ie').replace(/s?$/i, 's'))
  /** Ways of writing one name that a reader takes for one. */
  const SPELLINGS: ((words: string[]) => string)[] = [
    (words) => words.join(' '),
    (words) => words.join('-'),
    (words) => words.join('_'),
    (words) => words.join('').toLowerCase(),
    (words) => words.map((word, i) => (i === 0 ? word.toLowerCase() : word)).join(''),
    (words) => several(words.join(' ')),
    (words) => several(words.join('-')),
    (words) => words.join(' ').toUpperCase(),
  ]
  const NAMES = [
    ['API', 'Key'],
    ['Dock'],
    ['VM'],
    ['Harbour', 'Pass'],
    ['Pier', 'Status'],
    ['OS'],
    ['Crane', '2'],
    ['Tug', 'Policy'],
  ]

  it('are in the model, or a finding stands at the name of their list', () => {
    const letters = 'abcdefgh'
    const component = fc.record({
      title: fc.constantFrom(...SPELLINGS),
      key: fc.constantFrom(...SPELLINGS.filter((spell) => /^\S+$/.test(spell(['a', 'b'])))),
      list: fc.constantFrom(...SPELLINGS),
      keyOfOwn: fc.boolean(),
      listed: fc.constantFrom('own', 'own', 'own', 'other'),
    })
    fc.assert(
      fc.property(fc.tuple(...NAMES.map(() => component)), (components) => {
        const rows: string[] = []
        const lists: string[] = []
        for (const [i, { title, key, list, keyOfOwn, listed }] of components.entries()) {
          const words = NAMES[i] as string[]
          rows.push(`| ${title(words)} | \`${key(keyOfOwn ? ['own', String(i)] : words)}\` | ✅ |`)
          const name = listed === 'own' ? words : ['Wholly', 'Other', ...words]
          // Only a component that the table has may have an operation that no vocabulary knows.
          const operation = listed === 'own' ? `moor${letters[i]}` : `${letters[i]}Get`
          lists.push(`<AccordionPanel title="${list(name)}">`, '', '- get', `- ${operation}`, '', '</AccordionPanel>')
        }
        const table = `| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n${rows.join('\n')}\n`
        const { model, reading, diagnostics } = analyseText(`${table}\n${lists.join('\n')}\n`)
        const claims = reading.claims.filter((claim) => claim.kind === 'operation')
        expect(claims).toHaveLength(NAMES.length * 2)
        const known = new Set(model.dataset.permissions.map(({ operation }) => operation))
        const reported = new Set(diagnostics.map(({ line }) => line))
        const few = components.filter(({ listed }) => listed === 'own').length * 2 < NAMES.length
        for (const { operation, component, block } of claims) {
          if (operation === 'get' || known.has(operation)) continue
          // Where most lists name nothing of the table, they are about something else.
          if (!few) expect(reported, component).toContain(block.names[0]?.span.line)
          expect(component).toMatch(/^wholly/i)
        }
      }),
      { numRuns: 100 },
    )
  })

  it.each(['API-Keys', 'apikeys', 'API_KEY', 'Api Keys'])('“%s” are those of the row `API Key`', (title) => {
    const table =
      '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| API Key | `apiKey` | ✅ |\n'
    const list = `<AccordionPanel title="${title}">\n\n- get\n- rotate\n- list\n\n</AccordionPanel>\n`
    const { model, diagnostics } = analyseText(`${table}\n${list}`)
    const ids = model.dataset.permissions.map(({ id }) => id)
    expect(ids).toEqual(['apiKey.get', 'apiKey.list', 'apiKey.rotate'])
    expect(model.dataset.catalogues[0]?.permissions).toEqual(ids)
    expect(diagnostics).toEqual([])
  })

  it('of a list with the key of one row and the title of another are those of the row whose key it is', () => {
    const rows = '| Registry | `packRegistry` | ✅ |\n| Registry mirror | `registry` | ✅ |\n'
    const table = `| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n${rows}`
    const list = (title: string, operation: string) =>
      `<AccordionPanel title="${title}">\n\n- get\n- ${operation}\n\n</AccordionPanel>\n`
    const { model } = analyseText(`${table}\n${list('packRegistry', 'list')}${list('registry', 'update')}`)
    expect(model.dataset.permissions.map(({ id }) => id)).toContain('packRegistry.list')
  })

  it('of roles are on the resource that the heading names in the plural', () => {
    const roles = '| Role | Create | Get |\n| --- | --- | --- |\n| Captain | √ | √ |\n| Mate | | √ |\n'
    const { model } = analyseText(`## Engineer\n\n- vm.get\n\n## VMs\n\n${roles}`)
    expect(permissionsByRole(model.dataset).Captain).toEqual(['vm.create', 'vm.get'])
  })

  it('are those of a resource that a second table gives another name', () => {
    const table = (title: string) =>
      `| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| ${title} | \`dock\` | ✅ |\n`
    const list = '<AccordionPanel title="Berth">\n\n- get\n\n</AccordionPanel>\n'
    const { model, diagnostics } = analyseText(`${table('Dock')}\n## More\n\n${table('Berth')}\n${list}`)
    expect(model.dataset.permissions.map(({ id }) => id)).toEqual(['dock.get'])
    expect(diagnostics.map(({ ruleId }) => ruleId)).not.toContain('catalogue-mismatch')
  })
})

describe('operations that the config writes with capitals', () => {
  const config: Config = { vocabulary: { operations: { Moor: 'write', snapShot: 'read' } } }

  it('are known as headings of a table that nobody reads', () => {
    const table = '| | Moor | Static |\n| --- | --- | --- |\n| Ship | ✓ | ✓ |\n| Crane | ✓ | |\n'
    expect(analyseText(`# Classes\n\n${table}`).diagnostics).toEqual([])
    const { diagnostics } = analyseText(`# Classes\n\n${table}`, config)
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['unrecognised-block'])
  })

  it.each(['moor', 'snapShot', 'snapshot'])('are known in sentences: `dock.%s`', (operation) => {
    const row = '| Dock | dock | get | Project |\n'
    const table = `| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n${row}`
    const { diagnostics } = analyseText(`You need \`dock.${operation}\`.\n\n${table}`, config)
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['unknown-permission-in-prose'])
  })
})

describe('a catalogue of several tables', () => {
  const table = (scope: string, title: string) =>
    `# ${scope}\n\n| Component | Resource Key | ${scope} Role Scope |\n| --- | --- | --- |\n| ${title} | \`dock\` | ✅ |\n`

  it('offers a resource in the scopes of all of them, and describes it by the first', () => {
    const texts = { 't.md': table('Tenant', 'Dock of a tenant'), 'p.md': table('Project', 'Dock') }
    const { model } = analyseTexts(texts)
    expect(model.dataset.resources).toMatchObject([{ id: 'dock', title: 'Dock', scopes: ['project', 'tenant'] }])
    expect(model.dataset.scopes.map(({ id }) => id)).toEqual(['project', 'tenant'])
    expect(model.dataset.resources[0]?.source.path).toBe('p.md')
  })
})

describe('what a page takes back is not granted', () => {
  it('an unticked task of a list is not granted', () => {
    const { model } = analyseText('## Dock Admin\n\n- [x] dock.get\n- [ ] dock.create\n')
    expect(permissionsByRole(model.dataset)['Dock Admin']).toEqual(['dock.get'])
  })

  it.each([
    ['vSphere privileges', '- [x] `Host.Config`\n- [ ] `Network.Assign`\n- [x] `System.Read`\n', 'Network.Assign'],
    ['CloudStack permissions', '- [x] `listZones`\n- [ ] `deleteUser`\n- [x] `listUsers`\n', 'deleteUser'],
    ['GCP permissions', '- [x] `compute.disks.get`\n- [ ] `compute.disks.create`\n', 'compute.disks.create'],
  ])('an unticked task of %s is not granted', (title, list, unticked) => {
    const [policy] = analyseText(`## ${title}\n\n${list}`).model.dataset.policies
    expect(policy?.permissions.length).toBeGreaterThan(0)
    expect(policy?.permissions).not.toContain(unticked)
  })

  it('an unticked operation of a component is none', () => {
    const { reading } = analyseText('<AccordionPanel title="Audit">\n\n- [x] get\n- [ ] delete\n\n</AccordionPanel>\n')
    expect(reading.claims).toMatchObject([{ kind: 'operation', component: 'Audit', operation: 'get' }])
  })

  it('a permission that is struck through is not granted', () => {
    const { model } = analyseText('## Dock Admin\n\n- dock.get\n- ~~dock.create~~\n')
    expect(permissionsByRole(model.dataset)['Dock Admin']).toEqual(['dock.get'])
  })

  it('a mark that is struck through is not granted', () => {
    const { model } = analyseText('## Dock Admin\n\n| | Create | Get |\n| --- | --- | --- |\n| dock | ~~√~~ | √ |\n')
    expect(permissionsByRole(model.dataset)['Dock Admin']).toEqual(['dock.get'])
  })
})

describe('a list that begins with a partial', () => {
  it('loses none of its API names', () => {
    const list = '- <PartialsComponent category="calls" name="first" />\n- `listZones`\n- `listUsers`\n- `deleteUser`\n'
    const { model, diagnostics } = analyseText(`## CloudStack permissions\n\n${list}`)
    expect(model.dataset.policies[0]?.permissions).toEqual(['deleteUser', 'listUsers', 'listZones'])
    expect(diagnostics.map((d) => d.ruleId)).toEqual(['missing-partial'])
  })
})

describe('a panel that is left open', () => {
  it.each(['label', 'title', 'tab', 'header', 'summary'])('is reported where its name is its %s', (key) => {
    const { diagnostics } = analyseText(`<Panel ${key}="Dock Viewer">\n\nText.\n`)
    expect(diagnostics.map((d) => d.ruleId)).toContain('unclosed-tag')
  })
})

describe('a line of a list without a bullet', () => {
  const places = (list: string) => placesOf(analyseText(`## Dock Viewer\n\n${list}`).diagnostics, 'unrecognised-block')

  it.each([
    ['where its text stands in the item already', '- dock.get and dock.list\ndock.list\n- dock.update\n', ['4:1']],
    ['each of several', '- dock.get\ndock.list\n dock.update\n- dock.open\ndock.close\n', ['4:1', '5:2', '7:1']],
    ['in a quote', '> - dock.get\n> dock.list\n> - dock.update\n', ['4:3']],
    ['with other line breaks', '- dock.get and\r\n  dock.list\r\ndock.update\r\n', ['5:1']],
  ])('is reported, %s', (_how, list, expected) => expect(places(list)).toEqual(expected))

  it.each([
    ['in a quote', '> - dock.get and\n>   dock.list\n> - dock.update\n'],
    ['by a tab', '-\tdock.get and\n\tdock.list\n'],
    ['like the box of a task', '- [x] dock.get and\n  dock.list\n'],
    ['behind a number', '10. dock.get and\n    dock.list\n'],
  ])("is left alone where it is indented like the item's text, %s", (_how, list) => expect(places(list)).toEqual([]))
})

describe('what is about something else is left alone', () => {
  it.each(['Parameter', 'Field', 'Option'])('a table of which each %s is required or not', (what) => {
    const rows = `| ${what} | Description | Required |\n| --- | --- | :---: |\n| accessKey | The access key | ✓ |\n| region | Where it is | |\n`
    expect(analyseText(`# Create a role\n\n${rows}`).diagnostics).toEqual([])
  })

  it.each([
    [
      'what is supported',
      '# Lanterns\n\n## Modes',
      '| Feature | Support | Notes |',
      '| Steady | ✅ | Stays lit |',
      '| Blinking | ❌ | |',
    ],
    [
      'platforms',
      '# Where it runs\n\n## IAM',
      '| Feature | Sloop | Brig |',
      '| Custom role | ✅ | ✅ |',
      '| Logbook | ✅ | ❌ |',
    ],
    [
      'plans',
      '# Plans',
      '| Feature | Free | Team | Fleet |',
      '| SSO | ❌ | ❌ | ✅ |',
      '| Role-based access | ❌ | ✅ | ✅ |',
    ],
    [
      'plans, on a page of permissions',
      '# Permissions\n\n## What you pay for',
      '| Permission | Free | Pro | Enterprise |',
      '| Make roles | ❌ | ❌ | ✅ |',
      '| View the logbook | ❌ | ✅ | ✅ |',
    ],
  ])('a table of features: %s', (_what, headings, header, ...rows) => {
    const hyphens = header.replace(/[^|]+/g, ' --- ')
    const { model, diagnostics } = analyseText(`${[headings, '', header, hyphens, ...rows].join('\n')}\n`)
    expect([diagnostics, model.dataset.roles]).toEqual([[], []])
  })

  it.each(['# Roles\n\n| Feature | Captain | Mate |', '# Harbour\n\n| Feature | Owner | Guest |'])(
    'but a table of features by role is not: %j',
    (head) => {
      const { model } = analyseText(`${head}\n| --- | --- | --- |\n| Lights | ✅ | ❌ |\n| Horn | ✅ | ✅ |\n`)
      expect(model.dataset.roles.map((role) => role.permissions.length)).toEqual(expect.arrayContaining([1, 2]))
    },
  )

  it('a column of empty boxes, beside a policy or not', () => {
    const table =
      '# Role access\n\n| Thing | Admin | Guest |\n| --- | --- | --- |\n| Docks | [] | all |\n| Ships | [] | all |\n'
    const policy =
      '\n```json\n{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n```\n'
    for (const page of [table, table + policy]) expect(analyseText(page, { rules: READING }).diagnostics).toEqual([])
  })

  it('but the permissions that are required are not', () => {
    const rows = '| Permission | Required |\n| --- | :---: |\n| Read the access key | ✓ |\n| Delete it | |\n'
    const { model, diagnostics } = analyseText(`# Create a role\n\n${rows}`)
    expect(model.dataset.permissions.length + diagnostics.length).toBeGreaterThan(0)
  })
})

describe('a list of operations of which one is known', () => {
  const table =
    '| Component | Resource Key | Operations | Scope |\n| --- | --- | --- | --- |\n| Pilot | pilot | get | Tenant |\n'

  it.each(['get\n- moor\n- tow', '- get\nmoor\n- tow', '- moor\n- tow\nget'])(
    'has a finding for a lost bullet: %j',
    (list) => {
      const { diagnostics } = analyseText(`# Catalogue\n\n${table}\n## Pilot\n\n${list}\n`, { rules: READING })
      expect(diagnostics.some(({ line }) => line >= 9)).toBe(true)
    },
  )
})

describe('roles of one name under different headings', () => {
  const rolesOf = (...headings: string[]) => {
    const tables = headings.map(
      (heading) => `## ${heading}\n\n| Action | Admin |\n| --- | --- |\n| Sell ${heading} | ✓ |\n`,
    )
    return analyseText(`# Access\n\n${tables.join('\n')}`).model.dataset.roles.map((role) => role.id)
  }

  it.each([
    [['Fleet level', 'Dock level'], ['unscoped/admin']],
    [
      ['Organization level', 'Site level'],
      ['organization/admin', 'site/admin'],
    ],
    [
      ['Team roles', 'Project roles'],
      ['project/admin', 'unscoped/admin'],
    ],
    [['Team roles', 'Team permissions'], ['unscoped/admin']],
  ])('%j are as many roles as levels that are known: %j', (headings, roles) => {
    expect(rolesOf(...headings)).toEqual(roles)
  })
})

describe('rows of one name under different headings', () => {
  const tableOf = (heading: string, level: string) =>
    `## ${heading}\n\n| Thing | Keeper | Clerk |\n| --- | --- | --- |\n| Lamps | W | ${level} |\n| Logs | W | R |\n\n`

  it('are two resources where a role has other levels on them', () => {
    const { model, diagnostics } = analyseText(`# Access\n\n${tableOf('By day', 'R')}${tableOf('By night', '-')}`, {
      rules: READING,
    })
    expect(diagnostics).toEqual([])
    expect(permissionsByRole(model.dataset).Clerk).toEqual(['Logs.read', 'byDayLamps.read'])
  })

  it('are one where all levels are the same', () => {
    const { model } = analyseText(`# Access\n\n${tableOf('By day', 'R')}${tableOf('By night', 'R')}`)
    expect(permissionsByRole(model.dataset).Clerk).toEqual(['Lamps.read', 'Logs.read'])
  })
})

describe('permissions by ids of their own, which nothing reads, are reported once', () => {
  const OWN: [name: string, mdx: string, lines: number[]][] = [
    [
      'privileges in capitals',
      '# Privileges\n\n| Privilege | Description |\n| --- | --- |\n| `MOOR` | To moor |\n| CAST_OFF | To leave |\n',
      [3],
    ],
    [
      'privileges and what they are on',
      '# Access\n\n| Privilege | Object | Notes |\n| --- | --- | --- |\n| USAGE | Dock | |\n| OWNERSHIP | Pier, yard | |\n',
      [3],
    ],
    [
      'capabilities with what they allow',
      '# Capabilities\n\n- `list-docks` - Lists the docks.\n- `read-dock` - Shows one.\n',
      [3],
    ],
    [
      'operations behind what they are on',
      '# Roles\n\n## Dock Admin\n\n- **Docks**: get, list, update\n- Piers: `get`\n',
      [5],
    ],
    ['capabilities of a role', '# Roles\n\n## Editor\n\n- `delete_docks`: to delete them\n- `edit_docks`\n', [5]],
    [
      'capabilities in nested bullets',
      '# Roles\n\n## Dock Admin\n\n- Docks\n  - delete_docks\n  - edit_docks\n- Ships\n  - [own] read_ships\n  - delete_ships\n  - list_ships\n  - edit_ships\n  - moor_and_edit_ships\n',
      [6, 9],
    ],
    [
      'what policies hold',
      '# Policies\n\n| Policy | Capabilities |\n| --- | --- |\n| `look` | list-docks<br />read-dock |\n| `none` | deny |\n',
      [3],
    ],
    [
      'what each plugin lets one do',
      '# Permissions\n\n| Plugin | Permissions |\n| --- | --- |\n| Docks | <ul><li>"Read" - looks on</li><li>"Create" - builds</li></ul> |\n',
      [3],
    ],
    [
      'scopes of a token that begin with the operation',
      '# Tokens\n\n| Scope | Description |\n| --- | --- |\n| `read:docks` | Shows docks |\n| `admin:docks` | All of it |\n',
      [3],
    ],
    ['a fence of ids with a colon', '# Dock permissions\n\n```text\ndock:read\ndock:list\n```\n', [3]],
  ]
  it.each(OWN)('%s', (_name, mdx, lines) => {
    const { model, diagnostics } = analyseText(mdx, { rules: READING })
    expect(model.dataset.permissions).toEqual([])
    expect(diagnostics.map(({ line, ruleId }) => [ruleId, line])).toEqual(
      lines.map((line) => ['unrecognised-block', line]),
    )
  })

  it.each([
    ['tasks', '# Tasks\n\n- `db:create` - makes the tables\n- `db:update`\n- `test:run`: runs them\n'],
    ['what commands do', '# Commands\n\n- **docks**: list\n- **piers**: get, list\n'],
    ['keys of a config', '# Configuration\n\n- `index.blocks.read`: Set to stop reads\n- `index.blocks.write`\n'],
    ['tasks under access', '# Access control\n\n## Cleaning\n\n- `cache:clear`\n- `db:create`\n'],
    [
      'events of roles',
      '# Roles\n\n## Events\n\n| Event | When |\n| --- | --- |\n| `user:create` | One comes |\n| `user:delete` | One goes |\n',
    ],
    ['images', '# Roles\n\n- `docker:latest`\n- `yard:1.2`\n'],
    ['calls', '# Map\n\n- `map.add(key)`\n- `Map#delete(key)`\n'],
    ['flags', '## Options\n\n- `read-only`: nothing is written\n- `auto-update`: it mends itself\n'],
    ['modes of files', '# Permissions\n\n| File | Permissions |\n| --- | --- |\n| a.key | 0600 |\n| b.key | rw- |\n'],
    [
      'scopes of a variable',
      '# Variables\n\n| Scope | Description |\n| --- | --- |\n| GLOBAL | All |\n| read-only | None |\n',
    ],
    ['capabilities of a browser', '# Sessions\n\n| Capability | Type |\n| --- | --- |\n| readTimeout | number |\n'],
  ])('but %s are left alone', (_name, mdx) => {
    const { model, diagnostics } = analyseText(mdx)
    expect([...model.dataset.permissions, ...diagnostics]).toEqual([])
  })
})

describe('a table whose rows are roles', () => {
  it('never makes resources of the roles', () => {
    const { model } = analyseText(
      '## Docks\n\n| Role | Create | Get |\n| --- | --- | --- |\n| Dock Viewer |  | √ |\n| Dock Admin | √ | √ |\n',
    )
    expect(model.dataset.resources.map((resource) => resource.id)).not.toContain('dockViewer')
  })
})

describe('what is nearly read', () => {
  const linesOf = (mdx: string) =>
    analyseText(mdx)
      .diagnostics.filter(({ ruleId }) => ruleId === 'unrecognised-block')
      .map(({ line }) => line)

  it('an item of a list of deeds that has lost its bullet and kept its box is reported', () => {
    const list =
      '# Roles\n\n## Harbour owner\n\n- [x] Manage the crew\n[x] Close the harbour\n- [ ] Delete the harbour\n'
    expect(linesOf(list)).toEqual([6])
  })

  it('a table of user types of whose columns but one is a deed is reported', () => {
    const head = '# Who comes\n\n| User type | Frobnicate | Close sluices |\n| --- | --- | --- |\n'
    expect(linesOf(`${head}| Moderator | ✅ | ✅ |\n| Night watch | ✅ | ❌ |\n`)).toEqual([3])
  })

  it.each([
    [
      'the first item of a list that a sentence introduces, without its bullet',
      '# Roles\n\nOnly dock owners can:\n\nInvite a crew\n- Rename a crew\n- Close the dock\n',
      [5],
      ['rename-a-crew', 'close-the-dock'],
    ],
    [
      'an item that the sentence above its list has swallowed',
      '# Roles\n\nDock owners can:\nInvite a crew\n- Rename a crew\n',
      [4],
      ['rename-a-crew'],
    ],
    [
      'an item that belongs to the one above, for want of a bullet',
      '# Roles\n\n## Pilot reader\n\n- View charts\n- Copy them\nRead the log\n',
      [7],
      ['view-charts', 'copy-them-read-the-log'],
    ],
  ])('%s, is reported', (_, mdx, lines, actions) => {
    expect(linesOf(mdx)).toEqual(lines)
    const { permissions } = analyseText(mdx).model.dataset
    expect(permissions.map(({ id }) => id.slice(id.lastIndexOf('/') + 1)).sort()).toEqual([...actions].sort())
  })

  it('a list of nothing but what a role may not do is read', () => {
    const { roles } = analyseText('# Roles\n\n## Viewer\n\n- Does not have permission to print plans\n').model.dataset
    expect(roles.flatMap(({ grants }) => grants.map(({ effect }) => effect))).toEqual(['denied'])
  })

  it('a list that a tag parts from the item above it is of the role of that item', () => {
    const page =
      '# Account types\n\n- Owner: who built the dock.\n  The owner can:\n<div>\n    - Add ropes\n    - See ships\n</div>\n'
    const { roles } = analyseText(page).model.dataset
    expect(roles.map(({ name, grants }) => [name, grants.length])).toEqual([['owner', 2]])
  })
})
