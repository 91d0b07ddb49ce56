/** Reports as other programs read them: each format's whole output, its schema, its limits, and what no page can do to it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import draft04 from 'ajv-draft-04'
import * as fc from 'fast-check'
import type { Nodes, Table } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { SaxesParser } from 'saxes'
import { unified } from 'unified'
import { afterEach, describe, expect, it } from 'vitest'
import type { Diagnostic } from '../src/diagnostic.ts'
import type { Report } from '../src/report/formatter.ts'
import { formatters } from '../src/report/formatters.ts'
import { relocate } from '../src/report/relocate.ts'
import { mostPressing } from '../src/report/selection.ts'
import { stepSummary } from '../src/report/step-summary.ts'
import { rules } from '../src/validate/rules.ts'
import { VERSION } from '../src/version.ts'
import { Workspace } from './support/cli.ts'

const HOSTILE =
  '<script>alert(1)</script> | `@octocat` @octocat %0A ::error::x \u001b[31m "quotes" \'single\' 🚢 \u0000 \u202e [a](b) ]]> #12 https://evil.example/ ##[stop-commands]x \ud800 &amp;'

const PAGE = `## Harbour Viewer

|          | Create | Get |
| -------- | ------ | --- |
| **dock** | √      | √   |
| **pier** |        | ?   |
`

function finding(given: Partial<Diagnostic> = {}): Diagnostic {
  const line = given.line ?? 5
  return {
    ruleId: 'read-only-role-writes',
    severity: 'error',
    message: '`Harbour Viewer` grants `dock.create`, but its name says that it only reads.',
    url: '/rules/read-only-role-writes/',
    path: 'docs/roles.mdx',
    line,
    column: 14,
    endLine: line,
    endColumn: 15,
    subject: 'harbour-viewer',
    fingerprint: '0123456789abcdef',
    related: [],
    fix: null,
    ...given,
  }
}

function reportOf(diagnostics: Diagnostic[], given: Partial<Report> = {}): Report {
  const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  return {
    diagnostics,
    summary: {
      ...{ files: 3, blocks: 4, roles: 1, grants: 2 },
      ...{ errors: count('error'), warnings: count('warning'), baselined: 0 },
    },
    sources: new Map([['docs/roles.mdx', PAGE]]),
    version: '1.2.3',
    ...given,
  }
}

const EMPTY = reportOf([])

/** Three pages: every severity, a related place, a fix, a subject that is missing, a stretch of several lines, and malice. */
const FULL = reportOf(
  [
    finding({ related: [{ path: 'docs/other page.mdx', line: 1, column: 4, note: 'called `Viewer` here' }] }),
    finding({
      ruleId: 'unknown-mark',
      severity: 'warning',
      message: '`?` (pier × Get) is no mark.',
      url: 'https://docs.example/rules/unknown-mark/',
      line: 6,
      column: 23,
      endColumn: 24,
      subject: null,
      fix: {
        description: 'Leave the cell blank',
        edits: [{ path: 'docs/roles.mdx', line: 6, column: 23, endLine: 6, endColumn: 24, text: '' }],
      },
    }),
    finding({
      ruleId: 'unused-partial',
      severity: 'info',
      message: 'No page includes this partial.',
      line: 1,
      column: 1,
      endLine: 3,
      endColumn: 1,
      path: 'partials/a,b:c%d.mdx',
      fingerprint: 'fedcba9876543210',
    }),
    finding({
      message: HOSTILE,
      path: 'docs/evil`|<b>@octocat #1\u001b.mdx',
      subject: HOSTILE,
      related: [{ path: 'docs/roles.mdx', line: 1, column: 1, note: HOSTILE }],
      fix: {
        description: HOSTILE,
        edits: [
          {
            path: 'docs/evil`|<b>@octocat #1\u001b.mdx',
            line: 5,
            column: 14,
            endLine: 5,
            endColumn: 15,
            text: '\u0000',
          },
        ],
      },
    }),
  ],
  {
    sources: new Map([
      ['docs/roles.mdx', PAGE],
      ['docs/evil`|<b>@octocat #1\u001b.mdx', PAGE.replace('√', `\`\`\`\` @octocat ${HOSTILE}`)],
    ]),
  },
)

