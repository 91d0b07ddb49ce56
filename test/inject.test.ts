/** `rolebook inject`: what it writes reads back as what the data says, and it changes no more than that. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { afterEach, describe, expect, it } from 'vitest'
import rolebookConfig from '../rolebook.config.ts'
import { analyse } from '../src/analyse.ts'
import { codeSpan, escapeText, fenceFor } from '../src/inject/escape.ts'
import { injectPage } from '../src/inject/inject.ts'
import { type Json, rewriteJson, sameJson } from '../src/inject/json.ts'
import { regionsOf, withoutRegions } from '../src/inject/markers.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { readModel } from '../src/model/read.ts'
import { readFiles } from '../src/parse/read.ts'
import type { SourceFile } from '../src/parse/source.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import type { Settings } from '../src/settings/schema.ts'
import { readFolder, sourceFile } from './support/analysis.ts'
import { Workspace } from './support/cli.ts'
import { ROOT, saySkipped, shared, sharedFolder } from './support/shared.ts'

saySkipped()

const SETTINGS = resolveSettings()

/** The data that a page gives. */
function dataOf(text: string, settings: Settings = SETTINGS): Dataset {
  return readModel([sourceFile('data.mdx', text)], settings, 'latest').dataset
}

function injected(text: string, data: Dataset, settings: Settings = SETTINGS) {
  const result = injectPage(sourceFile('page.mdx', text), settings, { data, withRegions: null })
  if (!result) throw new Error('the page has no marker')
  return { ...result, messages: result.problems.map(({ span, message }) => `${span.line}:${span.column} ${message}`) }
}

/** What it makes of a page; an error where anything is wrong. */
function made(text: string, data: Dataset): string {
  const { messages, after: made } = injected(text, data)
  expect(messages).toEqual([])
  return made
}

const DATA = dataOf(`## Dock Admin

|          | Create | Get | List |
| -------- | ------ | --- | ---- |
| **dock** | √      | √   |      |
| **pier** |        | √   | √    |

## Dock Viewer

|          | Create | Get | List |
| -------- | ------ | --- | ---- |
| **dock** |        | √   |      |
| **pier** |        | √   | ✗    |
`)

const begin = (attributes: string) => `{/* rolebook:begin ${attributes} */}`
const END = '{/* rolebook:end */}'
const ADMIN = begin('role="unscoped/dock-admin"')

