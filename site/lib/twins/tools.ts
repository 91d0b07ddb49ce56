/** Twins of pages that answer questions: all answers at once, as a twin has no form. */
import type { Change } from '../../../src/diff/change.ts'
import { KIND_TITLE, SUBJECT_TITLE, standingWords } from '../change-words.ts'
import { stepInto } from '../changes.ts'
import { byText } from '../collections.ts'
import type { Site } from '../dataset.ts'
import { hasAccess, heatMap } from '../heat.ts'
import { accessSplit } from '../matrix.ts'
import { namesAllRoles } from '../paging.ts'
import { familiesOf } from '../policy-families.ts'
import { scopeRoles } from '../scopes.ts'
import type { Version } from '../version.ts'
import { ACCESS } from '../words.ts'
import { code, document, heading, link, overview, quoted, table, text } from './markdown.ts'
import { head, twinAddress } from './parts.ts'
import { holders } from './things.ts'

export interface ToolTwin {
  page: string
  title: string
  note: string
  write(): string
}

export function toolTwins(site: Site, version: Version): ToolTwin[] {
  const { links, data } = version
  const tools = [
    {
      has: data.roles.length > 0,
      page: links.whoCan,
      title: 'Who can…?',
      note: 'Every permission and its roles',
      write: () => whoCanTwin(site, version),
    },
    {
      has: data.roles.length > 1,
      page: links.compare,
      title: 'Compare roles',
      note: 'Roles by what they add',
      write: () => compareTwin(site, version),
    },
    {
      has: data.roles.length > 0,
      page: links.smallest,
      title: 'Smallest role',
      note: 'Roles by size',
      write: () => smallestTwin(site, version),
    },
    {
      has: hasAccess(version),
      page: links.access,
      title: 'Access at a glance',
      note: version.data.resources.length > 0 ? 'Roles by resources' : 'Roles by headings',
      write: () => accessTwin(site, version),
    },
    {
      has: site.versions.length > 1,
      page: links.changes,
      title: 'Changes',
      note: 'What changed since the version before',
      write: () => changesTwin(site, version),
    },
    {
      has: familiesOf(version).offered.length > 0,
      page: links.policyBuilder,
      title: 'Policy builder',
      note: 'Policies that are needed together',
      write: () => builderTwin(site, version),
    },
  ]
  return tools.filter(({ has }) => has)
}

function roleLink(site: Site, version: Version, id: string): string {
  return link(text(version.roleById.get(id)?.name ?? id), twinAddress(site, version.links.role(id)))
}

function whoCanTwin(site: Site, version: Version): string {
  return document(
    head(site, version, 'Who can…?', 'All answers', version.links.whoCan),
    overview(
      ['Permission', 'Access', 'Roles'],
      version.ownPermissions.map(({ id, access }) => [code(id), access, holders(site, version, id)]),
    ),
  )
}

/** For each pair of a role and one of its group, what the other adds and lacks. */
function compareTwin(site: Site, version: Version): string {
  const scopes = namesAllRoles(version) ? version.scopes : []
  const rows = scopes.flatMap((scope) =>
    scope.groups.flatMap(({ title, roles }) =>
      title === null
        ? []
        : roles.flatMap((role) =>
            roles
              .filter((other) => byText(role.id, other.id) < 0)
              .map((other) => {
                const [own, theirs] = [new Set(role.permissions), new Set(other.permissions)]
                const only = (list: readonly string[], without: ReadonlySet<string>) =>
                  list
                    .filter((id) => !without.has(id))
                    .map(code)
                    .join(', ')
                return [
                  roleLink(site, version, role.id),
                  only(role.permissions, theirs),
                  roleLink(site, version, other.id),
                  only(other.permissions, own),
                ]
              }),
          ),
    ),
  )
  return document(
    head(site, version, 'Compare roles', 'Roles of one group, two by two', version.links.compare),
    scopes.length < version.scopes.length
      ? 'Here are too many roles to compare them all. The permissions stand in the twin of each role.'
      : rows.length === 0
        ? 'No group has two roles.'
        : table(['Role', 'Has alone', 'Other role', 'Has alone'], rows),
  )
}

