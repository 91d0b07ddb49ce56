/** Every page that has a Markdown twin, by its address. The twin stands beside the page, as `index.md`. */
import type { Site } from '../dataset.ts'
import { loadSite } from '../dataset.ts'
import type { Version } from '../version.ts'
import { docTwin } from './docs.ts'
import {
  actionsTwin,
  downloadsTwin,
  homeTwin,
  policiesTwin,
  qualityTwin,
  resourcesTwin,
  rolesTwin,
  rulesTwin,
} from './indexes.ts'
import { policyTwin, resourceTwin, roleTwin, ruleTwin } from './things.ts'
import { toolTwins } from './tools.ts'

export interface Twin {
  /** Address of the page; begins with the site's base and ends with a slash. */
  page: string
  title: string
  /** Heading that `llms.txt` lists it under. */
  section: string
  /** What else `llms.txt` says of it. */
  note: string
  version: Version
  write(): string
}

const known = new WeakMap<Site, ReadonlyMap<string, Twin>>()

/** By the address of the page; the current version first. */
export function twins(): ReadonlyMap<string, Twin> {
  const site = loadSite()
  let made = known.get(site)
  if (!made) {
    made = new Map(twinsOf(site).map((twin) => [twin.page, twin]))
    known.set(site, made)
  }
  return made
}

export function twinsOf(site: Site): Twin[] {
  const list: Twin[] = []
  for (const version of site.versions) {
    const { links, data } = version
    const add = (section: string, title: string, page: string | null, note: string, write: () => string) => {
      if (page !== null) list.push({ page, title, section, note, version, write })
    }
    add('Start', site.title, links.home, 'Overview', () => homeTwin(site, version))
    add('Start', 'Roles', links.rolesIndex, `All ${data.roles.length}`, () => rolesTwin(site, version))
    add('Start', 'Resources', links.resourcesIndex, `All ${data.resources.length}`, () => resourcesTwin(site, version))
    add('Start', 'Cloud policies', links.policiesIndex, `All ${data.policies.length}`, () =>
      policiesTwin(site, version),
    )
    add('Start', 'Cloud actions', links.actionsIndex, 'And the policies that allow them', () =>
      actionsTwin(site, version),
    )
    for (const tool of toolTwins(site, version)) add('Start', tool.title, tool.page, tool.note, tool.write)
    add('Start', 'Findings', links.quality, 'What the checks found', () => qualityTwin(site, version))
    for (const role of data.roles)
      add(
        'Roles',
        role.name,
        links.role(role.id),
        `${version.scopeTitle(role.scope)}, ${role.permissions.length} permissions`,
        () => roleTwin(site, version, role),
      )
    for (const resource of data.resources)
      add('Resources', resource.title, links.resource(resource.id), resource.id, () =>
        resourceTwin(site, version, resource),
      )
    for (const policy of data.policies)
      add('Cloud policies', policy.title, links.policy(policy.id), `${policy.permissions.length} actions`, () =>
        policyTwin(site, version, policy),
      )
    for (const page of version.pages)
      add('Documentation pages', page.title, links.doc(page.slug), page.description ?? '', () =>
        docTwin(site, version, page),
      )
  }
  const { current } = site
  list.push(
    {
      page: current.links.downloads,
      title: 'Downloads',
      section: 'Data',
      note: 'Dataset, schema and exports',
      version: current,
      write: () => downloadsTwin(site),
    },
    {
      page: current.links.rulesIndex,
      title: 'Rules',
      section: 'Rules',
      note: 'All checks',
      version: current,
      write: () => rulesTwin(site),
    },
    ...site.rules.map((rule) => ({
      page: current.links.rule(rule.id)!,
      title: rule.id,
      section: 'Rules',
      note: rule.summary,
      version: current,
      write: () => ruleTwin(site, rule),
    })),
  )
  return list
}
