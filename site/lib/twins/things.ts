/** Twins of pages about one thing: a role, a resource, a policy, a rule. */
import type { RulePage } from '../../../src/export/site-input.ts'
import type { Policy, Resource, Role } from '../../../src/model/dataset.ts'
import type { Site } from '../dataset.ts'
import { amountOf, gatheredBy } from '../gathered.ts'
import { accessSplit, sortOperations } from '../matrix.ts'
import { SOME } from '../paging.ts'
import { policyName } from '../policy-names.ts'
import { acceptingAll, categoryTitle, directiveFor, settingFor } from '../rule-groups.ts'
import { UNSCOPED } from '../scopes.ts'
import { byService } from '../services.ts'
import type { Version } from '../version.ts'
import { ACCESS, actionWord, kindTitle, policyKind, providerTitle, roleKind } from '../words.ts'
import { code, document, facts, fenced, heading, link, quoted, table, text } from './markdown.ts'
import { findings, findingsSection, grants, head, source, twinAddress } from './parts.ts'

export function roleTwin(site: Site, version: Version, role: Role): string {
  const { links } = version
  const scope = version.scopeTitle(role.scope)
  const split = accessSplit(version, role.permissions)
  const mappings = version.mappingsOf.get(role.id) ?? []
  return document(
    head(site, version, role.name, roleKind(version, role.scope), links.role(role.id) ?? links.rolesIndex),
    role.description && quoted(role.description),
    facts([
      ['Id', code(role.id)],
      ['Scope', role.scope === UNSCOPED ? '' : text(scope)],
      ['Group', role.group && text(role.group)],
      ['Level', role.level && text(role.level)],
      [
        'Permissions',
        `${role.permissions.length} (${ACCESS.map((access) => `${split[access]} ${access}`).join(', ')})`,
      ],
      ['Also written', role.aliases.map(text).join(', ')],
      ['Source', source(role.source)],
    ]),
    heading(2, 'Permissions'),
    role.grants.length > 0 ? grants(site, version, role) : 'The documentation lists no permission for this role.',
    role.permissions.length > 0 && `${heading(2, 'Permission ids')}\n\n${fenced(role.permissions.join('\n'))}`,
    mappings.length > 0 &&
      `${heading(2, 'Required by')}\n\n${mappings.map((mapping) => `- ${code(mapping.id)}${mapping.description ? `: ${quoted(mapping.description)}` : ''}`).join('\n')}`,
    findingsSection(site, version, version.findingsOf.get(role.id) ?? []),
  )
}

export function resourceTwin(site: Site, version: Version, resource: Resource): string {
  const { links } = version
  const permissions = version.permissionsOf.get(resource.id) ?? []
  const order = sortOperations(
    version,
    permissions.flatMap((permission) => permission.operation ?? []),
  )
  const sorted = [...permissions].sort((a, b) => order.indexOf(a.operation ?? '') - order.indexOf(b.operation ?? ''))
  const found = [resource.id, ...permissions.map(({ id }) => id)].flatMap((id) => version.findingsOf.get(id) ?? [])
  return document(
    head(site, version, resource.title, 'Resource', links.resource(resource.id) ?? links.resourcesIndex),
    resource.description && quoted(resource.description),
    facts([
      ['Key', code(resource.id)],
      ['Operations', String(permissions.length)],
      ['Offered in', resource.scopes.map((scope) => text(version.scopeTitle(scope))).join(', ')],
      ['Also written', resource.aliases.map(text).join(', ')],
      ['Source', source(resource.source)],
    ]),
    heading(2, 'Who can'),
    sorted.length === 0
      ? 'The documentation lists no operation on this resource.'
      : table(
          ['Permission', 'Access', 'Roles'],
          sorted.map(({ id, access }) => [code(id), access, holders(site, version, id)]),
        ),
    findingsSection(site, version, found),
  )
}

