/** Starts the files that take longest first, so that none of them runs alone at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those of more than about twenty seconds on a machine that knows nothing of earlier runs; by folder or name. */
const LONG = [
  ...['e2e/scale', 'e2e/states', 'seeded-defects', 'fix', 'search', 'e2e/furniture', 'damage', 'e2e/', 'conformance'],
  ...[
    'query',
    'data-package',
    'integrations',
    'scan',
    'package',
    'diff-command',
    'parity',
    'robust-writes',
    'properties',
  ],
]

function rank({ moduleId }: TestSpecification): number {
  const name = moduleId.replace(/^.*\/test\//, '').replace(/\.test\.ts$/, '')
  const at = LONG.findIndex((long) => name === long || (long.endsWith('/') && name.startsWith(long)))
  return at < 0 ? LONG.length : at
}

export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
