/** The changes as a document for programs: what `rolebook diff --format json` writes. Its shape is declared here, once. */
import * as z from 'zod'
import { type Bump, bumpOf, nextVersion } from './bump.ts'
import { changeSchema, KINDS, SEVERITIES, SUBJECTS } from './change.ts'
import { deltaSchema, makeDelta } from './delta.ts'
import { countsOf, kindsIn, total, type VersionDiff } from './versions.ts'

/** Of the document's shape; that of the datasets in it is `schemaVersion`. */
const DIFF_FORMAT_VERSION = '1.0.0'

const bumpSchema = z
  .enum([...SEVERITIES, 'none'])
  .meta({ id: 'bump', description: 'What a semantic version of the data owes those who build on it' })

const countsSchema = z
  .partialRecord(z.enum(SUBJECTS), z.partialRecord(z.enum(KINDS), z.int().min(1)))
  .meta({ id: 'counts', description: 'How many changes there are, by subject and kind; what is none is left out' })

const operandSchema = z
  .strictObject({
    operand: z.string().describe('As it was asked for: a file, a folder, a git revision'),
    commit: z.string().nullable().describe('The commit that was read; null for what is no git revision'),
  })
  .meta({ id: 'operand' })

const sideSchema = z
  .strictObject({ name: z.string(), version: z.string() })
  .nullable()
  .meta({ id: 'side', description: 'The documentation set and its version; null where this side has no such version' })

const diffDocumentSchema = z
  .strictObject({
    formatVersion: z.literal(DIFF_FORMAT_VERSION),
    from: operandSchema,
    to: operandSchema,
    bump: bumpSchema,
    currentVersion: z.string().nullable().describe('The version that was given as the current one'),
    nextVersion: z.string().nullable().describe('The version that should follow; null where no current one was given'),
    summary: countsSchema,
    versions: z
      .array(
        z.strictObject({
          from: sideSchema,
          to: sideSchema,
          bump: bumpSchema,
          summary: countsSchema,
          changes: z
            .array(changeSchema)
            .describe('Empty where a side is null: then all that the other holds is new or gone'),
          delta: deltaSchema
            .nullable()
            .describe('Makes the newer dataset of the older one, or of nothing; null where there is no newer one'),
        }),
      )
      .describe('One for each version of the documentation'),
  })
  .meta({ title: 'Rolebook diff', description: 'What changed from one state of the documentation to another' })

export type DiffDocument = z.infer<typeof diffDocumentSchema>

/** What was compared, and what came of it. */
export interface Comparison {
  from: z.infer<typeof operandSchema>
  to: z.infer<typeof operandSchema>
  versions: readonly VersionDiff[]
  /** The current version of the data (`1.4.2`), where it was given. */
  current: string | null
  /** When the newer side was made, as ISO 8601 in UTC, where that is known. */
  date: string | null
}

/** The version that a comparison asks for. */
export function suggestion({ versions, current }: Pick<Comparison, 'versions' | 'current'>): {
  bump: Bump
  next: string | null
} {
  const bump = bumpOf(versions.flatMap((version) => kindsIn(countsOf(version))))
  return { bump, next: current === null ? null : nextVersion(current, bump) }
}

/** A comparison as its JSON, which `diff.schema.json` describes. */
export function diffDocument(comparison: Comparison): DiffDocument {
  const { from, to, versions, current } = comparison
  const { bump, next } = suggestion(comparison)
  return {
    formatVersion: DIFF_FORMAT_VERSION,
    from,
    to,
    bump,
    currentVersion: current,
    nextVersion: next,
    summary: total(versions.map(countsOf)),
    versions: versions.map((version) => {
      const { before, after, changes } = version
      const summary = total([countsOf(version)])
      return {
        from: before && { name: before.name, version: before.version },
        to: after && { name: after.name, version: after.version },
        bump: bumpOf(kindsIn(summary)),
        summary,
        changes,
        delta: after && makeDelta(before, after),
      }
    }),
  }
}

/** The JSON Schema (2020-12) of the document. */
export function diffJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(diffDocumentSchema, { target: 'draft-2020-12' }) as Record<string, unknown>
}
