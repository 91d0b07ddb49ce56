/**
 * Regenerates the regions of pages from a dataset, each in the form that it has, or that its page has. Nothing is written that
 * does not read back as what the data says.
 */

import { replaced, type Stretch } from '../fix/edits.ts'
import { addAll } from '../lists.ts'
import type { Dataset, Role } from '../model/dataset.ts'
import type { ReadBlock } from '../parse/read.ts'
import type { SourceFile } from '../parse/source.ts'
import { startOfLine } from '../parse/structure/lines.ts'
import type { Settings } from '../settings/schema.ts'
import { differences, differenceText, type Fact, factsOfRole, spellingsOf } from './facts.ts'
import { insertion, layOut } from './layout.ts'
import { type Problem, type Region, regionsOf } from './markers.ts'
import { currentPlan, nowhereElse, type Outdated, type Plan, problemPlan, settle } from './plan.ts'
import { createPolicy, policyDifference, updatePolicy } from './policies.ts'
import { type Request, requestOf } from './request.ts'
import { PageReading, saidIn } from './said.ts'
import { sharesOf } from './shares.ts'
import { type CreateInput, isRefused, type Refused, refused } from './writer.ts'
import { writerOf } from './writers.ts'

/** Where the data comes from. */
export interface InjectSource {
  data: Dataset
  /** The data of the pages with their regions, where `data` is that of the pages without them; else `null`. */
  withRegions: Dataset | null
}

export interface InjectedFile {
  path: string
  before: string
  /** The same as `before` where nothing changed, or where something is wrong. */
  after: string
  regions: number
  outdated: Outdated[]
  problems: Problem[]
}

/** Regenerates the regions of one page; `null` for a page without any. Pure. A page with a problem stays as it is. */
export function injectPage(file: SourceFile, settings: Settings, source: InjectSource): InjectedFile | null {
  const { regions, problems } = regionsOf(file)
  if (regions.length === 0 && problems.length === 0) return null
  const result: InjectedFile = {
    path: file.path,
    before: file.text,
    after: file.text,
    regions: regions.length,
    outdated: [],
    problems,
  }
  if (regions.length === 0) return result
  const reading = new PageReading(file, settings)
  const injector = new Injector(file, reading, source)
  const plans = regions.map((region) => injector.region(region))
  const settled = settle(file, reading, plans)
  addAll(problems, settled.problems)
  result.outdated = settled.outdated
  if (problems.length === 0 && settled.edits.length > 0) result.after = replaced(file.text, settled.edits)
  return result
}

class Injector {
  readonly #file: SourceFile
  readonly #settings: Settings
  readonly #source: InjectSource
  readonly #reading: PageReading
  readonly #eol: string

  constructor(file: SourceFile, reading: PageReading, source: InjectSource) {
    this.#file = file
    this.#settings = reading.settings
    this.#source = source
    this.#reading = reading
    this.#eol = /\r\n|\n|\r/.exec(file.text)?.[0] ?? '\n'
  }

