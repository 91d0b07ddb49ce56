// The floor under every tool that looks at a tree: a Node process that finds the pages, reads every one, and exits.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

let bytes = 0
for (const entry of readdirSync('.', { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.mdx?$/.test(entry.name)) bytes += readFileSync(join(entry.parentPath, entry.name)).length
}
if (bytes === 0) process.exitCode = 1
