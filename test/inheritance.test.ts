/** Sentences that say of a role that it has what another one has: which are some, and what follows from them. */
import { describe, expect, it } from 'vitest'
import { inheritanceIn } from '../src/parse/words/inheritance.ts'
import { analyseText, brief, READING } from './support/analysis.ts'

/** Permissions by the id of their role. */
function permissionsOf(mdx: string): Record<string, string[]> {
  const { roles } = analyseText(mdx).model.dataset
  return Object.fromEntries(roles.map(({ id, permissions }) => [id, permissions]))
}

/** What a sentence says, as `subject < name + name (except) | rest`; `null` for one that says nothing. */
function said(text: string, isRole?: (name: string) => boolean): string | null {
  const found = inheritanceIn(text, isRole)
  if (!found) return null
  const { subject, from, also, except, rest } = found
  const names = also === null ? from : `${from} + ${also}`
  return `${subject ?? ''} < ${names}${except ? ' (except)' : ''}${rest === '' ? '' : ` | ${rest}`}`.trim()
}

describe('a sentence says whose permissions a role takes over', () => {
  it.each([
    ['Inherits all permissions of Viewer, plus:', '< Viewer'],
    ['Inherits all permissions from the Dock Viewer role, plus the following:', '< Dock Viewer'],
    ['It also inherits the permissions of an Editor.', '< Editor'],
    ['Inherits Client permissions, plus:', '< Client'],
    ['Inherits from Editor', '< Editor'],
    ['Harbour Master inherits all permissions from Mate and Pilot.', 'Harbour Master < Mate + Pilot'],
    ["Editors inherit all of the viewer's permissions.", 'Editors < viewer'],
    ['All Editor permissions, plus:', '< Editor'],
    ['All permissions of Admin', '< Admin'],
    ['Same as Viewer', '< Viewer'],
    ['Read permissions, plus: moor ships', '< Read | moor ships'],
    ['Everything an Admin can do, and:', '< Admin'],
    ['Everything the Dock Viewer can see', '< Dock Viewer'],
    ['Can do everything allowed by the Editor role.', '< Editor'],
    ['Can do anything that mates can do.', '< mates'],
    ['Admins can do everything pilots can, and also:', 'Admins < pilots'],
    ['Dock masters can perform all of the pilot actions, as well as:', 'Dock masters < pilot'],
    ['The Editor can see and do everything a Viewer can, and some more.', 'Editor < Viewer'],
    ['The guest role has the same privileges as the mate role listed above.', 'guest < mate | listed above.'],
    ['This role has all the rights of the read role plus the ability to moor.', '< read | ability to moor.'],
    ['In addition to the permissions of the Viewer role, editors can:', '< Viewer | editors can:'],
    ['In addition to Viewer permissions, editors can:', '< Viewer | editors can:'],
    ['All Viewer permissions, plus dock.create', '< Viewer | dock.create'],
    ['All permissions of Owner except:', '< Owner (except)'],
    ['Admins have the same permissions as Owners except for the following:', 'Admins < Owners (except)'],
    ['Same permissions as Editor, but cannot moor ships.', '< Editor (except) | moor ships.'],
    ['Inherits all permissions of the previous role.', '< previous'],
    ['Same as Viewer, but can also moor ships', '< Viewer | moor ships'],
    ['Same permissions as Editor, but only for own ships.', '< Editor (except)'],
    ['All Editor permissions (own ships only)', '< Editor (except)'],
    ['Works at night. Has all permissions of the Pilot role.', '< Pilot'],
  ])('%s', (text, expected) => expect(said(text)).toBe(expected))

  it.each([
    ['All of Viewer, plus dock.create', '< Viewer | dock.create'],
    ['Everything in the Dock Viewer role + dock.create', '< Dock Viewer | dock.create'],
    ['Everything in Editor', '< Editor'],
    ['All of the Owner role, except:', '< Owner (except)'],
    ['Everything in Pro, plus:', null],
    ['All of the above, plus:', null],
    ['Everything of the owner is wet.', null],
  ])('of what is called a role: %s', (text, expected) => {
    expect(said(text, (name) => /\b(?:editor|owner|viewer)$/i.test(name))).toBe(expected)
  })

  it.each([
    'Everything in the harbour is wet.',
    'All of it.',
    'Everything in moderation.',
    'All in all, and more: ships.',
    'All Editor permissions, but only:',
    'Each higher role inherits all permissions from lower roles.',
    'You can create a role that inherits all permissions of Viewer.',
    'Users who inherit all permissions of Viewer see less.',
    'An editor does not inherit the permissions of Viewer.',
    'A role may inherit all permissions of Viewer.',
    'Can be used to grant the same permissions as a Role.',
    'All users have an implicit Member role that may use personal workspaces.',
    'All workspaces have the following roles, regardless of account type.',
    'Full access to all resources',
    'All of the above, plus:',
    'Everything in Pro, plus:',
    'Has all rights from other roles, plus rights to manage roles.',
    'All permissions',
  ])('but not: %s', (text) => expect(said(text)).toBeNull())
})

