import { versionsOf } from '../../settings/version-folders.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mixed-versions',
  category: 'structure',
  severity: 'warning',
  summary: 'Two versions of a documentation are read as one, and a role of both as one role',
  docs: `
A repository often keeps older versions of its pages beside the current ones: in folders such as \`v3/\` and \`latest/\`, or
in Docusaurus' \`versioned_docs/\`. Read as one documentation, a role of two versions becomes one that has the permissions of
both, and what the versions disagree on, which is what versions are for, becomes a conflict or hides one.

The rule looks at the names of folders, and reports where a role is granted something in two of them and the config names
no \`versions\`. The finding stands at the first page of the older version.

**To fix it**, name the versions in the config: \`rolebook init\` writes one that does. Or leave out the older pages with
\`exclude\`. **Accept it** where the folders are no versions.
`,
  examples: [
    {
      name: 'a role in two folders that are called like versions',
      mdx: '# Roles\n\n## Dock Admin\n\n- dock.create\n- dock.get\n',
      files: { 'versioned_docs/version-1.0/page.mdx': '# Roles\n\n## Dock Admin\n\n- dock.get\n' },
      expect: ['1:1'],
    },
    {
      name: 'versions that the config names',
      mdx: '# Roles\n\n## Dock Admin\n\n- dock.create\n- dock.get\n',
      files: { 'versioned_docs/version-1.0/page.mdx': '# Roles\n\n## Dock Admin\n\n- dock.get\n' },
      config: {
        versions: [
          { id: 'next', root: '.' },
          { id: '1.0', root: 'versioned_docs/version-1.0' },
        ],
      },
      expect: [],
    },
    {
      name: 'a role in two folders that are called otherwise',
      mdx: '# Roles\n\n## Dock Admin\n\n- dock.create\n- dock.get\n',
      files: { 'tenant/page.mdx': '# Roles\n\n## Dock Admin\n\n- dock.get\n' },
      expect: [],
    },
  ],
  check({ model, reading, settings }, report) {
    if (settings.versions.length > 0) return
    const facts = new Set(reading.blocks.map(({ block }) => block.page.file.path))
    const all = reading.pages.map(({ file }) => file.path)
    const versions = versionsOf([...facts].sort(), all)
    if (versions.length < 2) return
    const around = versions.find(({ root }) => root === '.')
    const versionOf = (path: string) => versions.find(({ root }) => path.startsWith(`${root}/`)) ?? around
    const granted = model.roles.map((role) => {
      return { role, in: new Set(role.grants.map(({ evidence }) => versionOf(evidence.span.path))) }
    })
    for (const [i, older] of versions.entries()) {
      const newer = versions.slice(0, i)
      const mixed = granted.filter((one) => one.in.has(older) && newer.some((other) => one.in.has(other)))
      const page = reading.pages.find(({ file }) => facts.has(file.path) && versionOf(file.path) === older)
      const first = mixed[0]?.role
      if (!first || !page) continue
      const more = mixed.length > 1 ? `, like ${mixed.length - 1} more,` : ''
      report({
        message: `\`${older.root}/\` looks like an older version of the documentation, and is read as one with the newer: \`${first.name}\`${more} has the permissions of both. Name the versions in the config (\`rolebook init\` writes one), or exclude the older pages.`,
        span: page.titleSpan,
        subject: null,
        ids: [older.root],
      })
    }
  },
})
