import type { Code } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import { NO_PARTS, type PolicyStatement } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { isLanguage } from '../words/language.ts'
import { FenceOffsets } from './fence.ts'
import { listPolicy } from './privileges.ts'
import type { Part } from './sql-parts.ts'
import type { Grant } from './sql-reader.ts'
import { type FoundGrant, grantsIn, mayHoldGrant } from './sql-statements.ts'

/** Lists of columns times what they are on, and times whom they are for; no real statement has as many. */
const MOST_PRODUCTS = 1000

/** Privileges that a database gives and takes: `GRANT SELECT ON harbour.* TO docker`. All of a section are one policy. */
export default defineDialect({
  id: 'sql-grant',
  summary: 'Privileges of a database: `GRANT … ON … TO …`, `REVOKE`, `DENY`',
  block: 'code',
  examples: [
    {
      name: 'of a schema and of a server',
      mdx: "## Privileges\n\n```sql\nCREATE ROLE reader;\nGRANT USAGE ON SCHEMA docks TO ROLE reader;\ngrant select, insert on harbour.* to 'docker'@'%';\n```\n",
      expect: ['policy: INSERT, SELECT, USAGE'],
    },
    {
      name: 'what is taken',
      mdx: '## Privileges\n\n```sql\nGRANT ALL ON TABLE docks TO harbour_master;\nREVOKE DELETE ON TABLE docks FROM harbour_master;\nDENY ALTER ON SCHEMA::docks TO guests;\n```\n',
      expect: ['policy: ALL PRIVILEGES, ALTER, DELETE'],
    },
    {
      name: 'in a command',
      mdx: '## Privileges\n\n```bash\npsql -c "GRANT dockers TO alice WITH ADMIN OPTION"\n```\n',
      expect: ['policy: ADMIN OPTION, ROLE dockers'],
    },
  ],
  mayRead: (text, language) => isHost(language) && mayHoldGrant(text),
  score: (input) => (found(input).length > 0 ? 0.9 : 0),
  read(input) {
    const offsets = new FenceOffsets(input.block)
    const findings: Finding[] = []
    const statements = found(input).flatMap(({ start, end, grant }): PolicyStatement[] => {
      if (grant !== null && isBounded(grant)) return statementsOf(input, offsets, grant, { start, end, text: '' })
      const begins = offsets.lineAt(start).slice(0, 80)
      const message = `\`${begins}\` begins like a statement that grants or takes privileges, but can't be read, so it is not in the model. Write \`GRANT <privileges> ON <what> TO <whom>;\`, with the names of the privileges.`
      findings.push(unrecognised(input, offsets.span(start, Math.max(end, start + 4)), message, [begins]))
      return []
    })
    if (statements.length === 0) return { value: [], findings }
    const policy = listPolicy(input, { provider: 'sql', policyKind: 'privilege-list' }, [])
    return { value: [{ ...policy, section: `${policy.section}\nsql`, statements }], findings }
  },
})

/** Whether SQL is written in fences of a language: by itself, in the quotes of a command, or in a list of statements. */
function isHost(language: string | null | undefined): boolean {
  return isLanguage(language, 'sql', 'plain', 'shell', 'yaml')
}

function found({ block }: BlockInput): FoundGrant[] {
  const { lang, value } = block.node as Code
  return isHost(lang) && mayHoldGrant(value) ? grantsIn(value, isLanguage(lang, 'sql')) : []
}

function isBounded({ privileges, objects, grantees }: Grant): boolean {
  const lists = new Set(privileges.map(({ columns }) => columns)).size
  return lists === 1 || lists * (objects.length + grantees.length) <= MOST_PRODUCTS
}

/** One statement for each list of columns, as what it is on differs. */
function statementsOf(input: BlockInput, offsets: FenceOffsets, grant: Grant, whole: Part): PolicyStatement[] {
  const span = ({ start, end }: Part) => offsets.span(start, end)
  return [...Map.groupBy(grant.privileges, ({ columns }) => columns)].map(([columns, privileges], i) => {
    const given: Part[] = grant.option && i === 0 ? [...privileges, grant.option] : privileges
    return {
      sid: null,
      effect: grant.verb === 'GRANT' ? 'Allow' : 'Deny',
      actions: given.map(({ text }) => text),
      notActions: [],
      resources: grant.objects.map(({ text }) => (columns === null ? text : `${text} ${columns}`)),
      conditions: grant.conditions,
      parts: {
        ...NO_PARTS,
        actions: given.map(span),
        first: privileges.length,
        resources: grant.objects.map(span),
        principals: grant.grantees.map(({ type, text, ...at }) => ({ type, text, span: span({ ...at, text }) })),
      },
      evidence: input.evidence(span(whole)),
    }
  })
}