describe('what roles take over from each other', () => {
  const role = (name: string, says: string, ...ids: string[]) =>
    `## ${name}\n\n${says}\n\n${ids.map((id) => `- ${id}\n`).join('')}\n`

  it('goes down a chain in whatever order its roles stand', () => {
    const parts = [
      role('Dock Owner', 'Inherits all permissions of Dock Admin.', 'dock.delete'),
      role('Dock Viewer', 'Looks on.', 'dock.get'),
      role('Dock Admin', 'Inherits all permissions of Dock Viewer.', 'dock.update'),
    ]
    const expected = {
      'unscoped/dock-admin': ['dock.get', 'dock.update'],
      'unscoped/dock-owner': ['dock.delete', 'dock.get', 'dock.update'],
      'unscoped/dock-viewer': ['dock.get'],
    }
    expect(permissionsOf(parts.join(''))).toEqual(expected)
    expect(permissionsOf(parts.toReversed().join(''))).toEqual(expected)
  })

  it('leaves out what a role further down excepts', () => {
    const mdx = [
      role('Dock Admin', 'Runs docks.', 'dock.get', 'dock.delete'),
      role('Dock Editor', 'All permissions of Dock Admin, except:', 'dock.delete'),
      role('Dock Deputy', 'Same permissions as Dock Editor, plus:', 'ship.get'),
    ].join('')
    expect(permissionsOf(mdx)['unscoped/dock-deputy']).toEqual(['dock.get', 'ship.get'])
  })

  it('has a note and the place of its sentence, but where the grant has a note of its own', () => {
    const mdx =
      '## Dock Viewer\n\n|  | Get | List |\n| --- | --- | --- |\n| dock | √ | √ [^1] |\n\n[^1]: By day.\n\n## Dock Editor\n\nHas all permissions of Dock Viewer, and:\n\n- dock.update\n'
    const editor = analyseText(mdx).model.dataset.roles.find(({ name }) => name === 'Dock Editor')
    expect(editor?.grants.map(({ permission, note, source }) => [permission, note, source.line])).toEqual([
      ['dock.get', 'Has all permissions of Dock Viewer, and:', 11],
      ['dock.list', 'By day.', 11],
      ['dock.update', null, 13],
    ])
  })

  it('names the role of the same scope where several scopes have one of the name', () => {
    const set = (scope: string, resource: string) =>
      `## ${scope} roles\n\n| Role | Permissions |\n| --- | --- |\n| Viewer | ${resource}.get |\n| Editor | All Viewer permissions, ${resource}.update |\n\n`
    expect(permissionsOf(`# Roles\n\n${set('Project', 'dock')}${set('Tenant', 'crane')}`)).toEqual({
      'project/editor': ['dock.get', 'dock.update'],
      'project/viewer': ['dock.get'],
      'tenant/editor': ['crane.get', 'crane.update'],
      'tenant/viewer': ['crane.get'],
    })
  })

  it('is nothing on a page that lists no permissions: settings and classes inherit, too', () => {
    const { model, diagnostics } = analyseText('## Owner\n\nHas all permissions of Admin.\n\n## Admin\n\nRuns it.\n')
    expect([model.dataset.roles, brief(diagnostics)]).toEqual([[], []])
  })

  it('is bounded: of thousands of roles, each with all of those before it, some are reported and left out', () => {
    const roles = Array.from({ length: 1200 }, (_, i) =>
      role(`Dock${i} Admin`, i === 0 ? 'The first.' : `All permissions of Dock${i - 1} Admin, plus:`, `dock${i}.get`),
    )
    const { diagnostics } = analyseText(roles.join(''), { rules: READING })
    expect(brief(diagnostics)).toEqual(['input-limit 3795:1'])
  })

  it('is found at the end of a long chain that is written from its end', () => {
    const roles = Array.from({ length: 300 }, (_, i) =>
      role(`Dock${i} Admin`, i === 299 ? 'The last.' : `All permissions of Dock${i + 1} Admin, plus:`, `dock${i}.get`),
    )
    expect(permissionsOf(roles.join(''))['unscoped/dock0-admin']).toHaveLength(300)
  })
})
