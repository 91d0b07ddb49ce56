/** Every page that has a Markdown twin, by its address. The twin stands beside the page, as `index.md`. */
import type { Site } from '../dataset.ts'
import { loadSite } from '../dataset.ts'
import { amountOf } from '../gathered.ts'
import { policyName } from '../policy-names.ts'
import { UNSCOPED } from '../scopes.ts'
import type { Version } from '../version.ts'
import { count, permissionsTitle, policyWords } from '../words.ts'
import { docTwin } from './docs.ts'
import {
  actionsTwin,
  downloadsTwin,
  homeTwin,
  permissionsTwin,
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
    const words = policyWords(version)
    const add = (section: string, title: string, page: string | null, note: string, write: () => string) => {
      if (page !== null) list.push({ page, title, section, note, version, write })
    }
    add('Start', site.title, links.home, 'Overview', () => homeTwin(site, version))
    if (data.roles.length > 0)
      add('Start', 'Roles', links.rolesIndex, `All ${data.roles.length}`, () => rolesTwin(site, version))
    if (data.resources.length > 0)
      add('Start', 'Resources', links.resourcesIndex, `All ${data.resources.length}`, () =>
        resourcesTwin(site, version),
      )
    if (version.actionGroups.length > 0)
      add('Start', permissionsTitle(version), links.permissionsIndex, 'And the roles that have them', () =>
        permissionsTwin(site, version),
      )
    if (data.policies.length > 0)
      add('Start', words.title, links.policiesIndex, `All ${data.policies.length}`, () => policiesTwin(site, version))
    if (data.policies.length > 0)
      add('Start', words.actionsTitle, links.actionsIndex, `And the ${words.many} that allow them`, () =>
        actionsTwin(site, version),
      )
    for (const tool of toolTwins(site, version)) add('Start', tool.title, tool.page, tool.note, tool.write)
    add('Start', 'Findings', links.quality, 'What the checks found', () => qualityTwin(site, version))
    for (const role of data.roles)
      add(
        'Roles',
        role.name,
        links.role(role.id),
        `${role.scope === UNSCOPED ? '' : `${version.scopeTitle(role.scope)}, `}${count(role.permissions.length, 'permission')}`,
        () => roleTwin(site, version, role),
      )
    for (const resource of data.resources)
      add('Resources', resource.title, links.resource(resource.id), resource.id, () =>
        resourceTwin(site, version, resource),
      )
    for (const policy of data.policies)
      add('Policies', policyName(version, policy), links.policy(policy.id), amountOf(policy), () =>
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
