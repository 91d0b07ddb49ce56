/** Questions on the command line: what is printed, with which exit code, and what JSON holds. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../src/cli/main.ts'
import { bareTerminal } from '../src/cli/terminal.ts'
import { enough } from '../src/query/answers.ts'
import { can as mayDo } from '../src/query/who-can.ts'
import { toJson } from '../src/text.ts'
import { Workspace } from './support/cli.ts'
import { HOSTILE, harbour } from './support/harbour.ts'
import { ROOT } from './support/shared.ts'

const template = {
  id: 'terraform',
  title: 'Terraform',
  language: 'hcl',
  scopes: ['port'],
  text: 'resource "harbour_role" "{{slug}}" {\n\tname = {{name}}\n\tscope = {{scope}}\n\tpermissions = {{permissions}}\n}\n',
}
const page = (resource: string, role: string) =>
  `---\ntitle: Roles\n---\n\n## ${role}\n\n|          | Create | Get |\n| -------- | ------ | --- |\n| **${resource}** | √      | √   |\n`

const workspace = new Workspace({
  'data.json': toJson(harbour()),
  'empty/page.mdx': '# Nothing\n\nJust words.\n',
  'docs/new/roles.mdx': page('dock', 'Harbour Admin'),
  'docs/old/roles.mdx': page('barge', 'Barge Master'),
  'rolebook.config.json': JSON.stringify({
    name: 'harbour',
    versions: [
      { id: 'new', root: 'docs/new' },
      { id: 'old', root: 'docs/old' },
    ],
    roleTemplates: [template],
  }),
})
afterAll(() => workspace.remove())

/** The transcript of a question to the dataset. */
const asked = (...argv: string[]) => workspace.transcript(...argv, '--data', 'data.json')
const json = async (...argv: string[]) => {
  const { code, out, err } = await workspace.run(...argv, '--data', 'data.json', '--json')
  expect(err).toBe('')
  const { data, ...answer } = JSON.parse(out)
  expect(data).toMatchObject({ name: 'harbour', version: 'new', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  return { code, ...answer }
}

describe('who-can', () => {
  it('lists the roles, the smallest first, with conditions, patterns and denials', async () => {
    expect(await asked('who-can', 'dock.delete')).toMatchSnapshot()
  })

  it('shows for several permissions who holds all and who holds some, each with its line', async () => {
    expect(await asked('who-can', 'dock.get', 'pierHead.get')).toMatchSnapshot()
  })

  it('spells a pattern out, and keeps to a scope', async () => {
    expect(await asked('who-can', '*.delete', '--scope', 'Town')).toMatchSnapshot()
  })

  it('ends with 1 where nobody can', async () => {
    expect(await asked('who-can', 'dock.get', '--scope', 'town')).toMatchSnapshot()
  })

  it('says the same as JSON, with the data that it is from', async () => {
    const answer = await json('who-can', 'dock.delete', 'dock.list', '--scope', 'port')
    expect(answer).toMatchSnapshot()
    const { out } = await workspace.run('who-can', 'dock.get', '--data', 'data.json', '--json')
    expect(Object.keys(JSON.parse(out))).toEqual(['data', 'permissions', 'scope', 'roles', 'denied'])
  })
})

describe('can', () => {
  it.each([
    ['yes, through a pattern', 'port/admin', 'dock.get', 0],
    ['yes, under a condition', 'pilot', 'dock.delete', 0],
    ['no, as it is denied', 'Keeper', 'dock.delete', 1],
    ['no, as nothing is said', 'pilot', 'pierHead.get', 1],
    ['no, as not all of a pattern is held', 'pilot', '*.get', 1],
  ])('says %s', async (_, role, permission, code) => {
    const transcript = await asked('can', role, permission)
    expect(transcript).toMatchSnapshot()
    expect(transcript.endsWith(`--- exit ${code}\n`)).toBe(true)
  })

  it('counts a condition as no when strict', async () => {
    expect(await asked('can', 'pilot', 'dock.delete', '--strict')).toMatchSnapshot()
  })

  it('takes a name that two scopes have only with the scope', async () => {
    expect(await asked('can', 'Admin', 'dock.get')).toMatchSnapshot()
    expect(await asked('can', 'Admin', 'dock.get', '--scope', 'port')).toContain('Yes: Admin (port/admin)')
    expect(await asked('can', 'Pilot', 'dock.get', '--scope', 'town')).toContain('there is port/pilot')
  })

  it('agrees with the query for every role and permission', async () => {
    const data = harbour()
    for (const role of data.roles)
      for (const { id } of data.permissions) {
        const answer = await json('can', role.id, id)
        expect(answer.allowed).toBe(mayDo(role, id).allowed)
        expect(answer.code).toBe(answer.allowed ? 0 : 1)
      }
  })
})

describe('compare', () => {
  it('shows what differs, and which role is contained in which', async () => {
    expect(await asked('compare', 'port/admin', 'Pilot', 'Keeper')).toMatchSnapshot()
  })

  it('shows what is the same as well, where that is asked for', async () => {
    expect(await asked('compare', 'Pilot', 'Keeper', '--all')).toMatchSnapshot()
  })

  it('wants two roles', async () => {
    expect(await asked('compare', 'Pilot')).toContain('Name two roles or more to compare')
    expect(await asked('compare', 'Pilot', 'port/pilot')).toContain('All of these name one role: port/pilot')
  })

  it('says the same as JSON', async () => {
    expect(await json('compare', 'Pilot', 'Keeper')).toMatchSnapshot()
  })
})

describe('smallest', () => {
  it('shows the role, what it holds beyond, and what else was in question', async () => {
    expect(await asked('smallest', 'dock.delete', 'dock.get')).toMatchSnapshot()
  })

  it('combines roles where that leaves less beyond', async () => {
    expect(await asked('smallest', 'dock.delete', 'pierHead.get')).toMatchSnapshot()
    expect(await asked('smallest', 'dock.delete', 'pierHead.get', '--most', '1')).toContain('One role is enough')
  })

  it('names what nobody holds, and ends with 1', async () => {
    expect(await asked('smallest', 'dock.delete', 'pierHead.get', '--scope', 'town')).toMatchSnapshot()
  })

  it('writes a role of exactly what is asked for, as a template of the config', async () => {
    expect(
      await asked('smallest', 'dock.delete', 'dock.get', '--format', 'terraform', '--name', `Wrecker \${x}`),
    ).toMatchSnapshot()
  })

  it('warns where the catalogue does not offer it in that scope, and refuses a template of another', async () => {
    expect(await asked('smallest', 'dock.get', '--format', 'list', '--scope', 'town')).toMatchSnapshot()
    expect(await asked('smallest', 'dock.get', '--format', 'terraform', '--scope', 'town')).toContain(
      'terraform is for roles of scope port, not of scope town',
    )
    expect(await asked('smallest', 'dock.get', '--format', 'teraform')).toContain('did you mean terraform?')
  })

  it('says the same as JSON', async () => {
    expect(await json('smallest', 'dock.delete', 'pierHead.get')).toMatchSnapshot()
  })

  it('puts the answer first, and of what else was in question the least beyond first', () => {
    const answers = enough(harbour(), ['dock.get'], { most: 3 })
    expect(answers.map(({ roles, more }) => [roles.map(({ id }) => id).join(), more])).toEqual([
      ['port/evil', 0],
      ['port/keeper', 1],
      ['port/pilot', 2],
      ['port/admin', 5],
    ])
  })
})

describe('show', () => {
  it.each(['Pilot', 'dock.delete', 'pier head', 'aws-crane', 'port/keys', 'vm-pilot', 'town', 'ec2:describeRegions'])(
    'shows all that is known of %s',
    async (id) => {
      expect(await asked('show', id)).toMatchSnapshot()
    },
  )

  it('shows several things of one name, or those of a scope', async () => {
    const both = await json('show', 'admin')
    expect(both.found.map((one: { role: { id: string } }) => one.role.id)).toEqual(['port/admin', 'town/admin'])
    const one = await json('show', 'admin', '--scope', 'town')
    expect(one.found.map(({ role }: { role: { id: string } }) => role.id)).toEqual(['town/admin'])
  })

  it('writes a role, patterns spelt out', async () => {
    expect(await asked('show', 'keeper', '--format', 'terraform')).toMatchSnapshot()
    expect(await asked('show', 'Admin', '--format', 'list')).toContain('names several roles: port/admin, town/admin')
    expect(await asked('show', 'dock', '--format', 'list')).toContain('dock is a resource; --format writes roles')
  })
})

describe('what is asked wrongly', () => {
  it.each([
    [['who-can', 'dock.delte']],
    [['who-can', 'dock']],
    [['who-can', 'delete']],
    [['who-can', 'xyzzy.frobnicate']],
    [['who-can', 'dok.*']],
    [['who-can', '']],
    [['who-can', '__proto__']],
    [['can', 'Pilto', 'dock.get']],
    [['who-can', 'dock.get', '--scope', 'prot']],
    [['who-can', 'dock.get', '--scope', 'sea of tranquillity']],
    [['show', 'aws-crene']],
    [['smallest', 'dock.get', '--most', '4']],
    [['who-can', 'dock.get', '--docs-version', 'v9']],
  ])('%s is said in one line', async (argv) => {
    const transcript = await asked(...argv)
    expect(transcript).toMatchSnapshot()
    expect(transcript.endsWith('--- exit 2\n')).toBe(true)
  })

  it('is not echoed raw, and not at length', async () => {
    const { code, out, err } = await workspace.run('who-can', `\u001b[2J${'*a'.repeat(60_000)}`, '--data', 'data.json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toContain('\u001b')
    expect(err.length).toBeLessThan(200)
  })

  it('says where there are no permissions at all', async () => {
    expect(await workspace.transcript('who-can', 'dock.get', '--data', 'empty')).toMatchSnapshot()
  })
})

describe('several versions of the documentation', () => {
  it('asks the first and says so; another where it is named', async () => {
    expect(await workspace.transcript('who-can', 'dock.create')).toMatchSnapshot()
    const { err } = await workspace.run('who-can', 'barge.create', '--docs-version', 'old')
    expect(err).toBe('')
  })

  it('says nothing of it in JSON, which names its version itself', async () => {
    const { out, err } = await workspace.run('who-can', 'dock.create', '--json')
    expect(err).toBe('')
    expect(JSON.parse(out).data).toMatchObject({ name: 'harbour', version: 'new' })
  })

  it('names the version that has what the first lacks', async () => {
    expect(await workspace.transcript('who-can', 'barge.create')).toMatchSnapshot()
  })
})

describe('hostile names', () => {
  it.each([
    [['who-can', 'dock.get']],
    [['can', 'port/evil', 'dock.get']],
    [['compare', 'port/evil', 'port/pilot']],
    [['smallest', 'dock.get']],
    [['show', 'port/evil']],
    [['show', 'port']],
    [['show', 'port/evil', '--format', 'terraform']],
    [['show', 'port/evil', '--format', 'csv']],
    [['show', 'port/evil', '--json']],
  ])('%s prints no control character of theirs', async (argv) => {
    const { code, out } = await workspace.run(...argv, '--data', 'data.json')
    expect(code).toBe(0)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u202e]|\r(?!\n)/)
    if (argv.includes('--json')) expect(JSON.parse(out).found[0].role.name).toBe(HOSTILE)
  })

  it('colour is the only thing that a terminal with colour gets', async () => {
    let out = ''
    const terminal = bareTerminal({
      cwd: workspace.folder,
      color: { out: true, err: true },
      out: (text) => {
        out += text
      },
    })
    await main(['who-can', 'dock.get', '--data', 'data.json'], terminal)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken away
    const plain = out.replace(/\u001b\[\d+m/g, '')
    expect(plain).not.toBe(out)
    const { out: expected } = await workspace.run('who-can', 'dock.get', '--data', 'data.json')
    expect(plain).toBe(expected)
  })
})

describe('the real content', () => {
  const run = async (...argv: string[]) => {
    let out = ''
    const cwd = ROOT
    const print = (text: string) => {
      out += text
    }
    const code = await main(argv, bareTerminal({ cwd, out: print }))
    return { code, out }
  }

  it('is asked without an operand: a line that is named holds the grant', async () => {
    const { code, out } = await run('who-can', 'cluster.delete', '--json')
    expect(code).toBe(0)
    const { roles, data } = JSON.parse(out)
    expect(data.version).toBe('latest')
    expect(roles.length).toBeGreaterThan(3)
    const sizes = roles.map(({ size }: { size: number }) => size)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(roles.every(({ permissions }: { permissions: { grants: unknown[] }[] }) => permissions[0]?.grants[0])).toBe(
      true,
    )
  })

  it('answers alike from its published dataset', async () => {
    const { out: extracted } = await run('extract', 'content/latest')
    const path = join(workspace.folder, 'published', 'dataset.json')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, extracted)
    const question = ['smallest', 'cluster.delete', 'apiKey.create', '--json']
    expect((await run(...question, '--data', path)).out).toBe((await run(...question)).out)
  })
})
