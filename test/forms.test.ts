/** Forms of writing roles and permissions that are no table of marks and no list of ids: read, or reported at their line. */
import { describe, expect, it } from 'vitest'
import { scanPage } from '../src/parse/scan/scan.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseText, brief, permissionsByRole, READING } from './support/analysis.ts'

const settings = resolveSettings()

/** Findings about reading, as `rule line:column`; the page is seen by the scan where there are any. */
function found(mdx: string): string[] {
  const { diagnostics } = analyseText(mdx, { rules: READING })
  if (diagnostics.length > 0) expect(scanPage(mdx, settings)).toBeNull()
  return brief(diagnostics)
}

/** Nothing at all: no fact, no finding. */
function isSilent(mdx: string): boolean {
  const { model, diagnostics } = analyseText(mdx)
  const { roles, permissions, catalogues, policies } = model.dataset
  return diagnostics.length + roles.length + permissions.length + catalogues.length + policies.length === 0
}

describe("a configuration that lists permissions by a product's own ids is reported once", () => {
  it.each([
    ['in YAML', '# Permissions\n\n```yaml\npermissions:\n  - dock.get\n  - dock.update\n```\n', 3],
    [
      'of roles, with comments',
      '# Settings\n\n```yaml\nroles:\n- name: viewer\n  permissions:\n  # looks on\n  - docks:read\n\n  - ships:list\n```\n',
      3,
    ],
    ['under the name of each role', '# Settings\n\n```yaml\nroles:\n  viewer:\n    - docks:read\n```\n', 3],
    [
      'by roles, in JSON',
      '# Settings\n\n```json\n{ "roles": { "viewer": ["docks:read", "ships:list"], "none": [] } }\n```\n',
      3,
    ],
    ['in JSON', '# Custom roles\n\n```json\n{ "name": "hand", "permissions": ["dock.get", "dock.list"] }\n```\n', 3],
    [
      'in TOML',
      '# Custom roles\n\n```toml\n[role]\nname = "hand"\npermissions = [\n  "dock.get", # one\n  "dock.list",\n]\n```\n',
      3,
    ],
    [
      'as maps',
      "# Custom roles\n\n```yaml\npermissions:\n  - action: 'docks:read'\n    scope: 'docks:*'\n  - action: 'docks:list'\n```\n",
      3,
    ],
    ['as scopes of a token', '# Tokens\n\n## Scopes\n\n```json\n{ "scopes": ["read:docks", "write:docks"] }\n```\n', 5],
    ['under the name of a role', '## Dock Admin\n\n```\ngrants:\n- delete_docks\n- edit_docks\n```\n', 3],
  ])('%s', (_how, mdx, line) => expect(found(mdx)).toEqual([`unrecognised-block ${line}:1`]))

  it.each([
    [
      'what an extension asks of a browser',
      '# Permissions\n\n```json\n{ "permissions": ["storage", "tabs", "https://*/*"] }\n```\n',
    ],
    ['levels by name', '# Workflow permissions\n\n```yaml\npermissions:\n  contents: read\n  issues: write\n```\n'],
    ['a page about something else', '# Settings\n\n```yaml\npermissions:\n  - dock.get\n```\n'],
    ['a program', '# Roles\n\n```ts\nconst role = { permissions: ["dock.get"] }\n```\n'],
    ['roles of a playbook', '# Roles\n\n```yaml\nroles:\n  - common\n  - web.server\ntasks:\n  - name: read\n```\n'],
    ['files of a role', '# Roles\n\n```yaml\nrole: web\nfiles:\n  - values.yaml\n  - read.me\n```\n'],
    ['what a program says', '# Privileges\n\n```\nfailed: missing privileges: [Dock.Create]\n```\n'],
  ])('but not %s', (_what, mdx) => expect(isSilent(mdx)).toBe(true))
})

