/** Lines that use a published file, with a permission that the data really holds. */
import type { Permission } from '../../src/model/dataset.ts'
import type { Version } from './version.ts'

export interface Usage {
  /** What the line is written in. */
  language: string
  line: string
}

type Lines = (file: string, permission: string) => Usage[]

/** `file` is an address or a name; a shell gets the bytes of either on its input. */
const bytesOf = (file: string) => (remoteName(file) ? `curl -fsS '${file}'` : `cat '${file}'`)
const shell = (line: string): Usage => ({ language: 'Shell', line })
const script = (line: string): Usage => ({ language: 'JavaScript', line })
const python = (line: string): Usage => ({ language: 'Python', line })

const LINES: [RegExp, Lines][] = [
  [
    /(^|\/)dataset\.schema\.json$/,
    (file) => [
      ...(remoteName(file) ? [shell(`curl -fsSO '${file}'`)] : []),
      shell(`npx ajv-cli@5 validate --spec=draft2020 -s ${file.replace(/^.*\//, '')} -d dataset.json`),
    ],
  ],
  [
    /(^|\/)dataset\.json$/,
    (file, permission) => [
      shell(`${bytesOf(file)} | jq -r '.roles[] | select(.permissions | index("${permission}")) | .id'`),
      script(
        `(await (await fetch('${file}')).json()).roles.filter((role) => role.permissions.includes('${permission}')).map((role) => role.id)`,
      ),
      ...remote(file, (address) =>
        python(
          `import json, urllib.request; print([r["id"] for r in json.load(urllib.request.urlopen("${address}"))["roles"] if "${permission}" in r["permissions"]])`,
        ),
      ),
    ],
  ],
  [
    /(^|\/)grants\.csv$/,
    (file, permission) => [
      shell(`${bytesOf(file)} | grep -F ',${permission},' | cut -d, -f1`),
      ...remote(file, (address) =>
        python(
          `import csv, io, urllib.request; print([g["role_id"] for g in csv.DictReader(io.TextIOWrapper(urllib.request.urlopen("${address}"), "utf-8")) if g["permission"] == "${permission}"])`,
        ),
      ),
    ],
  ],
  [
    /(^|\/)grants\.ndjson$/,
    (file, permission) => [shell(`${bytesOf(file)} | jq -r 'select(.permission == "${permission}") | .role'`)],
  ],
  [
    /(^|\/)rolebook\.sqlite$/,
    (file, permission) => [
      ...(remoteName(file) ? [shell(`curl -fsSO '${file}'`)] : []),
      shell(
        `sqlite3 rolebook.sqlite "SELECT role FROM grants WHERE permission = '${permission}' AND effect <> 'denied'"`,
      ),
    ],
  ],
  [/(^|\/)datapackage\.json$/, (file) => [shell(`uvx frictionless validate '${file}'`)]],
  [/\.(ndjson|jsonl)$/, (file) => [shell(`${bytesOf(file)} | jq -c . | head`)]],
  [/\.json$/, (file) => [shell(`${bytesOf(file)} | jq keys`)]],
  [/\.csv$/, (file) => [shell(`${bytesOf(file)} | head -n 5`)]],
  [/./, (file) => [shell(`${bytesOf(file)} | head`)]],
]

function remoteName(file: string): boolean {
  return /^https?:/.test(file)
}

/** Python's library takes absolute addresses alone. */
function remote(file: string, line: (address: string) => Usage): Usage[] {
  return remoteName(file) ? [line(file)] : []
}

/** Lines that begin at the index of the API; `address` is absolute where that is known. */
export function apiUsage(address: string): Usage[] {
  const lines = [script(`(await (await fetch('${address}')).json()).counts`)]
  return remoteName(address) ? [shell(`curl -fsS '${address}' | jq .counts`), ...lines] : lines
}

/** What a shell line may quote without a second thought; an id with other characters is shown in no command. */
const PLAIN = /^[\w.:/-]+$/

/** Stands for the permission where there is none to name. */
const NONE = 'resource.operation'

/** `address` is where the file stands: absolute where that is known, else from the root of the host. */
export function usageOf(path: string, version: Version, address: string): Usage[] {
  const example = examplePermission(version)?.id
  const permission = example !== undefined && PLAIN.test(example) ? example : NONE
  const name = path.slice(path.lastIndexOf('/') + 1)
  const lines = LINES.find(([pattern]) => pattern.test(path))?.[1] ?? (() => [])
  const absolute = remoteName(address)
  const made = lines(absolute ? address : name, permission).map((usage) =>
    absolute || usage.language !== 'JavaScript'
      ? usage
      : (lines(address, permission).find((one) => one.language === 'JavaScript') ?? usage),
  )
  // A line that asks for a permission is of no use where none can be named.
  return permission === NONE ? made.filter(({ line }) => !line.includes(NONE)) : made
}

/** A permission to show as an example: one that deletes, where there is one, because that is what people look up. */
export function examplePermission(version: Version): Permission | undefined {
  const all = version.ownPermissions.filter((permission) => PLAIN.test(permission.id))
  // In a language that is written with other letters, none is plain.
  const plain = all.length > 0 ? all : version.ownPermissions
  const held = plain.filter((permission) => version.grantsOf.has(permission.id))
  const most = (list: Permission[]) =>
    list.reduce<Permission | undefined>(
      (best, next) => (best && holders(version, best) >= holders(version, next) ? best : next),
      undefined,
    )
  return most(held.filter((permission) => permission.operation === 'delete')) ?? most(held) ?? plain[0]
}

function holders(version: Version, permission: Permission): number {
  return version.grantsOf.get(permission.id)?.length ?? 0
}
