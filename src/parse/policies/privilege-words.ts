import type { List } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import { remembered } from '../../remembered.ts'
import { type Item, isUnticked, readItems } from '../blocks/list.ts'
import type { Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { outlineOf } from '../page/outline.ts'
import type { Block, Page } from '../page/page.ts'
import { accessOf } from '../words/vocabulary.ts'
import {
  beginsWithCategory,
  categoryIn,
  isName,
  isOfNutanix,
  mayListPrivileges,
  nameIn,
} from './privilege-categories.ts'
import { listPolicy } from './privileges.ts'
import { variantOf } from './variant.ts'

/** What stands above a list of privileges: its category with what is under it, and the name of all of them. */
interface Place {
  provider: 'vsphere' | 'nutanix'
  path: string[]
  title: string | null
}

const OF_PRIVILEGES = /\b(?:privileges?|permissions?)\b/i

/**
 * Bullets of privileges in words, as the consoles of vSphere and Nutanix show them. One of vSphere's stands under its category,
 * which is a heading, a bold line or an item, and is called as in a table: `Datastore.Allocate space`.
 */
export default defineDialect({
  id: 'privilege-words',
  summary: 'A list of privileges in words under their vSphere category, or as Nutanix writes them',
  block: 'list',
  examples: [
    {
      name: 'under headings',
      mdx: '# vSphere privileges\n\n## Virtual machine\n\n### Configuration\n\n- Add new disk\n- Change CPU count\n',
      expect: ['policy: Virtual machine.Configuration.Add new disk, Virtual machine.Configuration.Change CPU count'],
    },
    {
      name: 'under items',
      mdx: '## Required vSphere privileges\n\n- Datastore\n  - Allocate space\n  - Browse datastore\n',
      expect: ['policy: Datastore.Allocate space, Datastore.Browse datastore'],
    },
    {
      name: 'under bold lines',
      mdx: '## Privileges\n\nThe user needs these in vSphere:\n\n**Folder**:\n\n- Create folder\n- Delete folder\n',
      expect: ['policy: Folder.Create folder, Folder.Delete folder'],
    },
    {
      name: 'of Nutanix',
      mdx: '## Nutanix permissions\n\n- Create Image\n- Delete Image\n- View Cluster\n',
      expect: ['policy: Create Image, Delete Image, View Cluster'],
    },
  ],
  score(input) {
    if (!mayList(input.block.page) || placeOf(input) === null) return 0
    const items = readItems(input.block).filter((item) => !isGroup(item, input.block))
    const names = items.filter(({ text }) => isName(text))
    return names.length > 0 && names.length * 5 >= items.length * 4 ? 0.9 : 0
  },
  read(input) {
    const { provider, path, title } = placeOf(input) as Place
    const findings: Finding[] = []
    const listed: Written[] = []
    for (const item of readItems(input.block)) {
      // A name is short: what stands in the next line has lost its bullet.
      if (item.span.endLine > item.span.line && isName(item.text)) {
        const message = `\`${item.text}\` goes on over two lines, which no privilege does, so it is not in the model. Give each its bullet.`
        findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
        continue
      }
      // What has items of its own is named in theirs.
      if (isUnticked(item) || isGroup(item, input.block)) continue
      if (isName(item.text)) {
        const own = partsOf(item.text)
        const [first = ''] = own
        // An item that says its category itself.
        const above = first.toLowerCase() === path[0]?.toLowerCase() ? [] : path
        listed.push({ text: [...above, ...own].join('.'), span: item.span })
        continue
      }
      const message = `\`${item.text}\` stands in a list of privileges but is none, so it is not in the model.`
      findings.push(unrecognised(input, item.span, message, [input.surroundings.names[0]?.text ?? '', item.text]))
    }
    const policy = listPolicy(input, { provider, policyKind: 'privilege-list' }, listed)
    const claim = { ...policy, title, section: `${title} ${policy.variant ?? variantOf(input)}` }
    return { value: listed.length > 0 ? [claim] : [], findings }
  },
})

const mayList = remembered(({ file }: Page) => mayListPrivileges(file.text))

/**
 * Whether a list that is not read may hold privileges all the same: it stands under a category, and half of its items are names;
 * or under what is no category, but begins like one.
 */
export function mayHoldPrivileges(input: BlockInput): boolean {
  const { page } = input.block
  if (!mayList(page) || !isAboutPrivileges(input)) return false
  const items = readItems(input.block).filter((item) => !isGroup(item, input.block))
  const names = items.filter(({ text }) => isName(text))
  if (names.length > 0 && names.length * 2 >= items.length && placeOf(input) !== null) return true
  return parentsOf(input.block).some((text) => beginsWithCategory(text) && categoryIn(text) === null)
}

/** Whether something above a list speaks of privileges. */
function isAboutPrivileges({ block, surroundings }: BlockInput): boolean {
  const said = [...surroundings.names.map(({ text }) => text), block.page.title, ...introOf(block)]
  return said.some((text) => OF_PRIVILEGES.test(text))
}

/** What a list's items are privileges of; `null` where nothing says that they are some. */
function placeOf(input: BlockInput): Place | null {
  const { block, surroundings } = input
  const headings = block.headings.map(({ text }) => text)
  const said = [...surroundings.names.map(({ text }) => text), block.page.title, ...introOf(block)]
  if (!said.some((text) => OF_PRIVILEGES.test(text))) return null
  const nearer = [...parentsOf(block), ...captionOf(block)]
  const path: string[] = []
  for (const [i, text] of [...nearer, ...headings.toReversed()].entries()) {
    const category = categoryIn(text)
    const name = nameIn(text)
    if (category !== null || (name !== '' && name === text)) path.unshift(name)
    if (category === null) continue
    // What is under a heading that is called so by chance says itself what it lists.
    if (i >= nearer.length && !isAbout(ownIntroOf(block))) return null
    const above = headings.slice(0, Math.max(0, headings.length - Math.max(0, i + 1 - nearer.length)))
    return { provider: 'vsphere', path, title: above.at(-1) ?? (block.page.title || null) }
  }
  return isOfNutanix(said.join('\n')) && OF_PRIVILEGES.test(headings.at(-1) ?? block.page.title) && areActions(input)
    ? { provider: 'nutanix', path: [], title: headings.at(-1) ?? null }
    : null
}

/** Whether all items are names that begin with an operation, each word with a capital: `Create Image`. */
function areActions({ block, settings }: BlockInput): boolean {
  const items = readItems(block)
  return (
    items.length >= 2 &&
    items.every(({ text }) => {
      const words = text.split(' ')
      return (
        words.length <= 7 && words.every((word) => /^[A-Z]/.test(word)) && accessOf(words[0] ?? '', settings) !== null
      )
    })
  )
}

/** The parts of a name: `Host > Configuration`, `Configuration: Storage`; what is said of one is none. */
function partsOf(text: string): string[] {
  const [name = '', said = '', ...more] = text.split(/:\s+/)
  const isPath = /^\p{Lu}/u.test(said) && said.split(' ').length <= 3 && more.length === 0
  return (isPath ? `${name}>${said}` : name)
    .split('>')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isGroup(item: Item, { node }: Block): boolean {
  return (node as List).children[item.index]?.children.some(({ type }) => type === 'list') ?? false
}

/** The items that a list stands in, innermost first. */
function parentsOf({ page, start, end }: Block): string[] {
  const around = page.blocks.filter((other) => other.kind === 'list' && other.start < start && other.end >= end)
  return around
    .sort((a, b) => b.start - a.start)
    .flatMap((list) => {
      const parent = readItems(list).find(({ index }) => {
        const position = (list.node as List).children[index]?.position
        return (position?.start.offset ?? 0) <= start && (position?.end.offset ?? 0) >= end
      })
      return parent ? [parent.text] : []
    })
}

/** The line above a list that names a category, be it above the list that this one stands in. */
function captionOf(block: Block): string[] {
  const top = block.page.blocks.filter(
    ({ kind, start, end }) => kind === 'list' && start <= block.start && end >= block.end,
  )
  const start = top.reduce((least, list) => Math.min(least, list.start), block.start)
  const outline = outlineOf(block.page)
  const from = Math.max(outline.endBefore(start), block.headings.at(-1)?.offset ?? 0)
  const line = outline.paragraphsIn(from, start).at(-1)?.text
  return line !== undefined && categoryIn(line) !== null ? [line] : []
}

/** What stands between a list, or the one that it stands in, and its heading. */
function ownIntroOf(block: Block): string[] {
  const from = block.headings.at(-1)?.offset ?? 0
  return outlineOf(block.page)
    .paragraphsIn(from, block.start)
    .filter(({ inItem }) => !inItem)
    .map(({ text }) => text)
}

function isAbout(texts: readonly string[]): boolean {
  // A name is an item that has lost its bullet.
  const said = texts.filter((text) => !isName(text) || text.endsWith(':'))
  return said.length === 0 || said.some((text) => OF_PRIVILEGES.test(text))
}

/** What stands under the headings of a list, before what is under the next ones. */
function introOf({ page, headings, start }: Block): string[] {
  const outline = outlineOf(page)
  const stretches = headings.length > 0 ? headings.map((heading) => outline.sectionOf(heading)) : [[0, start] as const]
  return stretches.flatMap(([from, to]) =>
    outline
      .paragraphsIn(from, Math.min(to, start))
      .filter(({ inItem }) => !inItem)
      .map(({ text }) => text),
  )
}
