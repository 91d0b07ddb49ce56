import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'unrecognised-block',
  category: 'structure',
  severity: 'warning',
  summary: 'A block looks like permissions, and no dialect reads it',
  docs: `
Nothing is lost in silence: what looks like permissions is in the model or is reported here. The block may be written in
a way that Rolebook does not know, or may not be about permissions at all. Single lines are reported, too: a bullet that is
no permission among bullets that are, a line of a list without its bullet, permissions in a paragraph.

Facts that nothing could be made of are reported once in their section, where what stands around them speaks of roles or
permissions: terms with their meanings, headings that are ids, attributes of components, a configuration that lists ids of the
product's own, sentences on what a role may do, predefined roles of a cloud, tables whose rows are computed.

**To fix it**, write the table, list or line in one of the known dialects. **Accept it** where it is not about permissions, or
is an excerpt that only shows how something is written.
`,
  examples: [
    {
      name: 'an item that is no permission',
      mdx: '## Cluster Viewer\n\n- cluster.get\n- everything else\n',
      expect: ['4:3'],
    },
    {
      name: 'permissions that are terms',
      mdx: '## Permissions\n\n**dock.get**: Shows a dock.\n\n**dock.list**: Shows all.\n',
      expect: ['3:1'],
    },
    {
      name: 'what a role may do, among other things',
      mdx: '# Roles\n\n## Dock Admin\n\n- Create and delete docks\n- Often the founder\n',
      expect: ['5:1'],
    },
    {
      name: 'a table about something else',
      mdx: '## Regions\n\n| Region | Cities |\n| --- | --- |\n| North | Two |\n',
      expect: [],
    },
  ],
})
