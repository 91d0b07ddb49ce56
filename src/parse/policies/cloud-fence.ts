import type { Code } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import { addAll } from '../../lists.ts'
import type { Claim, Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { isLanguage } from '../words/language.ts'
import { idsIn, isAboutPermissions, NOTATIONS, type Notation, noId, notationOf } from './cloud-ids.ts'
import { FenceOffsets } from './fence.ts'
import { listPolicy } from './privileges.ts'
import { type Behind, type Listed as ListedId, resourceBehind, strangeResources } from './resources-behind.ts'

/** A line that begins with what may be an id. */
const SOME_ID =
  /^[ \t]*(?:[-*][ \t]+)?["']?(?:[A-Za-z][\w-]*:[A-Z*]|[A-Z][A-Za-z\d]*\.[A-Za-z\d.]+\/|[A-Z][A-Za-z\d-]*\.[A-Z]|[a-z][\w-]*\.[\w-]+\.[\w-])/m
/** The values of an option, or the items of an array, behind what begins them. */
const LIST =
  /(--(?:add-)?permissions(?:=|[ \t]+))(?:"([^"]*)"|'([^']*)'|([\w.:/*-]+(?:,(?:\\\r?\n[ \t]*)?[\w.:/*-]*)*))|(=\()([^()]*)\)/g
const NAMED_LIST = /--(?:add-)?permissions\b|permissions\w{0,40}=\(/i

/** Ids in the order in which a fence has them, each with its offset. */
interface Line {
  text: string
  at: number
  /** What stands behind it in another column. */
  behind?: Behind | null
}

/** A fence with one permission of a cloud a line, or a command with a list of them. */
export default defineDialect({
  id: 'cloud-permission-fence',
  summary: 'A code fence of permissions of a cloud, one a line, in an array of a shell or in the options of a command',
  block: 'code',
  examples: [
    {
      name: 'one a line, with comments',
      mdx: '## Permissions on AWS\n\n```text\n# Machines\nec2:RunInstances\nec2:Describe*\n// Backups\ns3:GetObject # reads one\n```\n',
      expect: ['policy: ec2:Describe*, ec2:RunInstances, s3:GetObject'],
    },
    {
      name: 'of Azure',
      mdx: '## Azure permissions\n\n```\nMicrosoft.Compute/disks/read\nMicrosoft.Compute/disks/write\n```\n',
      expect: ['policy: Microsoft.Compute/disks/read, Microsoft.Compute/disks/write'],
    },
    {
      name: 'an array of a shell',
      mdx: '## Google Cloud permissions\n\n```bash\nPERMISSIONS=(\n  compute.disks.get\n  compute.disks.create\n)\n```\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
    {
      name: 'the options of a command',
      mdx: '## Google Cloud\n\n```bash\ngcloud iam roles create dock --title "Dock" \\\n  --permissions compute.disks.get,compute.disks.create\n```\n',
      expect: ['policy: compute.disks.create, compute.disks.get'],
    },
  ],
  mayRead: (text, language) =>
    (isList(language) && SOME_ID.test(text)) || (isCommand(language) && text.search(LIST) >= 0),
  score(input) {
    const { lines, notation } = listedIn(input)
    return lines.length > 0 && notation ? 0.9 : 0
  },
  read(input) {
    const { lines, notation, title } = listedIn(input) as Listed & { notation: Notation }
    const offsets = new FenceOffsets(input.block)
    const findings: Finding[] = []
    const actions: ListedId[] = []
    const strange: Written[] = []
    for (const { text, at, behind } of lines) {
      const ids = idsIn(text, notation)
      if (ids === null) findings.push(noId(input, offsets.span(at, at + text.length), text, notation))
      const beside = behind ? offsets.span(at, at + text.length) : null
      if (behind?.resources === null && beside) strange.push({ text: behind.text, span: beside })
      const resources = beside ? (behind?.resources ?? []).map((one) => ({ text: one, span: beside })) : []
      let from = 0
      for (const id of ids ?? []) {
        const start = text.indexOf(id, from)
        from = start + id.length
        actions.push({ text: id, span: offsets.span(at + start, at + from), resources })
      }
    }
    addAll(findings, strangeResources(input, strange))
    const { section: _, ...policy } = listPolicy(input, notation, actions)
    const claims: Claim[] = [{ ...policy, title }]
    return { value: claims, findings }
  },
})

interface Listed {
  lines: readonly Line[]
  notation: Notation | null
  title: string | null
}

const NONE: Listed = { lines: [], notation: null, title: null }

function listedIn(input: BlockInput): Listed {
  const { lang, value } = input.block.node as Code
  if (isList(lang) && SOME_ID.test(value)) {
    const lines = linesOf(value)
    const texts = lines.map(({ text }) => text)
    const notation = notationOf(texts, input.settings)
    // A document that only has some ids in it is another dialect's.
    const all = isLanguage(lang, 'plain') || texts.every((text) => notation && idsIn(text, notation) !== null)
    if (notation && all && isAboutPermissions(input, notation)) return { lines, notation, title: null }
  }
  return isCommand(lang) ? inCommand(value, input) : NONE
}

function isList(language: string | null | undefined): boolean {
  return isLanguage(language, 'plain', 'json', 'yaml')
}

function isCommand(language: string | null | undefined): boolean {
  return isLanguage(language, 'plain', 'shell')
}

/** The lines of a list, without comments, bullets, quotes and brackets. */
function linesOf(value: string): Line[] {
  return [...value.matchAll(/[^\r\n]+/g)].flatMap(([line], i, all) => {
    const start = all[i]?.index ?? 0
    if (/^(?:#|\/\/|--|[[\]{}(),]*$)|^["']?\w+["']?\s*[:=]\s*[[({]$/.test(line.trim())) return []
    const [content = ''] = line.split(/\s(?:#|\/\/)/, 1)
    const [opening = ''] = /^\s*(?:[-*]\s+)?["']?/.exec(content) ?? []
    const text = content
      .slice(opening.length)
      .trimEnd()
      .replace(/["']?,?$/, '')
    const behind = resourceBehind(text)
    return [{ text: behind?.head ?? text, at: start + opening.length, behind }]
  })
}

/** The values of `--permissions a,b` and of `NAME=( a b )`, of those that hold nothing but ids. */
function inCommand(value: string, input: BlockInput): Listed {
  const lists = [...value.matchAll(LIST)].map(({ 0: whole, 1: option, 5: opening, index }) => {
    const from = (option ?? opening ?? '').length
    // A line goes on behind a backslash.
    const lines = [...whole.slice(from).matchAll(/[^\s,"'()\\]+/g)].map(({ 0: text, index: at }): Line => {
      return { text, at: index + from + at }
    })
    return { lines, named: option !== undefined }
  })
  for (const notation of NOTATIONS) {
    const isId = ({ text }: Line) => notation.isId(text)
    // What an option calls permissions are some, though one may be a placeholder.
    const ofIds = lists.filter(({ lines, named }) =>
      named ? lines.filter(isId).length * 2 > lines.length : lines.every(isId),
    )
    const lines = ofIds.flatMap((list) => list.lines)
    const known = lines.filter(({ text }) => notation.isKnown(text, input.settings))
    if (lines.length === 0 || known.length * 2 < lines.length) continue
    // A command that makes a role says itself what its list is.
    if (NAMED_LIST.test(value) || isAboutPermissions(input, notation)) return { lines, notation, title: titleIn(value) }
  }
  return NONE
}

/** The one title that commands give; `null` where there are several. */
function titleIn(value: string): string | null {
  const [title, another] = [...value.matchAll(/--title(?:=|[ \t]+)(?:"([^"\n]*)"|'([^'\n]*)')/g)]
  return (another ? null : (title?.[1] ?? title?.[2])) || null
}
