/** The last gate before publishing: the dataset against its own published schema. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Dataset, datasetJsonSchema } from '../model/dataset.ts'

let validate: ReturnType<Ajv2020['compile']> | undefined

/** What is wrong with a dataset, one line each; empty where it fits the schema. */
export function schemaErrors(dataset: Dataset): string[] {
  validate ??= new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(datasetJsonSchema())
  if (validate(dataset)) return []
  return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`)
}
