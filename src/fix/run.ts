/** Makes safe repairs: fixes of open findings, then repairs of form, one after another on the text as it then is. */
import { type Analysis, analyse } from '../analyse.ts'
import { compareText, type Diagnostic, type Outcome } from '../diagnostic.ts'
import type { Page } from '../parse/page/page.ts'
import type { SourceFile } from '../parse/source.ts'
import type { Settings } from '../settings/schema.ts'
import { applyBaseline, type Baseline } from '../validate/baseline.ts'
import { type Candidate, candidatesOf, harmlessOf, madeOf, type Proposal } from './candidates.ts'
import { factsOf, looseFactsOf } from './facts.ts'
import { type Repair, repairsOf } from './repair.ts'
import { repairs as allRepairs } from './repairs.ts'

/** One version of a documentation set, as it was read. */
export interface FixUnit {
  settings: Settings
  version: string
  files: readonly SourceFile[]
  fallback: readonly SourceFile[]
  complete: boolean
  /** Paths of the files that may be changed; `null` for all. */
  selected: ReadonlySet<string> | null
}

export interface FixOptions {
  /** Findings that it accepts stay as they are. */
  baseline?: Baseline
  /** `YYYY-MM-DD`, for entries of the baseline with a last day. */
  today?: string | null
  /** Ids of rules and repairs, and no others; empty for all. */
  only?: readonly string[]
  /** The repairs to make; those of Rolebook unless a test brings its own. */
  repairs?: readonly Repair[]
}

export interface FixedFile {
  path: string
  before: string
  after: string
  /** How many things were mended, by the id of the repair or rule, in the order in which they were. */
  done: Map<string, number>
}

export interface Refusal {
  path: string
  id: string
  /** What it would do: “would change what the page says”. */
  why: string
}

export interface FixResult {
  /** Files that changed, in order of path. */
  files: FixedFile[]
  /** What would have changed what the pages say, or what is found in them, and was not made. */
  refused: Refusal[]
  /** Whether nothing is left to do. */
  settled: boolean
}

const MOST_ROUNDS = 10
const NO_BASELINE: Baseline = { version: 1, accepted: [] }

/**
 * Mends the files of all units. Pure. A step that changes what the model says (for the fix of a finding: more than
 * spelling and doubles), that brings a finding, or that takes an accepted one away without mending it, is not made.
 */
export function fixFiles(units: readonly FixUnit[], options: FixOptions = {}): FixResult {
  return new Fixer(units, options).run()
}

class Fixer {
  readonly #units: readonly FixUnit[]
  readonly #options: FixOptions
  readonly #repairs: readonly Repair[]
  /** By path; of the files that may be changed. */
  readonly #texts = new Map<string, string>()
  readonly #before = new Map<string, string>()
  readonly #done = new Map<string, Map<string, number>>()
  readonly #refused = new Map<string, Refusal>()
  #analyses: Analysis[]
  /** The pages of each unit's files as they were given, which most of them stay. */
  readonly #pages = new Map<FixUnit, Map<SourceFile, Outcome<Page>>>()

  constructor(units: readonly FixUnit[], options: FixOptions) {
    this.#units = units
    this.#options = options
    this.#repairs = options.repairs ?? allRepairs
    for (const { files, selected } of units) {
      for (const { path, text } of files) if (selected?.has(path) ?? true) this.#texts.set(path, text)
    }
    for (const [path, text] of this.#texts) this.#before.set(path, text)
    this.#analyses = units.map((unit) => this.#analyse(unit, this.#texts))
  }

  run(): FixResult {
    let settled = false
    for (let round = 0; round < MOST_ROUNDS && !settled; round++) {
      this.#refused.clear()
      let changed = this.#step(() => this.#ofFindings())
      for (const repair of this.#repairs) changed = this.#step(() => this.#ofForm(repair)) || changed
      settled = !changed
    }
    const files = [...this.#texts]
      .filter(([path, after]) => after !== this.#before.get(path))
      .map(([path, after]) => ({
        path,
        before: this.#before.get(path) as string,
        after,
        done: this.#done.get(path) ?? new Map(),
      }))
      .sort((a, b) => compareText(a.path, b.path))
    return { files, refused: [...this.#refused.values()], settled }
  }

  /** Makes what is proposed and does no harm; returns whether anything changed. */
  #step(propose: () => Proposal[]): boolean {
    let analyses: Analysis[] | null = null
    const { chosen, refused } = harmlessOf(candidatesOf(propose(), this.#texts), (some) => {
      const tried = this.#tried(some)
      if (typeof tried === 'string') return tried
      analyses = tried
      return null
    })
    for (const { candidate, why } of refused) {
      const { path, id } = candidate
      this.#refused.set(`${id} ${path} ${why}`, { path, id, why })
    }
    // The last that did no harm is what was chosen.
    if (!analyses) return false
    for (const [path, text] of madeOf(chosen, this.#texts)) this.#texts.set(path, text)
    this.#analyses = analyses
    for (const candidate of chosen) this.#count(candidate)
    return true
  }

  #count({ path, id, stretches }: Candidate): void {
    const done = this.#done.get(path) ?? new Map<string, number>()
    const repair = this.#repairs.find((candidate) => candidate.id === id)
    done.set(id, (done.get(id) ?? 0) + (repair?.counts === 'edits' ? stretches.length : 1))
    this.#done.set(path, done)
  }

  #isWanted(id: string, { fix }: Settings): boolean {
    const { only = [] } = this.#options
    return (only.length === 0 || only.includes(id)) && !fix.disable.includes(id)
  }

  #ofFindings(): Proposal[] {
    return this.#units.flatMap((unit, i) => {
      const { open } = this.#sorted(this.#analyses[i] as Analysis)
      return open.flatMap((diagnostic): Proposal[] => {
        const { fix, ruleId } = diagnostic
        return fix && this.#isWanted(ruleId, unit.settings) ? [{ id: ruleId, fix, diagnostic }] : []
      })
    })
  }

  #ofForm(repair: Repair): Proposal[] {
    return this.#units.flatMap((unit, i) => {
      if (!this.#isWanted(repair.id, unit.settings)) return []
      const { reading } = this.#analyses[i] as Analysis
      return repairsOf(repair, reading, unit.settings).map((fix) => ({ id: repair.id, fix, diagnostic: null }))
    })
  }

