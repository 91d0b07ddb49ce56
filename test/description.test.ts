/** What descriptions of roles are taken to say, and what they are not. */
import { describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { singular } from '../src/text.ts'
import { rules } from '../src/validate/rules.ts'
import { claimsInProse } from '../src/validate/shared/claims-in-prose.ts'
import { nameKey, subjectWords } from '../src/validate/shared/role-names.ts'
import { byPlace, type Expected, expectedFindings, listFixtures } from './support/fixtures.ts'

const settings = resolveSettings()

/** Claims as `+ delete dock` (can) and `- delete dock` (cannot), of a Dock Editor in a project. */
function read(text: string, name = ['dock', 'editor']): string[] {
  const claims = claimsInProse(text, { settings, name, scopes: new Set(['project', 'tenant']) })
  return claims.map(({ can, verb, object }) => `${can ? '+' : '-'} ${verb} ${object}`)
}

describe('descriptions say what a role can do', () => {
  it.each<[string, string[]]>([
    ['Can create docks.', ['+ create dock']],
    ['This role can create and delete docks', ['+ create dock', '+ delete dock']],
    ['Allows the user to create, update, and delete docks.', ['+ create dock', '+ update dock', '+ delete dock']],
    ['The role is able to view docks in all projects.', ['+ view dock']],
    [
      'A dock editor in the Project scope has the privileges to update, delete,get and list dock resources.',
      ['+ update dock', '+ delete dock', '+ get dock', '+ list dock'],
    ],
    ["May get and list the project's docks.", ['+ get dock', '+ list dock']],
    ['Provides the user with the ability to view dock profiles.', ['+ view dockprofile']],
    ['Dock Editor has privileges to edit and list operations on the dock.', ['+ edit dock', '+ list dock']],
    ['Allows the user to perform edit operations on a dock.', ['+ edit dock']],
    ['Can create docks, cranes, and update policies.', ['+ create dock', '+ create crane', '+ update policy']],
    ['Creates and manages docks.', ['+ create dock']],
    ['Creates docks, updates them, and deletes them.', ['+ create dock', '+ update dock', '+ delete dock']],
    ['View docks', ['+ view dock']],
    ['It is a role that can import docks.', ['+ import dock']],
  ])('%s', (text, claims) => {
    expect(read(text)).toEqual(claims)
  })
})

describe('descriptions say what a role cannot do', () => {
  it.each<[string, string[]]>([
    ['Cannot create docks.', ['- create dock']],
    ["The user can't create or delete a dock.", ['- create dock', '- delete dock']],
    ['The user can’t create a dock', ['- create dock']],
    ['The user can not create a dock', ['- create dock']],
    [
      'Unlike the Tenant Admin role, this role cannot create projects, users, and teams.',
      ['- create project', '- create user', '- create team'],
    ],
    [
      'Differs from Tenant Admin in that it cannot create projects, teams, or users.',
      ['- create project', '- create team', '- create user'],
    ],
    [
      'The Dock Editor role can perform many things within a project, but the user is not able to create or delete a project',
      ['- create project', '- delete project'],
    ],
    ['This role is not privileged for dock creation.', ['- create dock']],
    ['This role has no permission to delete docks.', ['- delete dock']],
    ["The role doesn't have the ability to delete docks.", ['- delete dock']],
    ['Users are unable to modify dock profiles.', ['- modify dockprofile']],
    ['A role without the ability to delete docks.', ['- delete dock']],
  ])('%s', (text, claims) => {
    expect(read(text)).toEqual(claims)
  })
})

describe('descriptions say both', () => {
  it.each<[string, string[]]>([
    ['Allows to view all docks but not delete', ['+ view dock', '- delete dock']],
    [
      'Allows the user to update docks but not to create or delete a dock.',
      ['+ update dock', '- create dock', '- delete dock'],
    ],
    ['Cannot create docks but can update them.', ['- create dock', '+ update dock']],
    ['The user can update docks, but cannot delete them', ['+ update dock', '- delete dock']],
    ['Can view docks and cannot delete them.', ['+ view dock', '- delete dock']],
    ['Can update docks without the ability to delete them.', ['+ update dock', '- delete dock']],
    [
      'Edits and lists docks. Cannot create or delete them.',
      ['+ edit dock', '+ list dock', '- create dock', '- delete dock'],
    ],
  ])('%s', (text, claims) => {
    expect(read(text)).toEqual(claims)
  })
})

describe('descriptions that say nothing for certain', () => {
  it.each([
    'Full control of docks.',
    'Provides administrative privilege to perform all the operations on the dock resources.',
    'Read-only: sees all docks and changes none of them.',
    'Can view everything but not make modifications.',
    'Cannot delete all docks.',
    'Can only view docks.',
    'Users should not delete docks.',
    'Can create docks from templates.',
    'Cannot delete a dock that has cranes.',
    'Can edit docks in the project that they belong to.',
    'Same as Dock Viewer, plus can create docks.',
    'Cannot delete docks of other users.',
    'Cannot delete docks created by admins.',
    'Cannot create docks without approval.',
    'Cannot delete docks unless they are empty.',
    'Cannot create more than five docks.',
    'Cannot create docks and view cranes.',
    "Cannot update the owner's docks.",
    'Can update project resources.',
    'Unlike Dock Admin, who can create docks, this role sees them.',
    'Dock Admin users can create docks.',
    'Dock Admins run the harbour. They can create docks.',
    'The admin, who can create docks, cannot delete docks.',
    'Use the Dock Admin role, that can create docks.',
    'With the Dock Admin role, users can create docks.',
    'Without permission to create docks, users look on.',
    'Access to docks.',
    'List of docks.',
    'Backup administrator.',
    'It is not true that users can create docks.',
    '',
    '.',
    ', , can , but not',
    'can can can create create docks docks to to',
  ])('%s', (text) => {
    expect(read(text).filter((claim) => / (?:dock|crane|project)$/.test(claim))).toEqual([])
  })

  it('“resources” alone are no resource', () => {
    expect(read('Can view all the resources within a project.')).toEqual([])
  })

  it('the longest noun is meant, not a word of it', () => {
    expect(read('Cannot create dock profiles.')).toEqual(['- create dockprofile'])
    expect(read('Can create docks in the dock group.')).toEqual([])
  })

  it('a text of any length is read in no time', () => {
    const started = performance.now()
    for (const piece of ['can create docks, ', 'not to ', 'and ', 'the ', 'can not ', "a's ", 'users that ']) {
      expect(Array.isArray(read(piece.repeat(100_000)))).toBe(true)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('names of roles', () => {
  it('are compared without case, hyphens and plurals', () => {
    expect(nameKey('Docks-Admin')).toBe(nameKey('dock admin'))
    expect(nameKey('dockAdmin')).toBe(nameKey('Dock Admin'))
    expect(nameKey('C++')).not.toBe(nameKey('C'))
    expect(['policies', 'classes', 'access', 'status', 'docks', 'bus'].map(singular)).toEqual([
      ...['policy', 'class', 'access', 'status', 'dock', 'bus'],
    ])
  })

  it('have a subject: what is left without the word of their level', () => {
    expect(subjectWords('Dock Profile Admin', settings)).toBe('dock profile')
    expect(subjectWords('User Admin', settings)).toBe('user')
    expect(subjectWords('Admin', settings)).toBe('')
  })
})

describe('rules about roles', () => {
  const about = new Set(rules.filter((rule) => rule.category === 'roles').map((rule) => rule.id))
  const fixtures = listFixtures().filter(({ id }) => id.startsWith('rules-roles/'))

  it('have fixtures in which each of the new ones fires, and clean ones', () => {
    const expected = fixtures.map(({ files }) => files.flatMap(expectedFindings))
    expect(expected.filter((findings) => findings.length === 0).length).toBeGreaterThan(1)
    expect(new Set(expected.flat().map((finding) => finding.ruleId))).toEqual(
      new Set([
        ...['conflicting-grants', 'description-contradiction', 'duplicate-role', 'get-without-list', 'role-hierarchy'],
        ...['role-without-permissions', 'shifted-marks', 'undocumented-role', 'write-without-read'],
      ]),
    )
  })

  it.each(fixtures.map((fixture) => [fixture.id, fixture] as const))(
    '%s: all of them together find what the page says, and nothing more',
    (_id, { files }) => {
      const { diagnostics } = analyse(files, settings, 'latest')
      const found = diagnostics
        .filter(({ ruleId }) => about.has(ruleId))
        .map(({ path, line, ruleId, column }): Expected => ({ path, line, ruleId, column }))
      expect(found.sort(byPlace)).toEqual(files.flatMap(expectedFindings).sort(byPlace))
    },
  )
})
