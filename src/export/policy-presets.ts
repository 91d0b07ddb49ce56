/** Policies that are needed together: as the config says, else as the sections of the pages include them. */
import type { PolicyEntity } from '../model/model.ts'
import type { Settings } from '../settings/schema.ts'
import { nearest, slugify } from '../text.ts'
import type { PolicyPresetView, PolicyView } from './site-input.ts'

/** Kinds that are documents: what has none is no part of another. */
const KINDS: readonly string[] = ['iam-policy', 'role-definition', 'custom-role']

/**
 * The presets of a version. Those of the config count where the version has all of their policies; where it has such for a
 * provider, the sections of pages are not asked. A section whose policies are a pair, or readings of one partial, offers a
 * choice and is left out.
 */
export function presetsOf(
  views: readonly PolicyView[],
  policies: readonly PolicyEntity[],
  settings: Settings,
): PolicyPresetView[] {
  const byId = new Map(policies.map((policy) => [policy.id, policy]))
  const configured = settings.policyPresets
    .filter((preset) => preset.policies.every((id) => byId.has(id)))
    .map(({ id, title, description = null, policies: ids, extras = [] }) => ({
      id,
      title,
      description,
      policies: [...new Set(ids)],
      extras: [...new Set(extras)].filter((extra) => byId.has(extra) && !ids.includes(extra)),
      from: null,
    }))
  const familyOf = (id: string) => {
    const policy = byId.get(id)?.policy
    return policy ? `${policy.provider}/${policy.kind}` : ''
  }
  const served = new Set(configured.map((preset) => familyOf(preset.policies[0] ?? '')))
  const taken = new Set(configured.map(({ id }) => id))
  const found = sections(views, policies)
    .filter(({ family }) => !served.has(family))
    .map(({ title, ids, path, headings }): PolicyPresetView => {
      let id = slugify(title)
      for (let i = 2; taken.has(id); i++) id = `${slugify(title)}-${i}`
      taken.add(id)
      return { id, title, description: null, policies: ids, extras: [], from: { path, headings } }
    })
  return [...configured, ...found]
}

interface Section {
  family: string
  title: string
  ids: string[]
  path: string
  headings: string[]
}

function sections(views: readonly PolicyView[], policies: readonly PolicyEntity[]): Section[] {
  const viewOf = new Map(views.map((view) => [view.id, view]))
  const groups = new Map<string, Section & { order: number[] }>()
  for (const { id, policy } of policies) {
    if (!KINDS.includes(policy.kind) || policy.document === null) continue
    for (const { path, line, headings, sectionLine } of viewOf.get(id)?.places ?? []) {
      const family = `${policy.provider}/${policy.kind}`
      const key = JSON.stringify([path, sectionLine, family])
      const group = groups.get(key) ?? {
        family,
        title: headings.at(-1) ?? policy.title,
        ids: [],
        path,
        headings,
        order: [],
      }
      if (!group.ids.includes(id)) {
        const at = group.order.filter((other) => other <= line).length
        group.ids.splice(at, 0, id)
        group.order.splice(at, 0, line)
      }
      groups.set(key, group)
    }
  }
  const all = [...groups.values()]
  const seen = new Set<string>()
  return all.flatMap((group) => {
    const { family, ids, path, headings } = group
    const key = JSON.stringify([...ids].sort())
    const choice = ids.some((id) => ids.includes(viewOf.get(id)?.pair?.id ?? '')) || shareSource(ids, policies)
    if (ids.length < 2 || choice || seen.has(key)) return []
    seen.add(key)
    // A step's heading may stand under several headings of its page.
    const again = all.some((other) => other !== group && other.path === path && other.title === group.title)
    return [{ family, title: again ? headings.slice(-2).join(': ') : group.title, ids, path, headings }]
  })
}

/** Whether two of the policies are readings of one document. */
function shareSource(ids: readonly string[], policies: readonly PolicyEntity[]): boolean {
  const sources = policies
    .filter(({ id }) => ids.includes(id))
    .map(({ policy: { source } }) => `${source.path}:${source.line}`)
  return new Set(sources).size < sources.length
}

/**
 * What is wrong with the config's presets, one sentence each: ids of policies that no version has, policies of several kinds.
 *
 * @param versions the policies of each version
 */
export function presetErrors(settings: Settings, versions: readonly (readonly PolicyEntity[])[]): string[] {
  const all = new Map(versions.flat().map(({ id, policy }) => [id, policy]))
  const ids = new Set<string>()
  return settings.policyPresets.flatMap(({ id, policies, extras = [] }) => {
    const where = `\`policyPresets\`: preset \`${id}\``
    const errors = [...policies, ...extras].flatMap((policy) => {
      if (all.has(policy)) return []
      const suggestion = nearest(policy, all.keys())
      return [`${where} names the unknown policy \`${policy}\`${suggestion ? `, did you mean \`${suggestion}\`?` : ''}`]
    })
    if (ids.has(id)) errors.push(`${where} is there twice`)
    ids.add(id)
    if (errors.length > 0) return errors
    const kinds = new Set(
      [...policies, ...extras].map((policy) => `${all.get(policy)?.provider} ${all.get(policy)?.kind}`),
    )
    if (kinds.size > 1) return [`${where} has policies of several kinds: ${[...kinds].sort().join(', ')}`]
    const together = versions.some((list) => policies.every((policy) => list.some((entity) => entity.id === policy)))
    return together ? [] : [`${where} has policies that no version has together`]
  })
}
