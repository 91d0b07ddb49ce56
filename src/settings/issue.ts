/** What a schema says of a value that it refuses. */
import type { ZodError } from 'zod'

/** Where the first fault is, as a path of keys, and what was expected there. */
export function issueText({ issues }: Pick<ZodError, 'issues'>): string {
  const [issue] = issues
  if (!issue) return 'it has another shape than expected'
  const path = issue.path.map(String).join('.')
  return path === '' ? issue.message : `\`${path}\`: ${issue.message}`
}
