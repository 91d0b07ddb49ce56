/** Why something could not be written, in words. */
import { UsageError } from './usage-error.ts'

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  EROFS: 'the file system is read-only',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'part of its path is no folder',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'something else writes there at the same time',
  EEXIST: 'part of its path is a file',
  EBUSY: 'it is in use',
  EIO: 'the disk fails',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
}

/** The reason of a failed write, with its code; `null` for an error that is none. */
export function reasonOf(error: unknown): string | null {
  const code = codeOf(error)
  const reason = code === null ? undefined : REASONS[code]
  return reason === undefined ? null : `${reason} (${code})`
}

/** A UsageError with the same `code` in place of a failed write; every other error as it is. */
export function writeError(error: unknown, path: string): unknown {
  const reason = error instanceof UsageError ? null : reasonOf(error)
  if (reason === null) return error
  return Object.assign(new UsageError(`${path} can't be written: ${reason}`), { code: codeOf(error) })
}

/** `ENOSPC`, `EACCES` and the like; `null` for an error without one. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