describe('a list of roles', () => {
  const matrix = '| Action | Admin | Member |\n| --- | --- | --- |\n| Build docks | ✓ | |\n| List docks | ✓ | ✓ |\n'

  it('describes the roles of its page, by the names that a matrix has or by longer ones', () => {
    const list = '- **Fleet Admins** do all there is to do.\n- `Fleet Member`: looks on\n'
    const { model, diagnostics } = analyseText(`# Fleet roles\n\n${list}\n${matrix}`)
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles.map(({ name, description, aliases }) => [name, description, aliases])).toEqual([
      ['Admin', 'do all there is to do.', ['Fleet Admins']],
      ['Member', 'looks on', ['Fleet Member']],
    ])
  })

  it('has roles of its own where two of its names might mean one', () => {
    const list = '- **Fleet Admin**: here\n- **Yard Admin**: there\n- **Member**: looks on\n'
    const { model } = analyseText(`# Roles\n\n${list}\n${matrix}`)
    expect(Object.keys(permissionsByRole(model.dataset)).sort()).toEqual([
      'Admin',
      'Fleet Admin',
      'Member',
      'Yard Admin',
    ])
  })

  it('has a role of its own where another row is called as the page calls the role', () => {
    const lists =
      '- **Admin**: does all\n- **Member**: looks on\n\n## Yard roles\n\n- **Yard Admin**: here\n- **Guest**: asks\n'
    const { model } = analyseText(`# Roles\n\n${matrix}\n${lists}`)
    expect(model.dataset.roles.map(({ name }) => name).sort()).toEqual(['Admin', 'Guest', 'Member', 'Yard Admin'])
  })

  it('is one of the levels of access that a line above it speaks of, and no access is nobody', () => {
    const mdx =
      '## Cranes\n\nA crane has three access levels:\n\n- **No access**: ask\n- **Viewer**: sees it\n- **Owner**: sells it\n'
    const { model, diagnostics } = analyseText(mdx)
    expect(scanPage(mdx, settings)).toBeNull()
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles.map(({ name }) => name)).toEqual(['Owner', 'Viewer'])
  })

  it('may go on over lines that are not indented', () => {
    const { model, diagnostics } = analyseText(
      '# Roles\n\nThese are\n- Owner: does all\nthere is to do\n- Guest: looks on\n',
    )
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles.map(({ description }) => description)).toEqual(['looks on', 'does all there is to do'])
  })

  it('holds what the bullets under a name say', () => {
    const { model } = analyseText('# User roles\n\n- Admin\n  - Builds docks\n  - Hires\n- Guest: looks on\n')
    expect(model.dataset.roles.map(({ name, description }) => [name, description])).toEqual([
      ['Admin', 'Builds docks; Hires'],
      ['Guest', 'looks on'],
    ])
  })

  it('says nothing of which roles a section must have, or may only read', () => {
    const list = '- **Owner**: read-only access to the fleet, and all to the docks\n- **Guest**: looks on\n'
    const table = '| Action | Owner | Crew |\n| --- | --- | --- |\n| Build docks | ✓ | |\n| List docks | ✓ | ✓ |\n'
    expect(analyseText(`# Roles\n\n${list}\n${table}`).diagnostics).toEqual([])
  })

  it.each([
    ['people', '## People\n\n- **Ann, Owner**: founded it\n- **Viewer**: of the camera\n'],
    ['parts of a program', '## Roles\n\n- **Gateway**: takes in\n- **Reader**: reads a queue\n- **Index**: keeps\n'],
    ['kinds of roles', '## Roles\n\n- **Fleet roles**: for all\n- **Yard user roles**: for one yard\n'],
    [
      'what takes part in giving them',
      '## These\n\nFor roles these are:\n\n- A role: by its id\n- A user: by a name\n',
    ],
    ['settings', '## Access\n\n- **Admin**: the address of the admin\n- **User**: the name\n'],
    ['levels', '## Fleet\n\nThe access level is one of:\n\n- **No access** – ask\n- **Member** – all are\n'],
  ])('is not one of %s', (_what, mdx) => expect(isSilent(mdx)).toBe(true))
})

describe('a table of permissions in words', () => {
  const table = '| Permission | Allows users to |\n| --- | --- |\n| View docks | Look |\n| Manage crews | Hire |\n'

  it('is the permissions that there are, with what each means', () => {
    const { model, diagnostics } = analyseText(`# Permissions\n\n${table}`)
    expect(diagnostics).toEqual([])
    expect(model.dataset.roles).toEqual([])
    expect(model.dataset.permissions.map(({ id, title, description }) => [id, title, description])).toEqual([
      ['permissions/manage-crews', 'Manage crews', 'Hire'],
      ['permissions/view-docks', 'View docks', 'Look'],
    ])
  })

  it('is those of the role whose section it stands in', () => {
    const { model } = analyseText(`# Roles\n\n## Dock Admin\n\n${table}`)
    expect(permissionsByRole(model.dataset)).toEqual({
      'Dock Admin': ['roles/dock-admin/manage-crews', 'roles/dock-admin/view-docks'],
    })
  })

  it.each([
    [
      'what a phone asks for',
      '# Permissions\n\n| Permission | Description |\n| --- | --- |\n| Camera | To see |\n| Location | To find |\n',
    ],
    [
      'modes of files',
      '# Permissions\n\n| Permission | Value |\n| --- | --- |\n| Read a file | 4 |\n| Write a file | 2 |\n',
    ],
  ])('but not %s', (_what, mdx) => expect(isSilent(mdx)).toBe(true))
})

