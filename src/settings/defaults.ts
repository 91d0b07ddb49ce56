/** What Rolebook assumes where a config says nothing. Nothing here belongs to one product. */
import { LIMITS } from './limits.ts'
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

const GRANTED_ICONS = [
  'allow',
  'allowed',
  'check',
  'checked',
  'checkmark',
  'done',
  'granted',
  'ok',
  'success',
  'tick',
  'yes',
]
const DENIED_ICONS = [
  ...['ban', 'cancel', 'close', 'cross', 'denied', 'deny', 'forbidden', 'no', 'times', 'unchecked', 'x', 'xmark'],
]

const DEFAULTS: Settings = {
  name: 'docs',
  versions: [],
  // However it is written: `README.MD` is a page as well, on systems that tell cases apart.
  include: ['**/*.[mM][dD]', '**/*.[mM][dD][xX]'],
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
    aliases: {},
    readOnly: ['viewer', 'read-only', 'read only', 'readonly', 'view-only', 'view only'],
    levels: {
      admin: ['admin', 'administrator', 'owner'],
      editor: ['editor', 'contributor', 'operator'],
      user: ['user'],
      viewer: ['viewer', 'reader'],
    },
    catalogues: [
      ...['available', 'supported', 'keys', 'permissions', 'operations', 'privileges'],
      ...['actions', 'matrix', 'model', 'rbac', 'reference', 'scopes', 'structure'],
    ],
    levelsOfAccess: {
      r: ['read'],
      ro: ['read'],
      read: ['read'],
      view: ['read'],
      w: ['write'],
      write: ['write'],
      edit: ['write'],
      full: ['read', 'write'],
      c: ['create'],
      create: ['create'],
      u: ['update'],
      update: ['update'],
      d: ['delete'],
      delete: ['delete'],
      none: [],
    },
  },
  marks: {
    granted: [
      ...['√', '✓', '✔', '✅', '☑', '🗸', '●', '•', '👍', '🟢', '[x]', '+'],
      ...[':white_check_mark:', ':heavy_check_mark:', ':green_circle:', ':large_green_circle:', ':+1:', ':thumbsup:'],
      ...['yes', 'y', 'true', 'allowed', 'granted'],
      ...['ja', 'oui', 'sí', 'sì', 'si', 'sim', '是', '有', '可', '예'],
      ...['tak', 'evet', 'ya', 'có', 'да', 'так'],
    ],
    denied: [
      ...['✗', '✘', '❌', '✖', '×', '☒', '🚫', '⛔', '👎', '🔴', '☐', '[ ]'],
      ...[':x:', ':no_entry:', ':no_entry_sign:', ':red_circle:', ':-1:', ':thumbsdown:'],
      ...['no', 'n', 'false', 'denied', 'not allowed'],
      ...['nein', 'nee', 'non', 'não', '否', '无', '無', '不可', '아니오'],
      ...['nie', 'hayır', 'tidak', 'không', 'нет', 'ні'],
    ],
    notApplicable: ['-', '–', '—', 'n/a', 'not applicable'],
    icons: Object.fromEntries([
      ...GRANTED_ICONS.map((name) => [name, 'granted'] as const),
      ...DENIED_ICONS.map((name) => [name, 'denied'] as const),
    ]),
  },
  partials: {
    component: 'PartialsComponent',
    category: 'category',
    name: 'name',
    frontMatterCategory: 'partial_category',
    frontMatterName: 'partial_name',
    fallback: true,
  },
  rules: {},
  overrides: [],
  baseline: 'rolebook.baseline.json',
  manifest: 'rolebook.manifest.json',
  fix: { disable: [] },
  limits: LIMITS,
  site: {
    title: 'Roles and permissions',
    description: null,
    url: null,
    base: '/',
    logo: null,
    accent: null,
    accentDark: null,
    editUrl: null,
  },
  dataPackage: {
    name: null,
    version: '0.0.0',
    license: 'UNLICENSED',
    licenseFile: null,
    description: null,
    keywords: [],
    homepage: null,
    repository: null,
  },
  roleTemplates: [],
  policyPresets: [],
  liveSystem: {
    rolesPath: '/v1/roles',
    permissionsPath: '/v1/permissions',
    scopeParameter: 'scope',
    header: 'ApiKey',
    pageSize: 50,
    builtInType: 'system',
    scopes: null,
  },
}

/**
 * Fills in every default. Marks, operations, levels of access and lists of words are added to the built-in ones; the words of
 * roles' levels, scopes and globs take their place. Words that pages are searched for come out in lower case.
 */
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
      aliases: vocabulary.aliases ?? {},
      readOnly: [...DEFAULTS.vocabulary.readOnly, ...lowerCase(vocabulary.readOnly)],
      levels: vocabulary.levels
        ? Object.fromEntries(Object.entries(vocabulary.levels).map(([level, words]) => [level, lowerCase(words)]))
        : DEFAULTS.vocabulary.levels,
      catalogues: [...DEFAULTS.vocabulary.catalogues, ...lowerCase(vocabulary.catalogues)],
      levelsOfAccess: {
        ...DEFAULTS.vocabulary.levelsOfAccess,
        ...Object.fromEntries(
          Object.entries(vocabulary.levelsOfAccess ?? {}).map(([name, operations]) => [name.toLowerCase(), operations]),
        ),
      },
    },
    marks: {
      granted: [...DEFAULTS.marks.granted, ...(marks.granted ?? [])],
      denied: [...DEFAULTS.marks.denied, ...(marks.denied ?? [])],
      notApplicable: [...DEFAULTS.marks.notApplicable, ...(marks.notApplicable ?? [])],
      icons: { ...DEFAULTS.marks.icons, ...marks.icons },
    },
    partials: { ...DEFAULTS.partials, ...withoutUndefined(partials) },
    rules: config.rules ?? {},
    overrides: config.overrides ?? [],
    baseline: config.baseline ?? DEFAULTS.baseline,
    manifest: config.manifest ?? DEFAULTS.manifest,
    fix: { disable: config.fix?.disable ?? DEFAULTS.fix.disable },
    limits: { ...DEFAULTS.limits, ...withoutUndefined(config.limits ?? {}) },
    site: { ...DEFAULTS.site, ...withoutUndefined(site) },
    dataPackage: { ...DEFAULTS.dataPackage, ...withoutUndefined(config.dataPackage ?? {}) },
    roleTemplates: config.roleTemplates ?? [],
    policyPresets: config.policyPresets ?? [],
    liveSystem: { ...DEFAULTS.liveSystem, ...withoutUndefined(config.liveSystem ?? {}) },
  }
}

function lowerCase(words: readonly string[] = []): string[] {
  return words.map((word) => word.toLowerCase())
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
