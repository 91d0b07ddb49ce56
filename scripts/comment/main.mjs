/**
 * Posts or updates the one comment of a pull request. It runs with the permission to write, so nothing of the pull request
 * is trusted: its number comes from the event, and the file is data, which is checked and made harmless.
 */
import { constants } from 'node:fs'
import { open, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'

const MARKER = '<!-- rolebook-diff -->'
/** GitHub refuses a longer comment. In UTF-8 none of this length takes more than three bytes for each. */
const MOST_CHARACTERS = 65_536
const MOST_BYTES = 3 * MOST_CHARACTERS
const PAGE = 100
/** Pages of comments that are looked at. */
const MOST_PAGES = 50
const TIMEOUT = 30_000

/** What ends the action with one line that says what to do. */
class Refusal extends Error {}

const env = process.env

try {
  console.log(await run())
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  // A command ends at its line's end, so the message must be one line.
  console.log(`::error title=Rolebook::${escapeData(error.message)}`)
  process.exitCode = 1
}

/** @returns {Promise<string>} what was done */
async function run() {
  const token = env['INPUT_GITHUB-TOKEN'] ?? ''
  if (token === '') throw new Refusal('The input github-token is empty.')
  const repository = env.GITHUB_REPOSITORY ?? ''
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new Refusal('GITHUB_REPOSITORY names no repository.')
  const body = harmless(await commentText(), `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/`)
  const call = client(env.GITHUB_API_URL ?? 'https://api.github.com', token)

  const number = await pullRequest(call, repository, JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8')))
  if (number === null)
    return '::notice title=Rolebook::No open pull request has this commit as its head: nothing to comment on.'
  const own = await ownComment(call, repository, number)
  if (own === null) {
    if (/^## No changes$/m.test(body)) return `Nothing changes, and #${number} has no comment that says otherwise.`
    await call('POST', `/repos/${repository}/issues/${number}/comments`, { body })
    return `Commented on #${number}.`
  }
  if (own.body === body) return `The comment on #${number} is up to date.`
  await call('PATCH', `/repos/${repository}/issues/comments/${own.id}`, { body })
  return `Updated the comment on #${number}.`
}

/** The file's text, where it is a comment that the Rolebook action may have written. */
async function commentText() {
  const name = env.INPUT_FILE ?? ''
  const workspace = await realpath(env.GITHUB_WORKSPACE ?? '.')
  const file = resolve(workspace, name)
  const folder = await realpath(dirname(file)).catch(() => null)
  if (folder === null) throw new Refusal(`There is no file ${name}.`)
  if (folder !== workspace && !folder.startsWith(workspace + sep)) throw new Refusal(`${name} is not in the workspace.`)
  // Not through a link: it could lead to what this job alone can read.
  const handle = await open(join(folder, basename(file)), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null)
  if (handle === null) throw new Refusal(`There is no file ${name}, or it is a link.`)
  try {
    const info = await handle.stat()
    if (!info.isFile()) throw new Refusal(`${name} is no file.`)
    if (info.size > MOST_BYTES) throw new Refusal(`${name} is too long for a comment.`)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile())
    if (text.length > MOST_CHARACTERS) throw new Refusal(`${name} is too long for a comment.`)
    if (!text.startsWith(`${MARKER}\n`)) throw new Refusal(`${name} does not begin with ${MARKER}.`)
    return text
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(`${name} is no UTF-8 text.`)
    throw error
  } finally {
    await handle.close()
  }
}

/**
 * The text without what Rolebook never writes: mentions, references, images, HTML but what folds and marks code, and links
 * to elsewhere than the repository. What Rolebook wrote stays as it is.
 *
 * @param {string} text
 * @param {string} home address of the repository, which ends in a slash
 */
function harmless(text, home) {
  const inert = text
    .slice(MARKER.length)
    // Entities that Rolebook writes; any other could stand for a sign that is looked for below.
    .replace(/&(?!#(?:36|38|42|60|62|91|92|93|95|96|124|126|8203);)/g, '&amp;')
    .replace(/<(?!\/?(?:details|summary|code)>)/g, '&lt;')
    .replace(/\]\(([^)\n]*)/g, (link, target) => (isIn(home, target) ? link : `]&#40;${target}`))
    .replace(/!(?=\[)/g, '&#33;')
    .replace(/\](?=[:[])/g, '&#93;')
    .replace(/@(?!&#8203;)/g, '@&#8203;')
    .replace(/(?<!&)#(?=\d)/g, '#&#8203;')
    .replace(/\bGH-(?=\d)/gi, (sign) => `${sign}&#8203;`)
    .replace(/\bwww\.(?!&#8203;)/gi, (sign) => `${sign}&#8203;`)
    .replace(/(\]\([^)\n]*\))|:(?=\/\/)/g, (sign, link) => link ?? `${sign}&#8203;`)
  return (MARKER + inert).slice(0, MOST_CHARACTERS)
}

/**
 * @param {string} home
 * @param {string} target of a link; `..` in it may lead elsewhere than its beginning says
 */
function isIn(home, target) {
  return target.startsWith(home) && URL.canParse(target) && new URL(target).href.startsWith(home)
}

/**
 * The number of the pull request that the event is about; `null` where there is no such open one (any more).
 *
 * @param {Call} call
 * @param {string} repository
 * @param {any} event
 */
async function pullRequest(call, repository, event) {
  if (Number.isSafeInteger(event.pull_request?.number)) return event.pull_request.number
  const run = event.workflow_run
  if (!run) throw new Refusal('Run this action on pull_request or workflow_run.')
  if (run.event !== 'pull_request') throw new Refusal(`The workflow ran on ${run.event}, not on pull_request.`)
  const isHere = (base) => base?.repo?.id === event.repository?.id
  const named = (run.pull_requests ?? []).filter(({ head, base }) => head?.sha === run.head_sha && isHere(base))
  if (named.length === 1) return named[0].number
  // For a fork the event names none. The commit is not in this repository, so the branch is what to ask by.
  const head = `${run.head_repository?.owner?.login ?? ''}:${run.head_branch ?? ''}`
  const query = new URLSearchParams({ state: 'open', head, per_page: String(PAGE) })
  const found = await call('GET', `/repos/${repository}/pulls?${query}`)
  const fitting = found.filter(
    (pull) => pull.head?.sha === run.head_sha && pull.head?.repo?.id === run.head_repository?.id,
  )
  if (fitting.length > 1) {
    const numbers = fitting.map(({ number }) => `#${number}`).join(', ')
    throw new Refusal(`Several pull requests have this commit as their head: ${numbers}.`)
  }
  return fitting.length === 1 ? fitting[0].number : null
}

/**
 * The comment with the marker that the token's own user wrote; nobody else's is ever changed.
 *
 * @param {Call} call
 * @param {string} repository
 * @param {number} number
 */
async function ownComment(call, repository, number) {
  // A token of a workflow may not ask REST who it is.
  const { data } = await call('POST', '/graphql', { query: 'query { viewer { login } }' })
  const login = data?.viewer?.login
  if (typeof login !== 'string') throw new Refusal('GitHub does not say whose the token is.')
  for (let page = 1; page <= MOST_PAGES; page++) {
    const comments = await call('GET', `/repos/${repository}/issues/${number}/comments?per_page=${PAGE}&page=${page}`)
    const own = comments.find(({ user, body }) => user?.login === login && String(body ?? '').startsWith(MARKER))
    if (own) return own
    if (comments.length < PAGE) return null
  }
  return null
}

/** @typedef {(method: string, path: string, body?: object) => Promise<any>} Call */

/**
 * @param {string} api
 * @param {string} token
 * @returns {Call}
 */
function client(api, token) {
  return async (method, path, body) => {
    const graphql = path === '/graphql' ? (env.GITHUB_GRAPHQL_URL ?? `${api}/graphql`) : null
    const response = await fetch(graphql ?? api + path, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'rolebook',
        'x-github-api-version': '2022-11-28',
      },
      body: body === undefined ? null : JSON.stringify(body),
      // The token goes to no other host.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((error) => {
      throw new Refusal(`GitHub can't be reached (${error.cause?.code ?? error.name}).`)
    })
    if (response.ok) return response.json()
    const hint =
      response.status === 401
        ? 'the token is not valid'
        : response.status === 403 || response.status === 404
          ? 'the token may not do that: the job needs `permissions` with `pull-requests: write`'
          : response.status === 429
            ? `too many requests: try again in ${Number(response.headers.get('retry-after')) || 60} seconds`
            : 'try again later'
    throw new Refusal(`GitHub answered ${response.status} to ${method} ${path.split('?')[0]}: ${hint}.`)
  }
}

/** @param {string} text */
function escapeData(text) {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}