describe('a region', () => {
  it('that is empty is filled in the form of the nearest block of its page', () => {
    const page = `## Dock Boss\n\n* \`dock.get\`\n\n## Dock Admin\n\n${ADMIN}\n${END}\n`
    expect(made(page, DATA)).toBe(
      `## Dock Boss\n\n* \`dock.get\`\n\n## Dock Admin\n\n${ADMIN}\n\n* \`dock.create\`\n* \`dock.get\`\n* \`pier.get\`\n* \`pier.list\`\n\n${END}\n`,
    )
  })

  it('that is empty on a page without another block gets a padded matrix', () => {
    expect(made(`## Dock Admin\n\n${ADMIN}\n\n${END}\n`, DATA)).toBe(`## Dock Admin

${ADMIN}

|      | Create | Get | List |
| ---- | ------ | --- | ---- |
| dock | √      | √   |      |
| pier |        | √   | √    |

${END}
`)
  })

  it('keeps its marks, its order, its labels and its padding, and one cell changes', () => {
    const page = `## Dock Admin

${ADMIN}

Before the table.

| Thing      | **List** | **Get** | **Create** |
|:-----------|:--------:|---------|------------|
| \`pier\`     |    ✅    | ✅      |            |
| \`dock\`     |    ✅    | ✅      | ✅         |

After it. {/* rolebook-disable-line x -- y */}

${END}
`
    expect(made(page, DATA)).toBe(page.replace('| `dock`     |    ✅    |', '| `dock`     |          |'))
  })

  it('gets new rows and columns where its order, and that of its page, has them', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n|   | get |\n|---|---|\n| **pier** | Yes |\n\n${END}\n\n## Dock Boss\n\n| | create | get | list |\n|-|-|-|-|\n| **dock** | Yes | | |\n| **pier** | | Yes | |\n`
    expect(made(page, DATA)).toContain(
      '|   | create | get | list |\n|---|---|---|---|\n| **dock** | Yes | Yes | |\n| **pier** | | Yes | Yes |\n',
    )
  })

  it('loses a row with its last mark where the data no longer knows the resource, and keeps one that was blank', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n|      | Create | Get | List |\n| ---- | ------ | --- | ---- |\n| buoy |        |     |      |\n| dock | √      | √   |      |\n| pier |        | √   | √    |\n| quay | √      |     |      |\n\n${END}\n`
    expect(made(page, DATA)).toBe(page.replace('| quay | √      |     |      |\n', ''))
  })

  it('keeps what bullets say beside their ids, and loses and gets bullets at both ends of the list', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n- buoy.get\n- dock.get: reads one\n- zone.list\n\n${END}\n`
    expect(made(page, DATA)).toBe(
      `## Dock Admin\n\n${ADMIN}\n\n- dock.create\n- dock.get: reads one\n- pier.get\n- pier.list\n\n${END}\n`,
    )
  })

  it('writes what is denied as a cross or an empty box', () => {
    const viewer = begin('role="Dock Viewer"')
    expect(made(`## Dock Viewer\n\n${viewer}\n${END}\n`, DATA)).toContain('| pier | √   | ✗    |')
    const list = begin('role="Dock Viewer" as="list"')
    expect(made(`## Dock Viewer\n\n${list}\n${END}\n`, DATA)).toContain('- dock.get\n- pier.get\n- [ ] pier.list\n')
  })

  it('holds a matrix of roles, in the order of the marker', () => {
    const marker = begin('roles="unscoped/dock-viewer, Dock Admin" marks="✅ ❌"')
    expect(made(`## Roles\n\n${marker}\n${END}\n`, DATA)).toContain(`| Permission  | Dock Viewer | Dock Admin |
| ----------- | ----------- | ---------- |
| dock.create |             | ✅         |
| dock.get    | ✅          | ✅         |
| pier.get    | ✅          | ✅         |
| pier.list   | ❌          | ✅         |
`)
  })

  it('holds a run of lists, each under a heading', () => {
    const marker = begin('roles="Dock Admin,Dock Viewer" as="resource-by-operation"')
    const result = made(`## Roles\n\n${marker}\n${END}\n`, DATA)
    expect(result).toContain('### Dock Admin\n\n|      | Create |')
    expect(result).toContain('### Dock Viewer\n\n|      | Get |')
    const list = result.replace('| dock | √      | √   |      |', '| dock |        | √   |      |')
    expect(made(list, DATA)).toBe(result)
  })

  it('writes headings one deeper than the section that it stands in, whatever fences and closed panels hold', () => {
    const marker = begin('roles="Dock Admin,Dock Viewer" as="list"')
    const fence = '```bash\n# set up\n```'
    const panel = '<Tabs>\n<TabItem label="Other">\n\n##### Deep\n\n</TabItem>\n</Tabs>'
    const result = made(`### Roles\n\n${fence}\n\n${panel}\n\n${marker}\n${END}\n`, DATA)
    expect(result.match(/^#+ Dock .*/gm)).toEqual(['#### Dock Admin', '#### Dock Viewer'])
  })

  it('is refused where its headings would own what follows it, and the page stays as it is', () => {
    const marker = begin('roles="Dock Admin, Dock Viewer" as="resource-by-operation"')
    const table = '|      | Get |\n| ---- | --- |\n| buoy | √   |'
    const page = `## Roles\n\n### Auditor\n\n${marker}\n${END}\n\n${table}\n`
    const refusal =
      "5:1 unscoped/dock-admin, unscoped/dock-viewer can't be written: it would change what the page says after the region, of unscoped/auditor: begin what follows with a heading of its own, or move the region."
    const result = injected(page, DATA)
    expect([result.messages, result.after]).toEqual([[refusal], page])
    // A table that grants nothing yet is the Auditor's as well.
    const blank = '|      | Create | Get |\n| ---- | ------ | --- |\n| buoy |        |     |\n| quay |        |     |'
    expect(injected(page.replace(table, blank), DATA).messages).toEqual([refusal])
    const headed = page.replace(`${END}\n`, `${END}\n\n### Auditor\n`)
    expect(made(headed, DATA)).toContain(`### Auditor\n\n${table}\n`)
  })

  it('is refused where its headings would give a policy that follows another name', () => {
    const marker = begin('roles="Dock Admin, Dock Viewer" as="list"')
    const policy =
      '```json\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}\n```'
    const page = `## Deploy Policy\n\n${marker}\n${END}\n\n${policy}\n`
    const { messages, after } = injected(page, DATA)
    expect(messages).toEqual([expect.stringContaining('what the page says after the region, of deploy-policy: ')])
    expect(after).toBe(page)
  })

  it('is written where the page spells otherwise, and where what it says makes another block readable', () => {
    const list = made(`## Dock Boss\n\n- DOCK.get\n\n## Dock Admin\n\n${ADMIN}\n${END}\n`, DATA)
    expect(list).toContain('- DOCK.get\n\n## Dock Admin')
    expect(list).toContain('- dock.create\n')
    // Only another block's `pier` tells which resource the operations of these roles are of.
    const roles = '## Piers\n\n| Role | Create | Get |\n| - | - | - |\n| Dock Boss | √ | √ |\n| Dock Hand | | √ |\n'
    const page = `${roles}\n## Dock Admin\n\n${begin('role="Dock Admin" as="list"')}\n${END}\n`
    expect(made(page, DATA)).toContain(`${roles}\n## Dock Admin`)
  })

  it('is refused where it is right by itself, and not beside what is written into another one', () => {
    const both = begin('roles="Dock Admin, Dock Viewer" as="resource-by-operation"')
    const auditor = begin('role="Auditor" as="list"')
    const data = dataOf('## Auditor\n\n- buoy.get\n\n## Dock Admin\n\n- dock.get\n\n## Dock Viewer\n\n- pier.get\n')
    const [one, other] = [`${both}\n${END}\n`, `${auditor}\n${END}\n`]
    for (const alone of [one, other]) made(`### Auditor\n\n${alone}`, data)
    const page = `### Auditor\n\n${one}\n${other}`
    const { messages, after } = injected(page, data)
    expect(messages).toEqual([
      "6:1 unscoped/auditor can't be written: it would be read as the role `Dock Viewer` (unscoped): put the role's name in a heading or panel around the region.",
    ])
    expect(after).toBe(page)
    // What is current in a region must stay so too.
    const current = page.replace(other, other.replace(END, `\n- buoy.get\n\n${END}`))
    expect(injected(current, data).messages).toEqual([
      expect.stringMatching(/^3:1 .* would change what the page says after the region, of unscoped\/auditor: /),
    ])
  })

  it('changes its form where its marker asks for another, and facts are none of it', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n- dock.create\n- dock.get\n- pier.get\n- pier.list\n\n${END}\n`
    expect(injected(page, DATA).outdated).toEqual([])
    const asked = page.replace(ADMIN, begin('role="unscoped/dock-admin" as="matrix" columns="list,get,create"'))
    const { outdated, after: made } = injected(asked, DATA)
    expect(outdated.map(({ what }) => what)).toEqual(['only the form differs'])
    expect(made).toContain('|      | List | Get | Create |\n')
    expect(injected(made, DATA).after).toBe(made)
  })

  it('stands in a panel at its indentation, with the line breaks of its page', () => {
    const page = `\uFEFF<Tabs>\r\n  <TabItem label="Dock Admin">\r\n\r\n    ${ADMIN}\r\n    ${END}\r\n\r\n  </TabItem>\r\n</Tabs>`
    const result = made(page, DATA)
    expect(result).toContain(`\r\n    ${ADMIN}\r\n\r\n    |      | Create | Get | List |\r\n    | ---- |`)
    expect(result).toContain(`|\r\n\r\n    ${END}\r\n\r\n  </TabItem>\r\n</Tabs>`)
    expect(result.replaceAll('\r\n', '')).not.toContain('\n')
    expect(result.startsWith('\uFEFF<Tabs>')).toBe(true)
    expect(made(result, DATA)).toBe(result)
  })

  it('stands in a quote, behind its marks', () => {
    const result = made(`> ## Dock Admin\n>\n> ${ADMIN}\n> ${END}\n`, DATA)
    expect(result).toContain(`> ${ADMIN}\n>\n> |      | Create | Get | List |\n`)
  })

  it('of tags has its cells changed', () => {
    const page = `## Dock Viewer\n\n${begin('role="Dock Viewer"')}\n\n<table>\n<tr><th>Resource</th><th>Create</th><th>Get</th><th>List</th></tr>\n<tr><td>dock</td><td>√</td><td>√</td><td></td></tr>\n<tr><td>pier</td><td></td><td>√</td><td>✗</td></tr>\n</table>\n\n${END}\n`
    expect(made(page, DATA)).toBe(page.replace('<td>dock</td><td>√</td>', '<td>dock</td><td></td>'))
  })
})

