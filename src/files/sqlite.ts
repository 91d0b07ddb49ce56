/** Node's own SQLite, where it can give a database's bytes. */
import type { DatabaseSync } from 'node:sqlite'

/**
 * What opens an empty database in memory; `null` where this Node has no `node:sqlite`, or one without `serialize` (before
 * 24.16): https://nodejs.org/api/sqlite.html
 */
export function memoryDatabases(): (() => DatabaseSync) | null {
  const sqlite = quietly(() => process.getBuiltinModule?.('node:sqlite'))
  if (typeof sqlite?.DatabaseSync.prototype.serialize !== 'function') return null
  return () => new sqlite.DatabaseSync(':memory:')
}

/** Some versions of Node warn that the module is experimental when it is loaded: that is nothing to whoever exports. */
function quietly<T>(load: () => T): T {
  const warn = process.emitWarning
  process.emitWarning = () => {}
  try {
    return load()
  } finally {
    process.emitWarning = warn
  }
}
