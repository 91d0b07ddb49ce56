/** The package's version, from its own `package.json`: one folder up when run from source, or from a bundle; two from a part of one. */
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
