/**
 * `npm run lock`: brings the lock file up to date, and completes it. npm leaves out optional packages that are for other
 * platforms where it could not fetch them (npm/cli#4828); `npm ci` then refuses the lock everywhere. They are entered by
 * name and version, with the platform that their names say and without a hash. Another lock file may be named.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const SYSTEMS = new Map([
  ['windows', 'win32'],
  ...['android', 'darwin', 'linux', 'win32', 'freebsd', 'openbsd'].map((os) => [os, os] as const),
])
const PROCESSORS = new Set(['arm64', 'x64', 'arm', 'ia32', 'wasm32', 'ppc64', 's390x', 'riscv64'])
const LIBRARIES = new Map([
  ['musl', 'musl'],
  ['gnu', 'glibc'],
])

const file = process.argv[2] ?? new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> }
const added: string[] = []
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue
    const words = (name.split('/').at(-1) as string).split('-')
    const os = words.map((word) => SYSTEMS.get(word)).find((word) => word !== undefined)
    const cpu = words.find((word) => PROCESSORS.has(word))
    const libc = words.map((word) => LIBRARIES.get(word)).find((word) => word !== undefined)
    if (!os && !cpu) continue
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(dev ? { dev } : {}),
      ...(libc ? { libc: [libc] } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    }
    added.push(name)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'The lock file is complete.' : `Entered ${added.join(', ')}.`)
