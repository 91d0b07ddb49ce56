/**
 * What the site needs beside the published dataset: findings, rules, and the documentation pages' prose.
 * Written next to the data at build time and read by `site/lib/dataset.ts` alone.
 */

import type { Diagnostic } from '../diagnostic.ts'
import type { Change } from '../diff/change.ts'
import type { RoleTemplate, RuleSeverity } from '../settings/schema.ts'
import type { OptionInfo, RuleCategory } from '../validate/rule.ts'
import type { ShapePart } from './dataset-shape.ts'

export interface SiteInput {
  /** Name of the documentation set, and the title of its site. */
  name: string
  title: string
  site: SiteIdentity
  /** Versions, current first; each has `<id>/dataset.json`, `<id>/findings.json` and `<id>/pages.json` beside this file. */
  versions: { id: string; title: string }[]
  rules: RulePage[]
  /** Ways to write a role for another program, as the config gives them. */
  roleTemplates: RoleTemplate[]
  /** What the dataset holds, field by field. */
  shape: ShapePart[]
}

/** Where the site stands and how it looks, as its config says. */
export interface SiteIdentity {
  description: string | null
  /** Absolute, without the sub-path and without a slash at its end; `null` where nobody said where the site will stand. */
  url: string | null
  /** Begins and ends with a slash. */
  base: string
  /** With `{path}` and `{line}` in it. */
  editUrl: string | null
  logo: SiteLogo | null
  /** File under `public/` that is the site's icon. */
  favicon: string
}

/** A logo that was looked at and copied: a file under `public/`, and its size in pixels as it says itself. */
export interface SiteLogo {
  file: string
  width: number
  height: number
}

export interface RulePage {
  id: string
  category: RuleCategory
  severity: RuleSeverity
  summary: string
  /** Why the rule exists and how to fix or accept a finding, as Markdown turned to HTML. */
  html: string
  /** The same as Markdown. */
  markdown: string
  options: OptionInfo[]
  examples: RuleExamplePage[]
  /** Whether `rolebook fix` mends what an example of it holds. */
  fixable: boolean
}

export interface RuleExamplePage {
  name: string
  mdx: string
  /** Other files of the example, in order of path. */
  files: { path: string; text: string }[]
  /** The config that it is checked with, as JSON; `null` for the defaults. */
  config: string | null
  expect: { line: number; column: number; message: string }[]
}

/** A file of the published data: a row of `data/index.json`. */
export interface PublishedFile {
  /** Path under `data/`. */
  path: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
  title: string
  description: string
  /** Id of the version; `null` for what belongs to all of them. */
  version: string | null
  /** Files that are shown together, such as those of one folder; `null` for a file that is shown by itself. */
  group: { id: string; title: string } | null
  /** Names of the columns of a table; `null` for other files. */
  columns: string[] | null
}

/** What changed from one version to the next; `changes.json` lists these, the newest first. */
export interface VersionStep {
  /** Ids of versions. */
  from: string
  to: string
  changes: Change[]
}

/** A diagnostic, the reason with which the baseline accepts it, where it does, and the last day of that. */
export type SiteFinding = Diagnostic & { accepted: string | null; expires: string | null }

export interface DocPage {
  /** URL path under the version, without slashes at the ends: `user-management/project-roles`. */
  slug: string
  /** Source path as in the dataset. */
  path: string
  title: string
  sidebarLabel: string
  position: number | null
  description: string | null
  headings: { depth: number; slug: string; text: string }[]
  segments: Segment[]
  /** The page as Markdown. */
  markdown: MarkdownPart[]
}

/** Markdown, or the position of a view in the page's segments. */
export type MarkdownPart = string | number

/**
 * A page is a run of sanitised HTML and of places where a permission view of the dataset stands.
 * HTML segments need not be balanced by themselves; their concatenation is.
 */
export type Segment =
  | { kind: 'html'; html: string }
  | { kind: 'role'; id: string; headingDepth: number }
  | { kind: 'policy'; id: string; headingDepth: number }
  | { kind: 'catalogue'; id: string }
  | { kind: 'resources' }
  /** A table of actions (permission ids, in order of the page) by roles (ids, in order of the page). */
  | { kind: 'actions'; permissions: string[]; roles: string[] }
  | { kind: 'mappings' }

/** What the site shows of a version's policies beyond the dataset: `<id>/policies.json`. */
export interface PolicyViews {
  /** In the dataset's order. */
  policies: PolicyView[]
  presets: PolicyPresetView[]
  /** How large an IAM policy may be, by what it is made into. */
  limits: PolicySize['limits']
}

export interface PolicyView {
  id: string
  /** Where access levels come from: AWS's own catalogue, or the verb of the action; `null` where there are none. */
  levels: 'catalogue' | 'guessed' | null
  /** In the order of the policy's permissions. */
  actions: PolicyActionView[]
  size: PolicySize | null
  pair: PolicyPair | null
  places: PolicyPlace[]
}

/** The access levels of AWS's service authorization reference. */
export type ActionLevel = 'List' | 'Read' | 'Tagging' | 'Write' | 'Permissions management'

export interface PolicyActionView {
  id: string
  /** Of a pattern, the strongest of what it fits; `null` where nobody knows it. */
  access: ActionLevel | null
  /** For a pattern, how many known actions it fits. */
  covers: number | null
  /** Whether its holder can take more rights with it: how, and whether every statement limits it. */
  sensitive: { reasons: string[]; bounded: boolean } | null
}

export interface PolicySize {
  amount: number
  unit: 'character' | 'permission' | 'byte'
  /** What it is held against first. */
  limits: { title: string; limit: number }[]
}

/** The policy for the other placement: what each of the two allows alone. */
export interface PolicyPair {
  id: string
  /** The word in which the ids differ, here and there. */
  word: string
  otherWord: string
  onlyHere: string[]
  onlyThere: string[]
  shared: string[]
}

export interface PolicyPlace {
  path: string
  line: number
  column: number
  /** Headings that it stands under, and panels that it stands in, each outer to inner. */
  headings: string[]
  labels: string[]
  /** Line of the innermost heading: two sections of a page may have one name. */
  sectionLine: number | null
}

export interface PolicyPresetView {
  id: string
  title: string
  description: string | null
  policies: string[]
  /** What some deployments of this kind need on top. */
  extras: string[]
  /** The section that includes them; `null` for a preset of the config. */
  from: { path: string; headings: string[] } | null
}