function format(id: string, report: Report, color = false): string {
  const formatter = formatters.find((candidate) => candidate.id === id)
  if (!formatter) throw new Error(`no formatter ${id}`)
  return formatter.format(report, { color })
}

function many(count: number, given: (i: number) => Partial<Diagnostic> = () => ({})): Diagnostic[] {
  return Array.from({ length: count }, (_, i) =>
    finding({ path: `docs/${String(Math.floor(i / 50)).padStart(4, '0')}.mdx`, line: (i % 50) + 1, ...given(i) }),
  )
}

const SEVERITY_OF = ['info', 'warning', 'error'] as const
const mixed = (count: number) => many(count, (i) => ({ severity: SEVERITY_OF[i % 3] as Diagnostic['severity'] }))

/** The rules of a SARIF log are those of Rolebook; here only those that found something are of interest. */
function readable(sarif: string): string {
  const log = JSON.parse(sarif)
  const [run] = log.runs
  const found = new Set(run.results.map((result: { ruleId: string }) => result.ruleId))
  const { driver } = run.tool
  driver.rules = driver.rules
    .filter((rule: { id: string }) => found.has(rule.id))
    .map((rule: { help: object }) => ({ ...rule, help: Object.keys(rule.help) }))
  for (const result of run.results) result.ruleIndex = typeof result.ruleIndex
  return JSON.stringify(log, null, 1)
}

describe.each(formatters.map(({ id }) => id))('the format %s', (id) => {
  it('writes findings of every kind', () => {
    const text = format(id, FULL)
    expect(id === 'sarif' ? readable(text) : text).toMatchSnapshot()
  })

  it('writes a report without findings', () => {
    const text = format(id, EMPTY)
    expect(id === 'sarif' ? readable(text) : text).toMatchSnapshot()
  })

  it('ends in a newline, and holds no control character and no half of a character', () => {
    for (const report of [FULL, EMPTY]) {
      const text = format(id, report)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/)
      expect(text.isWellFormed()).toBe(true)
      expect(text === '' || text.endsWith('\n')).toBe(true)
    }
  })

  it('writes the same bytes each time', () => {
    expect(format(id, structuredClone(FULL))).toBe(format(id, FULL))
  })

  it('takes thousands of findings', () => {
    expect(format(id, mixed(3_000)).length).toBeGreaterThan(100)

    function mixed(count: number): Report {
      return reportOf(many(count, (i) => ({ message: HOSTILE.repeat(i % 3) })))
    }
  })
})

