/** A page of a product's documentation that says nothing of permissions: what almost all pages of a repository are. */
import type { Random } from './random.ts'
import { capital, Words, wrap } from './words.ts'

/** What the page may refer to, so that links and inclusions lead somewhere. */
export interface Neighbours {
  /** Site-absolute path of another page, without its extension. */
  page: () => string
  /** Name of a partial of the category `snippets`. */
  partial: () => string
}

type Part = (words: Words, to: Neighbours) => string

/**
 * How many of the pages hold at least one of these. See `tree.ts` for where the numbers come from.
 */
const SHARES: [part: Part, share: number][] = [
  [bulletList, 0.85],
  [admonition, 0.6],
  [orderedList, 0.42],
  [parameterTable, 0.45],
  [fence, 0.3],
  [tabs, 0.17],
  [image, 0.17],
  [inclusion, 0.2],
  [comment, 0.06],
  [boldSentence, 0.2],
]

export function ordinaryPage(random: Random, to: Neighbours): string {
  const words = new Words(random)
  const title = words.title()
  const parts = SHARES.flatMap(([part, share]) => (random.chance(share) ? random.list(1, 2, () => part) : []))
  const shuffled = parts.map((part) => ({ part, at: random.next() })).sort((a, b) => a.at - b.at)
  const head = frontMatter(words, title)
  const blocks = [head, words.paragraph(2, 4, () => link(words, to))]
  const sections = random.int(6, 12)
  for (let i = 0; i < sections; i++) {
    blocks.push(`${'#'.repeat(i > 0 && random.chance(0.35) ? 3 : 2)} ${words.title()}`)
    for (let left = random.int(1, 3); left > 0; left--) blocks.push(words.paragraph(2, 5, () => link(words, to)))
    const due = shuffled.splice(0, Math.ceil(shuffled.length / (sections - i)))
    for (const { part } of due)
      blocks.push(
        part(words, to),
        words.paragraph(1, 3, () => link(words, to)),
      )
  }
  blocks.push(
    '## Next Steps',
    words.paragraph(1, 2, () => link(words, to)),
  )
  return `${blocks.join('\n\n')}\n`
}