  #sorted({ diagnostics }: Analysis): { open: Diagnostic[]; accepted: Diagnostic[] } {
    const { baseline = NO_BASELINE, today = null } = this.#options
    const { open, accepted } = applyBaseline(diagnostics, baseline, today)
    return { open, accepted: accepted.map(({ diagnostic }) => diagnostic) }
  }

  #analyse(unit: FixUnit, texts: ReadonlyMap<string, string>): Analysis {
    const { files, fallback, settings, version, complete } = unit
    const now = (file: SourceFile) => {
      const text = texts.get(file.path) ?? file.text
      return text === file.text ? file : { ...file, text }
    }
    const known = new Map(this.#pages.get(unit))
    const analysis = analyse(files.map(now), settings, version, { fallback: fallback.map(now), complete, known })
    if (!this.#pages.has(unit)) this.#pages.set(unit, known)
    return analysis
  }

  /** The analyses of all units with candidates made, or what harm they do. */
  #tried(candidates: readonly Candidate[]): Analysis[] | string {
    const made = madeOf(candidates, this.#texts)
    const texts = new Map([...this.#texts, ...made])
    const analyses: Analysis[] = []
    for (const [i, unit] of this.#units.entries()) {
      const before = this.#analyses[i] as Analysis
      const touched = [...unit.files, ...unit.fallback].some(({ path }) => made.has(path))
      const after = touched ? this.#analyse(unit, texts) : before
      const harm = touched ? this.#harmOf(before, after, candidates) : null
      if (harm !== null) return harm
      analyses.push(after)
    }
    return analyses
  }

  #harmOf(before: Analysis, after: Analysis, candidates: readonly Candidate[]): string | null {
    const ofForm = candidates.every(({ fingerprint }) => fingerprint === null)
    const facts = ofForm ? factsOf : looseFactsOf
    if (facts(before.model.dataset) !== facts(after.model.dataset)) return 'would change what the page says'
    const [was, is] = [countsOf(before.diagnostics), countsOf(after.diagnostics)]
    const added = after.diagnostics.filter((d) => (is.get(d.fingerprint) ?? 0) > (was.get(d.fingerprint) ?? 0))
    const gone = before.diagnostics.filter((d) => (is.get(d.fingerprint) ?? 0) < (was.get(d.fingerprint) ?? 0))
    const accepted = new Set(this.#sorted(before).accepted)
    const lost = gone.filter((diagnostic) => accepted.has(diagnostic))
    if (ofForm && lost.length > 0) return 'would mend what the baseline accepts'
    if (ofForm) return added.length > 0 ? `would bring a finding of ${added[0]?.ruleId}` : null
    // Where an id changes, findings about it are the same under another name; one that was accepted must keep its own.
    const removed = countsOf(gone, (d) => d.ruleId)
    for (const [ruleId, count] of countsOf(added, (d) => d.ruleId)) {
      if (count > (removed.get(ruleId) ?? 0)) return `would bring a finding of ${ruleId}`
      if (lost.some((d) => d.ruleId === ruleId)) return `would make an accepted finding of ${ruleId} another`
    }
    const mended = candidates.map(({ fingerprint }) => fingerprint as string).filter((id) => was.has(id))
    return mended.every((id) => (is.get(id) ?? 0) < (was.get(id) ?? 0)) ? null : 'does not mend its finding'
  }
}

function countsOf(
  diagnostics: readonly Diagnostic[],
  by: (diagnostic: Diagnostic) => string = (d) => d.fingerprint,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const diagnostic of diagnostics) counts.set(by(diagnostic), (counts.get(by(diagnostic)) ?? 0) + 1)
  return counts
}
