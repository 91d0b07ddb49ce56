import type { Model } from '../../model/model.ts'
import { resourceFinder } from '../../model/resources.ts'
import type { Claim, OperationClaim, ResourceClaim } from '../../parse/claim.ts'
import type { Page } from '../../parse/page/page.ts'
import { placeOf } from '../../parse/source.ts'
import { SUBJECT } from '../../parse/words/permission-headings.ts'
import { isRoleLike } from '../../parse/words/role-name.ts'
import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { componentKey, suggester } from '../../text.ts'
import { defineRule, type RuleFinding } from '../rule.ts'
import { claimsOf } from '../shared/claims.ts'

export default defineRule({
  id: 'catalogue-mismatch',
  category: 'catalogue',
  severity: 'warning',
  summary: "The catalogue's table and its lists of operations name different components",
  docs: `
A catalogue can stand in two parts: a table of components with their keys, and a list of operations for each component.
A component that is in one part only has no operations, or operations on nothing: neither makes a permission.

Compared are the tables and lists of one page, by the letters of name or key, a plural allowed ("API Keys", "API-Key"). Where
less than half of the lists have a row in the table, they are about something else, and the rule says nothing. On a page
without such a table, a list of bare operations under a name that no resource has is reported where its headings speak of
roles or permissions: nothing says what the operations are on.

**To fix it**, add what is missing, or use one name in both places. **Accept it** where a component has no operations, or is
documented elsewhere.
`,
  examples: [
    {
      name: 'a row without a list',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Cluster | `cluster` | ✅ |\n| Macro | `macro` | ✅ |\n| Tag | `tag` | ✅ |\n\n<AccordionPanel title="Clusters">\n\n- get\n\n</AccordionPanel>\n<AccordionPanel title="Macro">\n\n- get\n\n</AccordionPanel>\n',
      expect: ['5:9'],
    },
    {
      name: 'two names for one component',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Cluster | `cluster` | ✅ |\n| Edge Host | `edgehost` | ✅ |\n\n<AccordionPanel title="Cluster">\n\n- get\n\n</AccordionPanel>\n<AccordionPanel title="Edge Hots">\n\n- get\n\n</AccordionPanel>\n',
      expect: ['11:24'],
    },
    {
      name: 'both complete',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| API Key | `apiKey` | ✅ |\n| Registry | `packRegistry` | ✅ |\n\n<AccordionPanel title="API Keys">\n\n- get\n\n</AccordionPanel>\n<AccordionPanel title="packRegistry">\n\n- get\n\n</AccordionPanel>\n',
      expect: [],
    },
    {
      name: 'lists about something else',
      mdx: '| Component | Resource Key | Project Role Scope |\n| --- | --- | --- |\n| Cluster | `cluster` | ✅ |\n| Macro | `macro` | ✅ |\n\n## Verbs of the API\n\n- get\n- list\n',
      expect: [],
    },
    {
      name: 'operations on nothing, under a role',
      mdx: '# Harbour roles\n\n## Dock Admin\n\n- create\n- delete\n- get\n',
      expect: ['5:3'],
    },
    {
      name: 'operations of a resource that a role on another page uses',
      mdx: '# Permissions\n\n## Docks\n\n- create\n- delete\n- get\n',
      files: { 'roles.mdx': '## Dock Admin\n\n- dock.create\n- dock.get\n' },
      expect: [],
    },
    {
      name: 'commands',
      mdx: '# The command line\n\n## Docks\n\n- create\n- delete\n- get\n',
      expect: [],
    },
  ],
  check({ model, reading, settings }, report) {
    const pages = new Map(reading.pages.map((page) => [page.file.path, page]))
    const wanted = [...claimsOf(reading, 'resource'), ...claimsOf(reading, 'operation')]
    for (const [path, claims] of Map.groupBy(wanted, pageOf)) {
      const parts = partsOf(claims)
      const findings =
        parts.rowsOf.size === 0
          ? listsOfNothing(parts, path, settings, model)
          : mismatches(parts, path, pages.get(path))
      for (const finding of findings) report(finding)
    }
  },
})

/** The two parts of a page's catalogue, by the keys of components. */
interface Parts {
  rowsOf: ReadonlyMap<string, readonly ResourceClaim[]>
  lists: ReadonlyMap<string, readonly OperationClaim[]>
  /** The first operation of each list whose component has no row. */
  lonelyLists: readonly OperationClaim[]
}

