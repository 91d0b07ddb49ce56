/** What a run of the bench found, the targets beside it, and both as Markdown. */
import type { Machine } from './machine.ts'
import { type Measured, slope } from './measure/processes.ts'
import type { SiteSize } from './measure/site.ts'

export interface FormatTime {
  id: string
  ms: number
  bytes: number
}

export interface RoleSize {
  roles: number
  grants: number
  /** `extract`, `diff`, `who-can`, `export`, and `build` where the site was asked for. */
  commands: Measured[]
  formats: FormatTime[]
}

export interface TreeSize {
  files: number
  bytes: number
  check: Measured
}

export interface Results {
  machine: Machine
  peers: { what: string; version: string }[]
  tree: { files: number; bytes: number }
  side: Measured[]
  /** Median milliseconds of each stage, in order. */
  stages: [stage: string, ms: number][]
  sizes: TreeSize[]
  growing: string[]
  roles: RoleSize[]
  /** The site beside Starlight alone; `null` where it was not asked for. */
  site: SiteSize | null
  /** What was not measured, and why: one sentence each. */
  leftOut: string[]
  /** The arguments that the bench ran with. */
  argv: string[]
}

export interface Target {
  what: string
  target: string
  measured: string
  met: boolean
}

/** The targets whose parts were measured. */
export function targetsOf({ side, sizes, site }: Pick<Results, 'side' | 'sizes' | 'site'>): Target[] {
  const of = (id: string) => side.find((measured) => measured.id === id)
  const targets: Target[] = []
  /** How many times `a` takes what `b` does. */
  const ratio = (what: string, a: string, b: string, bound: number, atLeast = false) => {
    const [top, bottom] = [of(a), of(b)]
    if (!top || !bottom) return
    const times = top.ms / bottom.ms
    const target = atLeast ? `at least ${bound} ×` : `at most ${bound} ×`
    targets.push({ what, target, measured: `${times.toFixed(1)} ×`, met: atLeast ? times >= bound : times <= bound })
  }
  ratio('`check`, cold, to the floor', 'cold', 'floor', 5)
  ratio('`check`, warm, to the floor', 'warm', 'floor', 2.5)
  ratio('`check`, cold, faster than markdownlint-cli2', 'markdownlint', 'cold', 40, true)
  ratio('`check`, cold, faster than rumdl', 'rumdl', 'cold', 3, true)
  ratio('`--version` to `node -e 0`', 'version', 'node', 2)
  const memory = of('cold')?.memory ?? null
  if (memory !== null)
    targets.push({
      what: '`check`, cold, peak memory',
      target: 'at most 150 MB',
      measured: `${(memory / 1e6).toFixed(0)} MB`,
      met: memory <= 150e6,
    })
  if (sizes.length > 1) {
    const grows = slopeOf(sizes)
    targets.push({
      what: `\`check\`, cold, growth from ${thousands(sizes[0]?.files)} to ${thousands(sizes.at(-1)?.files)} files`,
      target: 'slope about 1 (at most 1.1)',
      measured: grows.toFixed(2),
      met: grows <= 1.1,
    })
  }
  if (site) {
    const against = (what: string, own: number, bare: number) =>
      targets.push({
        what: `the site for ${thousands(site.roles)} roles to Starlight alone, ${what}`,
        target: 'at most 1.3 ×',
        measured: times(own / bare),
        met: own <= 1.3 * bare,
      })
    against('wall clock', site.own.ms, site.bare.ms)
    if (site.own.cpu !== null && site.bare.cpu !== null) against('processors', site.own.cpu, site.bare.cpu)
  }
  return targets
}

function slopeOf(sizes: readonly TreeSize[]): number {
  return slope(sizes.map(({ files, check }) => [files, check.ms]))
}