function smallestTwin(site: Site, version: Version): string {
  return document(
    head(site, version, 'Smallest role', 'Roles by size', version.links.smallest),
    'The smallest role that is enough is the first of its scope that holds every permission that is needed. The permissions stand in the twin of each role.',
    ...version.scopes.flatMap((scope) => [
      heading(2, scopeRoles(scope, version.isScoped)),
      overview(
        ['Role', 'Permissions', ...ACCESS],
        [...scope.roles]
          .sort((a, b) => a.permissions.length - b.permissions.length || byText(a.id, b.id))
          .map((role) => {
            const split = accessSplit(version, role.permissions)
            return [
              roleLink(site, version, role.id),
              String(role.permissions.length),
              ...ACCESS.map((access) => String(split[access])),
            ]
          }),
      ),
    ]),
  )
}

function accessTwin(site: Site, version: Version): string {
  return document(
    head(site, version, 'Access at a glance', 'Roles by resources', version.links.access),
    version.data.resources.length > 0
      ? 'The highest access that each role has to each resource, with the number of its operations.'
      : 'The highest access that each role has to what stands below each heading, with the number of its permissions.',
    ...version.scopes.flatMap((scope) => {
      const { columns, groups } = heatMap(version, scope)
      const rows = groups.flatMap((group) => group.rows)
      return [
        heading(2, scopeRoles(scope, version.isScoped)),
        overview(
          ['Role', 'Access'],
          rows.map(({ role, cells }) => [
            roleLink(site, version, role.id),
            cells
              .flatMap((cell, i) =>
                cell
                  ? [
                      `${columns[i]?.resource ? code(columns[i].resource) : text(columns[i]?.title ?? '')} ${cell.access} (${cell.operations})`,
                    ]
                  : [],
              )
              .join(', '),
          ]),
        ),
      ]
    }),
  )
}

/** Changed things of a twin. */
const MOST_THINGS = 500

function changesTwin(site: Site, version: Version): string {
  const step = stepInto(site, version)
  return document(
    head(site, version, step ? `Changes in ${version.title}` : 'Changes', 'What changed', version.links.changes),
    !step
      ? `There is no version before ${text(version.title)} here.`
      : step.changes.length === 0
        ? `${text(version.title)} says the same as ${text(step.from.title)}.`
        : `Changed since ${text(step.from.title)}:`,
    step && step.changes.length > 0
      ? step.things
          .slice(0, MOST_THINGS)
          .map((thing) => {
            const name = thing.after?.name ?? thing.before?.name ?? ''
            const lines = thing.changes.map((change) => `  - ${text(KIND_TITLE[change.kind])}${details(change)}`)
            return [`- ${text(SUBJECT_TITLE[thing.subject])}: ${text(name)}`, ...lines].join('\n')
          })
          .join('\n')
      : null,
    step && step.things.length > MOST_THINGS && `And ${step.things.length - MOST_THINGS} more.`,
  )
}

function details(change: Change): string {
  const list = (parts: readonly string[]) => (parts.length === 0 ? '' : `: ${parts.join(', ')}`)
  if ('grants' in change)
    return list(
      change.grants.map(
        ({ permission, before, after }) =>
          `${code(permission)} (${text(standingWords(before))} → ${text(standingWords(after))})`,
      ),
    )
  if ('actions' in change) return list(change.actions.map(({ action }) => code(action)))
  if ('permissions' in change) return list(change.permissions.map(code))
  if (change.kind === 'renamed' && change.before && change.after)
    return `: ${text(change.before.name)} → ${text(change.after.name)}`
  return ''
}

function builderTwin(site: Site, version: Version): string {
  const { presets } = version.policyViews
  const policy = (id: string) =>
    `- ${link(text(version.policyById.get(id)?.title ?? id), twinAddress(site, version.links.policy(id)))}`
  return document(
    head(site, version, 'Policy builder', 'Policies that are needed together', version.links.policyBuilder),
    presets.length === 0 && 'The documentation names no policies that are needed together.',
    ...presets.flatMap((preset) => [
      heading(2, preset.title),
      preset.description && quoted(preset.description),
      preset.policies.map(policy).join('\n'),
      preset.extras.length > 0 && `On top, for some:\n\n${preset.extras.map(policy).join('\n')}`,
    ]),
  )
}
