/** Changed files as one unified diff that `git apply` and `patch -p1` take. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'

/** Paths are relative to where the patch is to be applied, with forward slashes. */
export function patchOf(files: readonly { path: string; before: string; after: string }[]): string {
  return files
    .map(({ path, before, after }) => {
      const options = { context: 3, headerOptions: FILE_HEADERS_ONLY }
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options)
      // As git writes it: a tab ends a name with a space in it.
      return path.includes(' ') ? patch.replace(/^(--- [^"\n].*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n') : patch
    })
    .join('')
}
