import { keyOf } from '../../parse/partials.ts'
import { nearest, plural } from '../../text.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'missing-partial',
  severity: 'error',
  summary: 'A page includes a partial that does not exist',
  docs: `
A partial is found by the category and name in its own front matter, to the letter, whatever its file is called. Where no
partial answers to a name, readers see a hole, and the facts that should stand there are in no dataset.

**To fix it**, correct the name, or add the partial. When single files are checked without a config, name the folder that
holds the partials as well: only files that were read can be found.
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
      name: 'a partial that is there',
      mdx: '<PartialsComponent category="permissions" name="aws-nodes-policy" />\n',
      files: {
        'partials/nodes.mdx': '---\npartial_category: permissions\npartial_name: aws-nodes-policy\n---\nNodes.\n',
      },
      expect: [],
    },
  ],
  check({ reading }, report) {
    const names = reading.partials.names()
    for (const page of reading.pages) {
      for (const include of page.includes) {
        if (reading.partials.find(include)) continue
        const key = keyOf(include)
        const suggestion = nearest(key, names)
        const read =
          names.length === 0
            ? 'no partials were among the files read'
            : `none of the ${plural(names.length, 'partial')} read has this name`
        const hint = suggestion === null ? `(${read})` : `Did you mean \`${suggestion}\`?`
        report({
          message:
            suggestion === null ? `There is no partial \`${key}\` ${hint}.` : `There is no partial \`${key}\`. ${hint}`,
          span: include.span,
          subject: key,
          ids: [page.file.path],
        })
      }
    }
  },
})
