/** What Rolebook assumes where a config says nothing. Nothing here belongs to one product. */
import type { Access, Config, Settings } from './schema.ts'

const OPERATIONS: Record<string, Access> = {
  get: 'read',
  list: 'read',
  read: 'read',
  view: 'read',
  watch: 'read',
  describe: 'read',
  export: 'read',
  download: 'read',
  pull: 'read',
  search: 'read',
  show: 'read',
  create: 'write',
  delete: 'write',
  update: 'write',
  edit: 'write',
  add: 'write',
  remove: 'write',
  set: 'write',
  upload: 'write',
  push: 'write',
  write: 'write',
  patch: 'write',
  import: 'write',
  publish: 'write',
  backup: 'write',
  restore: 'write',
  clone: 'write',
  migrate: 'write',
  pause: 'write',
  resume: 'write',
  restart: 'write',
  start: 'write',
  stop: 'write',
  sync: 'write',
  invoke: 'write',
  execute: 'write',
  approve: 'admin',
  grant: 'admin',
  impersonate: 'admin',
  manage: 'admin',
}

const DEFAULTS: Settings = {
  name: 'docs',
  versions: [],
  include: ['**/*.md', '**/*.mdx'],
  exclude: ['**/node_modules/**', '**/.git/**', '**/dist/**'],
  scopes: [
    { id: 'tenant', title: 'Tenant', pages: [] },
    { id: 'project', title: 'Project', pages: [] },
    { id: 'resource', title: 'Resource', pages: [] },
    { id: 'system', title: 'System', pages: [] },
    { id: 'cluster', title: 'Cluster', pages: [] },
  ],
  vocabulary: {
    operations: OPERATIONS,
    readOnly: ['viewer', 'read-only', 'read only', 'readonly', 'view-only', 'view only'],
    levels: {
      admin: ['admin', 'administrator', 'owner'],
      editor: ['editor', 'contributor', 'operator'],
      user: ['user'],
      viewer: ['viewer', 'reader'],
    },
    catalogues: ['available', 'supported', 'keys', 'permissions', 'operations', 'privileges'],
  },
  marks: {
    granted: ['√', '✓', '✔', '✅', '☑', '🗸', '●', '•', ':white_check_mark:', ':heavy_check_mark:', 'yes', 'y', 'true'],
    denied: ['✗', '✘', '❌', '✖', '×', '☒', ':x:', 'no', 'n', 'false', '-', '–', '—'],
  },
  partials: {
    component: 'PartialsComponent',
    category: 'category',
    name: 'name',
    frontMatterCategory: 'partial_category',
    frontMatterName: 'partial_name',
  },
  rules: {},
  baseline: 'rolebook.baseline.json',
  site: { title: 'Roles and permissions', url: null },
}

/** Fills in every default. Lists of marks and words are added to, scopes and globs are replaced. */
export function resolveSettings(config: Config = {}): Settings {
  const { vocabulary = {}, marks = {}, partials = {}, site = {} } = config
  return {
    name: config.name ?? DEFAULTS.name,
    versions: (config.versions ?? []).map((v) => ({ id: v.id, root: v.root, title: v.title ?? v.id })),
    include: config.include ?? DEFAULTS.include,
    exclude: config.exclude ?? DEFAULTS.exclude,
    scopes: config.scopes?.map((s) => ({ id: s.id, title: s.title, pages: s.pages ?? [] })) ?? DEFAULTS.scopes,
    vocabulary: {
      operations: { ...OPERATIONS, ...vocabulary.operations },
      readOnly: [...DEFAULTS.vocabulary.readOnly, ...(vocabulary.readOnly ?? [])],
      levels: vocabulary.levels ?? DEFAULTS.vocabulary.levels,
      catalogues: [...DEFAULTS.vocabulary.catalogues, ...(vocabulary.catalogues ?? [])],
    },
    marks: {
      granted: [...DEFAULTS.marks.granted, ...(marks.granted ?? [])],
      denied: [...DEFAULTS.marks.denied, ...(marks.denied ?? [])],
    },
    partials: { ...DEFAULTS.partials, ...withoutUndefined(partials) },
    rules: config.rules ?? {},
    baseline: config.baseline ?? DEFAULTS.baseline,
    site: { title: site.title ?? DEFAULTS.site.title, url: site.url ?? null },
  }
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
