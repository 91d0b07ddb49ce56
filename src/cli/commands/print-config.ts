import { stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { findConfig, loadConfig } from '../../files/config.ts'
import { UsageError } from '../../files/usage-error.ts'
import { resolveSettings } from '../../settings/defaults.ts'
import { toJson } from '../../text.ts'
import { optionsOf } from '../../validate/rule.ts'
import { RuleConfig, ruleConfigErrors } from '../../validate/rule-config.ts'
import { rules } from '../../validate/rules.ts'
import type { Terminal } from '../terminal.ts'

/** Prints the settings that a root, or the working directory, is checked with: defaults filled in, rules settled. */
export async function printConfig(roots: readonly string[], terminal: Terminal): Promise<number> {
  if (roots.length > 1) throw new UsageError('--print-config takes one root at most')
  const absolute = resolve(terminal.cwd, roots[0] ?? '.')
  const info = await stat(absolute).catch(() => null)
  if (!info) throw new UsageError(`No such file or folder: ${roots[0]}`)
  const path = findConfig(info.isFile() ? dirname(absolute) : absolute)
  const loaded = path === null ? null : await loadConfig(path)
  const settings = loaded?.settings ?? resolveSettings()
  const wrong = ruleConfigErrors(settings, rules)
  if (wrong.length > 0) throw new UsageError(`${loaded?.name}: ${wrong[0]}`)
  const config = new RuleConfig(settings)
  // Of a folder the rules as they are without overrides; of a file with those that fit it.
  const at = info.isFile() ? relative(loaded?.folder ?? terminal.cwd, absolute).replaceAll('\\', '/') : null
  const entries = rules.map((rule) => {
    const severity = at === null ? config.severityOf(rule) : config.severityOf(rule, at)
    const variants = config.variantsOf(rule)
    const { options } = variants.find(({ isFor }) => at !== null && isFor(at)) ?? (variants[0] as (typeof variants)[0])
    const has = Object.keys(optionsOf(rule).shape).length > 0
    return [rule.id, has ? [severity, options] : severity] as const
  })
  const { overrides, ...rest } = settings
  const settled = { config: loaded?.name ?? null, ...rest, rules: Object.fromEntries(entries) }
  terminal.out(toJson(at === null ? { ...settled, overrides } : settled))
  return 0
}
