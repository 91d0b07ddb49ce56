/** Running git: without a shell, and never with a path or revision that could be an option. */
import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Output of git beyond this is refused: 256 MB. */
const MOST = 256 * 1024 * 1024

/**
 * What git prints, or `null` where it fails: no git, no repository, no such file. Runs without a shell.
 *
 * @param input what git reads from its standard input
 */
export function git(cwd: string, args: readonly string[], input = ''): string | null {
  try {
    return execFileSync('git', args, {
      cwd,
      input,
      maxBuffer: MOST,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
}

const run = promisify(execFile)

/** The same without blocking; rejects where git fails. Paths come as they are, not quoted. */
export async function gitOutput(cwd: string, args: readonly string[]): Promise<string> {
  const options = { cwd, maxBuffer: MOST, encoding: 'utf8' as const }
  return (await run('git', ['-c', 'core.quotePath=false', ...args], options)).stdout
}

/** What to say of a folder in which git found no repository to work in. */
export function whyNoRepository(error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: unknown }
  if (code === 'ENOENT') return 'git is not installed'
  // So it is in containers, whose user is seldom who checked the files out.
  const owned = /safe\.directory (\S.*)/.exec(String(stderr ?? ''))
  if (owned)
    return `git does not trust the repository here, which another user owns: git config --global --add safe.directory ${owned[1]}`
  return 'there is no git repository here'
}

/** What git prints, as bytes; `null` where it fails, or prints more than is read. */
export function gitBytes(cwd: string, args: readonly string[]): Uint8Array | null {
  try {
    return execFileSync('git', args, { cwd, maxBuffer: MOST, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}
