/** The shape of `rolebook.config.*`, checked when it is read; an unknown key is an error. */
import { z } from 'zod'
import type { Severity } from '../diagnostic.ts'

const access = z.enum(['read', 'write', 'admin'])
const severity = z.enum(['off', 'info', 'warning', 'error'])

/** A severity, or a severity and the rule's own options. */
const ruleSetting = z.union([severity, z.tuple([severity, z.record(z.string(), z.unknown())])])
const ruleSettings = z.record(z.string(), ruleSetting)

const scopeSetting = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** Globs of the pages whose roles are of this scope, relative to a version's root. */
  pages: z.array(z.string()).optional(),
})

const versionSetting = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'letters, digits, ".", "_" and "-" only'),
  root: z.string().min(1),
  title: z.string().optional(),
})

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Name of the documentation set, written into the dataset. */
  name: z.string().min(1).optional(),
  /** Versions of the documentation, the current one first; roots are relative to the config file. */
  versions: z.array(versionSetting).min(1).optional(),
  /** Globs of the files to read, relative to a root. */
  include: z.array(z.string()).optional(),
  /** Globs of the files to leave out. */
  exclude: z.array(z.string()).optional(),
  scopes: z.array(scopeSetting).optional(),
  vocabulary: z
    .strictObject({
      /** The access of each operation, added to the built-in ones. Operations match without regard to case. */
      operations: z.record(z.string(), access).optional(),
      /** Words that say of a role, in its name or description, that it only reads. */
      readOnly: z.array(z.string()).optional(),
      /** Words of a role's name that give its level. */
      levels: z.record(z.string(), z.array(z.string())).optional(),
      /** Words that mark the title of a list as a catalogue of permissions, not as a role. */
      catalogues: z.array(z.string()).optional(),
      /** Levels of access that stand in cells (`RW`), each with its operations; added to the built-in ones. */
      levelsOfAccess: z.record(z.string(), z.array(z.string())).optional(),
    })
    .optional(),
  /** Marks in cells, added to the built-in ones. */
  marks: z
    .strictObject({
      granted: z.array(z.string()).optional(),
      denied: z.array(z.string()).optional(),
      /** Marks that say that a question does not arise: neither granted nor denied. */
      notApplicable: z.array(z.string()).optional(),
      /** What icons, images and template placeholders mean by a word of their name. */
      icons: z.record(z.string(), z.enum(['granted', 'denied'])).optional(),
    })
    .optional(),
  /** How pages include partials, and how partials name themselves. */
  partials: z
    .strictObject({
      component: z.string().optional(),
      category: z.string().optional(),
      name: z.string().optional(),
      frontMatterCategory: z.string().optional(),
      frontMatterName: z.string().optional(),
      /** Whether a version finds the partials that it lacks in the current one. */
      fallback: z.boolean().optional(),
    })
    .optional(),
  /** Severities of rules by id: `'off'`, or `['error', { … }]` with the rule's own options. */
  rules: ruleSettings.optional(),
  /** Other severities and options for some files; of several that fit a file, the later counts. */
  overrides: z
    .array(
      z.strictObject({
        /** Globs of files, relative to the config file. */
        files: z.array(z.string()).min(1),
        rules: ruleSettings,
      }),
    )
    .optional(),
  /** File of accepted findings, relative to the config file. */
  baseline: z.string().optional(),
  /** File of the pages' shapes, relative to the config file; compared where it is there. */
  manifest: z.string().optional(),
  site: z.strictObject({ title: z.string().optional(), url: z.url().optional() }).optional(),
})

export type Config = z.infer<typeof configSchema>

export type Access = z.infer<typeof access>
export type RuleSeverity = Severity | 'off'
export type RuleSetting = z.infer<typeof ruleSetting>

/** Rule settings for the files that the globs fit. */
export interface Override {
  files: string[]
  rules: Record<string, RuleSetting>
}

export interface ScopeSetting {
  id: string
  title: string
  pages: string[]
}

export interface VersionSetting {
  id: string
  root: string
  title: string
}

/** A config with every default filled in: what the stages are given. */
export interface Settings {
  name: string
  versions: VersionSetting[]
  include: string[]
  exclude: string[]
  scopes: ScopeSetting[]
  vocabulary: {
    operations: Record<string, Access>
    readOnly: string[]
    levels: Record<string, string[]>
    catalogues: string[]
    levelsOfAccess: Record<string, string[]>
  }
  marks: {
    granted: string[]
    denied: string[]
    notApplicable: string[]
    icons: Record<string, 'granted' | 'denied'>
  }
  partials: {
    component: string
    category: string
    name: string
    frontMatterCategory: string
    frontMatterName: string
    fallback: boolean
  }
  rules: Record<string, RuleSetting>
  overrides: Override[]
  baseline: string
  manifest: string
  site: { title: string; url: string | null }
}

/** For `rolebook.config.ts`: gives the config its type, and returns it as it is. */
export function defineConfig(config: Config): Config {
  return config
}
