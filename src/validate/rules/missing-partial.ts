import { keyOf } from '../../parse/page/identity.ts'
import { plural } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { slipFinder } from '../shared/near-miss.ts'

export default defineRule({
  id: 'missing-partial',
  category: 'partials',
  severity: 'error',
  summary: 'A page includes a partial that does not exist',
  docs: `
A partial is found by the category and name in its own front matter, to the letter, whatever its file is called. Where no
partial answers to a name, readers see a hole, and the facts that should stand there are in no dataset.

An older version may leave out what has not changed: a partial that it lacks is taken from the current version, unless
\`partials.fallback\` is \`false\` in the config.

**To fix it**, correct the name, or add the partial. When single files are checked without a config, name the folder that
holds the partials as well: only files that were read can be found, and where none was read, the finding is mere info.
`,
  examples: [
    {
      name: 'a misspelt name',
      mdx: '<PartialsComponent category="permissions" name="aws-node-policy" />\n',
      files: {
        'partials/nodes.mdx': '---\npartial_category: permissions\npartial_name: aws-nodes-policy\n---\nNodes.\n',
      },
      expect: ['1:1'],
    },
    {
      name: 'a name that differs in case',
      mdx: '<PartialsComponent category="Permissions" name="aws-nodes-policy" />\n',
      files: {
        'partials/nodes.mdx': '---\npartial_category: permissions\npartial_name: aws-nodes-policy\n---\nNodes.\n',
      },
      expect: ['1:1'],
    },
    {
      name: 'a partial that is there',
      mdx: '<PartialsComponent category="permissions" name="aws-nodes-policy" />\n',
      files: {
        'partials/nodes.mdx': '---\npartial_category: permissions\npartial_name: aws-nodes-policy\n---\nNodes.\n',
      },
      expect: [],
    },
  ],
  check({ reading }, report) {
    const { pages, partials } = reading
    const names = partials.names()
    const meant = nameFinder(names)
    const suggestions = new Map<string, string | null>()
    for (const { page, include, identity, target } of pages.flatMap((page) => partials.inclusionsIn(page))) {
      if (target) continue
      const key = keyOf(identity)
      const known = suggestions.get(key)
      const suggestion = known === undefined ? meant(key) : known
      suggestions.set(key, suggestion)
      const read =
        names.length === 0
          ? 'no partials were among the files read'
          : `none of the ${plural(names.length, 'partial')} read has this name`
      report({
        message:
          suggestion === null
            ? `There is no partial \`${key}\` (${read}).`
            : `There is no partial \`${key}\`. Did you mean \`${suggestion}\`${differsInCase(key, suggestion)}?`,
        span: include.span,
        subject: key,
        ids: [page.file.path],
        // A page that is checked by itself says nothing of partials that nobody read.
        ...(names.length === 0 && !reading.complete ? { severity: 'info' as const } : {}),
      })
    }
  },
})

/** Finds the name that a key is a slip of. A name with another word in it (static, dynamic) is the name of something else. */
function nameFinder(names: readonly string[]): (key: string) => string | null {
  const byLower = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]))
  const slipOf = slipFinder(names)
  return (key) => byLower.get(key.toLowerCase()) ?? slipOf(key)
}

function differsInCase(key: string, suggestion: string): string {
  return key.toLowerCase() === suggestion.toLowerCase() ? ' (names are compared to the letter)' : ''
}
