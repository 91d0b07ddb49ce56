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