function partsOf(claims: readonly (ResourceClaim | OperationClaim)[]): Parts {
  const rowsOf = Map.groupBy(
    claims.filter((claim) => claim.kind === 'resource'),
    (row) => componentKey(row.key),
  )
  const lists = Map.groupBy(
    claims.filter((claim) => claim.kind === 'operation'),
    (list) => componentKey(list.component),
  )
  const named = new Set([...rowsOf.values()].flatMap((rows) => rows.flatMap(namesOf)))
  const lonelyLists = [...lists].flatMap(([name, [list]]) => (list && !named.has(name) ? [list] : []))
  return { rowsOf, lists, lonelyLists }
}

/** Lists about permissions on a page without a table, whose components are no resources elsewhere either. */
function listsOfNothing({ lonelyLists }: Parts, path: string, settings: Settings, model: Model): RuleFinding[] {
  // Most documentations have no such list, and need no finder.
  const lists = lonelyLists.filter((list) => isAboutPermissions(list, settings))
  if (lists.length === 0) return []
  const componentOf = componentsOf(model)
  return lists.flatMap(({ component, evidence }): RuleFinding[] => {
    if (componentOf(component) !== null) return []
    const message = `\`${component}\` is no resource, so the operations listed under it are in no permission. Write them as \`resource.operation\`, or under the name of a component that the catalogue has.`
    return [{ message, span: evidence.span, subject: null, ids: [path, component] }]
  })
}

const componentsOf = remembered(({ resources }: Model) => resourceFinder(resources))

/** Rows without a list, and lists without a row, of a page where most lists have one. */
function mismatches({ rowsOf, lists, lonelyLists }: Parts, path: string, page: Page | undefined): RuleFinding[] {
  if (lists.size === 0 || lonelyLists.length * 2 > lists.size || lonelyLists.length === lists.size) return []
  const listed = new Set([...lists.keys(), ...(page ? titlesIn(page) : []).map(componentKey)])
  // A row that tells its operations itself needs no list; one whose list could not be read has one.
  const told = (row: ResourceClaim) => row.operations.length > 0 || namesOf(row).some((name) => listed.has(name))
  const lonelyRows = [...rowsOf.values()].flatMap((rows) => (rows.some(told) ? [] : rows.slice(0, 1)))
  const byTitle = Map.groupBy(lonelyRows.toReversed(), (row) => row.title)
  // A row is meant by one list alone.
  const suggestion = suggester(byTitle.keys(), (title) => byTitle.get(title)?.length !== 0)
  const meant = new Set<ResourceClaim>()
  const ofLists = lonelyLists.map((list): RuleFinding => {
    const title = suggestion(list.component)
    const row = title === null ? undefined : byTitle.get(title)?.pop()
    if (row) meant.add(row)
    return {
      message: `The table of components has no \`${list.component}\`, so the operations listed for it are in no permission.${row ? ` Did you mean \`${row.title}\`?` : ' Add a row to the table, or correct the name.'}`,
      span: (list.block.names[0] ?? list.evidence).span,
      subject: row?.key ?? null,
      ids: [path, list.component],
      related: row ? [{ ...placeOf(row.evidence.span), note: `\`${row.title}\` has no list of operations` }] : [],
    }
  })
  const [first] = [...lists.values()].flat()
  const ofRows = lonelyRows.filter((row) => !meant.has(row))
  return [
    ...ofLists,
    ...ofRows.map((row): RuleFinding => {
      return {
        message: `\`${row.title}\` stands in the table of components, but no list tells its operations. Add one, or remove the row.`,
        span: row.evidence.span,
        subject: row.key,
        ids: [path],
        related: first ? [{ ...placeOf(first.block.evidence.span), note: 'the lists of operations' }] : [],
      }
    }),
  ]
}

/** The page that shows a claim. */
function pageOf({ block }: Claim): string {
  return (block.evidence.via[0] ?? block.evidence.span).path
}

/** The headings and panels of a page: under one of them may stand a list that no dialect read. */
function titlesIn({ headings, blocks }: Page): string[] {
  const panels = blocks.flatMap((block) => block.panels.flatMap(({ names }) => names))
  return [...headings, ...panels].map(({ text }) => text)
}

function namesOf({ title, key }: ResourceClaim): string[] {
  return [componentKey(title), componentKey(key)]
}

function isAboutPermissions({ block }: Claim, settings: Settings): boolean {
  return block.names.some(({ text, kind }) => SUBJECT.test(text) || (kind !== 'page' && isRoleLike(text, settings)))
}
