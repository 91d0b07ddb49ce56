/** The shape of `rolebook.config.*`, checked when it is read; an unknown key is an error. */
import * as z from 'zod'
import type { Severity } from '../diagnostic.ts'
import { type DataPackageSettings, dataPackageSchema } from './data-package.ts'
import { type Limits, limitsSchema } from './limits.ts'
import { listed } from './listed.ts'
import { type RoleTemplate, roleTemplate } from './role-template.ts'

const access = z.enum(['read', 'write', 'admin'])
const severity = z.enum(['off', 'info', 'warning', 'error'])

/** A severity, or a severity and the rule's own options. */
const ruleSetting = z.union([severity, z.tuple([severity, z.record(z.string(), z.unknown())])], {
  error: 'give `off`, `info`, `warning` or `error`, or a list of one of them and an object of options',
})
const ruleSettings = z.record(z.string(), ruleSetting)

const scopeSetting = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  pages: z
    .array(z.string())
    .optional()
    .describe("Globs of the pages whose roles are of this scope, relative to a version's root."),
})

const versionSetting = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'letters, digits, ".", "_" and "-" only'),
  root: z.string().min(1),
  title: z.string().optional(),
})

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb')

const siteSetting = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional().describe('One or two sentences about the site, for search engines and previews.'),
  url: z.url().optional().describe('Absolute URL that the site is published at, without its sub-path.'),
  base: z
    .string()
    .regex(/^\/(?:[\w.~-]+\/)*$/, 'a path that begins and ends with a slash')
    .optional()
    .describe('Sub-path that the site is published under: `/roles/`.'),
  logo: z.string().optional().describe('An SVG or PNG file, relative to the config file.'),
  accent: colour.optional().describe('Colour of links and marks on a light ground.'),
  accentDark: colour.optional().describe('The same on a dark ground.'),
  editUrl: z.string().optional().describe('Where a source line can be edited: a URL with `{path}` and `{line}` in it.'),
})

const policyPreset = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  description: z.string().optional().describe('When these policies are needed, in one or two sentences.'),
  policies: z.array(z.string()).min(1).describe('Ids of policies that are needed together.'),
  extras: z.array(z.string()).optional().describe('Ids of policies that some such deployments need on top.'),
})