describe('conditions', () => {
  const noted = dataOf(
    '## Dock Admin\n\n| | Get | List |\n| - | - | - |\n| dock | √ (own docks only) | √[^1] |\n\n[^1]: With (or without) a licence.\n',
  )

  it('stand in words beside their marks, or under the sign that the table has for them', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n| | Get | List |\n| - | - | - |\n| dock | √ | √[^n] |\n\n${END}\n\n[^n]: With (or without) a licence.\n`
    expect(made(page, noted)).toContain('| dock | √ (own docks only) | √[^n] |')
  })

  it('are refused where a form has no place for them, and the page stays as it is', () => {
    for (const as of ['list', 'matrix', 'permission-table', 'role-permissions']) {
      const page = `## Dock Admin\n\n${begin(`role="Dock Admin" as="${as}"`)}\n${END}\n`
      const { messages, after: made } = injected(page, noted)
      expect(messages).toHaveLength(1)
      expect(messages[0]).toMatch(/can't be written: .*(?:condition|conditional)/)
      expect(made).toBe(page)
    }
  })
})

describe('markers', () => {
  it.each([
    [
      'an attribute that nobody knows',
      `${begin('rol="x"')}\n${END}`,
      '1:20 There is no attribute `rol`: did you mean `role`?',
    ],
    ['no attribute', `${begin('')}\n${END}`, '1:1 Expected one of `role`, `roles`, `group` and `policy`.'],
    [
      'two subjects',
      `${begin('role="a" policy="b"')}\n${END}`,
      '1:1 Expected one of `role`, `roles`, `group` and `policy`, not role and policy.',
    ],
    ['an unquoted value', `${begin('role=x')}\n${END}`, '1:20 Expected `name="value"`, not `role=x`.'],
    [
      'a role that is not there',
      `${begin('role="unscoped/dock-admn"')}\n${END}`,
      '1:26 The data has no role `unscoped/dock-admn`, did you mean `unscoped/dock-admin`?',
    ],
    [
      'a mark that is none',
      `${begin('role="Dock Admin" marks="q"')}\n${END}`,
      '1:45 `q` is no mark that the config knows for granted.',
    ],
    [
      'a form that is none',
      `${begin('role="Dock Admin" as="lists"')}\n${END}`,
      '1:42 No form `lists`, did you mean `list`?',
    ],
    ['no end', begin('role="Dock Admin"'), '1:1 This region has no `rolebook:end`.'],
    ['no beginning', END, '1:1 Nothing begins what this `rolebook:end` ends.'],
    ['one in another', `${ADMIN}\n${ADMIN}\n${END}`, '2:1 This region begins inside the one of line 1.'],
    ['words beside it', `Text ${ADMIN}\n${END}`, '1:6 A marker must stand on a line of its own.'],
    ['another word', '<!-- rolebook:start -->', '1:1 There is no marker `rolebook:start`. Did you mean'],
  ])('with %s are wrong, and nothing is written', (_, text, message) => {
    const { messages, after: made } = injected(`${text}\n`, DATA)
    expect(messages[0]?.slice(0, message.length)).toBe(message)
    expect(made).toBe(`${text}\n`)
  })

  it('in fences and code are text', () => {
    const file = sourceFile('page.mdx', `\`\`\`mdx\n${ADMIN}\n${END}\n\`\`\`\n\nWrite \`${ADMIN}\`.\n`)
    expect(injectPage(file, SETTINGS, { data: DATA, withRegions: null })).toBeNull()
  })

  it('around what is read as another role are wrong', () => {
    const page = `## Dock Viewer\n\n${ADMIN}\n${END}\n`
    expect(injected(page, DATA).messages[0]).toContain('read as the role `Dock Viewer` (unscoped): put the role')
    const filled = `## Dock Viewer\n\n${ADMIN}\n\n- dock.get\n\n${END}\n`
    expect(injected(filled, DATA).messages[0]).toContain('What stands here is read as the role `Dock Viewer`')
  })

  it('keep a block that nothing reads from being written over', () => {
    const page = `## Dock Admin\n\n${ADMIN}\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\n${END}\n`
    expect(injected(page, DATA).messages[0]).toContain('the table at line 5 is not read as such')
    expect(injected(page, DATA).after).toBe(page)
  })

  it('blank what they hold and keep every place', () => {
    const text = `a\r\n${ADMIN}\r\n- dock.get\r\n${END}\r\nb`
    const { regions } = regionsOf(sourceFile('page.mdx', text))
    expect(withoutRegions(text, regions)).toBe(text.replace('- dock.get', '          '))
  })
})