  region(region: Region): Plan {
    const request = requestOf(region, this.#source.data, this.#settings)
    if (Array.isArray(request)) return { ...currentPlan(region), problems: this.#explained(request, region) }
    const lost = this.#onlyHere(request)
    if (lost !== null) return problemPlan(region, lost)
    return request.kind === 'policy' ? this.#policy(region, request) : this.#roles(region, request)
  }

  /** What stands in regions alone is no news to the page, but to the data it is unknown. */
  #explained(problems: Problem[], region: Region): Problem[] {
    const { withRegions } = this.#source
    if (!withRegions) return problems
    const request = requestOf(region, withRegions, this.#settings)
    if (Array.isArray(request)) return problems
    const ids = request.kind === 'policy' ? [request.policy.id] : request.roles.map(({ id }) => id)
    return problems.map(({ span }) => ({ span, message: nowhereElse(ids.join(', ')) }))
  }

  /** A role that the pages name, and whose grants stand in regions alone. */
  #onlyHere(request: Request): string | null {
    const { withRegions } = this.#source
    if (!withRegions || request.kind !== 'roles') return null
    const lost = request.roles.filter(
      ({ id, grants }) =>
        grants.length === 0 && withRegions.roles.some((role) => role.id === id && role.grants.length > 0),
    )
    return lost.length > 0 ? nowhereElse(lost.map(({ id }) => id).join(', ')) : null
  }

  #roles(region: Region, request: Extract<Request, { kind: 'roles' }>): Plan {
    const { roles, options } = request
    const wanted = roles.flatMap(factsOfRole)
    const said = saidIn(region, this.#reading, roles, this.#source.data)
    const [stranger] = said.strangers
    if (stranger)
      return problemPlan(
        region,
        `What stands here is read as the role \`${stranger.name}\` (${stranger.scope}), which the marker does not name.`,
      )
    const ids = roles.map(({ id }) => id)
    const found = differences(ids, said.facts, wanted)
    const blocks = this.#reading.blocksIn(region, this.#reading.grantBlocks)
    const formed = blocks.every(({ dialect }) => options.dialect === null || dialect === options.dialect)
    const isCurrent = found.length === 0 && formed && (blocks.length > 0 || wanted.length === 0)
    if (isCurrent && options.granted === null && options.columns === null) return currentPlan(region)
    const candidates = this.#candidates(region, request, blocks, wanted, said.facts, found.length > 0)
    const check = (reading: PageReading, moved: Region) => this.#misread(reading, moved, roles, wanted)
    return { region, subject: ids.join(', '), found, candidates, check }
  }

  /** Ways to write what is wanted, the best first. */
  #candidates(
    region: Region,
    request: Extract<Request, { kind: 'roles' }>,
    blocks: readonly ReadBlock[],
    wanted: readonly Fact[],
    said: ReturnType<typeof saidIn>['facts'],
    differs: boolean,
  ): (Stretch[] | Refused)[] {
    const { roles, options } = request
    const context = (dialect: string): Omit<CreateInput, 'wanted'> => ({
      settings: this.#settings,
      data: this.#source.data,
      roles,
      options,
      eol: this.#eol,
      prefix: region.prefix,
      spelling: spellingsOf(this.#source.data),
      examples: this.#examples(region, dialect),
    })
    const asked = options.dialect
    const [first] = blocks
    if (!first) {
      const unread = this.#reading.unreadIn(region)
      if (unread) return [refused(unread)]
      const dialect = asked ?? this.#nearestDialect(region, request.single)
      return layOut(region, this.#reading.page, this.#eol, dialect, { ...context(dialect), wanted })
    }
    const reshaped =
      (asked !== null && first.dialect !== asked) || (!differs && (options.columns ?? options.granted) !== null)
    if (reshaped && blocks.length === 1) {
      const dialect = asked ?? first.dialect
      const writer = writerOf(dialect)
      const own = context(dialect)
      const examples = first.dialect === dialect ? [first, ...own.examples] : own.examples
      const lines = writer?.create(dialect, { ...own, examples, wanted }) ?? refused(`nothing writes \`${dialect}\``)
      if (isRefused(lines)) return [lines]
      const { text } = this.#file
      const start = startOfLine(text, first.block.start)
      const trailing = /(?<!\s)\s*$/.exec(text.slice(start, first.block.end))?.[0] ?? ''
      return [[{ start, end: first.block.end - trailing.length, text: lines.join(this.#eol) }]]
    }
    const edits: Stretch[] = []
    const shares = sharesOf(blocks, wanted, said, roles)
    for (const [block, share] of shares) {
      if (!share.changed) continue
      const writer = writerOf(block.dialect)
      if (!writer)
        return [refused(`nothing rewrites a block of the form \`${block.dialect}\`; ask for another with \`as\``)]
      const result = writer.update({ ...context(block.dialect), block, said: share.said, wanted: share.wanted })
      if (isRefused(result)) return [result]
      addAll(edits, result)
    }
    return [edits]
  }

  #policy(region: Region, { policy }: Extract<Request, { kind: 'policy' }>): Plan {
    const said = this.#reading.policiesIn(region)
    const found = policyDifference(
      said.map((entity) => entity.policy),
      policy,
    )
    if (found === null) return currentPlan(region)
    const blocks = this.#reading.blocksIn(region, this.#reading.policyBlocks)
    const examples = this.#reading.nearest(region, this.#reading.policyBlocks)
    const context = { eol: this.#eol, prefix: region.prefix, examples }
    const [block] = blocks
    let candidates: (Stretch[] | Refused)[]
    if (!block) {
      const unread = this.#reading.unreadIn(region)
      const made = unread ? refused(unread) : createPolicy(policy, context)
      candidates = isRefused(made) ? [made] : made.map((lines) => [this.#inserted(region, lines)])
    } else if (blocks.length > 1)
      candidates = [refused('several blocks stand in the region; give each policy a region of its own')]
    else candidates = [updatePolicy(block, policy, context)]
    const check = (reading: PageReading, moved: Region) => {
      const again = reading.policiesIn(moved).map((entity) => entity.policy)
      if (again.some(({ kind }) => kind !== policy.kind)) return 'it would not be read as such a policy here'
      const left = policyDifference(again, policy)
      return left === null ? null : `it would be read otherwise: ${differenceText(left)}`
    }
    const nothing = found.lacks.length + found.excess.length + found.other.length === 0
    return { region, subject: policy.id, found: nothing ? [] : [found], candidates, check }
  }

  /** Why a text does not say what is wanted; `null` where it does. */
  #misread(reading: PageReading, region: Region, roles: readonly Role[], wanted: readonly Fact[]): string | null {
    const said = saidIn(region, reading, roles, this.#source.data)
    const [stranger] = said.strangers
    if (stranger) {
      return `it would be read as the role \`${stranger.name}\` (${stranger.scope}): put the role's name in a heading or panel around the region`
    }
    const ids = roles.map(({ id }) => id)
    const left = differences(ids, said.facts, wanted)
    return left.length === 0 ? null : `it would be read otherwise: ${left.map(differenceText).join('; ')}`
  }

  #inserted(region: Region, lines: readonly string[]): Stretch {
    return insertion(region, this.#file.text, lines, this.#eol)
  }

  #examples(region: Region, dialect: string): ReadBlock[] {
    return this.#reading.nearest(region, this.#reading.grantBlocks).filter((block) => block.dialect === dialect)
  }

  #nearestDialect(region: Region, single: boolean): string {
    const several = ['action-by-role', 'role-permissions']
    const one = ['resource-by-operation', 'permission-list', 'permission-table']
    const kinds = single ? one : [...several, 'permission-list', 'resource-by-operation']
    const found = this.#reading
      .nearest(region, this.#reading.grantBlocks)
      .find(({ dialect }) => kinds.includes(dialect))
    return found?.dialect ?? (single ? 'resource-by-operation' : 'action-by-role')
  }
}
