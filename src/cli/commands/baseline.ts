import { writeFile } from 'node:fs/promises'
import { inProject } from '../../files/project.ts'
import { UsageError } from '../../files/usage-error.ts'
import { plural, toJson } from '../../text.ts'
import { accept } from '../../validate/baseline.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'

export interface BaselineOptions {
  reason?: string
  rule: string[]
  subject: string[]
  prune?: boolean
}

export async function baseline(roots: string[], options: BaselineOptions, terminal: Terminal): Promise<number> {
  if (!options.prune && !options.reason?.trim()) throw new UsageError('Say why: rolebook baseline --reason "…"')
  const session = await openSession(roots, terminal.cwd, { baseline: true })
  const file = session.project.settings.baseline
  if (!session.project.complete)
    throw new UsageError('A baseline covers all that the config names: run it without roots')
  const accepted = session.sorted.open.filter(
    ({ ruleId, subject }) =>
      ruleId !== 'stale-baseline' &&
      (options.rule.length === 0 || options.rule.includes(ruleId)) &&
      (options.subject.length === 0 || (subject !== null && options.subject.includes(subject))),
  )
  const kept = session.sorted.accepted.map(({ diagnostic }) => diagnostic)
  const added = options.prune ? [] : accepted
  const next = accept(session.baseline, [...kept, ...added], options.reason ?? '')
  await writeFile(inProject(session.project, file), toJson(next))
  const removed = session.sorted.stale.length
  terminal.out(
    `${file}: ${plural(added.length, 'finding')} accepted, ${plural(removed, 'stale entry').replace('entrys', 'entries')} removed.\n`,
  )
  return 0
}
