/** The twin of a documentation page: its own text, with the facts of the dataset where its permission blocks stood. */
import type { DocPage, Segment } from '../../../src/export/site-input.ts'
import type { Site } from '../dataset.ts'
import { amountOf } from '../gathered.ts'
import { marksOf } from '../matrix.ts'
import type { Version } from '../version.ts'
import { count } from '../words.ts'
import { code, document, fenced, link, quoted, table, text } from './markdown.ts'
import { grants, head, source, twinAddress } from './parts.ts'

export function docTwin(site: Site, version: Version, page: DocPage): string {
  return document(
    head(site, version, page.title, 'Documentation page', version.links.doc(page.slug)),
    `Source: ${source({ path: page.path, line: 1 })}`,
    ...page.markdown.map((part) => {
      const segment = typeof part === 'number' ? page.segments[part] : undefined
      return segment ? view(site, version, segment) : String(part)
    }),
  )
}

function view(site: Site, version: Version, segment: Segment): string {
  const { links } = version
  switch (segment.kind) {
    case 'html':
      return ''
    case 'role': {
      const role = version.roleById.get(segment.id)
      if (!role) return ''
      const name = link(text(role.name), twinAddress(site, links.role(role.id)))
      return `${name}: ${count(role.permissions.length, 'permission')}.\n\n${grants(site, version, role)}`
    }
    case 'policy': {
      const policy = version.policyById.get(segment.id)
      if (!policy) return ''
      const name = link(text(policy.title), twinAddress(site, links.policy(policy.id)))
      const body =
        policy.document === null
          ? fenced(policy.permissions.join('\n'))
          : fenced(JSON.stringify(policy.document, null, 2), 'json')
      return `${name}: ${amountOf(policy)}.\n\n${body}`
    }
    case 'catalogue': {
      const catalogue = version.data.catalogues.find((one) => one.id === segment.id)
      return catalogue ? `${text(catalogue.title)}:\n\n${fenced(catalogue.permissions.join('\n'))}` : ''
    }
    case 'resources': {
      const offered = version.data.resources.filter((resource) => resource.scopes.length > 0)
      return table(
        ['Resource', 'Key', 'Scopes', 'Description'],
        (offered.length > 0 ? offered : version.data.resources).map((resource) => [
          link(text(resource.title), twinAddress(site, links.resource(resource.id))),
          code(resource.id),
          resource.scopes.map((scope) => text(version.scopeTitle(scope))).join(', '),
          quoted(resource.description ?? ''),
        ]),
      )
    }
    case 'mappings':
      return table(
        ['Role', 'Requires all of', 'Restrictions'],
        version.data.mappings.map((mapping) => [
          code(mapping.id),
          mapping.requires.map((names) => names.map(text).join(' or ')).join(' and '),
          mapping.restrictions.map(quoted).join(' '),
        ]),
      )
    case 'actions': {
      const roles = segment.roles.flatMap((id) => version.roleById.get(id) ?? [])
      const marks = roles.map(marksOf)
      return table(
        ['Action', ...roles.map((role) => link(text(role.name), twinAddress(site, links.role(role.id))))],
        segment.permissions.map((id) => [
          text(version.permissionById.get(id)?.title ?? id),
          ...marks.map((mark) => mark.get(id)?.effect ?? 'not granted'),
        ]),
      )
    }
  }
}