describe('permissions that stand in no block are reported once in a section', () => {
  const FORMS: [name: string, mdx: string, lines: number[]][] = [
    ['terms and their meanings', '# Permissions\n\ndock.get\n: Shows one\n\ndock.list\n: Shows all\n', [3]],
    ['terms in bold', '# Permissions\n\n**dock.get**: Shows one.\n\n**dock.list** - Shows all.\n', [3]],
    ['terms that are links', '# Permissions\n\n__[dock.get](#get)__: Shows one.\n', [3]],
    ['lines of one paragraph', '# Permissions\n\n**dock.get**: Shows one.\n**dock.list**: Shows all.\n', [3]],
    ['terms of each section', '## Dock permissions\n\n`dock:get`: one\n\n## Ship scopes\n\n`ship:get` – one\n', [3, 7]],
    ['ids of their own', '# Permissions\n\n**delete_docks**: Ends them.\n\n**edit_docks**\n\nChanges them.\n', [3]],
    [
      'a list of terms in tags',
      '# Roles\n\n<dl>\n<dt>dock.get</dt>\n<dd>Shows one</dd>\n<dt>dock.list</dt>\n</dl>\n',
      [4],
    ],
    [
      'ids of their own in tags',
      '# Roles\n\n<dl>\n  <dt><code>delete_docks</code></dt>\n  <dd>Ends</dd>\n</dl>\n',
      [4],
    ],
    ['headings', '# Permissions\n\n## Docks\n\n### `dock.get`\n\nShows one.\n\n### `dock.list`\n\nShows all.\n', [5]],
    ['attributes', '# Roles\n\n<Permission name="dock.get" />\n<Permission name="dock.list" />\n', [3]],
    ['arrays in attributes', '# Roles\n\nText.\n\n<Card permissions={["dock.get", "dock.list"]} />\n', [5]],
    ['lists in attributes', '## Dock Viewer\n\n<RoleCard permissions="dock.get, dock.list" />\n', [3]],
    [
      'data',
      "export const permissions = [\n  { id: 'dock.get' },\n]\n\n# Docks\n\n<Matrix rows={permissions} />\n",
      [1],
    ],
  ]
  it.each(FORMS)('%s', (_how, mdx, lines) => {
    expect(found(mdx).map((place) => place.replace(/:\d+$/, ''))).toEqual(
      lines.map((line) => `unrecognised-block ${line}`),
    )
  })

  it.each([
    [
      'calls',
      '# Roles API\n\n`roles.list` - lists them\n\n### roles.create\n\nMakes one\n\n### roles.get\n\nGets it.\n',
    ],
    ['settings', '# Configuration\n\n**index.read**: what is read\n\n<Scope name="docks" />\n'],
    ['sentences', '# Permissions\n\nThe **dock.get** of a role is looked at first. `dock.list` is not.\n'],
    ['what a component asks for', '# Docks\n\n<RequiresPermission name="dock.get" />\n\nOpen a dock.\n'],
    ['one heading', '# Permissions\n\n## `dock.get`\n\nText.\n'],
  ])('but not %s', (_what, mdx) => expect(isSilent(mdx)).toBe(true))
})

describe('a list that no dialect reads', () => {
  it.each([
    ['verbs that nobody knows, under permissions', '# Permissions\n\n- dock.moor\n- dock.tow\n', 3],
    ['such verbs in the panel of a role', '<Tab label="Dock Admin">\n\n- `dock:moor`: x\n- dock:tow\n\n</Tab>\n', 3],
    [
      'what a role may do, among other things',
      '# Roles\n\n## Dock Admin (old)\n\n- Create and delete docks\n- Can invite a crew\n- The first to come\n- Up at night\n',
      5,
    ],
    ['roles of a cloud', '# Before\n\n- `roles/run.admin`\n- Docks User (`roles/iam.dockUser`) on the project\n', 3],
  ])('is reported: %s', (_what, mdx, line) => expect(found(mdx)).toEqual([`unrecognised-block ${line}:1`]))

  it.each([
    ['steps', '# Roles\n\n## Dock Admin\n\n- Create a dock\n- Click on it\n\n1. Delete a dock\n2. Create a dock\n'],
    ['tasks of people', '# Governance and roles\n\n## Maintainer\n\n- Review all changes\n- Merge changes\n'],
    ['what one does with roles', '# Roles\n\n## Edit a custom role\n\n- Add a user\n- Remove a user\n'],
    ['files', '## Roles\n\n- values.yaml\n- chart.yaml\n\n## Operator\n\n- app.js\n- app.ts\n'],
    ['files of roles', '## Roles\n\n- roles/web.yml\n- roles/common/tasks\n'],
    ['versions', '## Images\n\n- docker:latest\n- docker:edge\n'],
    [
      'sentences with roles',
      '## Roles\n\n- Make a key\n- Then give it to the crew; it needs a role as well. Say `roles/run.admin`\n',
    ],
  ])('is left alone: %s', (_what, mdx) => expect(isSilent(mdx)).toBe(true))
})

