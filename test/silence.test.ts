/**
 * The one promise of the parser: for every block that looks like permissions, its facts are in the model or a finding
 * stands at its line. And what is in the model is what the page says.
 */
import { describe, expect, it } from 'vitest'
import { analyseText, permissionsByRole, READING } from './support/analysis.ts'

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

describe('what a page takes back is not granted', () => {
  it('an unticked task of a list is not granted', () => {
    const { model } = analyseText('## Dock Admin\n\n- [x] dock.get\n- [ ] dock.create\n')
    expect(permissionsByRole(model.dataset)['Dock Admin']).toEqual(['dock.get'])
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

describe('what is about something else is left alone', () => {
  it.each(['Parameter', 'Field', 'Option'])('a table of which each %s is required or not', (what) => {
    const rows = `| ${what} | Description | Required |\n| --- | --- | :---: |\n| accessKey | The access key | ✓ |\n| region | Where it is | |\n`
    expect(analyseText(`# Create a role\n\n${rows}`).diagnostics).toEqual([])
  })

  it('but the permissions that are required are not', () => {
    const rows = '| Permission | Required |\n| --- | :---: |\n| Read the access key | ✓ |\n| Delete it | |\n'
    const { model, diagnostics } = analyseText(`# Create a role\n\n${rows}`)
    expect(model.dataset.permissions.length + diagnostics.length).toBeGreaterThan(0)
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
