/** One input of the fuzzer: a page or a small set of pages, and a config. All of it follows from a seed and the pages. */
import type { Config } from '../../src/settings/schema.ts'
import { damaged } from './bytes.ts'
import { madePage, type Random, randomOf } from './mutate.ts'

export interface InputFile {
  path: string
  bytes: Uint8Array
}

export interface FuzzInput {
  /** In no order. */
  files: InputFile[]
  config: Config
}

const PATHS = ['docs/a.mdx', 'docs/b.md', 'docs/deep/c.mdx', 'docs/ü ö.mdx', '__proto__.md', 'docs/a.mdx.md', 'd.mdx']
const WORDS = ['', ' ', '|', '√', '✓*', 'Yes', 'all', 'GRANT', '[x]', '\\', '$&', '(a+)+$', '__proto__', 'constructor']
const NAMES = ['dock', 'a b', '../x', '__proto__', 'toString', 'Dock']
const RULES = [
  'duplicate-row',
  'write-without-read',
  'legacy-syntax',
  'no-such-rule',
  'unrecognised-block',
  'mdx-syntax',
]

/** The input of a seed. */
export function inputOf(seed: number, pages: readonly string[]): FuzzInput {
  const random = randomOf(seed)
  const config = configOf(random)
  const count = random(6) === 0 ? 2 + random(4) : 1
  const files = Array.from({ length: count }, (_, i): InputFile => {
    const longest = [600, 1200, 1200, 2500, 8000][random(5)] as number
    let { text } = madePage(pages, random, count === 1 ? longest : 1200)
    if (count > 1 || random(10) === 0) text = i === 0 ? text : asPartial(text, config, random)
    if (count > 1 || random(10) === 0) text = withInclusions(text, config, random)
    const bytes = Buffer.from(text)
    return { path: PATHS[i] as string, bytes: random(3) === 0 ? damaged(bytes, random) : bytes }
  })
  return { files, config }
}

function some<T>(items: readonly T[], random: Random): T[] {
  return Array.from({ length: random(4) }, () => items[random(items.length)] as T)
}

function one<T>(items: readonly T[], random: Random): T {
  return items[random(items.length)] as T
}

/** Half of them are empty; the others fit the config's schema, with words that nobody should choose. */
function configOf(random: Random): Config {
  if (random(2) === 0) return {}
  const config: Config = {}
  if (random(2) === 0) {
    config.marks = { granted: some(WORDS, random), denied: some(WORDS, random), notApplicable: some(WORDS, random) }
    if (random(3) === 0) config.marks.icons = { [one(NAMES, random)]: 'granted' }
  }
  if (random(2) === 0) {
    config.vocabulary = {
      operations: Object.fromEntries(some(['moor', 'get', ' ', '*', 'constructor'], random).map((id) => [id, 'write'])),
      aliases: Object.fromEntries(some(NAMES, random).map((id) => [id, some(NAMES, random)])),
      readOnly: some(WORDS, random),
      catalogues: some(WORDS, random),
      levelsOfAccess: Object.fromEntries(some(WORDS, random).map((id) => [id, some(['get', 'read', ''], random)])),
    }
    if (random(3) === 0) config.vocabulary.levels = { admin: some(WORDS, random), viewer: ['viewer'] }
  }
  if (random(3) === 0) {
    config.partials = { component: one(['Include', 'Tabs', 'a.b', '$'], random), name: one(['name', 'src'], random) }
    if (random(2) === 0) config.partials.frontMatterName = one(['title', 'id'], random)
  }
  if (random(3) === 0) {
    const severities = ['off', 'info', 'warning', 'error'] as const
    config.rules = Object.fromEntries(some(RULES, random).map((id) => [id, one(severities, random)]))
    if (random(2) === 0) config.overrides = [{ files: ['docs/**'], rules: config.rules }]
  }
  if (random(3) === 0)
    config.scopes = [
      { id: 'project', title: 'Project', pages: ['docs/*.mdx'] },
      { id: one(NAMES, random), title: one(NAMES, random) },
    ]
  if (random(3) === 0) config.name = one(NAMES, random)
  return config
}

function asPartial(text: string, { partials = {} }: Config, random: Random): string {
  const category = partials.frontMatterCategory ?? 'partial_category'
  const name = partials.frontMatterName ?? 'partial_name'
  return `---\n${category}: ${JSON.stringify(one(NAMES, random))}\n${name}: ${JSON.stringify(one(NAMES, random))}\n---\n\n${text}`
}

/** With one to three inclusions at some lines: of partials that are there, of itself, of none. */
function withInclusions(text: string, { partials = {} }: Config, random: Random): string {
  const { component = 'PartialsComponent', category = 'category', name = 'name' } = partials
  const lines = text.split('\n')
  const times = 1 + random(3)
  for (let i = 0; i < times; i++) {
    const props = random(3) === 0 ? ` x={\`${one(NAMES, random)}\`} y="dock.get"` : ''
    const tag = `<${component} ${category}="${one(NAMES, random)}" ${name}="${one(NAMES, random)}"${props} />`
    lines.splice(random(lines.length + 1), 0, random(3) === 0 ? `${tag}` : `\n${tag}\n`)
  }
  return lines.join('\n')
}