const apiPath = z.string().regex(/^\/(?!\/)[^?#\s]*$/, 'a path that begins with one slash, without a query')

/** Defaults: GET /v1/roles?limit=50&offset=0 and GET /v1/permissions?scope=…, the key in the header `ApiKey`. */
const liveSystemSetting = z.strictObject({
  rolesPath: apiPath.optional().describe('Path of the paged list of roles: `/v1/roles`.'),
  permissionsPath: apiPath.optional().describe('Path of the list of permissions of one scope: `/v1/permissions`.'),
  scopeParameter: z.string().min(1).optional().describe('Query parameter of that list that names the scope: `scope`.'),
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, "a header's name: letters, digits and hyphens")
    .optional()
    .describe('Header that carries the key: `ApiKey`.'),
  pageSize: z.int().min(1).max(1000).optional().describe('Roles asked for at once: 50.'),
  builtInType: z.string().min(1).optional().describe('The `spec.type` of roles that come with the product: `system`.'),
  scopes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Ids of the scopes that are compared, and must be served; without it, those that the system has built-in roles or permissions of.',
    ),
})

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).optional().describe('Name of the documentation set, written into the dataset.'),
  versions: listed(versionSetting)
    .min(1)
    .optional()
    .describe('Versions of the documentation, the current one first; roots are relative to the config file.'),
  include: z.array(z.string()).optional().describe('Globs of the files to read, relative to a root.'),
  exclude: z.array(z.string()).optional().describe('Globs of the files to leave out.'),
  scopes: listed(scopeSetting).optional(),
  vocabulary: z
    .strictObject({
      operations: z
        .record(z.string().min(1), access)
        .optional()
        .describe('The access of each operation, added to the built-in ones. Operations match without regard to case.'),
      aliases: z
        .record(z.string(), z.array(z.string()))
        .optional()
        .describe('Other names of resources that pages write, by resource key: read as that key.'),
      readOnly: z
        .array(z.string())
        .optional()
        .describe(
          'Words that say of a role, in its name or description, that it only reads; added to the built-in ones.',
        ),
      levels: z
        .record(z.string(), z.array(z.string()))
        .optional()
        .describe("Words of a role's name that give its level, by level; in place of the built-in ones."),
      catalogues: z
        .array(z.string())
        .optional()
        .describe(
          'Words that mark the title of a list as a catalogue of permissions, not as a role; added to the built-in ones.',
        ),
      levelsOfAccess: z
        .record(z.string(), z.array(z.string()))
        .optional()
        .describe('Levels of access that stand in cells (`RW`), each with its operations; added to the built-in ones.'),
    })
    .optional(),
  marks: z
    .strictObject({
      granted: z.array(z.string()).optional(),
      denied: z.array(z.string()).optional(),
      notApplicable: z
        .array(z.string())
        .optional()
        .describe('Marks that say that a question does not arise: neither granted nor denied.'),
      icons: z
        .record(z.string(), z.enum(['granted', 'denied']))
        .optional()
        .describe('What icons, images and template placeholders mean by a word of their name.'),
    })
    .optional()
    .describe('Marks in cells, added to the built-in ones.'),
  partials: z
    .strictObject({
      component: z.string().optional(),
      category: z.string().optional(),
      name: z.string().optional(),
      frontMatterCategory: z.string().optional(),
      frontMatterName: z.string().optional(),
      fallback: z
        .boolean()
        .optional()
        .describe('Whether a version finds the partials that it lacks in the current one.'),
    })
    .optional()
    .describe('How pages include partials, and how partials name themselves.'),
  rules: ruleSettings
    .optional()
    .describe("Severities of rules by id: `'off'`, or `['error', { … }]` with the rule's own options."),
  overrides: z
    .array(
      z.strictObject({
        files: z.array(z.string()).min(1).describe('Globs of files, relative to the config file.'),
        rules: ruleSettings,
      }),
    )
    .optional()
    .describe('Other severities and options for some files; of several that fit a file, the later counts.'),
  baseline: z.string().optional().describe('File of accepted findings, relative to the config file.'),
  manifest: z
    .string()
    .optional()
    .describe("File of the pages' shapes, relative to the config file; compared where it is there."),
  fix: z
    .strictObject({
      disable: z
        .array(z.string())
        .optional()
        .describe('Ids of repairs (`marks`, `padding`, `rows`, `sorting`) and of rules whose fixes are never made.'),
    })
    .optional()
    .describe('What `rolebook fix` mends.'),
  limits: limitsSchema.optional().describe('How much of a page is read; what passes a limit is a finding.'),
  site: siteSetting.optional(),
  dataPackage: dataPackageSchema.optional().describe('The npm package that the exported data is.'),
  roleTemplates: listed(roleTemplate)
    .optional()
    .describe(
      'Ways to write a role for another program, such as Terraform or a request body; offered to copy and exported.',
    ),
  policyPresets: listed(policyPreset)
    .optional()
    .describe(
      'Cloud policies that a kind of deployment needs together, for the policy builder; without them, the sections of the pages that include several.',
    ),
  liveSystem: liveSystemSetting.optional().describe('How `rolebook reconcile` reads the roles of a running system.'),
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

export interface SiteSettings {
  title: string
  description: string | null
  url: string | null
  /** Begins and ends with a slash. */
  base: string
  logo: string | null
  accent: string | null
  accentDark: string | null
  editUrl: string | null
}

export type { RoleTemplate } from './role-template.ts'
export type { DataPackageSettings }
export type PolicyPreset = z.infer<typeof policyPreset>

/** How the roles of a running system are read. */
export interface LiveSystemSettings {
  rolesPath: string
  permissionsPath: string
  scopeParameter: string
  header: string
  pageSize: number
  builtInType: string
  /** `null` for those that the system turns out to serve. */
  scopes: string[] | null
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
    aliases: Record<string, string[]>
    /** In lower case, as the words of `levels`, `catalogues`, and the names of `levelsOfAccess` are. */
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
  fix: { disable: string[] }
  limits: Limits
  site: SiteSettings
  dataPackage: DataPackageSettings
  roleTemplates: RoleTemplate[]
  policyPresets: PolicyPreset[]
  liveSystem: LiveSystemSettings
}

/** For `rolebook.config.ts`: gives the config its type, and returns it as it is. */
export function defineConfig(config: Config): Config {
  return config
}
