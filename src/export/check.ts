/** The last gate before publishing: the dataset against its own published schema. */
import type { ValidateFunction } from 'ajv'
import type { Dataset } from '../model/dataset.ts'
import { datasetValidator } from './validator.ts'

let validate: ValidateFunction | undefined

/** What is wrong with a dataset, one line each; empty where it fits the schema. */
export function schemaErrors(dataset: Dataset): string[] {
  validate ??= datasetValidator()
  if (validate(dataset)) return []
  return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`)
}
