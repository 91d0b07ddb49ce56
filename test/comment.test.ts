/** The action that comments on pull requests, run as a runner does, against a server in GitHub's place. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Workspace } from './support/cli.ts'
import { ROOT, saySkipped, shared, sharedFolder } from './support/shared.ts'

const MARKER = '<!-- rolebook-diff -->'
const BODY = `${MARKER}\n## 1 role widened\n`
const BOT = 'github-actions[bot]'
const TOKEN = 'ghs_SECRET'

interface Comment {
  id: number
  user: { login: string }
  body: string
}

/** What the server holds, and what it was asked. */
let comments: Comment[] = []
let pulls: unknown[] = []
let asked: string[] = []
let failing: { status: number; headers?: Record<string, string> } | null = null
let server: Server
let api = ''
let workspace = ''

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    asked.push(`${request.method} ${request.url}`)
    const answer = (status: number, value: unknown, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(value))
    }
    if (failing) return answer(failing.status, { message: 'no' }, failing.headers)
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, {})
    if (pathname === '/graphql') return answer(200, { data: { viewer: { login: BOT } } })
    if (pathname === '/repos/o/r/pulls') return answer(200, pulls)
    if (pathname === '/repos/o/r/issues/7/comments' && request.method === 'GET') {
      const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('per_page'))]
      return answer(200, comments.slice((page - 1) * size, page * size))
    }
    if (pathname === '/repos/o/r/issues/7/comments') {
      comments.push({ id: 1000 + comments.length, user: { login: BOT }, body: JSON.parse(body).body })
      return answer(201, {})
    }
    const id = Number(/^\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(pathname)?.[1])
    const comment = comments.find((one) => one.id === id)
    if (!comment || request.method !== 'PATCH') return answer(404, {})
    comment.body = JSON.parse(body).body
    answer(200, {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

beforeEach(() => {
  if (workspace) rmSync(workspace, { recursive: true, force: true })
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'rolebook-comment-')))
  comments = []
  pulls = []
  asked = []
  failing = null
})

