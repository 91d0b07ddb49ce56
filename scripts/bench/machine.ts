/** What was measured, and on what: no name of a host, no path, no time of day. */
import { spawnSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { VERSION } from '../../src/version.ts'

export interface Machine {
  rolebook: string
  commit: string
  node: string
  system: string
  cpu: string
  cores: number
  memory: string
  /** Processes that ran or waited to run in the minute before: above 0.5 or so, other work took part of the machine. */
  load: number
}

export function machineOf(root: string): Machine {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const commit = git('rev-parse', '--short=12', 'HEAD') || 'none'
  // What the bench itself writes makes no other program.
  const changed = git('status', '--porcelain', '--', 'src', 'scripts/rolebook.ts', 'package.json', 'site') !== ''
  return {
    rolebook: VERSION,
    commit: changed ? `${commit}, with changes that are not committed` : commit,
    node: process.versions.node,
    system: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: cpus().length,
    load: loadavg()[0] ?? 0,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  }
}
