/** The fast parser gives what the reference gives: the same trees, and so the same model, places and diagnostics. */
import type { Nodes } from 'mdast'
import { describe, expect, it, vi } from 'vitest'
import { madePage, randomOf } from '../scripts/fuzz/mutate.ts'
import { analyse } from '../src/analyse.ts'
import { parseFast } from '../src/parse/markdown/fast-markdown.ts'
import { readFrontMatter } from '../src/parse/markdown/front-matter.ts'
import { parseMarkdown } from '../src/parse/markdown/markdown.ts'
import { readStructure } from '../src/parse/structure/structure.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { sourceFile } from './support/analysis.ts'
import { realPages } from './support/real-pages.ts'

const parsers = vi.hoisted(() => ({ fast: true }))
vi.mock('../src/parse/markdown/fast-markdown.ts', async (original) => {
  const actual = await original<typeof import('../src/parse/markdown/fast-markdown.ts')>()
  return { ...actual, parseFast: (masked: string) => (parsers.fast ? actual.parseFast(masked) : null) }
})

/** Runs something with the reference parser alone. */
function withReference<T>(run: () => T): T {
  parsers.fast = false
  try {
    return run()
  } finally {
    parsers.fast = true
  }
}

const settings = resolveSettings()
const MADE = 2000

const pages = realPages().map(({ path, text }) => [path, text] as const)

/** Types, values and places of a tree, one line a node. */
function outline(node: Nodes): string[] {
  const { start, end } = node.position ?? {}
  const own = { ...node, children: undefined, position: undefined, data: undefined }
  const line = `${start?.offset}-${end?.offset} ${JSON.stringify(own, Object.keys(own).sort())}`
  return [line, ...('children' in node ? node.children.flatMap(outline) : [])]
}

/** All that an analysis says, as text. */
function said(text: string): string {
  const { model, diagnostics, reading } = analyse([sourceFile('page.mdx', text)], settings, 'latest')
  const { prose, headings } = reading.pages[0] ?? {}
  const links = prose?.links.filter(({ start, end }) => end > start && text[start] === '[')
  const titles = headings?.map(({ text: title, offset }) => [title, offset])
  return JSON.stringify([model.dataset, diagnostics, links, titles])
}

describe('the fast parser', () => {
  it.each(pages)('reads a page as the reference does: %s', (_path, text) => {
    const { masked } = readStructure(text, readFrontMatter(text).end)
    const tree = parseFast(masked)
    if (tree) expect(outline(tree)).toEqual(outline(withReference(() => parseMarkdown(masked))))
    expect(said(text)).toBe(withReference(() => said(text)))
  })

  it('reads nine in ten real pages itself, and leaves the others to the reference', () => {
    const read = pages.filter(([, text]) => parseFast(readStructure(text, readFrontMatter(text).end).masked) !== null)
    expect(read.length).toBeGreaterThan(pages.length * 0.9)
  })

  it(`gives the same model, places and diagnostics for ${MADE} made pages`, () => {
    const random = randomOf(7)
    const texts = pages.map(([, text]) => text)
    let fast = 0
    for (let i = 0; i < MADE; i++) {
      const { text } = madePage(texts, random)
      if (parseFast(readStructure(text, readFrontMatter(text).end).masked)) fast++
      const expected = withReference(() => said(text))
      if (said(text) !== expected)
        expect({ page: i, text, said: said(text) }).toEqual({ page: i, text, said: expected })
    }
    console.log(`${MADE} made pages: the fast parser read ${fast}, the reference ${MADE - fast}; 0 differ`)
    expect(fast).toBeGreaterThan(MADE / 2)
  })
})
