/** The server for assistants: its tools by themselves, and over standard input and output with the SDK's own client. */
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { load } from '../src/cli/commands/mcp.ts'
import { call, tools } from '../src/mcp/server.ts'
import type { Loaded, Tool } from '../src/mcp/tool.ts'
import { toJson } from '../src/text.ts'
import { Workspace } from './support/cli.ts'
import { HOSTILE, harbour } from './support/harbour.ts'
import { ROOT } from './support/shared.ts'

/** The older version lacks a role, a grant and a policy of the newer. */
function older() {
  const data = harbour('old')
  const roles = data.roles
    .filter(({ id }) => id !== 'port/keeper')
    .map((role) => {
      if (role.id !== 'port/pilot') return role
      const lacks = (id: string) => id !== 'dock.list'
      const grants = role.grants.filter(({ permission }) => lacks(permission))
      return { ...role, permissions: role.permissions.filter(lacks), grants }
    })
  return { ...data, roles, policies: [] }
}

const loaded: Loaded[] = [
  { label: 'new', dataset: harbour(), sha256: 'a'.repeat(64) },
  { label: 'old', dataset: older(), sha256: 'b'.repeat(64) },
]
const named = (name: string) => tools.find((tool) => tool.name === name) as Tool

/** What a tool answers, checked against its own schemas. */
function answer(name: string, args: Record<string, unknown>, from: readonly Loaded[] = loaded) {
  const tool = named(name)
  const result = call(tool, from, tool.input.parse(args))
  const text = result.content[0]?.type === 'text' ? result.content[0].text : ''
  if (result.isError) return { error: text, text: '', data: null as never }
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it asks for; the schema has checked it
  return { error: null, text, data: tool.output.parse(result.structuredContent) as any }
}
// biome-ignore lint/suspicious/noExplicitAny: as above
const ids = (list: any[]) => list.map(({ id }) => id)

describe('every tool', () => {
  it('is declared read-only in shape: a name, a description for a model, and schemas that refuse what they do not know', () => {
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...['diff_versions', 'find_permission', 'get_policy', 'get_role', 'smallest_role', 'who_can'],
    ])
    for (const { description, input } of tools) {
      expect(description.length).toBeGreaterThan(80)
      expect(input.safeParse({ path: '/etc/passwd' }).success).toBe(false)
    }
  })

  it('names the data that it answers from', () => {
    expect(answer('get_role', { role: 'Pilot', version: 'old' }).data.data).toEqual({
      ...{ label: 'old', name: 'harbour', version: 'old', schemaVersion: '1.0.0', sha256: 'b'.repeat(64) },
    })
    expect(answer('get_role', { role: 'Pilot' }).data.data.label).toBe('new')
    expect(answer('get_role', { role: 'Pilot', version: 'odl' }).error).toBe('unknown version odl: there is new, old')
    expect(answer('get_role', { role: 'Pilot', version: '../../etc/passwd' }).error).toContain('there is new, old')
  })
})

describe('find_permission', () => {
  it('finds by id, by pattern, and by words', () => {
    const find = (query: string, more = {}) => answer('find_permission', { query, ...more }).data
    expect(ids(find('dock.get').permissions)).toEqual(['dock.get'])
    expect(ids(find('*.delete').permissions)).toEqual(['dock.delete', 'pierHead.delete'])
    expect(find('delete pier head')).toMatchObject({ match: 'words', permissions: [{ id: 'pierHead.delete' }] })
    expect(find('please delete').match).toBe('some-words')
    expect(ids(find('dock', { access: 'write' }).permissions)).toEqual(['dock.delete'])
    expect(find('dock.get').permissions[0]).toMatchObject({ roles: 4, source: { path: 'docs/roles.mdx', line: 3 } })
  })

  it('says what was meant where nothing fits', () => {
    const { data, text } = answer('find_permission', { query: 'dok.delte' })
    expect(data).toMatchObject({ match: 'none', didYouMean: 'dock.delete', permissions: [], total: 0 })
    expect(text).toBe('No permission fits dok.delte, did you mean dock.delete?')
  })

  it('gives a long list in pages, and says that there are more', () => {
    const first = answer('find_permission', { query: '*', limit: 4 }).data
    expect(first).toMatchObject({ total: 6, truncated: true, nextOffset: 4 })
    const second = answer('find_permission', { query: '*', limit: 4, offset: first.nextOffset }).data
    expect(second).toMatchObject({ total: 6, truncated: false, nextOffset: null })
    expect(ids([...first.permissions, ...second.permissions])).toEqual(harbour().permissions.map(({ id }) => id))
    expect(answer('find_permission', { query: '*', offset: 99 }).data).toMatchObject({
      permissions: [],
      truncated: false,
    })
  })
})

