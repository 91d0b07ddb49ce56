/**
 * What the site needs beside the published dataset: findings, rules, and the documentation pages' prose.
 * Written next to the data at build time and read by `site/lib/dataset.ts` alone.
 */
import type { Diagnostic } from '../diagnostic.ts'
import type { RuleSeverity } from '../settings/schema.ts'
import type { OptionInfo, RuleCategory } from '../validate/rule.ts'

export interface SiteInput {
  /** Name of the documentation set, and the title of its site. */
  name: string
  title: string
  /** Versions, current first; each has `<id>/dataset.json`, `<id>/findings.json` and `<id>/pages.json` beside this file. */
  versions: { id: string; title: string }[]
  rules: RulePage[]
}

export interface RulePage {
  id: string
  category: RuleCategory
  severity: RuleSeverity
  summary: string
  /** Why the rule exists and how to fix or accept a finding, as Markdown turned to HTML. */
  html: string
  options: OptionInfo[]
  examples: RuleExamplePage[]
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
  version: string
}

/** A diagnostic, and the reason with which the baseline accepts it, where it does. */
export type SiteFinding = Diagnostic & { accepted: string | null }

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
}

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