describe('sarif', () => {
  const require = createRequire(import.meta.url)
  const schemaFile = join(require.resolve('@microsoft/jest-sarif'), '../schemas/sarif-2.1.0-rtm.5.json')
  // The schema's formats (`uri`, `date-time`) are checked by hand below where they matter.
  const ajv = new draft04.default({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false })
  const valid = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')))

  it.each([
    ['of every kind', FULL],
    ['that are none', EMPTY],
    ['over the limit', reportOf(mixed(5_001))],
  ])('fits the official schema with findings %s', (_, report) => {
    valid(JSON.parse(format('sarif', report)))
    expect(valid.errors ?? []).toEqual([])
  })

  it('would not fit the schema with a line 0: the schema is really asked', () => {
    expect(valid(JSON.parse(format('sarif', reportOf([finding({ line: 0 })]))))).toBe(false)
  })

  const runOf = (report: Report) => JSON.parse(format('sarif', report)).runs[0]

  it('names every rule, and points at the rule of each result', () => {
    const { tool, results } = runOf(FULL)
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id))
    expect(results).toHaveLength(FULL.diagnostics.length)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })

  it('gives a rule a help URI only where it is absolute', () => {
    const { tool } = runOf(FULL)
    const uris = tool.driver.rules.flatMap((rule: { helpUri?: string }) => rule.helpUri ?? [])
    expect(uris).toEqual(['https://docs.example/rules/unknown-mark/'])
  })

  it('has paths that are relative URIs and lead back to the path', () => {
    const uris = runOf(FULL).results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri ?? '',
    )
    for (const uri of uris) expect(uri).toMatch(/^[\w.!~*'()%/-]+$/)
    expect(uris.map(decodeURIComponent)).toEqual(FULL.diagnostics.map(({ path }) => path))
  })

  it('lets no document write a link into a message', () => {
    const links = runOf(FULL).results.flatMap(({ message }: { message: { text: string } }) => [
      ...message.text.matchAll(/(?<!\\)\]\(([^)]*)\)/g),
    ])
    expect(links.map((match: RegExpMatchArray) => match[1])).toEqual(['1', '1'])
  })

  it('leaves out nothing up to 25,000 findings, and says how many code scanning shows', () => {
    const { results, invocations } = runOf(reportOf(mixed(5_001)))
    expect(results).toHaveLength(5_001)
    const levels = results.map(({ level }: { level: string }) => level)
    expect(levels).toEqual(
      [...levels].sort((a, b) => ['error', 'warning', 'note'].indexOf(a) - ['error', 'warning', 'note'].indexOf(b)),
    )
    expect(invocations[0].toolExecutionNotifications.map((n: { message: object }) => n.message)).toEqual([
      { text: 'Code scanning shows 5000 of 5001 findings; the gravest come first.' },
    ])
    expect(runOf(reportOf(mixed(5_000))).invocations[0]).toEqual({ executionSuccessful: true })
  })

  it('leaves out the least grave beyond 25,000, and says how many', () => {
    const { results, invocations } = runOf(reportOf(many(25_003, (i) => ({ severity: i < 2 ? 'info' : 'warning' }))))
    expect(results).toHaveLength(25_000)
    expect(results.every(({ level }: { level: string }) => level === 'warning')).toBe(true)
    expect(JSON.stringify(invocations)).toContain('3 findings did not fit into this file and were left out.')
  })
})

describe('github', () => {
  const commandsOf = (report: Report) =>
    format('github', report)
      .split('\n')
      .filter((line) => line.startsWith('::'))

  it('escapes what would end a property or a message', () => {
    const report = reportOf([finding({ path: 'a,b:c%d.mdx', message: 'one: 100%, two\nthree\r\nfour' })])
    expect(commandsOf(report)).toEqual([
      '::error file=a%2Cb%3Ac%25d.mdx,line=5,endLine=5,col=14,endColumn=15,title=read-only-role-writes::one: 100%25, two%0Athree%0Afour',
    ])
  })

  it('gives columns only where a finding stands on one line, and no line that it only touches', () => {
    const [command] = commandsOf(reportOf([finding({ line: 2, endLine: 4, endColumn: 1 })]))
    expect(command).toContain('line=2,endLine=3,title=')
  })

  it('never writes more than ten of a severity, errors first, and says how many there are', () => {
    const text = format('github', reportOf(mixed(200)))
    const commands = text.split('\n').filter((line) => line.startsWith('::'))
    const kinds = commands.map((line) => /^::(\w+)/.exec(line)?.[1])
    expect(kinds).toEqual([...Array(10).fill('error'), ...Array(10).fill('warning'), ...Array(10).fill('notice')])
    expect(text.split('\n').slice(30)).toEqual(['30 of 200 findings annotated; GitHub keeps 10 of each severity.', ''])
  })

  it('takes findings on changed lines before others of the same severity', () => {
    const changed = new Map([['docs/0002.mdx', new Set([7, 8])]])
    const commands = commandsOf(reportOf(many(200), { changed }))
    expect(commands.slice(0, 3).map((line) => /file=([^,]+),line=(\d+)/.exec(line)?.slice(1))).toEqual([
      ['docs/0002.mdx', '7'],
      ['docs/0002.mdx', '8'],
      ['docs/0000.mdx', '1'],
    ])
  })

  it('counts a stretch of lines as changed where one of them is', () => {
    const findings = [finding({ line: 1 }), finding({ line: 4, endLine: 9, endColumn: 1 })]
    const first = (line: number) =>
      mostPressing(reportOf(findings, { changed: new Map([['docs/roles.mdx', new Set([line])]]) }))[0]?.line
    expect([3, 4, 8, 9].map(first)).toEqual([1, 4, 4, 1])
  })
})

