/**
 * A site of Starlight alone with as many pages as a built one, and the same content: what a page of ours shows, written as
 * Markdown. Tables, lists, links and headings are the same; code is highlighted where ours is. Its sidebar is short, as ours
 * is, and it has Starlight's own search.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Element, ElementContent, Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toMdast } from 'hast-util-to-mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'

/** Writes the project into a folder that stands beside `node_modules`, and gives the number of its pages. */
export function writeBareSite(built: string, folder: string): number {
  const pages = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const page of pages) {
    const name = page.replaceAll('\\', '/').replace(/(?<=.)\/index\.html$|\.html$/, '')
    put(`src/content/docs/${name}.md`, toPage(readFileSync(join(built, page), 'utf8')))
  }
  // Astro bundles what the project depends on in the way that Starlight needs.
  put('package.json', JSON.stringify({ type: 'module', dependencies: { '@astrojs/starlight': '*', astro: '*' } }))
  put('src/content.config.ts', CONTENT)
  put('astro.config.mjs', CONFIG)
  return pages.length
}

const CONTENT = `import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { defineCollection } from 'astro:content'
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
`
const CONFIG = `import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
process.env.ASTRO_TELEMETRY_DISABLED = '1'
const sidebar = [{ label: 'Overview', link: '/' }, { label: 'Roles', link: '/roles/' }]
export default defineConfig({ integrations: [starlight({ title: 'Bare', sidebar })] })
`

function toPage(html: string): string {
  const tree = fromHtml(html)
  const title = find(tree, (element) => element.tagName === 'h1')
  const main = find(tree, ({ properties }) => hasClass(properties.className, 'sl-markdown-content'))
  const content = { type: 'root' as const, children: main ? shown(main.children) : [] }
  const markdown = toMarkdown(toMdast(content), { extensions: [gfmToMarkdown()] })
  return `---\ntitle: ${JSON.stringify(title ? textOf(title) : 'Page')}\n---\n\n${markdown}`
}

/** What a reader sees, without drawings and scripts; code that ours only folds stands as lines. */
function shown(nodes: readonly ElementContent[], highlighted = false): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node]
    if (['script', 'style', 'svg', 'dialog', 'template'].includes(node.tagName)) return []
    if (node.tagName !== 'pre') {
      const within = highlighted || hasClass(node.properties.className, 'expressive-code')
      return [{ ...node, children: shown(node.children, within) }]
    }
    if (!highlighted)
      return [
        element(
          'p',
          textOf(node)
            .split('\n')
            .flatMap((line) => [{ type: 'text' as const, value: line }, element('br', [])]),
        ),
      ]
    const lines: string[] = []
    find(node, (child) => {
      if (hasClass(child.properties.className, 'ec-line')) lines.push(textOf(child).replace(/\n$/, ''))
      return false
    })
    const code = element('code', [{ type: 'text', value: `${lines.join('\n')}\n` }])
    code.properties.className = [`language-${String(node.properties.dataLanguage ?? 'text')}`]
    return [element('pre', [code])]
  })
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children }
}

function hasClass(value: unknown, name: string): boolean {
  return Array.isArray(value) && value.includes(name)
}

/** The first element, in the order of the page, that is looked for. */
function find(node: Nodes, is: (element: Element) => boolean): Element | null {
  if (node.type === 'element' && is(node)) return node
  for (const child of 'children' in node ? node.children : []) {
    const found = find(child, is)
    if (found) return found
  }
  return null
}

function textOf(node: Nodes): string {
  return 'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : ''
}
