/** One line that uses a published file, by its name, with a permission that the data really holds. */
import type { Permission } from '../../src/model/dataset.ts'
import type { Version } from './version.ts'

type Line = (file: string, permission: string) => string

const LINES: [RegExp, Line][] = [
  [/(^|\/)dataset\.schema\.json$/, (file) => `npx ajv-cli validate --spec=draft2020 -s ${file} -d dataset.json`],
  [
    /(^|\/)dataset\.json$/,
    (file, permission) => `jq -r '.roles[] | select(.permissions | index("${permission}")) | .name' ${file}`,
  ],
  [/(^|\/)grants\.csv$/, (file, permission) => `grep -F ',${permission},' ${file} | cut -d, -f1`],
  [/\.(ndjson|jsonl)$/, (file) => `jq -c . ${file} | head`],
  [/\.json$/, (file) => `jq 'keys' ${file}`],
  [/\.csv$/, (file) => `head -n 5 ${file}`],
  [/\.d\.ts$/, (file) => `import type { Dataset } from './${file.replace(/\.d\.ts$/, '')}'`],
]

/** What a shell line may quote without a second thought; an id with other characters is shown in no command. */
const PLAIN = /^[\w.:/-]+$/

export function usageOf(path: string, version: Version): string | null {
  const file = path.slice(path.lastIndexOf('/') + 1)
  const permission = examplePermission(version)?.id ?? 'resource.operation'
  return LINES.find(([pattern]) => pattern.test(path))?.[1](file, permission) ?? null
}

/** A permission to show as an example: one that deletes, where there is one, because that is what people look up. */
export function examplePermission(version: Version): Permission | undefined {
  const plain = version.ownPermissions.filter((permission) => PLAIN.test(permission.id))
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
