import type { Related, Span } from '../../diagnostic.ts'
import type { RoleEntity } from '../../model/model.ts'
import type { NameCandidate } from '../../parse/claim.ts'
import { placeOf } from '../../parse/source.ts'
import { wordsOf } from '../../parse/words/vocabulary.ts'
import { foldedName, sameName, slugify } from '../../text.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'role-name-mismatch',
  category: 'roles',
  severity: 'error',
  summary: "A role's panel, tab, heading and role table call it by different names",
  docs: `
One role with two names cannot be found by one of them, and a reader cannot tell whether two roles are meant. The names
compared are the tab's or panel's label, its \`value\` or \`key\` where that reads like a name, the heading inside it, and
the row of the section's role table. A wrong name is reported once a page, at its first place; the others stand beside it.

A panel and a row are compared with each other when the pairing is certain: equal names first, then what is left over in
the section, if the same number is left on both sides and the last words agree (Admin with Admin), or one pair is left.

**To fix it**, use the product's own name everywhere. **Accept it** where both names are really in use.
`,
  examples: [
    {
      name: 'the table and the panel disagree',
      mdx: '## Workspace\n\n| Role Name | Description |\n| --- | --- |\n| Workspace Editor | Edits workspaces |\n\n<AccordionPanel title="Workspace Operator">\n\n- workspace.get\n\n</AccordionPanel>\n',
      expect: ['7:24'],
    },
    {
      name: 'and so do those of a second page',
      mdx: '## Workspace\n\n| Role Name | Description |\n| --- | --- |\n| Workspace Editor | Edits workspaces |\n\n<AccordionPanel title="Workspace Operator">\n\n- workspace.get\n\n</AccordionPanel>\n',
      files: {
        'self-hosted/page.mdx':
          '## Workspace\n\n| Role Name | Description |\n| --- | --- |\n| Workspace Editor | Edits workspaces |\n\n<AccordionPanel title="Workspace Operator">\n\n- workspace.get\n\n</AccordionPanel>\n',
      },
      expect: ['7:24', '5:3'],
    },
    {
      name: 'a tab with a second spelling',
      mdx: '<TabItem label="Cluster Account Admin" value="Cloud Account Admin">\n\n- cloudaccount.get\n\n</TabItem>\n',
      expect: ['1:47'],
    },
    {
      name: 'a label and a value that agree with each other, and not with the table',
      mdx: '## Workspace\n\n| Role Name | Description |\n| --- | --- |\n| Workspace Editor | Edits workspaces |\n\n<TabItem label="Workspace Operator" value="Workspace Operator">\n\n### Workspace Editor\n\n- workspace.get\n\n</TabItem>\n',
      expect: ['7:17'],
    },
    {
      name: 'a value that is written as in the table',
      mdx: '## Workspace\n\n| Role Name | Description |\n| --- | --- |\n| Workspace Editor | Edits workspaces |\n\n<TabItem label="Workspace Operator" value="Workspace Editor">\n\n- workspace.get\n\n</TabItem>\n',
      expect: ['7:17'],
    },
    {
      name: 'a value that is an id',
      mdx: '<TabItem label="Cluster Admin" value="cluster-admin">\n\n- cluster.get\n\n</TabItem>\n',
      expect: [],
    },
  ],
  check({ model }, report) {
    for (const role of model.roles) {
      const { row } = role
      const others = Map.groupBy(
        role.spellings.filter((spelling) => disagrees(spelling, role.name)),
        (spelling) => nameOnPage(spelling.text, spelling.span),
      )
      if (row && !row.inList && !sameName(row.name, role.name) && !isTableItself(role)) {
        const name = nameOnPage(row.name, role.nameEvidence.span)
        const alike = others.get(name) ?? []
        others.delete(name)
        report({
          message: `This role is called \`${role.name}\` here and \`${row.name}\` in the role table of its section. Use one name.`,
          span: role.nameEvidence.span,
          subject: role.id,
          ids: [row.name],
          related: [{ ...placeOf(row.evidence.span), note: `called \`${row.name}\` here` }, ...alike.map(alsoHere)],
        })
      }
      for (const other of role.otherRows) {
        if (sameName(other.name, role.name)) continue
        report({
          message: `This role table says \`${other.name}\`, but the role is called \`${role.name}\`. Use one name.`,
          span: other.evidence.span,
          subject: role.id,
          ids: ['table', other.name, other.evidence.span.path],
          related: [{ ...placeOf(role.nameEvidence.span), note: `called \`${role.name}\` here` }],
        })
      }
      for (const [spelling, ...more] of others.values()) {
        if (!spelling) continue
        report({
          message: `The ${place(spelling)} says \`${spelling.text}\`, but this role is called \`${role.name}\`. Use one name.`,
          span: spelling.span,
          subject: role.id,
          ids: [spelling.kind, spelling.text],
          related: [
            { ...placeOf(role.nameEvidence.span), note: `called \`${role.name}\` here` },
            ...more.map(alsoHere),
          ],
        })
      }
    }
  },
})

/** One wrong name of a page is one finding, in however many places a panel writes it. */
function nameOnPage(name: string, { path }: Span): string {
  return JSON.stringify([path, foldedName(name)])
}

function alsoHere({ span, text }: NameCandidate): Related {
  return { ...placeOf(span), note: `\`${text}\` here, too` }
}

function isTableItself(role: RoleEntity): boolean {
  return role.row?.evidence.span === role.nameEvidence.span
}

/**
 * A `value` is compared only where it reads like a name: with a space, or word for word against the name. `cluster-admin`
 * or `admin` for `Cluster Admin` is an id, and `1` says nothing; `cloud-account-admin` for `Cluster Account Admin` is wrong.
 */
function disagrees(spelling: NameCandidate, name: string): boolean {
  if (sameName(spelling.text, name) || slugify(spelling.text) === slugify(name)) return false
  if (spelling.kind !== 'value' || /\s/.test(spelling.text)) return true
  const [words, named] = [wordsOf(spelling.text), wordsOf(name)]
  const shared = words.filter((word) => named.includes(word))
  return words.length === named.length && shared.length < words.length && shared.length * 2 >= words.length
}

function place(spelling: NameCandidate): string {
  if (spelling.kind === 'label') return 'label of this panel'
  return spelling.kind === 'value' ? 'value of this panel' : 'heading'
}