describe('a line without pipes under a table of marks', () => {
  const table = '# Roles\n\n| | Get | List |\n| --- | --- | --- |\n| dock | ✓ | ✗ |\n'

  it.each(['ship ✓ ✓', 'ship ✓ ✗'])('is reported where it is a row: %s', (line) =>
    expect(found(`${table}${line}\n`)).toEqual(['broken-table 6:1']),
  )

  it.each(['Granted ✓ Denied ✗', 'Granted: ✓', '✓ granted', 'Legend: ✓ ✗', 'granted ✓'])(
    'is none where it explains the marks: %s',
    (line) => expect(found(`${table}${line}\n`)).toEqual([]),
  )
})

describe('a line right under a table of marks', () => {
  const found = (line: string) =>
    analyseText(`# Permissions\n\n| Action | Captain | Mate |\n| --- | --- | --- |\n| Sail | ✓ | ✗ |\n${line}\n`)
      .diagnostics

  it('is reported where it is a label and its marks, whose pipes are lost', () => {
    expect(brief(found('Moor ✓ ✗'))).toEqual(['broken-table 6:1'])
  })

  it.each(['✓ allowed ✗ denied', 'Moor ✓ by day ✗', 'Allowed: ✓ ✗'])('is none where it says `%s`', (line) => {
    expect(brief(found(line)).filter((one) => one.startsWith('broken-table'))).toEqual([])
  })
})

describe('a table whose rows are computed', () => {
  const tableOf = (things: string) =>
    `<table>\n<thead><tr><th>Action</th><th>Admin</th></tr></thead>\n<tbody>\n{${things}.map((one) => (\n<tr><td>{one.name}</td><td>✓</td></tr>\n))}\n</tbody>\n</table>\n`

  it('is reported where it is about permissions, and makes no fact', () => {
    const { model } = analyseText(`# Roles\n\n${tableOf('roles')}`)
    expect([model.dataset.roles, model.dataset.permissions]).toEqual([[], []])
    expect(found(`# Roles\n\n${tableOf('roles')}`)).toEqual(['unrecognised-block 3:1'])
  })

  it('is left alone where it is about something else', () => {
    expect(isSilent(`# Ports\n\n${tableOf('ports').replace('Admin', 'Open').replace('Action', 'Port')}`)).toBe(true)
  })
})

describe('a list of roles is no table', () => {
  it('and may end in a tag', () => {
    const mdx = '## Roles of the yard\n\n- Yard Owner: does everything\n   </details>\n'
    expect(analyseText(mdx).model.dataset.roles.map(({ name }) => name)).toEqual(['Yard Owner'])
    expect(scanPage(mdx, settings)).toBeNull()
  })

  it('and has no scope from its first item, which is no header', () => {
    const mdx = '## Roles\n\n- **Tenant Admin**: runs the tenant\n- **Viewer**: looks on\n'
    expect(analyseText(mdx).model.dataset.roles.map(({ scope }) => scope)).toEqual(['unscoped', 'unscoped'])
  })
})

describe('what an action does goes by its words', () => {
  it.each([
    ['See the docks', 'read'],
    ['Look up what a boat costs', 'read'],
    ['See and update the docks', 'write'],
    ['Docks to see', 'write'],
    ['Moor a boat', 'write'],
  ])('%s: %s', (action, access) => {
    const { permissions } = analyseText(
      `# Permissions\n\n| Action | Owner | Guest |\n| --- | --- | --- |\n| ${action} | ✓ | |\n`,
    ).model.dataset
    expect(permissions).toMatchObject([{ title: action, access }])
  })
})