/** As formatters and people write it: a text in quotes or without, on one line or several, lists and keys in keys. */
function frontMatter(words: Words, title: string): string {
  const { random } = words
  const plain = words.sentence().replaceAll(/[`*_]/g, '')
  const long = wrap(`${plain} ${words.sentence().replaceAll(/[`*_]/g, '')}`, '  ')
  const description = random.pick([
    `description: "${plain}"`,
    `description: "${plain}"`,
    `description: ${plain.replaceAll(':', '')}`,
    `description:\n  "${long}"`,
    `description: >-\n  ${long}`,
    `description: '${capital(words.thing())}''s ${words.thing()}, ${words.thing()} & ${words.thing()}'`,
  ])
  const more = random.pick([
    `sidebar_position: ${random.int(0, 400)}\ntags: ["${words.thing()}", "${words.thing()}"]`,
    `sidebar_position: ${random.int(0, 400)}\ntags: ["${words.thing()}", "${words.thing()}"]`,
    `sidebar:\n  order: ${random.int(0, 40)}\ntags:\n  - ${words.thing()}\n  - ${words.thing()}`,
    `keywords:\n- ${words.thing()}\n- ${words.thing()}\n# ${words.thing()}\nms.topic: ${words.thing()}`,
  ])
  return `---\nsidebar_label: "${capital(words.thing())} ${words.thing()}"\ntitle: "${title}"\n${description}\nhide_table_of_contents: false\n${more}\n---`
}

/** A sentence that stands out, as pages begin a note with one. */
function boldSentence(words: Words): string {
  return `**${words.sentence().replaceAll(/[*_]/g, '')}** ${words.sentence()}`
}

/** A partial that ordinary pages include: front matter, and a note or a list. */
export function snippet(random: Random, name: string): string {
  const words = new Words(random)
  const body = random.chance(0.5)
    ? words.paragraph(2, 4)
    : random.list(2, 5, () => `- ${words.sentence()}`).join('\n\n')
  return `---\npartial_category: snippets\npartial_name: ${name}\n---\n\n${body}\n`
}

function link(words: Words, to: Neighbours): string {
  const text = `${words.adjective()} ${words.thing()}`
  return words.random.chance(0.8)
    ? `[${capital(text)}](${to.page()}${words.random.chance(0.3) ? '#next-steps' : ''})`
    : `[${capital(text)}](https://example.com/${words.thing()}/${words.name()})`
}

function bulletList(words: Words, to: Neighbours): string {
  const { random } = words
  return random
    .list(3, 7, () => {
      const item = `- ${wrap(words.paragraph(1, 2, () => link(words, to)).replaceAll('\n', ' '), '  ')}`
      return random.chance(0.2) ? `${item}\n\n  - ${words.sentence()}\n  - ${words.sentence()}` : item
    })
    .join('\n\n')
}

function orderedList(words: Words, to: Neighbours): string {
  const { random } = words
  return random
    .list(4, 9, (i) => {
      const number = `${i + 1}. `
      const indent = ' '.repeat(number.length)
      const item = number + wrap(words.paragraph(1, 2, () => link(words, to)).replaceAll('\n', ' '), indent)
      const inner = random.chance(0.15)
        ? fence(words)
        : random.chance(0.15)
          ? `- ${words.sentence()}\n- ${words.sentence()}`
          : ''
      return inner === '' ? item : `${item}\n\n${indented(inner, indent)}`
    })
    .join('\n\n')
}

function admonition(words: Words): string {
  const kind = words.random.pick(['info', 'warning', 'tip', 'caution', 'note', 'danger'])
  return `:::${kind}\n\n${words.paragraph(1, 3)}\n\n:::`
}

function image(words: Words): string {
  return `![${capital(words.adjective())} ${words.thing()} in the ${words.thing()} view](/images/${words.thing()}_${words.name()}.webp)`
}

function inclusion(_: Words, to: Neighbours): string {
  return `<PartialsComponent category="snippets" name="${to.partial()}" />`
}

function comment(words: Words): string {
  return words.random.chance(0.5)
    ? `<!-- ${words.sentence()} -->`
    : `{/* ${words.sentence().replaceAll(/[{}]/g, '')} */}`
}

function tabs(words: Words): string {
  const { random } = words
  const panels = random.list(2, 4, () => {
    const label = capital(words.thing())
    const body = [words.paragraph(1, 3), random.chance(0.6) ? fence(words) : orderedList(words, NOWHERE)].join('\n\n')
    return `<TabItem label="${label}" value="${words.name()}">\n\n${body}\n\n</TabItem>`
  })
  return `<Tabs groupId="${words.thing()}">\n\n${panels.join('\n\n')}\n\n</Tabs>`
}

const NOWHERE: Neighbours = { page: () => '/start', partial: () => '' }

/** What looks most like a permission matrix and is none: parameters, some with Yes and No. */
function parameterTable(words: Words): string {
  const { random } = words
  const [required, fallback] = [random.chance(0.5), random.chance(0.5)]
  const header = ['Parameter', 'Description', ...(required ? ['Required'] : []), ...(fallback ? ['Default'] : [])]
  const rows = random.list(3, 12, () => [
    `\`${words.key()}${capital(words.key())}\``,
    words.sentence(),
    ...(required ? [random.chance(0.4) ? 'Yes' : 'No'] : []),
    ...(fallback ? [random.chance(0.3) ? '-' : `\`${words.random.int(1, 3600)}\``] : []),
  ])
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] as string).length)),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function fence(words: Words): string {
  const { random } = words
  const [language, body] = random.pick([
    ['bash', shell],
    ['shell', shell],
    ['yaml', yaml],
    ['json', json],
    ['hcl', hcl],
    ['bash', shell],
    ['yaml', yaml],
  ] as const)
  const meta = random.chance(0.2) ? ` title="${words.name()}"` : ''
  return `\`\`\`${language}${meta}\n${body(words)}\n\`\`\``
}

function shell(words: Words): string {
  return words.random
    .list(
      1,
      5,
      () =>
        `skiff ${words.verb()} ${words.thing()} \\\n  --${words.key()} ${words.name()} --${words.key()}=${words.random.int(1, 900)}`,
    )
    .join('\n')
}

function yaml(words: Words): string {
  const { random } = words
  const section = () =>
    [
      `  ${words.key()}:`,
      ...random.list(
        2,
        5,
        () => `    ${words.key()}: ${random.chance(0.5) ? `"${words.name()}"` : random.int(1, 900)}`,
      ),
    ].join('\n')
  return `apiVersion: skiff/v1\nkind: ${capital(words.thing())}\nmetadata:\n  name: ${words.name()}\nspec:\n${random.list(1, 4, section).join('\n')}`
}

function json(words: Words): string {
  const { random } = words
  const fields = random.list(2, 6, (i) => [
    `${words.key()}${i}`,
    random.chance(0.5) ? words.name() : random.int(1, 900),
  ])
  return JSON.stringify(
    { kind: words.thing(), spec: Object.fromEntries(fields), items: [words.name(), words.name()] },
    null,
    2,
  )
}

function hcl(words: Words): string {
  const fields = words.random.list(2, 5, () => `  ${words.key()} = "${words.name()}"`)
  return `resource "skiff_${words.thing()}" "${words.thing()}" {\n${fields.join('\n')}\n}`
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}