describe('texts of the data', () => {
  const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMdx)
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'{}<>|`*_[]()!&#;\\~$"\'-+=: ab1\n\t'), maxLength: 20 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '{process.exit()}',
      '$' + '{x}',
      '&lt;b&gt;',
      '__proto__',
      '# a',
      '![x](y)',
      '- a',
      '1. a',
    ),
  )
  const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

  it('are text in MDX, whatever they hold', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tree = parser.parse(`| a |\n| - |\n| x${escapeText(text)} |\n`) as Nodes
        const table = (tree as unknown as { children: { children: { children: { children: Nodes[] }[] }[] }[] })
          .children[0]
        const cell = table?.children[1]?.children[0]?.children ?? []
        const shown = cell
          .map((node) => ('value' in node ? node.value : 'children' in node ? textOf(node) : `<${node.type}>`))
          .join('')
        expect(cell.filter(({ type }) => type !== 'text' && type !== 'link')).toEqual([])
        expect(plain(shown)).toBe(plain(`x${plain(text)}`))
      }),
    )
  })

  function textOf(node: Nodes): string {
    if ('value' in node) return node.value
    return 'children' in node ? node.children.map(textOf).join('') : ''
  }

  it('in code stay in it', () => {
    expect(codeSpan('a`b``c', false)).toBe('```a`b``c```')
    expect(codeSpan('a|b', true)).toBe('`a\\|b`')
    expect(fenceFor('x\n````\ny')).toBe('`````')
  })
})

