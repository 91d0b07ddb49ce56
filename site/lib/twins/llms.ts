/** `llms.txt` (llmstxt.org): what a language model needs to find its way, with links to the Markdown twins. */
import type { Site } from '../dataset.ts'
import { aboutSet, count } from '../words.ts'
import { document, heading, link, quoted, text } from './markdown.ts'
import { twinAddress } from './parts.ts'
import { type Twin, twinsOf } from './twins.ts'

/** In UTF-16 code units, whatever the size of the set. */
const MOST = 48_000

const ORDER = ['Start', 'Data', 'Roles', 'Resources', 'Policies', 'Documentation pages', 'Rules']
const NOTE = 110

/** Each section gets its share; what is left out is said, with the place where all of it stands. */
export function llmsText(site: Site): string {
  const { current } = site
  const twins = twinsOf(site).filter((twin) => twin.version === current)
  const full = (path: string) => `${site.identity.url ?? ''}${current.links.dataFile(path)}`
  const dataset = site.files.find((file) => file.version === current.id && file.path.endsWith('dataset.json'))
  const others = site.versions.filter((version) => version !== current)
  const start = [
    heading(1, site.title.slice(0, 200)),
    `> ${quoted(aboutSet(site).slice(0, 1000))}`,
    `${count(current.data.roles.length, 'role')}, ${count(current.data.permissions.length, 'permission')}, ${count(current.data.policies.length, 'policy', 'policies')}. Every page has a Markdown twin: its address with \`index.md\` at the end.${
      dataset ? ` All facts in one file: ${link('dataset.json', full(dataset.path))}.` : ''
    }`,
    others.length > 0 &&
      `Other versions: ${others
        .slice(0, 50)
        .map((version) => link(text(version.title.slice(0, 80)), twinAddress(site, version.links.home)))
        .join(', ')}.`,
  ]
  let left = MOST - document(...start).length
  const sections = ORDER.map((name) => ({ name, list: twins.filter((twin) => twin.section === name) })).filter(
    ({ list }) => list.length > 0,
  )
  const blocks = sections.map(({ name, list }, i) => {
    const share = Math.floor(left / (sections.length - i))
    const block = sectionText(site, name, list, share, dataset ? full(dataset.path) : null)
    left -= block.length + 2
    return block
  })
  return document(...start, ...blocks)
}

function sectionText(site: Site, name: string, list: readonly Twin[], most: number, all: string | null): string {
  const lines: string[] = []
  let size = name.length + 240
  for (const twin of list) {
    const note = twin.note.length > NOTE ? `${twin.note.slice(0, NOTE)}…` : twin.note
    const line = `- ${link(text(twin.title.slice(0, 200)), twinAddress(site, twin.page))}${note === '' ? '' : `: ${quoted(note)}`}`
    size += line.length + 1
    if (size > most) break
    lines.push(line)
  }
  const missing = list.length - lines.length
  const more =
    missing === 0 ? '' : `- ${count(missing, 'more page')}${all === null ? '.' : `: see ${link('the dataset', all)}.`}`
  return [heading(2, name), '', ...lines, more].join('\n').trimEnd()
}