describe('gitlab', () => {
  it('gives every finding a fingerprint of its own, the same each time', () => {
    const report = reportOf(many(200, (i) => ({ fingerprint: i % 2 === 0 ? 'aaaa' : `bbbb${i}` })))
    const prints = () => JSON.parse(format('gitlab', report)).map((issue: { fingerprint: string }) => issue.fingerprint)
    expect(new Set(prints()).size).toBe(200)
    expect(prints().slice(0, 3)).toEqual(['aaaa', 'bbbb1', 'aaaa-2'])
    expect(prints()).toEqual(prints())
  })

  it('has every field that GitLab asks for', () => {
    for (const issue of JSON.parse(format('gitlab', FULL))) {
      expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location'])
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity)
      expect(issue.location.path).not.toMatch(/^\.?\//)
      expect(issue.location.lines.begin).toBeGreaterThan(0)
    }
  })
})

interface Element {
  name: string
  attributes: Record<string, string>
  text: string
}

function elementsOf(xml: string): Element[] {
  const elements: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const innermost = open.at(-1)
    if (innermost) innermost.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return elements
}

describe('junit', () => {
  it('is XML whose counts are those of its elements', () => {
    for (const report of [FULL, EMPTY, reportOf(mixed(200))]) {
      const elements = elementsOf(format('junit', report))
      const count = (name: string) => elements.filter((element) => element.name === name).length
      const sum = (attribute: string) =>
        elements.filter(({ name }) => name === 'testsuite').reduce((n, e) => n + Number(e.attributes[attribute]), 0)
      expect(elements[0]?.attributes).toMatchObject({
        tests: String(count('testcase')),
        failures: String(count('failure')),
      })
      expect([sum('tests'), sum('failures')]).toEqual([count('testcase'), count('failure')])
      expect(count('testcase')).toBe(Math.max(1, report.diagnostics.length))
    }
  })

  it('keeps what a reader sees of hostile text', () => {
    const failure = elementsOf(format('junit', FULL)).find(({ text }) => text.includes('<script>'))
    expect(failure?.text).toContain('<script>alert(1)</script> | `@octocat` @octocat %0A ::error::x \\x1b[31m "quotes"')
  })

  it('gives no two cases the same class and name', () => {
    const report = reportOf([...many(100), finding({ path: 'docs/0000.md' })])
    const cases = elementsOf(format('junit', report)).filter(({ name }) => name === 'testcase')
    expect(new Set(cases.map(({ attributes }) => `${attributes.classname} ${attributes.name}`)).size).toBe(101)
  })
})