describe('JSON', () => {
  const policy = { Version: '1', Statement: [{ Action: ['a:B', 'c:D'], Resource: '*' }] }

  it('keeps its form but for what changed', () => {
    const source =
      '{\n    "Version": "1", // why\n    "Statement": [ {\n    "Action": [\n    "a:B",\n    "c:D"\n    ],\n    "Resource": "*" } ]\n}'
    expect(rewriteJson(source, policy)).toBe(source)
    const more = structuredClone(policy)
    more.Statement[0]?.Action.splice(1, 0, 'b:C')
    expect(rewriteJson(source, more)).toBe(source.replace('"a:B",\n', '"a:B",\n    "b:C",\n'))
    const less = structuredClone(policy)
    less.Statement[0]?.Action.pop()
    expect(rewriteJson(source, less)).toBe(source.replace(',\n    "c:D"', ''))
  })

  it('says what is wanted, whatever it said before', () => {
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
    fc.assert(
      fc.property(value, value, fc.constantFrom(0, 2, 4, '\t'), (before, wanted, indent) => {
        const source = JSON.stringify(before, null, indent)
        const written = rewriteJson(source, wanted)
        expect(sameJson(JSON.parse(written) as Json, wanted)).toBe(true)
        expect(rewriteJson(written, wanted)).toBe(written)
      }),
    )
  })
})

