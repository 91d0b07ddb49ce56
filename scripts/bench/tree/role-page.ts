/** Pages of as many roles as one asks for: what questions, differences and exports are measured on. */
import type { MadeFile } from '../tree.ts'
import { madeName, RESOURCES } from './permission-page.ts'
import { Random } from './random.ts'

const PER_PAGE = 20
const LEVELS = ['Viewer', 'Editor', 'Admin'] as const
const OPERATIONS = {
  Viewer: ['get', 'list'],
  Editor: ['create', 'get', 'list', 'update'],
  Admin: ['create', 'delete', 'get', 'list', 'update'],
}

/**
 * Pages of `count` roles, twenty on a page, each a panel with a list of 6 to 30 permissions.
 *
 * @param later whether this is a later state: one role in a hundred has lost a permission, one is gone, one has another name
 */
export function* rolePages(count: number, later = false): Generator<MadeFile> {
  for (let from = 0; from < count; from += PER_PAGE) {
    const random = new Random(0x5eed + from)
    const panels: string[] = []
    for (let i = from; i < Math.min(from + PER_PAGE, count); i++) {
      const level = LEVELS[i % 3] as (typeof LEVELS)[number]
      const first = random.int(0, RESOURCES.length - 6)
      const held = RESOURCES.slice(first, first + random.int(3, 6)).flatMap((key) =>
        OPERATIONS[level].map((operation) => `- ${key}.${operation}`),
      )
      const change = later ? i % 100 : -1
      if (change === 1) continue
      const name = `${madeName(change === 2 ? i + 1_000_000 : i)} ${level}`
      if (change === 0) held.pop()
      panels.push(`<AccordionPanel title="${name}">\n\n${held.join('\n')}\n\n</AccordionPanel>`)
    }
    const scope = (from / PER_PAGE) % 2 === 0 ? 'Project' : 'Tenant'
    const number = from / PER_PAGE
    yield {
      path: `docs/roles/part-${Math.floor(number / 50)}/roles-${number}.mdx`,
      text: `---\ntitle: "${scope} Roles ${number}"\n---\n\n## ${scope} Roles\n\n<Accordion>\n\n${panels.join('\n\n')}\n\n</Accordion>\n`,
    }
  }
}
