/**
 * `node scripts/bench/measure/stages.ts` in a tree: milliseconds of each stage of one check, as JSON. A process of its own for each
 * run, so that every stage meets code that is not yet optimised, as in a check from the command line.
 */
import { openProject } from '../../../src/files/project.ts'
import { buildModel } from '../../../src/model/build.ts'
import { readFiles } from '../../../src/parse/read.ts'
import stylish from '../../../src/report/formatters/stylish.ts'
import { validate } from '../../../src/validate/run.ts'
import { VERSION } from '../../../src/version.ts'

const stages: Record<string, number> = {}
let last = performance.now()
const lap = (stage: string) => {
  const now = performance.now()
  stages[stage] = (stages[stage] ?? 0) + now - last
  last = now
}

const project = await openProject([], process.cwd())
lap('find and read')
for (const { files, settings, version, fallback, complete } of project.units) {
  const reading = readFiles(files, settings, { fallback, complete })
  lap('scan and parse')
  const model = buildModel(reading.value, version.id, settings)
  lap('model')
  const input = { model: model.value, reading: reading.value, settings }
  const diagnostics = validate(input, [...reading.findings, ...model.findings], version.id)
  lap('validate')
  const sources = new Map(files.map((file) => [file.path, file.text]))
  const summary = { files: files.length, blocks: 0, roles: 0, grants: 0, errors: 0, warnings: 0, baselined: 0 }
  stylish.format({ diagnostics, summary, sources, version: VERSION }, { color: false })
  lap('report')
}
console.log(JSON.stringify(stages))
