import * as z from 'zod'
import { type Diagnostic, placeText } from '../../diagnostic.ts'
import { writeWhole } from '../../files/atomic.ts'
import { inProject } from '../../files/project.ts'
import { UsageError } from '../../files/usage-error.ts'
import { printable } from '../../report/printable.ts'
import { nearest, plural, toJson } from '../../text.ts'
import { nextBaseline } from '../../validate/baseline.ts'
import { requireRules } from '../rule-ids.ts'
import { openSession } from '../session.ts'
import { type Terminal, todayOf } from '../terminal.ts'

export interface BaselineOptions {
  reason?: string
  expires?: string
  acceptNew?: boolean
  rule: string[]
  subject: string[]
  prune?: boolean
}

/** Accepts findings. Where there is a baseline already, one that it does not hold is new debt, and has to be asked for. */
export async function baseline(roots: string[], options: BaselineOptions, terminal: Terminal): Promise<number> {
  if (!options.prune && !options.reason?.trim()) throw new UsageError('Say why: rolebook baseline --reason "…"')
  if (options.expires !== undefined && !z.iso.date().safeParse(options.expires).success)
    throw new UsageError(`--expires takes a day as YYYY-MM-DD, not \`${options.expires}\``)
  requireRules(options.rule)
  const today = todayOf(terminal)
  if (options.expires !== undefined && options.expires < today)
    throw new UsageError(`--expires ${options.expires} is over: nothing would be accepted`)
  const session = await openSession(roots, terminal.cwd, { baseline: true, today })
  const file = session.project.settings.baseline
  if (session.project.config === null)
    throw new UsageError('A baseline stands beside a config, and there is none here: `rolebook init` writes one')
  if (!session.project.complete)
    throw new UsageError('A baseline covers all that the config names: run it without roots')
  const present = [...session.sorted.accepted.map(({ diagnostic }) => diagnostic), ...session.sorted.open]
  requireSubjects(options.subject, present)
  const chosen = session.sorted.open.filter(
    ({ ruleId, subject }) =>
      !OF_ENTRIES.has(ruleId) &&
      (options.rule.length === 0 || options.rule.includes(ruleId)) &&
      (options.subject.length === 0 || (subject !== null && options.subject.includes(subject))),
  )
  const added = options.prune ? [] : chosen
  if (added.length > 0 && session.hasBaseline && !options.acceptNew) {
    const few = added.slice(0, 10).map((diagnostic) => `  ${printable(placeText(diagnostic))} ${diagnostic.ruleId}\n`)
    const more = added.length > 10 ? `  and ${added.length - 10} more\n` : ''
    terminal.err(
      `${plural(added.length, 'finding')} that ${file} does not accept:\n${few.join('')}${more}Nothing was written. Mend them, or accept them too: rolebook baseline --accept-new --reason "…"\n`,
    )
    return 1
  }
  const acceptance = { reason: options.reason ?? '', expires: options.expires }
  await writeWhole(inProject(session.project, file), toJson(nextBaseline(session.baseline, present, added, acceptance)))
  const removed = plural(session.sorted.stale.length, 'stale entry', 'stale entries')
  terminal.out(`${file}: ${plural(added.length, 'finding')} accepted, ${removed} removed.\n`)
  return 0
}

/** Throws a UsageError for the first subject that no finding is about: most likely it is misspelt. */
function requireSubjects(asked: readonly string[], present: readonly Diagnostic[]): void {
  const known = new Set(present.flatMap(({ subject }) => subject ?? []))
  const unknown = asked.find((subject) => !known.has(subject))
  if (unknown === undefined) return
  const meant = nearest(unknown, known)
  throw new UsageError(printable(`No finding is about ${unknown}${meant === null ? '' : `, did you mean ${meant}?`}`))
}

/** Findings at the baseline's own entries. */
const OF_ENTRIES = new Set(['stale-baseline', 'expired-baseline'])
