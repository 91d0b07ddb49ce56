import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'front-matter',
  category: 'structure',
  severity: 'warning',
  summary: 'Front matter that is no valid YAML',
  docs: `
Titles, and the names by which partials are found, stand in the front matter. Where its YAML is broken, keys are read as
far as possible, and some may be missing.

**To fix it**, correct the YAML; most often a value with a colon needs quotes. **Accept it** where another tool reads the
lines as something else than YAML.
`,
  examples: [
    {
      name: 'an unclosed quote',
      mdx: '---\ntitle: "Roles\n---\n\nText.\n',
      expect: ['3:1'],
    },
    {
      name: 'a colon in quotes',
      mdx: '---\ntitle: "Roles: an overview"\n---\n\nText.\n',
      expect: [],
    },
  ],
})