/** The roles that a permission says something of, with their scopes. */
export function holders(site: Site, version: Version, permission: string): string {
  const grants = version.grantsOf.get(permission) ?? []
  const left = grants.length > 4 * SOME ? grants.length - SOME : 0
  const shown = (left > 0 ? grants.slice(0, SOME) : grants)
    .map(({ role, grant }) => {
      const name = link(text(role.name), twinAddress(site, version.links.role(role.id)))
      const effect = grant.effect === 'granted' ? '' : grant.effect
      const about = [role.scope === UNSCOPED ? '' : text(version.scopeTitle(role.scope)), effect].filter(Boolean)
      return about.length === 0 ? name : `${name} (${about.join(', ')})`
    })
    .join(', ')
  return left > 0 ? `${shown} and ${left} more` : shown
}

export function policyTwin(site: Site, version: Version, policy: Policy): string {
  const { links } = version
  const word = actionWord(policy.kind)
  const filled = gatheredBy(version, policy)
  const gathered = (filled?.from ?? [])
    .map((one) => link(text(policyName(version, one)), twinAddress(site, links.policy(one.id))))
    .join(', ')
  return document(
    head(site, version, policy.title, policyKind(policy), links.policy(policy.id) ?? links.policiesIndex),
    facts([
      ['Id', code(policy.id)],
      ['Provider', text(providerTitle(policy.provider))],
      ['Kind', text(kindTitle(policy))],
      ['For', policy.variant && text(policy.variant)],
      ['Allows', amountOf(policy)],
      ['Filled from roles labelled', (filled?.labels ?? []).map(code).join(' or ')],
      ['Last update', policy.lastUpdate && text(policy.lastUpdate)],
      ['Source', source(policy.source)],
      ['Included by', policy.usedBy.map(source).join(', ')],
    ]),
    heading(2, 'What it allows'),
    policy.permissions.length === 0
      ? filled
        ? `The cluster fills this role from others. ${gathered || 'This documentation has none of them.'}`
        : `The documentation lists no ${word}.`
      : table(
          ['Service', 'Actions'],
          byService(policy.permissions).map(({ service, actions }) => [
            text(service || 'Other'),
            actions.map(code).join(', '),
          ]),
        ),
    policy.document !== null &&
      `${heading(2, 'Document')}\n\n${fenced(JSON.stringify(policy.document, null, 2), 'json')}`,
    findingsSection(site, version, version.findingsOf.get(policy.id) ?? []),
  )
}

export function ruleTwin(site: Site, rule: RulePage): string {
  const version = site.current
  const found = version.findings.filter((finding) => finding.ruleId === rule.id)
  return document(
    head(site, null, rule.id, 'Rule', version.links.rule(rule.id) ?? version.links.rulesIndex),
    quoted(rule.summary),
    facts([
      ['Looks at', text(categoryTitle(rule.category))],
      ['Severity', rule.severity],
    ]),
    rule.markdown,
    rule.options.length > 0 &&
      `${heading(2, 'Options')}\n\n${rule.options
        .map(
          (option) =>
            `- ${code(option.name)} (${code(option.type)}, by default ${code(JSON.stringify(option.default))}): ${quoted(option.description)}`,
        )
        .join('\n')}`,
    rule.examples.length > 0 && heading(2, 'Examples'),
    ...rule.examples.flatMap((example) => [
      heading(3, example.name),
      example.config && fenced(example.config, 'json'),
      fenced(example.mdx, 'mdx'),
      ...example.files.flatMap(({ path, text: content }) => [`${code(path)}:`, fenced(content, 'mdx')]),
      example.expect.length === 0
        ? 'Nothing is reported.'
        : example.expect.map(({ line, column, message }) => `- ${line}:${column}: ${quoted(message)}`).join('\n'),
    ]),
    heading(2, `Accept it or switch it ${rule.severity === 'off' ? 'on' : 'off'}`),
    rule.category !== 'linter' &&
      `One finding that is right as it is, on the line above it:\n\n${fenced(directiveFor(rule.id), 'mdx')}\n\nAbove a table or a list it is \`rolebook-disable-next-block\`; in Markdown without MDX the comment is \`<!-- … -->\`.\n\nAll that there are now, in the baseline:\n\n${fenced(acceptingAll(rule.id), 'sh')}`,
    `For good, in the config:\n\n${fenced(settingFor(rule), 'ts')}`,
    found.length > 0 && `${heading(2, `Findings in ${version.title}`)}\n\n${findings(site, version, found)}`,
  )
}
