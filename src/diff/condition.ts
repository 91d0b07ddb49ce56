/** Which changes somebody asks about: `widened`, `major`, `role:removed`, `any`. */
import { type ChangeKind, type ChangeSeverity, KINDS, SEVERITIES, SUBJECTS, type Subject } from './change.ts'

/** What a change is asked by. */
export interface ChangeFacts {
  subject: Subject
  kind: ChangeKind
  severity: ChangeSeverity
}

const WHICH = [...KINDS, ...SEVERITIES, 'any'] as const

/** Everything that can be asked for without a subject, and with one. */
export const CONDITIONS: readonly string[] = [
  ...WHICH,
  ...SUBJECTS.flatMap((subject) => WHICH.map((which) => `${subject}:${which}`)),
]

/** Whether a change is what is asked for, as a function; `null` for what nobody can ask for. */
export function condition(text: string): ((change: ChangeFacts) => boolean) | null {
  if (!CONDITIONS.includes(text)) return null
  const [which, subject] = text.split(':').reverse()
  return (change) =>
    (subject === undefined || change.subject === subject) &&
    (which === 'any' || change.kind === which || change.severity === which)
}
