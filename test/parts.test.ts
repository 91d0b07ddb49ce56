/** A large page is parsed in parts; the tree must be the same as that of the whole page. */
import type { Nodes } from 'mdast'
import { describe, expect, it } from 'vitest'
import { readFrontMatter } from '../src/parse/markdown/front-matter.ts'
import { parseInParts, parseMarkdown } from '../src/parse/markdown/markdown.ts'
import { readStructure } from '../src/parse/structure/structure.ts'
import { realPages } from './support/real-pages.ts'

/** Types, values and offsets of a tree, one line a node. */
function outline(node: Nodes): string[] {
  const { start, end } = node.position ?? {}
  const value = 'value' in node ? JSON.stringify(node.value) : ''
  const own = node.type === 'root' ? [] : [`${node.type} ${start?.offset}-${end?.offset} ${value}`]
  return [...own, ...('children' in node ? node.children.flatMap(outline) : [])]
}

const pages = realPages().map(({ path, text }) => [path, text] as const)

describe('parsing in parts', () => {
  it.each(pages)('gives the tree of the whole page: %s', (_path, text) => {
    const structure = readStructure(text, readFrontMatter(text).end)
    expect(outline(parseInParts(structure, 64))).toEqual(outline(parseMarkdown(structure.masked)))
  })

  it('is what happens to most pages of the project, in several parts', () => {
    const parted = pages.filter(([, text]) => readStructure(text, 0).margins.length > 1)
    expect(parted.length).toBeGreaterThan(pages.length / 3)
  })
})