describe('policies', () => {
  /** A page with one block of a policy between markers, and the data of it with other actions. */
  function changed(block: string, edit: (actions: string[]) => string[], title = 'vSphere privileges') {
    const page = (content: string) => `## ${title}\n\n${content}\n`
    const data = dataOf(page(block))
    const [policy] = data.policies
    const [statement] = policy?.statements ?? []
    if (!policy || !statement) throw new Error('no policy')
    statement.actions = edit(statement.actions)
    policy.permissions = [...statement.actions].sort()
    const before = page(`${begin(`policy="${policy.id}"`)}\n\n${block}\n\n${END}`)
    return { before, result: made(before, data) }
  }

  it('that are privileges in a table have the cells of their categories changed', () => {
    const block =
      '| **Category** | **Privileges** |\n| ------------ | -------------- |\n| **Host**     | Storage: Add   |\n| **System**   | Read<br/>View  |'
    const { before, result } = changed(block, (actions) => [...actions, 'System.Peek', 'Folder.Move'])
    expect(result).toBe(
      before
        .replace('| Read<br/>View  |', '| Peek<br/>Read<br/>View |')
        .replace('| Storage: Add   |', '| Storage: Add           |')
        .replace('| **Privileges** |', '| **Privileges**         |')
        .replace('| -------------- |', '| ---------------------- |')
        .replace('| **Host** ', '| **Folder**   | Move                   |\n| **Host** '),
    )
  })

  it('keep the line breaks of their page', () => {
    const text = (actions: string[]) => `## CloudStack permissions\n\n\`\`\`text\n${actions.join('\n')}\n\`\`\`\n`
    const json = (actions: string[]) => {
      const statement = { Sid: 'Read', Effect: 'Allow', Action: actions, Resource: '*' }
      const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 4)
      return `## Deploy Policy\n\n\`\`\`json\n${document}\n\`\`\`\n`
    }
    const cases: [write: (actions: string[]) => string, actions: string[], more: string][] = [
      [text, ['createNetwork', 'listUsers', 'listZones'], 'deleteNetwork'],
      [json, ['s3:GetObject'], 's3:PutObject'],
    ]
    for (const [write, actions, more] of cases) {
      const all = [...actions, more].sort()
      const data = dataOf(write(all))
      const marked = (content: string) =>
        content
          .replace('```', `${begin(`policy="${data.policies[0]?.id}"`)}\n\n\`\`\``)
          .replace(/```\n$/, `\`\`\`\n\n${END}\n`)
          .replaceAll('\n', '\r\n')
      expect(made(marked(write(actions)), data)).toBe(marked(write(all)))
    }
  })

  it('that stand within another document are left as they are, and that is said', () => {
    const rule = (verb: string) => `- apiGroups: [""]\n        resources: ["pods"]\n        verbs: ["${verb}"]`
    const action = (verb: string) =>
      `Version: "2012-10-17"\n      Statement: { Effect: Allow, Action: "s3:${verb}Object", Resource: "*" }`
    for (const write of [rule, action]) {
      const page = (verb: string) => `## Dock Policy\n\n\`\`\`yaml\ndock:\n  part:\n      ${write(verb)}\n\`\`\`\n`
      const data = dataOf(page('Get'))
      const marked = `${begin('policy="dock-policy"')}\n\n${page('Put')}\n${END}\n`
      expect(injected(marked, data)).toMatchObject({
        after: marked,
        messages: [expect.stringContaining('the policy stands within another document')],
      })
    }
  })

  it('that are lines of a fence, or bullets, lose and get lines', () => {
    const fence = '```text\ncreateNetwork\nlistUsers\nlistZones\n```'
    const lines = changed(
      fence,
      ([first = '', , last = '']) => [first, 'deleteNetwork', last],
      'CloudStack permissions',
    )
    expect(lines.result).toBe(
      lines.before.replace('\nlistUsers\n', '\n').replace('createNetwork\n', 'createNetwork\ndeleteNetwork\n'),
    )
    const bullets = '* `Host.Config.Storage`\n* `Network.Assign`\n* `System.View`'
    const items = changed(bullets, ([first = '', second = '']) => [first, second, 'Sessions.Validate'])
    expect(items.result).toBe(items.before.replace('* `System.View`', '* `Sessions.Validate`'))
  })
})

/** A document that can't be parsed: the data has nothing to write. */
function isBroken({ kind, document }: Dataset['policies'][number]): boolean {
  return document === null && (kind === 'iam-policy' || kind === 'role-definition')
}

/** What roles and policies say, wherever it stands. */
function saidBy(data: Dataset): unknown {
  return {
    roles: data.roles.map(({ id, grants }) => [
      id,
      grants.map(({ permission, effect, note }) => [permission, effect, note]),
    ]),
    policies: data.policies.map(({ kind, permissions, document }) => [kind, permissions, document]),
  }
}

/** A page of content with markers around its blocks, and the data that says what they say. */
interface Marked {
  file: SourceFile
  filled: string
  /** The same with nothing between the markers; attributes are added to each that begins a region of roles. */
  empty: (attributes: string) => string
  regions: number
}