describe('markdown', () => {
  const LIMIT = 65_536

  it('lets no page write HTML, end a cell, or mention anybody', () => {
    for (const text of [format('markdown', FULL), stepSummary(FULL)]) {
      const shown = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      expect(shown).not.toContain('<script')
      expect(shown).not.toContain('<b>')
      expect(shown).not.toMatch(/@\w/)
      expect(shown).not.toMatch(/#\d+(?![\d;])/)
      expect(shown).not.toContain('https://evil')
      expect(shown).not.toContain('[a](b)')
      for (const row of shown.split('\n').filter((line) => line.startsWith('|'))) expect(row.split('|')).toHaveLength(6)
    }
  })

  it('is read by a Markdown parser as tables, our own tags, and the text of the page', () => {
    for (const markdown of [format('markdown', FULL), stepSummary(FULL)]) {
      const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown)
      const found = {
        html: new Set<string>(),
        links: new Set<string>(),
        texts: [] as string[],
        cells: new Set<number>(),
      }
      const visit = (node: Nodes) => {
        if (node.type === 'html') found.html.add(node.value)
        if (node.type === 'link') found.links.add(node.url)
        if (node.type === 'tableRow') {
          found.cells.add(node.children.length)
          found.texts.push(textOf(node, { includeHtml: false }))
        }
        if (['image', 'linkReference', 'definition', 'inlineCode', 'strong', 'emphasis', 'delete'].includes(node.type))
          throw new Error(`a page wrote: ${node.type}`)
        if ('children' in node) node.children.forEach(visit)
      }
      visit(tree)
      const tags = ['<code>', '</code>', '<details>\n<summary>Details</summary>', '</details>']
      expect([...found.html].filter((html) => !tags.includes(html))).toEqual([])
      expect([...found.links]).toEqual(['https://docs.example/rules/unknown-mark/'])
      expect([...found.cells]).toEqual([4])
      const seen = found.texts.map((text) => text.replaceAll('\u200b', ''))
      expect(seen.some((text) => text.includes('alert(1)</script> | @octocat @octocat %0A ::error::x \\x1b[31m'))).toBe(
        true,
      )
    }
  })

  it('leaves words as they are, and parts nothing else', () => {
    const message = 'snake_case and `_start`, a * b, GH-1, !2, www.example.com, mail@example.com, 5:4'
    expect(format('markdown', reportOf([finding({ message })]))).toContain(
      'snake_case and <code>&#95;start</code>, a &#42; b, GH-&#8203;1, !&#8203;2, www.&#8203;example.com, mail@&#8203;example.com, 5:4 |',
    )
  })

  it('keeps a line of a page inside of its fence', () => {
    const fences = format('markdown', FULL).match(/^`{3,}.*$/gm)
    expect(fences).toEqual(['```text', '```', '```text', '```', '`````text', '`````'])
  })

  it('has at most 65,536 characters, the gravest findings, and says how many more there are', () => {
    const text = format('markdown', reportOf(mixed(3_000)))
    expect(text.length).toBeLessThanOrEqual(LIMIT)
    expect(text.length).toBeGreaterThan(LIMIT - 1_000)
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line))
    expect(rows.every((row) => row.includes('| error |'))).toBe(true)
    expect(text).toContain(`… and ${3_000 - rows.length} more findings.\n`)
  })

  it('drops the details before it drops a finding', () => {
    const report = reportOf(many(350, () => ({ path: 'docs/roles.mdx', line: 5 })))
    const text = format('markdown', report)
    expect(text.length).toBeLessThanOrEqual(LIMIT)
    expect(text).not.toContain('<details>')
    expect(text).not.toContain('more finding')
  })

  it('fits with a message that would not', () => {
    expect(format('markdown', reportOf([finding({ message: '|'.repeat(200_000) })])).length).toBeLessThan(LIMIT)
  })

  it('links to lines where the files have an address', () => {
    const report = { ...FULL, sourceUrl: 'https://forge.example/o/r/blob/abc/' }
    expect(format('markdown', report)).toContain('[5:14](https://forge.example/o/r/blob/abc/docs/roles.mdx#L5)')
    expect(format('markdown', report)).toContain('blob/abc/docs/evil%60%7C%3Cb%3E%40octocat%20%231%1B.mdx#L5)')
  })
})

describe('whatever a page says', () => {
  const said = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'`|<&@[]()_*\\#1:/\n\r\t %-~!') }),
  )
  const anyFinding = fc
    .record({
      message: said,
      path: fc.string({ unit: 'binary', minLength: 1 }),
      subject: fc.option(said),
      note: said,
      column: fc.integer({ min: 1, max: 300 }),
    })
    .map(({ message, path, subject, note, column }) =>
      finding({ message, path, subject, column, endColumn: column + 1, related: [{ path, line: 1, column: 1, note }] }),
    )
  const anyReport = fc
    .tuple(fc.array(anyFinding, { maxLength: 8 }), said)
    .map(([findings, page]) =>
      reportOf(findings, { sources: new Map(findings.map(({ path }) => [path, `\n\n\n\n${page}`])) }),
    )

  it('every format is text without control characters, XML is XML, and a table has as many rows as findings', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const { id } of formatters) {
          const text = format(id, report)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
          expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/)
          expect(text.isWellFormed()).toBe(true)
        }
        const commands = format('github', report)
          .split('\n')
          .filter((line) => line.startsWith('::'))
        expect(commands).toHaveLength(Math.min(10, report.diagnostics.length))
        const elements = elementsOf(format('junit', report)).map(({ name }) => name)
        expect(elements.filter((name) => name === 'failure')).toHaveLength(report.diagnostics.length)
        const tree = unified().use(remarkParse).use(remarkGfm).parse(stepSummary(report))
        const table = tree.children.find(({ type }) => type === 'table') as Table | undefined
        expect(table?.children.map(({ children }) => children.length) ?? [4]).toEqual(
          Array(report.diagnostics.length + 1).fill(4),
        )
        expect(tree.children.at(-1)?.type).toBe(report.diagnostics.length > 0 ? 'table' : 'paragraph')
      }),
      { numRuns: 300 },
    )
  })
})

