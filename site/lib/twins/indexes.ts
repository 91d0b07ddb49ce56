/** Twins of pages that list things. */
import { byText, groupBy } from '../collections.ts'
import type { Site } from '../dataset.ts'
import { isFilled } from '../gathered.ts'
import { namesAllRoles, SOME } from '../paging.ts'
import { ruleGroups } from '../rule-groups.ts'
import { scopeRoles } from '../scopes.ts'
import { hasDocIndex, sortedPages } from '../sidebar.ts'
import type { Version } from '../version.ts'
import { bytes, count, everyThing, kindTitle, permissionsTitle, policyWords, providerTitle } from '../words.ts'
import { code, document, facts, heading, link, overview, quoted, table, text } from './markdown.ts'
import { findings, head, twinAddress } from './parts.ts'
import { holders } from './things.ts'

export function homeTwin(site: Site, version: Version): string {
  const { links, data } = version
  const to = (page: string | null) => twinAddress(site, page)
  return document(
    head(site, version, site.title, 'Overview', links.home),
    `Who may do what: ${everyThing(version)} that the documentation describes, each fact with the line it came from.`,
    facts([
      [data.roles.length > 0 ? link('Roles', to(links.rolesIndex)) : 'Roles', String(data.roles.length)],
      [
        data.resources.length > 0 ? link('Resources', to(links.resourcesIndex)) : 'Resources',
        String(data.resources.length),
      ],
      [
        data.resources.length === 0 && version.actionGroups.length > 0
          ? link('Permissions', to(links.permissionsIndex))
          : 'Permissions',
        String(data.permissions.length),
      ],
      [
        data.policies.length > 0
          ? link(policyWords(version).title, to(links.policiesIndex))
          : policyWords(version).title,
        String(data.policies.length),
      ],
      [link('Findings', to(links.quality)), String(version.findings.length)],
      [link('Downloads', to(links.downloads)), String(site.files.length)],
    ]),
    rolesByScope(site, version, namesAllRoles(version) ? undefined : SOME),
    version.pages.length > 0 &&
      `${heading(2, 'Documentation pages')}\n\n${(hasDocIndex(version)
        ? sortedPages(version.pages).slice(0, SOME)
        : sortedPages(version.pages)
      )
        .map((page) => `- ${link(text(page.title), to(links.doc(page.slug)))}`)
        .join('\n')}`,
    site.versions.length > 1 &&
      `${heading(2, 'Versions')}\n\n${site.versions.map((other) => `- ${link(text(other.title), to(other.links.home))}${other.current ? ' (current)' : ''}`).join('\n')}`,
  )
}

function rolesByScope(site: Site, version: Version, most?: number): string {
  return version.scopes
    .map((scope) =>
      [
        heading(2, scopeRoles(scope, version.isScoped)),
        overview(
          ['Role', 'Permissions', 'Description'],
          scope.roles.map((role) => [
            link(text(role.name), twinAddress(site, version.links.role(role.id))),
            String(role.permissions.length),
            quoted(role.description ?? ''),
          ]),
          most,
        ),
      ].join('\n\n'),
    )
    .join('\n\n')
}

export function rolesTwin(site: Site, version: Version): string {
  return document(head(site, version, 'Roles', 'Index', version.links.rolesIndex), rolesByScope(site, version))
}

export function resourcesTwin(site: Site, version: Version): string {
  return document(
    head(site, version, 'Resources', 'Index', version.links.resourcesIndex),
    overview(
      ['Resource', 'Key', 'Operations', 'Description'],
      version.data.resources.map((resource) => [
        link(text(resource.title), twinAddress(site, version.links.resource(resource.id))),
        code(resource.id),
        resource.operations.map(code).join(', '),
        quoted(resource.description ?? ''),
      ]),
    ),
  )
}

