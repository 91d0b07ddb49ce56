/** Pages of growing size: the time per row, panel or heading must not grow with them. */
import { analyse } from '../../../src/analyse.ts'
import { resolveSettings } from '../../../src/settings/defaults.ts'

type Page = (size: number) => string

const repeat = (size: number, part: (i: number) => string) => Array.from({ length: size }, (_, i) => part(i)).join('\n')

/** What grows, its largest size, and the page of a size. */
const SHAPES: [what: string, largest: number, page: Page][] = [
  [
    'table rows',
    10_000,
    (n) => `## Dock Admin\n\n| | Create | Get |\n| --- | --- | --- |\n${repeat(n, (i) => `| dock${i} | √ | √ |`)}\n`,
  ],
  [
    'panels',
    2000,
    (n) =>
      repeat(n, (i) => `<AccordionPanel title="Dock ${i} Admin">\n\n- dock.get\n- dock.list\n\n</AccordionPanel>\n`),
  ],
  ['headings with a list', 2000, (n) => repeat(n, (i) => `## Dock ${i} Admin\n\nText.\n\n- dock.get\n- dock.list\n`)],
  [
    'policies',
    500,
    (n) =>
      repeat(
        n,
        (i) =>
          `## Dock ${i} policy\n\n**Last Update**: May 1, 2024\n\n\`\`\`json\n{"Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}\n\`\`\`\n`,
      ),
  ],
]

/** One line a shape: milliseconds at an eighth, a quarter, half and all of the largest size, and the growth of the cost per part. */
export function linearity(): string[] {
  const settings = resolveSettings()
  const time = (text: string) => {
    const start = performance.now()
    analyse([{ path: 'page.mdx', relativePath: 'page.mdx', text, sha256: '' }], settings, 'bench')
    return performance.now() - start
  }
  return SHAPES.map(([what, largest, page]) => {
    time(page(largest / 8))
    const sizes = [8, 4, 2, 1].map((part) => largest / part)
    const times = sizes.map((size) => Math.min(time(page(size)), time(page(size))))
    const perPart = times.map((ms, i) => ms / (sizes[i] as number))
    const growth = (perPart[3] as number) / (perPart[0] as number)
    return `${`${largest} ${what}`.padEnd(26)} ${times.map((ms) => `${ms.toFixed(0)} ms`.padStart(9)).join('')}   cost per part × ${growth.toFixed(2)}`
  })
}
