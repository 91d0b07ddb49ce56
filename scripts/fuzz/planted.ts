/** Subjects with a defect, by name: what shows that the fuzzer sees one. `--plant NAME` runs it on one. */
import { ROLEBOOK, type Subject } from './invariants.ts'

/** In each, a page that speaks of a dock is treated wrongly. */
const holds = (files: readonly { text: string }[]) => files.some(({ text }) => /dock/i.test(text))

function wrong(change: (...args: Parameters<Subject['analyse']>) => ReturnType<Subject['analyse']>): Subject {
  return { ...ROLEBOOK, analyse: (...args) => (holds(args[0]) ? change(...args) : ROLEBOOK.analyse(...args)) }
}

export const PLANTED: Readonly<Record<string, Subject>> = {
  throws: wrong(() => {
    throw new Error('planted')
  }),
  hangs: wrong(() => {
    for (;;);
  }),
  exits: wrong(() => process.exit(3)),
  misplaces: wrong((...args) => {
    const analysis = ROLEBOOK.analyse(...args)
    const diagnostics = analysis.diagnostics.map((diagnostic) => ({ ...diagnostic, endColumn: 1_000_000 }))
    return { ...analysis, diagnostics }
  }),
  'depends on order': wrong((files, ...rest) => {
    const analysis = ROLEBOOK.analyse(files, ...rest)
    const dataset = { ...analysis.model.dataset, name: files[0]?.path ?? '' }
    return { ...analysis, model: { ...analysis.model, dataset } }
  }),
  'breaks the schema': wrong((...args) => {
    const analysis = ROLEBOOK.analyse(...args)
    const dataset = { ...analysis.model.dataset, roles: null as never }
    return { ...analysis, model: { ...analysis.model, dataset } }
  }),
  overlooks: wrong((files, settings, version, options) =>
    ROLEBOOK.analyse(options?.quiet ? files.filter((file) => !holds([file])) : files, settings, version),
  ),
  'fixes for ever': {
    ...ROLEBOOK,
    fixFiles: (units, options) => {
      const wrong = units.flatMap(({ files }) => files).filter((file) => holds([file]))
      const files = wrong.map(({ path, text }) => ({ path, before: text, after: `${text}\n`, done: new Map() }))
      return { ...ROLEBOOK.fixFiles(units, options), files }
    },
  },
}
