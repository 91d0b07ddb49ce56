/** Compiles the library and the command line into `lib/`, for the package. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}lib`, { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (status === 0) {
  chmodSync(`${root}lib/scripts/rolebook.js`, 0o755)
  copyFileSync(`${root}src/settings/config.schema.json`, `${root}lib/config.schema.json`)
}
process.exitCode = status ?? 1