/** Permissions that are on no resource, below their headings. */
export function permissionsTwin(site: Site, version: Version): string {
  return document(
    head(site, version, permissionsTitle(version), 'Index', version.links.permissionsIndex),
    ...version.actionGroups.flatMap(({ title, permissions }) => [
      heading(2, title),
      overview(
        ['Permission', 'Id', 'Access', 'Roles'],
        permissions.map(({ id, title: said, access }) => [
          text(said ?? id),
          code(id),
          access,
          holders(site, version, id),
        ]),
      ),
    ]),
  )
}

export function policiesTwin(site: Site, version: Version): string {
  return document(
    head(site, version, policyWords(version).title, 'Index', version.links.policiesIndex),
    version.data.policies.length === 0
      ? `This version of the documentation holds no ${policyWords(version).one}.`
      : overview(
          ['Policy', 'Provider', 'Kind', 'For', 'Actions'],
          version.data.policies.map((policy) => [
            link(text(policy.title), twinAddress(site, version.links.policy(policy.id))),
            text(providerTitle(policy.provider)),
            text(kindTitle(policy)),
            text(policy.variant ?? ''),
            isFilled(policy) ? 'from other roles' : String(policy.permissions.length),
          ]),
        ),
  )
}

export function actionsTwin(site: Site, version: Version): string {
  const actions = [...version.policiesAllowing].sort(([a], [b]) => byText(a, b))
  return document(
    head(site, version, policyWords(version).actionsTitle, 'Index', version.links.actionsIndex),
    overview(
      ['Action', 'Allowed by'],
      actions.map(([action, policies]) => [
        code(action),
        policies
          .map((policy) => link(text(policy.title), twinAddress(site, version.links.policy(policy.id))))
          .join(', '),
      ]),
    ),
  )
}

export function qualityTwin(site: Site, version: Version): string {
  const part = (title: string, open: boolean) => {
    const list = version.findings.filter((finding) => (finding.accepted === null) === open)
    const pages = [...groupBy(list, (finding) => finding.path)].sort(([a], [b]) => byText(a, b))
    return list.length === 0
      ? ''
      : [heading(2, title), ...pages.map(([path, of]) => `### ${code(path)}\n\n${findings(site, version, of)}`)].join(
          '\n\n',
        )
  }
  const open = version.findings.filter((finding) => finding.accepted === null).length
  return document(
    head(site, version, 'Findings', 'Index', version.links.quality),
    `${count(open, 'finding')} open, ${version.findings.length - open} accepted.`,
    part('Open', true),
    part('Accepted', false),
  )
}

export function rulesTwin(site: Site): string {
  return document(
    head(site, null, 'Rules', 'Index', site.current.links.rulesIndex),
    ...ruleGroups(site.rules).flatMap((group) => [
      heading(2, group.title),
      text(group.about),
      table(
        ['Rule', 'Severity', 'What it finds'],
        group.rules.map((rule) => [
          link(text(rule.id), twinAddress(site, site.current.links.rule(rule.id))),
          rule.severity,
          quoted(rule.summary),
        ]),
      ),
    ]),
  )
}

export function downloadsTwin(site: Site): string {
  const { links } = site.current
  const single = site.files.filter(
    (file) => file.group === null || file.path === 'README.md' || file.path === 'manifest.json',
  )
  const address = (path: string) => `${site.identity.url ?? ''}${path}`
  return document(
    head(site, null, 'Downloads', 'Index', links.downloads),
    'The data behind these pages.',
    `Each fact by itself: ${link('API', address(links.file('api/v1/index.json')))}, described by ${link('OpenAPI', address(links.file('api/v1/openapi.json')))}.`,
    table(
      ['File', 'Version', 'Size', 'SHA-256', 'What it holds'],
      single.map((file) => [
        link(code(file.path), address(links.dataFile(file.path))),
        text(file.version ?? ''),
        bytes(file.bytes),
        code(file.sha256),
        `${quoted(file.title)}. ${quoted(file.description)}`,
      ]),
    ),
  )
}
