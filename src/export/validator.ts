/**
 * The dataset's schema as a function. Compiling it takes longer than asking a question to a dataset: the bundle has the function
 * itself in place of this module (`scripts/standalone-validator.ts`).
 */
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import { datasetJsonSchema } from '../model/dataset.ts'

export const VALIDATOR_OPTIONS: Options = { allErrors: true, strict: true, allowUnionTypes: true }

/** A function that says whether a value is a dataset by its schema; what is wrong stands in its `errors`, all of it. Compiled anew at each call. */
export function datasetValidator(): ValidateFunction {
  return new Ajv2020(VALIDATOR_OPTIONS).compile(datasetJsonSchema())
}