describe('get_role', () => {
  it('gives the grants with their lines', () => {
    const { data, text } = answer('get_role', { role: 'pilot' })
    expect(data.role).toMatchObject({ id: 'port/pilot', size: 3, source: { path: 'docs/roles.mdx', line: 40 } })
    expect(data.grants[0]).toEqual({
      ...{ permission: 'dock.delete', effect: 'conditional', note: 'Its own only.' },
      source: { path: 'docs/roles.mdx', line: 42, column: 3 },
    })
    expect(text).toContain('dock.delete (conditional) docs/roles.mdx:42')
  })

  it('says of a name that it is unknown, or that several roles have it', () => {
    expect(answer('get_role', { role: 'Pilto' }).error).toBe('unknown role Pilto, did you mean Pilot (port/pilot)?')
    expect(answer('get_role', { role: 'Admin' }).error).toContain('port/admin, town/admin')
    expect(answer('get_role', { role: 'Admin', scope: 'town' }).data.role.id).toBe('town/admin')
    expect(answer('get_role', { role: 'Admin', scope: 'twon' }).error).toBe('unknown scope twon, did you mean town?')
  })

  it('gives a hostile name as it is in the structure, and harmless in the text', () => {
    const { data, text } = answer('get_role', { role: 'port/evil' })
    expect(data.role.name).toBe(HOSTILE)
    expect(text.split('\n')).toHaveLength(2)
    expect(text).not.toContain('\u001b')
  })
})

describe('who_can', () => {
  it('lists the roles, the smallest first, with the line of each grant', () => {
    const { data, text } = answer('who_can', { permissions: ['dock.delete'] })
    expect(ids(data.roles)).toEqual(['port/pilot', 'port/admin'])
    expect(data.roles[1].permissions[0].grants[0]).toMatchObject({ permission: 'dock.*', source: { line: 12 } })
    expect(text).toBe(
      '2 roles hold dock.delete\nport/pilot: holds 3 in all, under a condition docs/roles.mdx:42\nport/admin: holds 6 in all docs/roles.mdx:12',
    )
  })

  it('tells those that hold all from those that hold some', () => {
    const { data } = answer('who_can', { permissions: ['dock.get', 'pierHead.*'] })
    expect(data.roles.filter(({ all }: { all: boolean }) => all)).toHaveLength(1)
    expect(data.asked).toEqual(['dock.get', 'pierHead.delete', 'pierHead.get', 'pierHead.list'])
    expect(answer('who_can', { permissions: ['dock.delte'] }).error).toContain('did you mean dock.delete?')
  })
})

describe('smallest_role', () => {
  it('gives the roles with the least beyond, and the lines that make them enough', () => {
    const { data, text } = answer('smallest_role', { permissions: ['dock.delete', 'pierHead.get'] })
    expect(data.answers[0]).toMatchObject({ beyond: 3, more: 0, conditional: ['dock.delete'] })
    expect(ids(data.answers[0].roles)).toEqual(['port/pilot', 'town/admin'])
    expect(
      data.grants.map(({ role, source }: { role: string; source: { line: number } }) => [role, source.line]),
    ).toEqual([
      ['port/pilot', 42],
      ['town/admin', 53],
    ])
    expect(text.split('\n')).toHaveLength(2)
  })

  it('names what no role holds', () => {
    const { data, text } = answer('smallest_role', { permissions: ['dock.get'], scope: 'town' })
    expect(data).toMatchObject({ answers: [], unheld: ['dock.get'], grants: [] })
    expect(text).toBe('Nothing is enough: no role holds dock.get')
  })
})

describe('diff_versions', () => {
  it('lists what changed, counts it, and keeps to what is asked for', () => {
    const { data } = answer('diff_versions', { from: 'old', to: 'new' })
    expect(data.counts).toContainEqual({ subject: 'role', kind: 'added', count: 1 })
    expect(data.counts).toContainEqual({ subject: 'policy', kind: 'added', count: 1 })
    const { data: pilot } = answer('diff_versions', { from: 'old', to: 'new', id: 'port/pilot' })
    expect(pilot.changes).toMatchObject([{ subject: 'role', kind: 'widened', after: { source: { line: 40 } } }])
    expect(pilot.changes[0].details).toEqual(['dock.list: not named → granted'])
    expect([data.from.label, data.to.label]).toEqual(['old', 'new'])
  })

  it('finds nothing between a version and itself, and opens nothing that was not loaded', () => {
    expect(answer('diff_versions', { from: 'new', to: 'new' }).text).toBe('Nothing changed')
    expect(answer('diff_versions', { from: 'HEAD~1', to: 'new' }).error).toContain('there is new, old')
    expect(answer('diff_versions', { from: 'new', to: 'old' }, loaded.slice(0, 1)).error).toContain('only version new')
  })
})

describe('get_policy', () => {
  it('gives statements with lines, and the document on request', () => {
    const { data } = answer('get_policy', { policy: 'cranepolicy' })
    expect(data.statements[0]).toMatchObject({ sid: 'Lift', effect: 'Allow', source: { line: 82 } })
    expect(data.document).toBeNull()
    expect(answer('get_policy', { policy: 'aws-crane', document: true }).data.document).toEqual({
      Version: '2012-10-17',
    })
  })

  it('finds by an action or a word, and says what was meant', () => {
    expect(ids(answer('get_policy', { policy: 'ec2:describeregions' }).data.policies)).toEqual(['aws-crane'])
    expect(ids(answer('get_policy', { policy: 'aws' }).data.policies)).toEqual(['aws-crane'])
    expect(answer('get_policy', { policy: 'aws-crene' }).error).toBe(
      'unknown policy aws-crene, did you mean aws-crane?',
    )
  })
})

