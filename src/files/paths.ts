/** Paths of this machine. */
import { sep } from 'node:path'

/** Whether a path is a folder or stands in it; both absolute and without links. */
export function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** A relative path with forward slashes. */
export function posix(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}
