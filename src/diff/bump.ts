/** Which version of the data should follow, by what changed. https://semver.org */
import { type ChangeSeverity, SEVERITIES } from './change.ts'

export type Bump = ChangeSeverity | 'none'

/** The largest that any of the changes asks for. */
export function bumpOf(changes: Iterable<{ severity: ChangeSeverity }>): Bump {
  const severities = new Set([...changes].map(({ severity }) => severity))
  return SEVERITIES.find((severity) => severities.has(severity)) ?? 'none'
}

/** Numbers of at most 15 digits, which can be counted on without loss. */
const VERSION =
  /^v?(?<major>0|[1-9]\d{0,14})\.(?<minor>0|[1-9]\d{0,14})\.(?<patch>0|[1-9]\d{0,14})(?<pre>-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/

/**
 * The version that follows: of `1.4.2`, `2.0.0`, `1.5.0` or `1.4.3`. Of a pre-release that is the release itself where that
 * is large enough. `null` where `current` is no version.
 */
export function nextVersion(current: string, bump: Bump): string | null {
  const { major: x, minor: y, patch: z, pre } = VERSION.exec(current)?.groups ?? {}
  if (x === undefined || y === undefined || z === undefined) return null
  const [major, minor, patch] = [Number(x), Number(y), Number(z)]
  const isPre = pre !== undefined
  switch (bump) {
    case 'none':
      return current.replace(/^v/, '')
    case 'major':
      return isPre && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`
    case 'minor':
      return isPre && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`
    case 'patch':
      return `${major}.${minor}.${isPre ? patch : patch + 1}`
  }
}
