import type { Fix, Span } from '../../diagnostic.ts'
import type { Evidence } from '../../parse/claim.ts'
import type { Block } from '../../parse/page/page.ts'
import { placeOf } from '../../parse/source.ts'
import { plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { compareEvidence } from '../shared/permissions.ts'
import { placesIn, type Spelling, variants } from '../shared/spellings.ts'

export default defineRule({
  id: 'key-casing',
  category: 'catalogue',
  severity: 'error',
  summary: 'A resource key or an operation is written in two cases',
  docs: `
Programs compare permissions to the letter: of \`virtualCloudconfig\` and \`virtualCloudConfig\` one does not exist. The
dataset counts both as one, so that no role falls apart, but what is copied from the page does not work.

The catalogue's spelling is taken for the right one; without a catalogue, the one that more blocks use. Each other spelling
is reported once a page, at its first place. Labels of rows that only begin with a capital letter ("Cluster" for
\`cluster\`) are left out.

The fix corrects all places of the page. There is none where three or more blocks agree against the catalogue, or both
spellings are as common: then a person has to find out which is right.

**To fix it**, write the key in one way everywhere. **Accept it** where the product really knows both.
`,
  examples: [
    {
      name: 'against the catalogue',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Profile | `clusterProfile` | ✅ |\n\n## Cluster Admin\n\n- clusterprofile.get\n- clusterprofile.list\n',
      expect: ['7:3'],
    },
    {
      name: 'against most blocks',
      mdx: '## Cluster Admin\n\n- edgeHost.get\n\n## Cluster Editor\n\n- edgeHost.get\n\n## Cluster Viewer\n\n| | Get |\n| --- | --- |\n| edgehost | √ |\n',
      expect: ['13:3'],
    },
    {
      name: 'an operation in two cases',
      mdx: '## Machine Admin\n\n- machine.snapshotGet\n\n## Machine Editor\n\n- machine.snapshotGet\n\n## Machine User\n\n- machine.snapshotget\n- machine.get\n',
      expect: ['11:11'],
    },
    {
      name: 'a label with a capital letter',
      mdx: '## Cluster Admin\n\n- cluster.get\n\n## Cluster Viewer\n\n| | Get |\n| --- | --- |\n| Cluster | √ |\n',
      expect: [],
    },
    {
      name: 'one spelling',
      mdx: '## Cluster Admin\n\n- edgeHost.get\n\n## Cluster Viewer\n\n- edgeHost.get\n',
      expect: [],
    },
  ],
  check({ reading }, report) {
    for (const { kind, spellings } of variants(reading)) {
      const right = canonical(spellings)
      for (const spelling of spellings) {
        if (spelling === right) continue
        const blocks = [...spelling.blocks.keys()].filter((block) => !isLabel(block, spelling.text, right.text))
        for (const [page, here] of Map.groupBy(blocks, (block) => block.page)) {
          const places = placesIn(page, here, spelling.text, kind)
          const [first] = places
          // A word that stands nowhere so was made from a label (“API Key”).
          if (!first) continue
          const where = right.catalogued
            ? 'in the catalogue'
            : `in ${plural(right.blocks.size, 'other table or list', 'other tables or lists')}`
          const more = places.length > 1 ? ` (${places.length} times on this page)` : ''
          const advice = isSure(spelling, right)
            ? `Write \`${right.text}\`.`
            : `${plural(spelling.blocks.size, 'table or list', 'tables or lists')} ${spelling.blocks.size === 1 ? 'writes' : 'write'} it so: find out which is right, and use one spelling.`
          const [source] = [...right.blocks.values()].sort(compareEvidence) as [Evidence]
          report({
            message: `The ${kind} \`${spelling.text}\`${more} is written \`${right.text}\` ${where}, and the two are not the same to a program. ${advice}`,
            span: first,
            subject: kind === 'resource key' ? right.text : null,
            ids: [spelling.text, page.file.path],
            related: [{ ...placeOf(source.span), note: `written \`${right.text}\` here` }],
            fix: isSure(spelling, right) ? fixOf(places, right.text) : null,
          })
        }
      }
    }
  },
})

/** The catalogue's spelling, then the one that most blocks use, then the one that stands first. */
function canonical(spellings: readonly Spelling[]): Spelling {
  const first = ({ blocks }: Spelling) => [...blocks.values()].sort(compareEvidence)[0] as Evidence
  return [...spellings].sort(
    (a, b) =>
      Number(b.catalogued) - Number(a.catalogued) ||
      b.blocks.size - a.blocks.size ||
      compareEvidence(first(a), first(b)),
  )[0] as Spelling
}

/** Whether nobody has to ask which spelling is right. */
function isSure(wrong: Spelling, right: Spelling): boolean {
  if (right.catalogued && !wrong.catalogued) return wrong.blocks.size <= Math.max(2, right.blocks.size)
  return wrong.blocks.size < right.blocks.size
}

/** A row's label is a name for readers where it differs from the key in its first letter alone. */
function isLabel(block: Block, text: string, right: string): boolean {
  return block.kind === 'table' && text.slice(1) === right.slice(1)
}

function fixOf(places: readonly Span[], text: string): Fix {
  return {
    description: `Write \`${text}\` (${plural(places.length, 'place')})`,
    edits: places.map((span) => ({ ...span, text })),
  }
}