function markedPages(files: readonly SourceFile[], settings: Settings): { data: Dataset; pages: Marked[] } {
  const reading = readFiles(files, settings).value
  const data = readModel(files, settings, 'latest').dataset
  const pages = reading.pages.flatMap((page): Marked[] => {
    const { text } = page.file
    const parts: { start: number; end: number; subject: string }[] = []
    for (const { block, claims } of reading.blocks) {
      if (block.page !== page || parts.some(({ start }) => start === block.start)) continue
      const here = ({ path, line }: { path: string; line: number }) =>
        path === page.file.path && line >= block.span.line && line <= block.span.endLine
      const roles = data.roles.filter(({ grants }) => grants.some(({ source }) => here(source))).map(({ id }) => id)
      const policies = data.policies.filter((policy) => here(policy.source) && !isBroken(policy)).map(({ id }) => id)
      const isGrant = claims.some(({ kind }) => kind === 'grant' || kind === 'action')
      const subject = isGrant
        ? roles.length === 1
          ? `role="${roles[0]}"`
          : `roles="${roles.join(',')}"`
        : policies.length === 1
          ? `policy="${policies[0]}"`
          : null
      const end = text.indexOf('\n', block.end) === -1 ? text.length : text.indexOf('\n', block.end)
      // A table whose facts another one says first, or broken document: nothing of the data stands there.
      if (subject !== null && subject !== 'roles=""') parts.push({ start: block.start, end, subject })
    }
    if (parts.length === 0) return []
    parts.sort((a, b) => a.start - b.start)
    const write = (content: (part: { start: number; end: number }) => string, attributes: string) => {
      let [written, position] = ['', 0]
      for (const part of parts) {
        const more = part.subject.startsWith('policy') ? '' : attributes
        const prefix = /[^\n]*$/.exec(text.slice(0, part.start))?.[0] ?? ''
        written += text.slice(position, part.start)
        written += `${begin(part.subject + more)}\n${content(part)}\n${prefix}${END}`
        position = part.end
      }
      return written + text.slice(position)
    }
    const filled = write(({ start, end }) => {
      const prefix = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? ''
      return `\n${prefix}${text.slice(start, end)}\n`
    }, '')
    return [{ file: page.file, filled, empty: (attributes) => write(() => '', attributes), regions: parts.length }]
  })
  return { data, pages }
}

const FORMS = ['resource-by-operation', 'permission-list', 'permission-table', 'action-by-role', 'role-permissions']

const SETS: [name: string, folder: string, there: boolean][] = [
  ['content/latest', join(ROOT, 'content', 'latest'), true],
  ['content/v3', join(ROOT, 'content', 'v3'), true],
  ['../shared/corpus/latest', join(sharedFolder(), 'corpus', 'latest'), shared],
]

describe.each(SETS.filter(([, , there]) => there))('pages of %s', (_, folder) => {
  const settings = resolveSettings(rolebookConfig)
  const files = readFolder(folder)
  const { data, pages } = markedPages(files, settings)
  const run = (file: SourceFile, text: string) => {
    const now = { ...file, text, sha256: createHash('sha256').update(text).digest('hex') }
    const result = injectPage(now, settings, { data, withRegions: null })
    if (!result) throw new Error('no markers')
    return result
  }

  it('with markers around every block of roles and policies stay as they are, byte for byte', () => {
    expect(pages.reduce((sum, { regions }) => sum + regions, 0)).toBeGreaterThan(25)
    for (const { file, filled, regions } of pages) {
      const result = run(file, filled)
      expect(result.problems.map(({ message }) => message)).toEqual([])
      expect(result.outdated).toEqual([])
      expect([result.after, result.regions]).toEqual([filled, regions])
    }
  }, 240_000)

  it('give the same data from empty regions, in every form that holds it, and again the same bytes', () => {
    const unwritten = new Set<string>()
    let written = 0
    for (const attributes of ['', ...FORMS.map((form) => ` as="${form}"`)]) {
      const texts = new Map<string, string>()
      for (const { file, empty } of pages) {
        const text = empty(attributes)
        if (attributes !== '' && !text.includes(attributes)) continue
        const result = run(file, text)
        for (const { message } of result.problems) unwritten.add(message)
        if (result.problems.length > 0) continue
        // What `injectPage` finds current was read again: its facts are those of the data.
        const again = run(file, result.after)
        expect(again.outdated).toEqual([])
        expect(again.after).toBe(result.after)
        written += result.outdated.length
        texts.set(file.path, result.after)
      }
      const now = files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }))
      expect(saidBy(readModel(now, settings, 'latest').dataset)).toEqual(saidBy(data))
    }
    expect(written).toBeGreaterThan(25)
    // A table whose rows are actions has ids that only a table of actions can say.
    const known = /is not written as `resource\.operation`|has no place for|it would be read (?:otherwise|as the role)/
    expect([...unwritten].filter((message) => !known.test(message))).toEqual([])
  }, 480_000)

  it('are checked as they are without markers', () => {
    const plain = pages.map(({ file }) => file)
    const marked = pages.map(({ file, filled }) => ({ ...file, text: filled }))
    const found = (files: SourceFile[]) =>
      analyse(files, settings, 'latest')
        .diagnostics.map(({ ruleId, path, fingerprint, column }) => `${path} ${ruleId} ${fingerprint} ${column}`)
        .sort()
    expect(found(marked)).toEqual(found(plain))
  }, 240_000)
})