describe('the summary of a step', () => {
  it('has the counts and a row for each finding', () => {
    expect(stepSummary(FULL)).toMatchSnapshot()
    expect(stepSummary(EMPTY)).toMatchSnapshot()
  })

  it('stays under 1 MiB, and says how many findings it leaves out', () => {
    const text = stepSummary(reportOf(mixed(20_000)))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000)
    const rows = text.split('\n').filter((line) => /^\| <code>/.test(line)).length
    expect(text).toContain(`… and ${20_000 - rows} more findings.`)
  })
})

describe('stylish', () => {
  it('links each rule to its page in colour, where it has one', () => {
    const text = format('stylish', FULL, true)
    const links = text.split('\u001b]8;;').filter((part) => part.startsWith('https'))
    expect(links).toHaveLength(1)
    expect(links[0]).toMatch(/^https:\/\/docs\.example\/rules\/unknown-mark\/.+unknown-mark/)
  })

  it('names the page of each rule once without colour', () => {
    const warning = FULL.diagnostics[1] as Diagnostic
    const text = format('stylish', reportOf([warning, { ...warning, line: 5 }]))
    expect(text.split('https://docs.example/rules/unknown-mark/')).toHaveLength(2)
  })
})

describe('a report whose paths begin elsewhere', () => {
  it('has every path moved', () => {
    const changed = new Map([['docs/roles.mdx', new Set([1])]])
    const moved = relocate({ ...FULL, changed }, 'site/')
    const paths = [...JSON.stringify(moved.diagnostics).matchAll(/"path":"([^"]*)/g)].map((match) => match[1] ?? '')
    expect(paths).toHaveLength(8)
    expect(paths.filter((path) => !path.startsWith('site/'))).toEqual([])
    expect([...moved.sources.keys(), ...(moved.changed?.keys() ?? [])].every((path) => path.startsWith('site/'))).toBe(
      true,
    )
  })
})

describe('a path that leads out of the folder', () => {
  it('is the path from the new root', () => {
    const moved = relocate(reportOf([finding({ path: '../docs/a.mdx' }), finding({ path: '../../b.mdx' })]), 'site/')
    expect(moved.diagnostics.map(({ path }) => path)).toEqual(['docs/a.mdx', '../b.mdx'])
  })
})

