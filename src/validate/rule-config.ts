/** What the config says of rules: severities and options, for all files and for some. */
import picomatch from 'picomatch'
import type { RuleSetting, RuleSeverity, Settings } from '../settings/schema.ts'
import { nearest } from '../text.ts'
import { optionsOf, type Rule } from './rule.ts'

/** One set of a rule's options, and the files that it is for. */
export interface Variant {
  options: unknown
  isFor(path: string): boolean
}

interface Resolved {
  severity: RuleSeverity
  /** Options as the config writes them; `undefined` where it gives none. */
  options: Record<string, unknown> | undefined
}

/** Answers for one rule and one path what the config says; later overrides count more than earlier ones. */
export class RuleConfig {
  readonly #settings: Settings
  readonly #matchers: ((path: string) => boolean)[]

  constructor(settings: Settings) {
    this.#settings = settings
    this.#matchers = settings.overrides.map(({ files }) => picomatch(files, { dot: true }))
  }

  /** @param path as diagnostics write it: relative to the config, with forward slashes; without one, no override fits */
  severityOf(rule: Rule, path?: string): RuleSeverity {
    return this.#resolve(rule, path === undefined ? [] : this.#fitting(rule, path)).severity
  }

  /** Whether the config itself gives a rule a severity for a path. */
  isGiven(rule: Rule, path: string): boolean {
    return this.#settings.rules[rule.id] !== undefined || this.#fitting(rule, path).length > 0
  }

  /** Whether a rule is on for any file at all. */
  isOn(rule: Rule): boolean {
    const all = this.#overridesOf(rule)
    const settings = [this.#settings.rules[rule.id], ...all.map((i) => this.#settings.overrides[i]?.rules[rule.id])]
    return settings.some((setting, i) => {
      if (setting === undefined) return i === 0 && rule.severity !== 'off'
      return severityIn(setting) !== 'off'
    })
  }

  /** Each set of options that some file is checked with; most often one, for all files. */
  variantsOf(rule: Rule): Variant[] {
    const changing = this.#overridesOf(rule).filter((i) => Array.isArray(this.#settings.overrides[i]?.rules[rule.id]))
    const base = this.#parse(rule, this.#resolve(rule, []).options)
    if (changing.length === 0) return [{ options: base, isFor: () => true }]
    // The last override with options that fits a file counts, so there are as many sets as overrides, and the base.
    const last = (path: string) => changing.findLast((i) => this.#matchers[i]?.(path)) ?? null
    return [null, ...changing].map((i) => ({
      options: i === null ? base : this.#parse(rule, this.#resolve(rule, [i]).options),
      isFor: (path: string) => last(path) === i,
    }))
  }

  #overridesOf(rule: Rule): number[] {
    return this.#settings.overrides.flatMap(({ rules }, i) => (rules[rule.id] === undefined ? [] : [i]))
  }

  #fitting(rule: Rule, path: string): number[] {
    return this.#overridesOf(rule).filter((i) => this.#matchers[i]?.(path))
  }

  #resolve(rule: Rule, overrides: readonly number[]): Resolved {
    let resolved: Resolved = { severity: rule.severity, options: undefined }
    const settings = [
      this.#settings.rules[rule.id],
      ...overrides.map((i) => this.#settings.overrides[i]?.rules[rule.id]),
    ]
    for (const setting of settings) {
      if (setting === undefined) continue
      resolved = { severity: severityIn(setting), options: optionsIn(setting) ?? resolved.options }
    }
    return resolved
  }

  /** The options with defaults; where the config's do not fit, which `ruleConfigErrors` reports, the defaults alone. */
  #parse(rule: Rule, written: Record<string, unknown> | undefined): unknown {
    const schema = optionsOf(rule)
    const result = schema.safeParse(written ?? {})
    return result.success ? result.data : schema.parse({})
  }
}

function severityIn(setting: RuleSetting): RuleSeverity {
  return Array.isArray(setting) ? setting[0] : setting
}

function optionsIn(setting: RuleSetting): Record<string, unknown> | undefined {
  return Array.isArray(setting) ? setting[1] : undefined
}

/** What is wrong with a config's rule settings, one sentence each: ids that no rule has, options that do not fit. */
export function ruleConfigErrors(settings: Settings, rules: readonly Rule[]): string[] {
  const groups: [where: string, rules: Record<string, RuleSetting>][] = [
    ['rules', settings.rules],
    ...settings.overrides.map(({ rules }, i) => [`overrides.${i}.rules`, rules] as [string, typeof rules]),
  ]
  return groups.flatMap(([where, group]) =>
    Object.entries(group).flatMap(([id, setting]) => {
      const rule = rules.find((candidate) => candidate.id === id)
      if (rule) return optionErrors(`${where}.${id}`, rule, optionsIn(setting))
      const suggestion = nearest(
        id,
        rules.map((candidate) => candidate.id),
      )
      return [`unknown rule \`${where}.${id}\`${suggestion ? `, did you mean \`${suggestion}\`?` : ''}`]
    }),
  )
}

function optionErrors(where: string, rule: Rule, options: Record<string, unknown> | undefined): string[] {
  if (options === undefined) return []
  const schema = optionsOf(rule)
  const result = schema.safeParse(options)
  if (result.success) return []
  return result.error.issues.map((issue) => {
    if (issue.code !== 'unrecognized_keys') return `\`${[where, ...issue.path].join('.')}\`: ${issue.message}`
    const key = issue.keys[0] as string
    const known = Object.keys(schema.shape)
    const suggestion = nearest(key, known)
    const has = known.length === 0 ? 'it has no options' : `it has ${known.map((name) => `\`${name}\``).join(', ')}`
    return `unknown option \`${where}.${key}\`, ${suggestion ? `did you mean \`${suggestion}\`?` : has}`
  })
}
