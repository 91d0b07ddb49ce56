/** The pages that tests of the parser hold it to: real ones, and the fixtures. */
import { join } from 'node:path'
import { readFolder } from './analysis.ts'
import { listShared, ROOT, readShared } from './shared.ts'

/** Pages of `content/`, of the fixtures, and of the corpus and the seeds where they are there; each by a path of its own. */
export function realPages(): { path: string; text: string }[] {
  const own = [...readFolder(join(ROOT, 'content')), ...readFolder(join(ROOT, 'test/fixtures'), 'fixtures/')]
  const others = [...listShared('corpus'), ...listShared('seeds')].map((path) => ({ path, text: readShared(path) }))
  return [...own, ...others]
}
