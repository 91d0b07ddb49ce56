/** The public API. */
export { type Analysis, analyse } from './analyse.ts'
export type { Diagnostic, Place, Related, Severity, Span } from './diagnostic.ts'
export { type Bump, bumpOf } from './diff/bump.ts'
export { type Change, mirrored } from './diff/change.ts'
export { applyDelta, type Delta, makeDelta } from './diff/delta.ts'
export { diffDatasets } from './diff/diff.ts'
export { type DiffDocument, diffJsonSchema } from './diff/document.ts'
export { schemaErrors } from './export/check.ts'
export { openProject, type Project, type Unit } from './files/project.ts'
export { applyEdits } from './fix/edits.ts'
export {
  type Catalogue,
  type Dataset,
  datasetJsonSchema,
  type Grant,
  type Mapping,
  type Permission,
  type Policy,
  type Resource,
  type Role,
  SCHEMA_VERSION,
  type Source,
} from './model/dataset.ts'
export type { SourceFile } from './parse/source.ts'
export { resolveSettings } from './settings/defaults.ts'
export { type Config, defineConfig, type Settings } from './settings/schema.ts'