afterAll(() => {
  rmSync(workspace, { recursive: true, force: true })
  server.close()
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const PULL_REQUEST = { pull_request: { number: 7 } }
/** As for a branch of this repository; a fork's run names no pull request. */
const RUN = {
  repository: { id: 1 },
  workflow_run: {
    event: 'pull_request',
    head_sha: 'abc',
    head_branch: 'more & more#rights',
    head_repository: { id: 2, owner: { login: 'someone' } },
    pull_requests: [] as unknown[],
  },
}

interface Ran {
  code: number | null
  out: string
  err: string
}

/** Runs the action on a file with this text, as its runner would: inputs in the environment, no shell. */
async function comment(text: string | Buffer | null, event: unknown, more: Record<string, string> = {}): Promise<Ran> {
  if (text !== null) writeFileSync(join(workspace, 'rolebook-diff.md'), text)
  writeFileSync(join(workspace, '.event.json'), JSON.stringify(event))
  const action = parse(readFileSync(join(ROOT, 'scripts/comment/action.yml'), 'utf8'))
  const child = spawn(process.execPath, [join(ROOT, 'scripts/comment', action.runs.main)], {
    cwd: workspace,
    env: {
      INPUT_FILE: action.inputs.file.default,
      'INPUT_GITHUB-TOKEN': TOKEN,
      GITHUB_API_URL: api,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_EVENT_PATH: join(workspace, '.event.json'),
      GITHUB_WORKSPACE: workspace,
      ...more,
    },
  })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.on('data', (part) => {
    ran.out += part
  })
  child.stderr.on('data', (part) => {
    ran.err += part
  })
  ran.code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  expect(ran.out + ran.err).not.toContain(TOKEN)
  return ran
}

const written = () => asked.filter((request) => /^(?:POST|PATCH) \/repos/.test(request))

describe('the comment of a pull request', () => {
  it('is made where there is none', async () => {
    expect(await comment(BODY, PULL_REQUEST)).toEqual({ code: 0, out: 'Commented on #7.\n', err: '' })
    expect(comments).toEqual([{ id: 1000, user: { login: BOT }, body: BODY }])
  })

  it('is updated where it is there, be it on the third page, and left alone where it says the same', async () => {
    comments = Array.from({ length: 230 }, (_, id) => ({ id, user: { login: 'a' }, body: 'x' }))
    comments.push({ id: 500, user: { login: BOT }, body: `${MARKER}\nold` })
    expect((await comment(BODY, PULL_REQUEST)).out).toBe('Updated the comment on #7.\n')
    expect(comments.at(-1)).toMatchObject({ id: 500, body: BODY })
    asked = []
    expect((await comment(BODY, PULL_REQUEST)).out).toBe('The comment on #7 is up to date.\n')
    expect(written()).toEqual([])
  })

  it("is only ever the token's own, and only one with the marker in front", async () => {
    const foreign = [
      { id: 1, user: { login: 'mallory' }, body: BODY },
      { id: 2, user: { login: 'github-actions' }, body: BODY },
      { id: 3, user: { login: BOT }, body: `> ${BODY}` },
    ]
    comments = structuredClone(foreign)
    await comment(BODY, PULL_REQUEST)
    expect(comments.slice(0, 3)).toEqual(foreign)
    expect(written()).toEqual(['POST /repos/o/r/issues/7/comments'])
  })

  it('is not made to say that nothing changed, but says so where it said otherwise', async () => {
    const nothing = `${MARKER}\n## No changes\n`
    await comment(nothing, PULL_REQUEST)
    expect(written()).toEqual([])
    comments = [{ id: 4, user: { login: BOT }, body: BODY }]
    await comment(nothing, PULL_REQUEST)
    expect(comments[0]?.body).toBe(nothing)
  })
})

describe('the number of the pull request', () => {
  const pull = (number: number, sha = 'abc', id = 2) => ({ number, head: { sha, repo: { id } } })

  it('is that of the event of another workflow', async () => {
    const named = { number: 7, head: { sha: 'abc' }, base: { repo: { id: 1 } } }
    const elsewhere = { number: 9, head: { sha: 'abc' }, base: { repo: { id: 5 } } }
    const event = { ...RUN, workflow_run: { ...RUN.workflow_run, pull_requests: [elsewhere, named] } }
    expect((await comment(BODY, event)).out).toBe('Commented on #7.\n')
    expect(asked.some((request) => request.includes('/pulls'))).toBe(false)
  })

  it('of a fork is looked up by its branch, and is that of the same commit', async () => {
    pulls = [pull(5, 'old'), pull(6, 'abc', 3), pull(7)]
    expect((await comment(BODY, RUN)).out).toBe('Commented on #7.\n')
    const query = new URLSearchParams({ state: 'open', head: 'someone:more & more#rights', per_page: '100' })
    expect(asked[0]).toBe(`GET /repos/o/r/pulls?${query}`)
  })

  it('is none where the branch moved on, and nothing is written', async () => {
    pulls = [pull(7, 'newer')]
    const { code, out } = await comment(BODY, RUN)
    expect([code, out]).toEqual([
      0,
      '::notice title=Rolebook::No open pull request has this commit as its head: nothing to comment on.\n',
    ])
    expect(written()).toEqual([])
  })

  it('is never taken from the file, and never guessed', async () => {
    pulls = [pull(7), pull(8)]
    const { code, out } = await comment(`${MARKER}\nnumber: 9\n#9\n`, RUN)
    expect([code, out]).toEqual([
      1,
      '::error title=Rolebook::Several pull requests have this commit as their head: #7, #8.\n',
    ])
    expect((await comment(BODY, { push: true })).code).toBe(1)
    const pushed = { ...RUN, workflow_run: { ...RUN.workflow_run, event: 'push' } }
    expect((await comment(BODY, pushed)).out).toContain('ran on push, not on pull_request')
    expect(written()).toEqual([])
  })
})

describe('the file', () => {
  it.each([
    ['none', null, 'There is no file rolebook-diff.md, or it is a link.'],
    ['without the marker', 'Approved.', 'rolebook-diff.md does not begin with <!-- rolebook-diff -->.'],
    ['with the marker later', ` ${BODY}`, 'rolebook-diff.md does not begin with <!-- rolebook-diff -->.'],
    ['too long', BODY + 'x'.repeat(65_536), 'rolebook-diff.md is too long for a comment.'],
    ['much too long', BODY + 'x'.repeat(400_000), 'rolebook-diff.md is too long for a comment.'],
    ['no text', Buffer.from([0xff, 0xfe, 0]), 'rolebook-diff.md is no UTF-8 text.'],
  ])('%s is refused before GitHub is asked anything', async (_, text, message) => {
    expect(await comment(text, PULL_REQUEST)).toEqual({ code: 1, out: `::error title=Rolebook::${message}\n`, err: '' })
    expect(asked).toEqual([])
  })

  it('is no link, no folder, and nothing outside of the workspace', async () => {
    writeFileSync(join(workspace, 'secret'), BODY)
    symlinkSync(join(workspace, 'secret'), join(workspace, 'rolebook-diff.md'))
    expect((await comment(null, PULL_REQUEST)).code).toBe(1)
    mkdirSync(join(workspace, 'folder'))
    for (const file of ['folder', '../x.md', '/etc/hostname', 'none/x.md', '$(touch pwned)']) {
      const { code, out } = await comment(null, PULL_REQUEST, { INPUT_FILE: file })
      expect(code, out).toBe(1)
    }
    expect(asked).toEqual([])
  })

  it('that was forged does no harm', async () => {
    const forged = [
      '@everyone \\@someone &#64;someone &commat;someone o/r#12 #1 GH-2',
      '[Approve](https://evil.example) [x](//evil.example) ![](https://evil.example/pixel.png)',
      '[up](https://github.com/o/r/../../evil/phish) [ok](https://github.com/o/r/blob/x/a.md#L1) [a][b]',
      '[b]: https://evil.example',
      '<img src=x> <a href="https://evil.example">x</a> <!-- hidden --> <details open> https://evil.example www.evil.example',
      '[x](',
      'https://evil.example)',
    ]
    expect((await comment(`${MARKER}\n${forged.join('\n')}\n`, PULL_REQUEST)).code).toBe(0)
    expect(comments[0]?.body).toMatchInlineSnapshot(`
      "<!-- rolebook-diff -->
      @&#8203;everyone \\@&#8203;someone &amp;#&#8203;64;someone &amp;commat;someone o/r#&#8203;12 #&#8203;1 GH-&#8203;2
      [Approve]&#40;https:&#8203;//evil.example) [x]&#40;//evil.example) &#33;[]&#40;https:&#8203;//evil.example/pixel.png)
      [up]&#40;https:&#8203;//github.com/o/r/../../evil/phish) [ok](https://github.com/o/r/blob/x/a.md#L1) [a&#93;[b]
      [b&#93;: https:&#8203;//evil.example
      &lt;img src=x> &lt;a href="https:&#8203;//evil.example">x&lt;/a> &lt;!-- hidden --> &lt;details open> https:&#8203;//evil.example www.&#8203;evil.example
      [x]&#40;
      https:&#8203;//evil.example)
      "
    `)
  })

  saySkipped()
  it.skipIf(!shared)('that Rolebook wrote is posted as it is', async () => {
    const rolebook = new Workspace({
      'a/x.mdx': '# Roles\n\n## Harbour\n\n### @a `b` <c> #1 &amp; Admin\n\n- `dock.get`\n',
    })
    const corpus = join(sharedFolder(), 'corpus')
    const link = ['--format', 'markdown', '--link-base', 'https://github.com/o/r/blob/abc/']
    for (const sides of [
      ['a', join(corpus, 'latest/docs')],
      [join(corpus, 'v4'), join(corpus, 'latest')],
    ]) {
      const { out } = await rolebook.run('diff', ...sides, ...link)
      comments = []
      await comment(out, PULL_REQUEST)
      expect(comments[0]?.body).toBe(out)
    }
    rolebook.remove()
  })
})

describe('what GitHub refuses', () => {
  it.each([
    [401, {}, 'the token is not valid'],
    [403, {}, 'the job needs `permissions` with `pull-requests: write`'],
    [429, { 'retry-after': '17' }, 'try again in 17 seconds'],
    [500, {}, 'try again later'],
  ])('with %i is said in one line', async (status, headers, message) => {
    failing = { status, headers: headers as Record<string, string> }
    const { code, out, err } = await comment(BODY, PULL_REQUEST)
    expect([code, err]).toEqual([1, ''])
    expect(out.split('\n')).toHaveLength(2)
    expect(out).toContain(message)
  })

  it('by sending it elsewhere is not obeyed: no other host is asked anything', async () => {
    const visits: string[] = []
    const elsewhere = createServer((request, response) => {
      visits.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"viewer":{"login":"x"}}}')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
    failing = { status: 307, headers: { location } }
    const { code, out } = await comment(BODY, PULL_REQUEST)
    elsewhere.close()
    expect([code, visits]).toEqual([1, []])
    expect(out).toContain("GitHub can't be reached")
  })

  it('and what it is not told, too', async () => {
    expect((await comment(BODY, PULL_REQUEST, { 'INPUT_GITHUB-TOKEN': '' })).out).toContain('github-token is empty')
    expect((await comment(BODY, PULL_REQUEST, { GITHUB_REPOSITORY: 'o/r/../x' })).out).toContain('names no repository')
    expect(asked).toEqual([])
  })
})

describe('the workflows', () => {
  const workflow = (name: string) => parse(readFileSync(join(ROOT, 'test/fixtures/workflows', name), 'utf8'))
  const inputs = (path: string) => Object.keys(parse(readFileSync(join(ROOT, path), 'utf8')).inputs)
  const files = ['rolebook.yml', 'rolebook-comment.yml', 'rolebook-same-repository.yml']

  it.each(files)('%s puts no text of a pull request into a script, and names inputs that there are', (name) => {
    for (const job of Object.values<{ steps: Record<string, unknown>[] }>(workflow(name).jobs)) {
      for (const step of job.steps) {
        expect(step).not.toHaveProperty('run')
        const uses = String(step.uses)
        const action = uses.startsWith('rolebook/rolebook/scripts/comment@')
          ? 'scripts/comment/action.yml'
          : uses.startsWith('rolebook/rolebook@')
            ? 'action.yml'
            : null
        if (action) expect(inputs(action)).toEqual(expect.arrayContaining(Object.keys(step.with as object)))
      }
    }
  })

  it.each(files)('%s keeps the permission to write away from the code of the pull request', (name) => {
    const { permissions, jobs } = workflow(name)
    for (const job of Object.values<{ permissions?: object; steps: { uses?: string }[] }>(jobs)) {
      const own: Record<string, string> = { ...(job.permissions ?? permissions) }
      const runsCode = job.steps.some(({ uses = '' }) => /^actions\/checkout@|^rolebook\/rolebook@/.test(uses))
      const writes = Object.values(own).includes('write')
      expect(runsCode).toBe(!writes)
    }
  })

  it('hand over the file under the name that the other one looks for', () => {
    const { steps } = workflow('rolebook-comment.yml').jobs.comment
    const upload = workflow('rolebook.yml').jobs.rolebook.steps.at(-1)
    const [download, post] = steps
    expect(download.with.name).toBe(upload.with.name)
    expect(post.with.file).toBe(`${download.with.path}/rolebook-diff.md`)
    expect(parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')).runs.steps[0].run).toContain('/rolebook-diff.md}')
    expect(workflow('rolebook-comment.yml').on.workflow_run.workflows).toEqual([workflow('rolebook.yml').name])
  })
})