describe('what is loaded', () => {
  it('has a label of its own each, though versions be the same', async () => {
    const workspace = new Workspace({ 'a.json': toJson(harbour()), 'b.json': toJson(harbour()) })
    const data = ['a.json', 'b.json', 'b.json']
    const found = await load({ data }, workspace.folder)
    expect(found.map(({ label }) => label)).toEqual(['new', 'new@b.json', 'new@b.json#2'])
    expect(found[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    await expect(load({ data: ['c.json'] }, workspace.folder)).rejects.toThrow('Neither a file')
    workspace.remove()
  })
})

describe('over standard input and output', () => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  let errors = ''
  let pid: number | null = null

  beforeAll(async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [join(ROOT, 'scripts', 'rolebook.ts'), 'mcp'],
      cwd: ROOT,
      stderr: 'pipe',
    })
    transport.stderr?.on('data', (chunk) => {
      errors += chunk
    })
    await client.connect(transport)
    pid = transport.pid
  }, 120_000)
  afterAll(() => client.close())

  const ask = async (name: string, args: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: args })
    const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it asks for
    return { isError: result.isError === true, text, data: result.structuredContent as any }
  }

  it('lists the tools as read-only, with schemas of both sides', async () => {
    const { tools: listed } = await client.listTools()
    expect(listed.map(({ name }) => name).sort()).toEqual(tools.map(({ name }) => name).sort())
    for (const tool of listed) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false })
      expect(tool.inputSchema.type).toBe('object')
      expect(tool.outputSchema?.type).toBe('object')
    }
    expect(client.getServerVersion()?.name).toBe('rolebook')
    expect(client.getInstructions()).toContain('latest (palette), v3 (palette)')
  })

  it.each([
    ['find_permission', { query: 'delete cluster' }],
    ['get_role', { role: 'Cluster Admin' }],
    ['who_can', { permissions: ['cluster.delete'] }],
    ['smallest_role', { permissions: ['cluster.delete', 'apiKey.create'] }],
    ['diff_versions', { from: 'v3', to: 'latest', limit: 5 }],
    ['get_policy', { policy: 'aws-nodes-policy', document: true }],
  ])('%s answers about the real content, with a file and a line', async (name, args) => {
    const { isError, text, data } = await ask(name, args)
    expect(isError).toBe(false)
    expect(text).toMatch(/content\/[\w./-]+\.mdx:\d+/)
    expect(text.length).toBeLessThan(5000)
    expect(named(name).output.safeParse(data).success).toBe(true)
    expect((data.data ?? data.to).label).toBe('latest')
  })

  const BOMB = '*a'.repeat(99)
  it.each([
    ['an unknown tool', 'drop_table', {}],
    ['no arguments', 'get_role', {}],
    ['a name of an object', 'get_role', { role: '__proto__' }],
    ['an own key of that name', 'get_role', JSON.parse('{"role":"x","__proto__":{"polluted":1}}')],
    ['a text of a megabyte', 'get_role', { role: 'x'.repeat(1_000_000) }],
    ['a bomb of wildcards', 'who_can', { permissions: Array(50).fill(BOMB) }],
    ['ten thousand permissions', 'who_can', { permissions: Array(10_000).fill('cluster.get') }],
    ['wrong types', 'who_can', { permissions: [{ $ne: 1 }] }],
    ['a number out of range', 'who_can', { permissions: ['cluster.get'], limit: 1e9 }],
    ['a path as a version', 'get_role', { role: 'Cluster Admin', version: '/etc/passwd' }],
    ['a misspelt permission', 'smallest_role', { permissions: ['cluster.delte'] }],
    ['a misspelt policy', 'get_policy', { policy: 'aws-nodes-polcy' }],
  ])('%s is an error that says so briefly, and the server lives on', async (_, name, args) => {
    const outcome = await ask(name, args).catch((error: Error) => ({ isError: true, text: error.message, data: null }))
    expect(outcome.isError).toBe(true)
    expect(outcome.text.length).toBeGreaterThan(10)
    expect(outcome.text.length).toBeLessThan(2000)
    expect((await ask('get_role', { role: 'Cluster Admin' })).isError).toBe(false)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('answers the whole of the data in bounded pieces', async () => {
    const { data, text } = await ask('who_can', { permissions: ['*'], limit: 100 })
    expect(data.asked.length).toBeGreaterThan(100)
    expect(JSON.stringify(data).length).toBeLessThan(400_000)
    expect(text.length).toBeLessThan(5000)
  })

  it('says nothing on standard error, and ends when its input does', async () => {
    expect(errors).toBe('')
    await client.close()
    expect(() => process.kill(pid as number, 0)).toThrow()
  })
})
