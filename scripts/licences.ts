/** Licences of what is bundled or installed with the package: each must be one that permits use; the texts of what is bundled go with it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SPDX ids that are taken. */
const TAKEN = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
])

/** A package as a lock file (version 3) writes it. */
export interface LockedPackage {
  license?: string
  dev?: boolean
  devOptional?: boolean
  hasInstallScript?: boolean
}

/** Whether an SPDX expression is taken: of alternatives one must be, of what counts together all. */
export function isTaken(licence: string): boolean {
  const alternatives = licence.replace(/^\(|\)$/g, '').split(' OR ')
  return alternatives.some((all) => all.split(' AND ').every((id) => TAKEN.has(id.trim())))
}

/** What is installed with the package and has no licence that is taken: `path: licence`, sorted. */
export function refusedLicences(packages: Readonly<Record<string, LockedPackage>>): string[] {
  const installed = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  )
  const refused = installed.filter(([, { license }]) => license === undefined || !isTaken(license))
  return refused.map(([path, { license }]) => `${path}: ${license ?? 'none'}`).sort()
}

export interface Bundled {
  name: string
  version: string
  licence: string
  text: string
}

/**
 * The packages that input files of a bundle come from, in order of name; throws where one has no licence that is taken.
 *
 * @param inputs paths relative to the root, with forward slashes
 */
export function bundledPackages(inputs: readonly string[], root: string): Bundled[] {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  return [...folders].sort().map((folder) => read(join(root, folder)))
}

function read(folder: string): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const licence = typeof license === 'string' ? license : (license?.type ?? 'none')
  if (!isTaken(licence)) throw new Error(`${name} ${version} has the licence ${licence}, which is not taken`)
  const file = readdirSync(folder)
    .sort()
    .find((entry) => /^(?:licen[cs]e|copying)(?:[-.].*)?$/i.test(entry))
  return { name, version, licence, text: file ? readFileSync(join(folder, file), 'utf8').trim() : '' }
}

/** The notices as Markdown; packages with the same text share it. */
export function notices(packages: readonly Bundled[]): string {
  const texts = Map.groupBy(packages, ({ licence, text }) => `${licence}\n${text}`)
  const parts = [...texts.values()].map((group) => {
    const names = group.map(({ name, version }) => `- ${name} ${version}`).join('\n')
    const [{ licence, text } = { licence: '', text: '' }] = group
    return `## ${licence}\n\n${names}\n\n${text === '' ? '' : `\`\`\`text\n${text}\n\`\`\`\n`}`
  })
  return `# Licences of what is bundled\n\n${parts.join('\n')}`
}
