/** Made pages: real ones, changed in their blocks, tokens and characters, and some made of tokens alone. Seeded. */

/** A whole number from 0 to below a bound. */
export type Random = (below: number) => number

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** What Markdown, MDX, policies and permissions are made of, and what is known to break readers of them. */
const TOKENS = [
  ...['- ', '* ', '+ ', '1. ', '1) ', '> ', '# ', '## ', '- [ ] ', '- [x] ', '  ', '    ', '\t', '\n', '\n\n', '\r\n'],
  ...['|', '| a | b |\n', '| --- | --- |\n', '| |', '\\|', '---\n', '***\n', '===\n', ':::tip Dock\n', ':::\n'],
  ...['`', '``', '```\n', '```json\n', '~~~\n', '```yaml\n', '**', '_', '*', '~~', '\\', '&amp;', '&radic;', '&#8730;'],
  ...[
    '[a](b)',
    '[a](./roles.mdx#dock)',
    '![x](y)',
    '[^1]',
    '[^1]: x\n',
    '[a]: /u\n',
    'https://a.b/c',
    'www.x.y',
    'a@b.c',
  ],
  ...[
    '<br />',
    '<br / >',
    '<Tabs>\n',
    '<TabItem label="Dock Admin" value="dock">\n',
    '</TabItem>\n',
    '</Tabs>\n',
    '<x',
  ],
  ...[
    '<details>\n',
    '<summary>Dock</summary>\n',
    '</details>\n',
    '<table><tr><td>',
    '</td></tr></table>',
    '<!-- x -->',
  ],
  ...['{/* x */}', '{props.x}', '{', '}', '<PartialsComponent category="permissions" name="dock" />\n', '{#id}'],
  ...['√', '✓', '✅', '❌', ':x:', 'Yes', 'No', '\u00a0', '\u200b', '\ufeff', 'é', '\u{1f6a2}', '\0', '\u001b[31m'],
  ...['dock.get', 'dock.list\n', 'dock.*', 'Create', 'Get', 'Role', 'Permission', 'Dock Admin', 'ec2:RunInstances'],
  ...[
    '"Statement": [',
    '"Effect": "Allow"',
    '"Action": "*"',
    'kind: ClusterRole\n',
    'verbs: [get]\n',
    '{"a": 1}',
    '&a *a',
  ],
  ...[
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '=1+1',
    '{/* rolebook-disable-next-line */}\n',
    '---\ntitle: x\n---\n',
  ],
]

const WORDS = ['word ', 'dock ', 'the ', 'pier ', 'a ', 'roles ', 'and ']

export interface Made {
  text: string
  /** What it was made from: the index of a page, or `null`. */
  from: number | null
}

/** One made page. Of large pages only a part is taken, so that many can be made. */
export function madePage(pages: readonly string[], random: Random, longest = 6000): Made {
  if (pages.length === 0 || random(10) < 3) return { text: madeOfTokens(random), from: null }
  const from = random(pages.length)
  let text = partOf(pages[from] as string, random, longest)
  const changes = random(9)
  for (let i = 0; i < changes; i++) text = changed(text, pages, random)
  return { text, from }
}

function partOf(page: string, random: Random, longest: number): string {
  if (page.length <= longest) return page
  const start = page.lastIndexOf('\n', random(page.length - longest)) + 1
  return page.slice(start, start + longest)
}

function changed(text: string, pages: readonly string[], random: Random): string {
  const at = random(text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  switch (random(7)) {
    case 0:
    case 1:
      return before + TOKENS[random(TOKENS.length)] + after
    case 2:
      return before + after.slice(1 + random(20))
    case 3: {
      const other = random(text.length + 1)
      return before + text.slice(other, other + random(60)) + after
    }
    case 4:
      return withLine(text, random, () => null)
    case 5:
      return withLine(text, random, (line) => `${line}\n${line}`)
    default: {
      const lines = (pages[random(pages.length)] as string).split('\n')
      const start = random(lines.length)
      return `${before}\n${lines.slice(start, start + 1 + random(12)).join('\n')}\n${after}`
    }
  }
}

function withLine(text: string, random: Random, change: (line: string) => string | null): string {
  const lines = text.split('\n')
  const at = random(lines.length)
  const line = change(lines[at] as string)
  return [...lines.slice(0, at), ...(line === null ? [] : [line]), ...lines.slice(at + 1)].join('\n')
}

function madeOfTokens(random: Random): string {
  const count = 3 + random(50)
  const parts = Array.from({ length: count }, () =>
    random(5) < 2 ? (WORDS[random(WORDS.length)] as string) : (TOKENS[random(TOKENS.length)] as string),
  )
  return parts.join('')
}