describe('the command', () => {
  let workspace: Workspace
  afterEach(() => workspace.remove())

  const pages = (text: string) =>
    new Workspace({ 'roles.mdx': '## Dock Admin\n\n- dock.get\n- dock.list\n', 'guide.mdx': text })
  const GUIDE = `## Dock Admin\n\n${ADMIN}\n\n- dock.create\n- dock.get\n\n${END}\n`
  const at = (path: string) => readFileSync(join(workspace.folder, path), 'utf8')

  it('says what is out of date and writes nothing with --check, prints a patch with --dry-run, and writes', async () => {
    workspace = pages(GUIDE)
    expect(await workspace.transcript('inject', '--check')).toMatchInlineSnapshot(`
      "$ rolebook inject --check
      guide.mdx:3:1: unscoped/dock-admin lacks \`dock.list\`; has too much: \`dock.create\`
      1 region: 1 out of date. \`rolebook inject\` rewrites them.
      --- exit 1
      "
    `)
    expect(await workspace.transcript('inject', '--dry-run')).toMatchInlineSnapshot(`
      "$ rolebook inject --dry-run
      --- a/guide.mdx
      +++ b/guide.mdx
      @@ -2,7 +2,7 @@
       
       {/* rolebook:begin role="unscoped/dock-admin" */}
       
      -- dock.create
       - dock.get
      +- dock.list
       
       {/* rolebook:end */}
      --- standard error
      guide.mdx: unscoped/dock-admin
      1 region: 1 file would be rewritten.
      --- exit 0
      "
    `)
    expect(at('guide.mdx')).toBe(GUIDE)
    expect(await workspace.transcript('inject')).toMatchInlineSnapshot(`
      "$ rolebook inject
      guide.mdx: unscoped/dock-admin
      1 region: 1 file rewritten.
      --- exit 0
      "
    `)
    expect(at('guide.mdx')).toBe(GUIDE.replace('- dock.create\n- dock.get\n', '- dock.get\n- dock.list\n'))
    expect(await workspace.transcript('inject', '--check')).toMatchInlineSnapshot(`
      "$ rolebook inject --check
      1 region: all current.
      --- exit 0
      "
    `)
    expect(await workspace.transcript('inject')).toMatchInlineSnapshot(`
      "$ rolebook inject
      1 region: nothing to change.
      --- exit 0
      "
    `)
  })

  it('does not let a region feed itself', async () => {
    workspace = new Workspace({ 'guide.mdx': GUIDE })
    expect(await workspace.transcript('inject')).toMatchInlineSnapshot(`
      "$ rolebook inject
      1 region: nothing written.
      --- standard error
      guide.mdx:3:26: unscoped/dock-admin stands in this region and nowhere else, so there is nothing to regenerate it from: name the data with \`--data\`, or take the markers away.
      --- exit 1
      "
    `)
    expect(at('guide.mdx')).toBe(GUIDE)
    expect(await workspace.transcript('inject', '--data', '.')).toMatchInlineSnapshot(`
      "$ rolebook inject --data .
      --- standard error
      rolebook: . holds the pages that are to be rewritten (guide.mdx), so they would say what they said: leave --data out
      --- exit 2
      "
    `)
  })

  it('takes a dataset, and leaves a page with a wrong region alone while it writes the others', async () => {
    workspace = pages(GUIDE)
    const { out } = await workspace.run('extract', 'roles.mdx')
    workspace.write({ 'data.json': out, 'wrong.mdx': `${GUIDE}\n${begin('role="nobody"')}\n${END}\n` })
    expect(await workspace.transcript('inject', '--data', 'data.json')).toMatchInlineSnapshot(`
      "$ rolebook inject --data data.json
      guide.mdx: unscoped/dock-admin
      3 regions: 1 file rewritten.
      --- standard error
      wrong.mdx:10:26: The data has no role \`nobody\`.
      --- exit 1
      "
    `)
    expect(at('wrong.mdx')).toContain('- dock.create\n')
    expect(at('guide.mdx')).not.toContain('- dock.create\n')
  })

  it('says where no page has a marker, and refuses options that do not go together', async () => {
    workspace = new Workspace({ 'roles.mdx': '## Dock Admin\n\n- dock.get\n' })
    expect(await workspace.transcript('inject', '--check')).toMatchInlineSnapshot(`
      "$ rolebook inject --check
      No page holds a \`rolebook:begin\` marker.
      --- exit 0
      "
    `)
    expect(await workspace.transcript('inject', '--check', '--dry-run')).toMatchInlineSnapshot(`
      "$ rolebook inject --check --dry-run
      --- standard error
      rolebook: Give either --check or --dry-run
      --- exit 2
      "
    `)
  })
})
