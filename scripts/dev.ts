/** `npm run dev`: the site on a local server, made anew when content or config changes. */

import { watch } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookOf, writeSiteInput } from '../src/cli/commands/build.ts'
import { publishedData } from '../src/cli/publish.ts'
import { openSession, reportOf } from '../src/cli/session.ts'
import { removeFolder } from '../src/files/output.ts'
import { serveSite } from '../src/files/site-builder.ts'
import stylish from '../src/report/formatters/stylish.ts'

const input = await mkdtemp(join(tmpdir(), 'rolebook-dev-'))
let server = await start()
let timer: NodeJS.Timeout | undefined

for (const folder of ['content', 'rolebook.config.ts', 'rolebook.baseline.json']) {
  watch(folder, { recursive: folder === 'content' }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, 200)
  })
}
process.on('SIGINT', async () => {
  await server.stop()
  await removeFolder(input)
  process.exit(0)
})

async function start() {
  const session = await openSession([], process.cwd(), { baseline: true, whole: true })
  process.stdout.write(stylish.format(reportOf(session), { color: process.stdout.isTTY === true }))
  await writeSiteInput(input, session, publishedData(session), await lookOf(session))
  return serveSite({ input })
}

async function restart() {
  await server.stop()
  server = await start()
}
