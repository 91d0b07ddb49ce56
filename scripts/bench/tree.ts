/** A made documentation tree: seeded, so that every run measures the same bytes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const WORDS =
  'cluster profile deploy network gateway storage policy upgrade region account console registry workspace'.split(' ')
const PAGES = ['project-roles.mdx', 'tenant-roles.mdx', 'resource-roles.mdx']

/** Writes `count` pages into a folder; about 2 in 100 are role pages of `content/`. Returns the bytes written. */
export function makeTree(folder: string, count: number, root: string): number {
  const random = seeded(20_240_601)
  const pages = PAGES.map((name) => readFileSync(join(root, 'content/latest/docs/user-management', name), 'utf8'))
  let bytes = 0
  for (let i = 0; i < count; i++) {
    const text = i % 50 === 25 ? (pages[((i / 50) % pages.length) | 0] as string) : prose(random)
    const path = join(folder, `section-${i % 40}`, `page-${i}.mdx`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    bytes += Buffer.byteLength(text)
  }
  return bytes
}

function prose(random: () => number): string {
  const word = () => WORDS[Math.floor(random() * WORDS.length)] as string
  const sentence = () => `${Array.from({ length: 12 + Math.floor(random() * 10) }, word).join(' ')}.`
  const paragraph = () => Array.from({ length: 4 }, sentence).join(' ')
  const section = () =>
    `## ${word()} ${word()}\n\n${paragraph()}\n\n- ${sentence()}\n- ${sentence()}\n\n\`\`\`yaml\n${word()}: ${word()}\n\`\`\`\n`
  return `---\ntitle: "${word()} ${word()}"\n---\n\n${Array.from({ length: 10 }, section).join('\n')}`
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
