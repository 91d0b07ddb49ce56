/** Whether an action in words reads, writes or administers. */
import { describe, expect, it } from 'vitest'
import { accessInWords, actionAccess } from '../src/model/access.ts'
import { resolveSettings } from '../src/settings/defaults.ts'

const settings = resolveSettings()

describe('the access of an action in words', () => {
  it.each([
    ['View docks', 'read'],
    ['See the fleet', 'read'],
    ['Can see who is aboard', 'read'],
    ['Browse charts', 'read'],
    ['View docks and cranes', 'read'],
    ['View update history', 'read'],
    ['Access the list of docks', 'read'],
    ['can list on Harbour', 'read'],
    ['Create list of docks', 'write'],
    ['Edit the list of docks', 'write'],
  ])('%s: %s', (action, access) => {
    expect(actionAccess(action, settings)).toBe(access)
  })

  it.each([
    ['View and edit docks', 'write'],
    ['See and edit docks', 'write'],
    ['View/edit docks', 'write'],
    ['viewAndEdit docks', 'write'],
    ['Read-write log books', 'write'],
    ['View, create and delete ships', 'write'],
    ['List or remove anchors', 'write'],
    ['View & manage the crew', 'admin'],
  ])('%s is as strong as its strongest verb: %s', (action, access) => {
    expect(actionAccess(action, settings)).toBe(access)
    expect(accessInWords(action, settings)).toBe(access)
  })

  it.each(['Merge pull requests', 'Configure search', 'Assign view rights', 'View and comment on docks', 'Members'])(
    '%s is not said to read, and counts as writing',
    (action) => {
      expect(accessInWords(action, settings)).toBeNull()
      expect(actionAccess(action, settings)).toBe('write')
    },
  )
})