export function toMarkdown(results: Results): string {
  const { machine, peers, tree, side, stages, sizes, growing, roles, site, leftOut, argv } = results
  const floor = side.find(({ id }) => id === 'floor')?.ms ?? 1
  const cold = side.find(({ id }) => id === 'cold')?.ms ?? 1
  const total = stages.reduce((sum, [, ms]) => sum + ms, 0)
  const formats = roles[0]?.formats ?? []
  return `${[
    '# Results',
    `Written by \`npm run bench -- ${argv.join(' ')}\`. Times are of whole processes from start to exit, as a shell would wait for them; medians. In each round every command runs once, so that noise of the machine meets all alike; a round before the first is not counted. Memory is the peak resident set of the command's largest process. Rolebook runs as installed: compiled, \`node lib/rolebook.js\`.`,
    table(
      ['', ''],
      [
        ['Rolebook', `${machine.rolebook}, commit ${machine.commit}`],
        [
          'Machine',
          `${machine.cpu}, ${plural(machine.cores, 'core')}, ${machine.memory}; ${machine.system}; Node ${machine.node}`,
        ],
        [
          'Load before',
          `${machine.load.toFixed(1)}${machine.load > machine.cores / 2 ? ': other work took much of the machine' : ''}`,
        ],
        [
          'Tree',
          `${thousands(tree.files)} made files, ${(tree.bytes / 1e6).toFixed(1)} MB; 2 in 100 hold permission blocks, of every dialect`,
        ],
        ...peers.map(({ what, version }) => [what, version]),
      ],
      1,
    ),
    ...(side.length > 0 || site !== null
      ? [
          '## Targets',
          table(
            ['', 'target', 'measured', ''],
            targetsOf(results).map(({ what, target, measured, met }) => [
              what,
              target,
              measured,
              met ? 'met' : '**missed**',
            ]),
          ),
        ]
      : []),
    ...(side.length > 0
      ? [
          '## Side by side',
          '![Wall clock of each command on one tree, on a logarithmic scale](results.svg)',
          table(
            ['command', 'median', 'least to most', 'to the floor', 'to `check`, cold', 'memory', 'runs'],
            side.map(({ what, ms, least, most, memory, runs }) => [
              what,
              seconds(ms),
              `${seconds(least)} to ${seconds(most)}`,
              times(ms / floor),
              times(ms / cold),
              megabytes(memory),
              String(runs),
            ]),
          ),
        ]
      : []),
    ...(stages.length > 0
      ? [
          '## Stages of one check',
          'In one process each, without the start of Node and the loading of code.',
          table(
            ['stage', 'median', 'share'],
            stages.map(([stage, ms]) => [stage, seconds(ms), `${((100 * ms) / total).toFixed(0)} %`]),
          ),
        ]
      : []),
    ...(sizes.length > 1
      ? [
          '## Size of the tree',
          `\`rolebook check --no-cache\`; the slope of time over files, both as logarithms, is ${slopeOf(sizes).toFixed(2)}.`,
          table(
            ['files', 'MB', 'median', 'ms a file', 'memory', 'runs'],
            sizes.map(({ files, bytes, check }) => [
              thousands(files),
              (bytes / 1e6).toFixed(1),
              seconds(check.ms),
              (check.ms / files).toFixed(2),
              megabytes(check.memory),
              String(check.runs),
            ]),
          ),
        ]
      : []),
    ...(growing.length > 0
      ? [
          '## Size of one page',
          'At an eighth, a quarter, half and all of the size; in one process.',
          `\`\`\`text\n${growing.join('\n')}\n\`\`\``,
        ]
      : []),
    ...(roles.length > 0
      ? [
          '## Number of roles',
          '`extract` and `export` read the pages; `diff` and `who-can` read what `extract` printed. One role in a hundred has lost a permission, one is gone, and one is renamed between the two sides of `diff`.',
          table(
            ['command', ...roles.map(({ roles: n, grants }) => `${thousands(n)} roles, ${thousands(grants)} grants`)],
            [...new Set(roles.flatMap(({ commands }) => commands.map(({ what }) => what)))].map((what) => [
              what,
              ...roles.map(({ commands }) => {
                const found = commands.find((command) => command.what === what)
                return found
                  ? `${seconds(found.ms)}${found.memory === null ? '' : `, ${megabytes(found.memory)}`}`
                  : '–'
              }),
            ]),
          ),
          'Each export format from the dataset, in one process:',
          table(
            ['format', ...roles.map(({ roles: n }) => `${thousands(n)} roles`)],
            formats.map(({ id }) => [
              id,
              ...roles.map((size) => {
                const found = size.formats.find((format) => format.id === id)
                return found ? `${seconds(found.ms)}, ${(found.bytes / 1e6).toFixed(1)} MB` : '–'
              }),
            ]),
          ),
        ]
      : []),
    ...(site === null ? [] : siteSection(site)),
    ...(leftOut.length > 0 ? ['## Left out', leftOut.map((sentence) => `- ${sentence}`).join('\n')] : []),
  ].join('\n\n')}\n`
}

function siteSection({ roles, pages, own, bare, ownHtml, bareHtml }: SiteSize): string[] {
  const row = (measured: Measured, html: number) => [
    measured.what,
    seconds(measured.ms),
    measured.cpu === null ? '–' : seconds(measured.cpu),
    megabytes(measured.memory),
    megabytes(html),
    String(measured.runs),
  ]
  return [
    '## The site',
    `${thousands(roles)} roles, ${thousands(pages)} pages. Starlight alone builds the same pages from Markdown: what each of ours shows, with the same tables, lists, links and highlighted code, a short sidebar, and Starlight's own search; its caches are removed before each run. \`rolebook build\` reads and checks the documentation, too, and writes the data, the API, Markdown beside each page, and the lists that search and questions read.`,
    table(['command', 'median', 'processors', 'memory', 'HTML', 'runs'], [row(own, ownHtml), row(bare, bareHtml)]),
  ]
}

/** A table of Markdown; columns after `texts` texts are numbers. */
function table(header: string[], rows: string[][], texts = 0): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = header.map((_, column) => (column === 0 || column <= texts ? '---' : '---:'))
  return [line(header), line(rule), ...rows.map(line)].join('\n')
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`
}

export function times(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`
}

function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${(bytes / 1e6).toFixed(0)} MB`
}

/** Thousands are parted by commas, in every locale. */
export function thousands(value = 0): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

function plural(value: number, what: string): string {
  return `${value} ${what}${value === 1 ? '' : 's'}`
}
