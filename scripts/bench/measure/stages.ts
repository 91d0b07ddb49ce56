/**
 * `node scripts/bench/measure/stages.ts` in a tree: milliseconds of each stage of one check, as JSON. A process of its own for each
 * run, so that every stage meets code that is not yet optimised, as in a check from the command line.
 */
import { expectShortRun } from '../../../src/files/engine.ts'
import { openProject } from '../../../src/files/project.ts'
import { buildModel } from '../../../src/model/build.ts'
import { readFiles } from '../../../src/parse/read.ts'
import { scanner } from '../../../src/parse/scan/scan.ts'
import type { SourceFile } from '../../../src/parse/source.ts'
import stylish from '../../../src/report/formatters/stylish.ts'
import { validate } from '../../../src/validate/run.ts'
import { VERSION } from '../../../src/version.ts'

expectShortRun()
const stages: Record<string, number> = {}
let last = performance.now()
const lap = (stage: string) => {
  const now = performance.now()
  stages[stage] = (stages[stage] ?? 0) + now - last
  last = now
}

const project = await openProject([], process.cwd())
lap('find')
for (const { files, settings, version, fallback, complete } of project.units) {
  const scan = scanner(settings)
  let scanned = 0
  const quiet = (file: SourceFile) => {
    const begun = performance.now()
    const text = scan(file)
    scanned += performance.now() - begun
    return text
  }
  const reading = readFiles(files, settings, { fallback, complete, quiet })
  // Pages are scanned as they are met, between those that are parsed.
  stages['read and scan'] = (stages['read and scan'] ?? 0) + scanned
  last += scanned
  lap('parse')
  const model = buildModel(reading.value, version.id, settings)
  lap('model')
  const input = { model: model.value, reading: reading.value, settings }
  const diagnostics = validate(input, [...reading.findings, ...model.findings], version.id)
  lap('validate')
  const named = new Set(diagnostics.map(({ path }) => path))
  const sources = new Map(files.filter(({ path }) => named.has(path)).map((file) => [file.path, file.text]))
  const summary = { files: files.length, blocks: 0, roles: 0, grants: 0, errors: 0, warnings: 0, baselined: 0 }
  stylish.format({ diagnostics, summary, sources, version: VERSION }, { color: false })
  lap('report')
}
console.log(JSON.stringify(stages))
