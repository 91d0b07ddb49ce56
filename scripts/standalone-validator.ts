/** `src/export/validator.ts` for the bundle: the same function, compiled when the bundle is made. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import type { Plugin } from 'esbuild'
import { VALIDATOR_OPTIONS } from '../src/export/validator.ts'
import { datasetJsonSchema } from '../src/model/dataset.ts'

/** A module that exports what bundles need of `src/export/validator.ts`. */
export function validatorModule(): string {
  const ajv = new Ajv2020({ ...VALIDATOR_OPTIONS, code: { source: true, esm: true } })
  const code = standaloneCode.default(ajv, ajv.compile(datasetJsonSchema()))
  return `${code}\nexport const datasetValidator = () => validate\n`
}

export function standaloneValidator(root: string): Plugin {
  return {
    name: 'standalone-validator',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]export[\\/]validator\.ts$/ }, () => {
        return { contents: validatorModule(), loader: 'js', resolveDir: root }
      })
    },
  }
}
