/** Directives in comments that say too little, or nothing any more. */
import { type PageSurvey, survey } from './survey.ts'
import { type Planter, pick, planted, type Random, type SeededSet, splice } from './types.ts'

/** Puts a line between two paragraphs of a page; `at` is where the finding stands in it. */
function withLine(write: (random: Random) => { line: string; at: number }) {
  return (set: SeededSet, random: Random) => {
    const pages: PageSurvey[] = survey(set).filter(({ sentences }) => sentences.length > 0)
    const page = pick(pages, random)
    const sentence = page && pick(page.sentences, random)
    if (!page || !sentence) return null
    const { line, at } = write(random)
    return planted(set, page.path, splice(page.text, sentence.end, sentence.end, `\n${line}\n`), sentence.end + 1 + at)
  }
}

const RULES = ['unknown-mark', 'key-casing', 'duplicate-row', 'write-without-read', 'broken-table', 'wildcard-action']
const KINDS = ['disable-line', 'disable-next-line', 'disable-next-block', 'disable', 'disable-file']

function comment(random: Random, write: (kind: string, rule: string) => string): string {
  return `{/* ${write(pick(KINDS, random) as string, pick(RULES, random) as string)} */}`
}

export const linterPlanters: Planter[] = [
  {
    rule: 'invalid-directive',
    name: 'no reason',
    plant: withLine((random) => ({ line: comment(random, (kind, rule) => `rolebook-${kind} ${rule}`), at: 0 })),
  },
  {
    rule: 'invalid-directive',
    name: 'a rule that does not exist',
    plant: withLine((random) => {
      const line = comment(random, (kind, rule) => `rolebook-${kind} ${rule}s -- as it should be`)
      return { line, at: line.indexOf(' ', 4) + 1 }
    }),
  },
  {
    rule: 'invalid-directive',
    name: 'no rule',
    plant: withLine((random) => ({ line: comment(random, (kind) => `rolebook-${kind} -- as it should be`), at: 0 })),
  },
  {
    rule: 'invalid-directive',
    name: 'a word that is no directive',
    plant: withLine((random) => ({ line: comment(random, (_, rule) => `rolebook-ignore ${rule} -- as it is`), at: 0 })),
  },
  {
    rule: 'unused-directive',
    name: 'nothing to accept',
    plant: withLine((random) => {
      const line = comment(random, (kind, rule) => `rolebook-${kind} ${rule} -- as it should be`)
      return { line, at: line.indexOf(' ', 4) + 1 }
    }),
  },
]
