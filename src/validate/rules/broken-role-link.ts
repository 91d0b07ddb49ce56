import { slug } from 'github-slugger'
import type { Page } from '../../parse/page/page.ts'
import type { Link } from '../../parse/prose.ts'
import { placeOf } from '../../parse/source.ts'
import { SUBJECT } from '../../parse/words/permission-headings.ts'
import { remembered } from '../../remembered.ts'
import { suggester } from '../../text.ts'
import { defineRule } from '../rule.ts'
import { type Anchor, type NamedPanel, pagesWithFacts, panelOf, shownAnchors } from '../shared/anchors.ts'
import { folderOf, linkFilter, PageMap, resolvePath, stemOf, type Target, targetOf } from '../shared/links.ts'
import { nearMiss } from '../shared/near-miss.ts'

export default defineRule({
  id: 'broken-role-link',
  category: 'prose',
  severity: 'warning',
  summary: 'A link to a role or a list of permissions leads to an anchor or a page that is not there',
  docs: `
A link to a role that lands at the top of a page with forty roles is as good as none, and a renamed role breaks every link
to it in silence.

Looked at are links, in Markdown and in \`href\`, \`to\` and \`url\` of tags, that lead to a page of the set which holds
permissions: by a path to its file, by a route, or by \`#anchor\` alone. Anchors are the headings as GitHub, Docusaurus
and Starlight make them, ids that are given to a heading or a tag, and the headings of included partials. Of a page that
holds cloud policies and no roles, only anchors that speak of permissions are looked at. A tab or an
accordion panel is no heading; where the link's text names another one than the anchor does, the message names both. Left
out are pages that show something that was not read, and pages without permissions. A path to a file that is not there is
reported only where a page with permissions has nearly the same name in the same folder.

**To fix it**, link to an anchor that is there, or give the heading the id that the link wants (\`{#id}\`). **Accept it**
where the site makes the anchor itself.
`,
  examples: [
    {
      name: 'a role that was renamed',
      mdx: 'See [Cluster Editor](./roles.mdx#cluster-editors).\n',
      files: { 'roles.mdx': '## Cluster Admin\n\n- cluster.update\n\n## Cluster Editor\n\n- cluster.get\n' },
      expect: ['1:5'],
    },
    {
      name: 'a tab',
      mdx: 'See [Cluster Editor](#cluster-editor).\n\n<TabItem label="Cluster Editor">\n\n- cluster.get\n\n</TabItem>\n',
      expect: ['1:5'],
    },
    {
      name: 'a text that names another tab',
      mdx: 'See [Cluster Editor role](#cluster-admin).\n\n## Admins\n\n<TabItem label="Cluster Admin">\n\n- cluster.update\n\n</TabItem>\n\n## Editors\n\n<TabItem label="Cluster Editor">\n\n- cluster.get\n\n</TabItem>\n',
      expect: ['1:5'],
    },
    {
      name: 'a file with another ending',
      mdx: 'See [the roles](./roles.md).\n',
      files: { 'roles.mdx': '## Cluster Admin\n\n- cluster.update\n' },
      expect: ['1:5'],
    },
    {
      name: 'headings, ids and partials',
      mdx: '[a](roles.mdx#cluster-admin) [b](/docs/roles#editors) [c](./roles.mdx#viewers) [d](#more)\n\n## More\n',
      files: {
        'roles.mdx':
          '## Cluster Admin\n\n- cluster.update\n\n## Cluster Editor {#editors}\n\n- cluster.get\n\n<PartialsComponent category="roles" name="viewers" />\n',
        'viewers.mdx': '---\npartial_category: roles\npartial_name: viewers\n---\n\n### Viewers\n\n- cluster.list\n',
      },
      expect: [],
    },
    {
      name: 'what a page with a policy says beside it',
      mdx: '[a](#deploy) [b](#iam-polcy) [c](#tab/cli)\n\n## IAM policy\n\n```json\n{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n```\n',
      expect: ['1:14'],
    },
    {
      name: 'tabs that are headings',
      mdx: '#### [Console](#tab/console)\n\n## Cluster Admin\n\n- cluster.update\n',
      expect: [],
    },
    {
      name: 'pages without permissions, and pages of others',
      mdx: '[a](./news.mdx#nothing) [b](https://example.com/roles.mdx#nobody) [c](./none.mdx#nothing)\n',
      files: { 'news.mdx': '## News\n', 'roles.mdx': '## Cluster Admin\n\n- cluster.update\n' },
      expect: [],
    },
  ],
  check({ reading }, report) {
    const facts = pagesWithFacts(reading)
    if (facts.size === 0) return
    const withRoles = pagesWithFacts(reading, ({ claims }) => claims.some(({ kind }) => kind !== 'policy'))
    const pages = new PageMap(reading.pages)
    const wanted = linkFilter(facts)
    const folders = Map.groupBy(facts, ({ file }) => folderOf(file.path))
    const anchorsIn = remembered((page: Page) => shownAnchors(page, reading.partials))
    const suggestionIn = remembered((page: Page) => suggester(anchorsIn(page)?.keys() ?? []))
    const sectionsIn = remembered((page: Page) => anchorsByOffset(anchorsIn(page) ?? new Map()))
    for (const page of reading.pages) {
      const { links } = page.prose
      if (links.length === 0) continue
      const isPartial = reading.partials.identityOf(page) !== null
      const isOfFacts = facts.has(page)
      for (const link of links) {
        if (!wanted(link.target, isOfFacts)) continue
        const target = targetOf(link.target)
        // In a partial, paths and anchors are those of the page around it.
        if (!target || (isPartial && !target.path.startsWith('/'))) continue
        const found = pages.resolve(page, target)
        if (found.length === 0) {
          const meant = fileMeant(page, target, folders)
          if (meant) report(missingFile(page, link, meant))
          continue
        }
        const { anchor } = target
        if (anchor === null || isAlwaysThere(anchor)) continue
        if (!found.every((other) => facts.has(other) && anchorsIn(other)?.has(anchor) === false)) continue
        const [to] = found as [Page]
        const panel = panelOf(to, anchor)
        if (panel?.hasAnchor) continue
        const alike = panel ? null : suggestionIn(to)(anchor)
        // What else a page with a policy says is no matter of permissions: “Deploy the stack”.
        if (!withRoles.has(to) && ![anchor, alike ?? ''].some(saysPermissions)) continue
        const named = alike === null ? panelNamed(to, link.text) : null
        const meant = named ?? panel
        const near = alike ?? (meant ? sectionOf(meant, sectionsIn(to)) : null)
        const place = near === null ? null : (anchorsIn(to)?.get(near) ?? null)
        const where = to === page ? 'This page' : `\`${target.path}\``
        const other = named && panel && named.name !== panel.name
        const why = other
          ? ` The link's text names “${named.name}” there, and the anchor “${panel.name}”.`
          : meant && !meant.hasAnchor
            ? ` “${meant.name}” is the name of a tab or panel there, which has no anchor.`
            : ''
        const advice = other
          ? ` Link to the one that is meant${near === null ? '' : `; the section of the first is \`#${near}\``}.`
          : adviceOf(anchor, near, meant)
        const span = page.locator.span(link.start, link.end)
        report({
          message: `${where} has no anchor \`#${anchor}\`.${why}${advice}`,
          span,
          subject: null,
          ids: [page.file.path, link.target],
          related: place
            ? [{ ...placeOf(place.page.locator.span(place.offset, place.offset)), note: `\`#${near}\` is here` }]
            : [],
        })
      }
    }
  },
})