describe('rolebook check in a CI system', () => {
  let there: Workspace
  afterEach(() => there?.remove())

  const given = (files: Record<string, string>) => {
    there = new Workspace(files)
    return there
  }
  const actions = (folder: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder })

  it('adds annotations to the text in GitHub Actions', async () => {
    const { folder } = given({ 'docs/page.mdx': PAGE })
    const { code, out } = await there.runWith({ env: actions(folder) }, 'check')
    expect(code).toBe(1)
    expect(out).toContain('::error file=docs/page.mdx,line=5,endLine=5,col=14,')
    expect(out).toContain('2 of 2 findings annotated.')
  })

  it('adds none elsewhere, beside another format, or a second time', async () => {
    const { folder } = given({ 'page.mdx': PAGE })
    expect((await there.run('check')).out).not.toContain('::error')
    expect((await there.runWith({ env: { GITHUB_ACTIONS: 'false' } }, 'check')).out).not.toContain('::error')
    const env = actions(folder)
    const json = await there.runWith({ env }, 'check', '--format', 'json')
    expect(JSON.parse(json.out).summary.errors).toBe(1)
    const asked = ['check', '--format', 'stylish', '--format', 'github']
    expect((await there.runWith({ env }, ...asked)).out.match(/^::error /gm)).toHaveLength(1)
  })

  it('lets no page drive the runner through the text', async () => {
    const evil = PAGE.replace('?', '##[stop-commands]pwned')
    const { folder } = given({ 'page.mdx': evil })
    const { out } = await there.runWith({ env: actions(folder) }, 'check')
    const [, token = '', text = ''] = /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::\n/.exec(out) ?? []
    expect(text).toContain('##[stop-commands]pwned')
    expect(text).not.toContain(token)
    expect(out.slice(out.indexOf(`\n::${token}::\n`))).not.toMatch(/^(?!::).*##\[/m)
  })

  it('counts paths from the root of the checkout', async () => {
    const { folder } = given({ 'site/docs/page.mdx': PAGE })
    const cwd = join(folder, 'site')
    const { out } = await there.runWith({ cwd, env: actions(folder) }, 'check')
    expect(out).toContain('file=site/docs/page.mdx,')
    expect(out).toContain('\ndocs/page.mdx\n')
    const gitlab = await there.runWith(
      { cwd, env: { GITLAB_CI: 'true', CI_PROJECT_DIR: folder } },
      ...['check', '--format', 'gitlab'],
    )
    expect(JSON.parse(gitlab.out)[0].location.path).toBe('site/docs/page.mdx')
  })

  it('appends to the summary of the step', async () => {
    const { folder } = given({ 'page.mdx': PAGE, 'summary.md': 'before\n' })
    const file = join(folder, 'summary.md')
    const env = {
      ...actions(folder),
      GITHUB_STEP_SUMMARY: file,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: 'abc',
    }
    await there.runWith({ env }, 'check')
    const text = readFileSync(file, 'utf8')
    expect(text.startsWith('before\n## Rolebook: 1 error, 1 warning\n')).toBe(true)
    expect(text).toContain('[page.mdx:5:14](https://github.com/o/r/blob/abc/page.mdx#L5)')
  })

  it('keeps the summary under its limit whatever stands there, and goes on where it cannot be written', async () => {
    const { folder } = given({ 'page.mdx': PAGE, 'summary.md': 'x'.repeat(999_990) })
    const run = (file: string) =>
      there.runWith({ env: { ...actions(folder), GITHUB_STEP_SUMMARY: join(folder, file) } }, 'check')
    expect((await run('summary.md')).err).toBe('')
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toHaveLength(999_990)
    const { code, err } = await run('nowhere/summary.md')
    expect([code, err]).toEqual([1, 'The step summary could not be written: its folder is not there (ENOENT).\n'])
  })

  it('writes several formats, each to its file', async () => {
    const { folder } = given({ 'page.mdx': PAGE })
    const files = ['sarif', 'gitlab', 'junit', 'markdown', 'json']
    const { code } = await there.run('check', ...files.flatMap((id) => ['--format', id, '--output', `out/${id}`]))
    expect(code).toBe(1)
    for (const id of files) expect(readFileSync(join(folder, 'out', id), 'utf8')).toContain('page.mdx')
    const [{ tool }] = JSON.parse(readFileSync(join(folder, 'out/sarif'), 'utf8')).runs
    expect(tool.driver.semanticVersion).toBe(VERSION)
  })

  it('refuses two formats for one file, and a file that cannot be written, in one line', async () => {
    given({ 'page.mdx': PAGE })
    const twice = await there.run('check', '--format', 'json', '--output', 'a', '--format', 'junit', '--output', './a')
    expect([twice.code, twice.err]).toEqual([2, 'rolebook: Two formats go to ./a: give each a file of its own\n'])
    const folder = await there.run('check', '--format', 'json', '--output', '.')
    expect([folder.code, folder.err]).toEqual([2, 'rolebook: Could not write .: it is a folder (EISDIR)\n'])
  })
})
