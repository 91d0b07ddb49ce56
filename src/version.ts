/** The package's version, from its own `package.json`: two folders up when compiled, one when run from source. */
import { readFileSync } from 'node:fs'

export const VERSION = readVersion()

function readVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >
      if (name === 'rolebook' && typeof version === 'string') return version
    } catch {
      // Not here: the next one.
    }
  }
  return '0.0.0'
}