/** The panel that a link's text names (“Cluster Admin Role”): the anchor may lead to another one's section. */
function panelNamed(page: Page, text: string): NamedPanel | null {
  const bare = text.trim().replace(/\sroles?$/i, '')
  const name = slug(bare.trim())
  return name === '' ? null : panelOf(page, name)
}

/** The anchor to link to in place of a panel: its own where its component makes one, else that of its section. */
function sectionOf(panel: NamedPanel, sections: ReadonlyMap<number, string>): string | null {
  if (panel.hasAnchor) return slug(panel.name)
  return panel.section === null ? null : (sections.get(panel.section) ?? null)
}

/** The first anchor at each offset. */
function anchorsByOffset(anchors: ReadonlyMap<string, Anchor>): Map<number, string> {
  const byOffset = new Map<number, string>()
  for (const [anchor, { offset }] of anchors) if (!byOffset.has(offset)) byOffset.set(offset, anchor)
  return byOffset
}

function adviceOf(anchor: string, near: string | null, panel: NamedPanel | null): string {
  if (near === null) return ' Link to a heading that is there, or give one this id.'
  if (panel && !panel.hasAnchor) return ` Link to its section, \`#${near}\`, or put an element with this id before it.`
  const letters = near.toLowerCase() === anchor.toLowerCase() ? ' (anchors are compared to the letter)' : ''
  return ` Did you mean \`#${near}\`${letters}?`
}

/** Anchors that every page has or that no heading makes: the top, footnotes, tabs, and what only a browser reads. */
function isAlwaysThere(anchor: string): boolean {
  return /^(?:_?top$|:~:|user-content-|fn[\d-]|fnref|!|tab\/)/.test(anchor)
}

function saysPermissions(anchor: string): boolean {
  return SUBJECT.test(anchor)
}

/** The page with permissions that a path to a missing file nearly names; `null` where there is none in its folder. */
function fileMeant(from: Page, { path }: Target, folders: ReadonlyMap<string, Page[]>): Page | null {
  if (!/\.mdx?$/i.test(path) || path.startsWith('/')) return null
  const resolved = resolvePath(folderOf(from.file.path), path)
  if (resolved === null) return null
  const here = new Map((folders.get(folderOf(resolved)) ?? []).map((page) => [stemOf(page.file.path), page]))
  const stem = stemOf(resolved)
  const same = [...here.keys()].find((other) => other.toLowerCase() === stem.toLowerCase())
  return here.get(same ?? nearMiss(stem, here.keys()) ?? '') ?? null
}

function missingFile(page: Page, link: Link, meant: Page) {
  return {
    message: `There is no file at \`${link.target.split('#', 1)[0]}\`. Did you mean \`${meant.file.path}\`?`,
    span: page.locator.span(link.start, link.end),
    subject: null,
    ids: [page.file.path, link.target],
    related: [{ path: meant.file.path, line: 1, column: 1, note: 'the page that is there' }],
  }
}
