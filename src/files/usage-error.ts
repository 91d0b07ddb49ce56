/** Bad usage or unreadable input: the command ends with exit code 2 and this one line. */
export class UsageError extends Error {
  override name = 'UsageError'
}
