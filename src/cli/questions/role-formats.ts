import { type RoleFormat, roleFormats } from '../../export/role-text.ts'
import { findConfig, loadConfig } from '../../files/config.ts'
import { UsageError } from '../../files/usage-error.ts'
import { didYouMean } from '../../query/ask.ts'
import { nearest } from '../../query/near.ts'
import { printable } from '../../report/printable.ts'
import type { RoleTemplate } from '../../settings/schema.ts'
import type { Terminal } from '../terminal.ts'

/**
 * The ways to write a role that a format's id may name: templates of the config at or above the working directory, since
 * a published dataset has none, then the built-in ones.
 */
export async function templatesHere({ cwd }: Terminal): Promise<RoleTemplate[]> {
  const config = findConfig(cwd)
  return config === null ? [] : (await loadConfig(config)).settings.roleTemplates
}

/** The format of an id for roles of a scope; throws a UsageError where there is none. */
export function roleFormat(templates: readonly RoleTemplate[], id: string, scope: string): RoleFormat {
  const there = roleFormats(templates, scope)
  const found = there.find((format) => format.id === id)
  if (found) return found
  const template = templates.find((one) => one.id === id)
  if (template)
    throw new UsageError(printable(`${id} is for roles of scope ${template.scopes?.join(', ')}, not of scope ${scope}`))
  const ids = there.map((format) => format.id)
  const meant = nearest(id, ids)
  throw new UsageError(
    printable(`unknown format ${id}${meant === null ? `: there are ${ids.join(', ')}` : didYouMean(meant)}`),
  )
}
