/** A merged policy as its reader sees it: size, what each part adds, the document. For the build and the browser. */
import type { Merged, PartShare } from '../../../src/query/merge-policies.ts'
import { count, number } from '../../lib/words.ts'
import { h, type View } from './nodes.ts'

export interface MergedInput {
  /** Whose document it is, for the names of regions. */
  name: string
  merged: Merged
  /** Title and page of each part, in the order of `merged.parts`. */
  parts: { title: string; href: string }[]
  /** What the provider takes, in characters; empty where it counts none. */
  limits: readonly { title: string; limit: number }[]
  /** What one entry is called: `action`. */
  word: string
}

/** `84 actions from 2 policies. 4,120 characters: fits a managed policy.` */
export function summaryOf({ merged, parts, limits, word }: MergedInput): string {
  const from = `${count(merged.actions, word)} from ${parts.length === 1 ? '1 policy' : `${parts.length} policies`}.`
  const [first] = limits
  if (!first) return from
  const fits = limits.find(({ limit }) => merged.size <= limit)
  const verdict =
    merged.size <= first.limit
      ? `fits ${first.title}`
      : `too large for ${first.title}${fits ? `, fits ${fits.title}` : ': part it in two'}`
  return `${from} ${number(merged.size)} characters: ${verdict}.`
}

export function mergedView(input: MergedInput): View[] {
  const { merged, limits, word } = input
  const text = JSON.stringify(merged.document, null, 2)
  return [
    ...(limits.length > 0 ? [sizes(merged.size, limits)] : []),
    ...(merged.parts.length > 1 ? [shares(input)] : []),
    ...(merged.covered.length > 0
      ? [
          h(
            'details',
            { class: 'rb-details' },
            h('summary', {}, `${count(merged.covered.length, word)} left out: a pattern allows them`),
            h(
              'ul',
              { class: 'rb-both rb-codes' },
              ...merged.covered.map(({ action, by }) => h('li', {}, h('code', {}, action), ' by ', h('code', {}, by))),
            ),
          ),
        ]
      : []),
    h(
      'div',
      { class: 'rb-copy rb-merged' },
      h('button', { type: 'button', class: 'rb-button', 'data-rb-copy': '' }, 'Copy'),
      h(
        'pre',
        { tabindex: '0', 'aria-label': `${input.name}: the document as JSON`, role: 'region' },
        h('code', {}, text),
      ),
    ),
  ]
}

function sizes(size: number, limits: MergedInput['limits']): View {
  return h(
    'ul',
    { class: 'rb-plain rb-size-list' },
    ...limits.map(({ title, limit }) => {
      const share = Math.ceil((100 * size) / limit)
      return h(
        'li',
        {},
        h(
          'svg',
          { class: 'rb-bar', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
          h('rect', {
            class: size > limit ? 'rb-size-over' : 'rb-size-fits',
            width: String(Math.min(100, share)),
            height: '1',
          }),
        ),
        `${number(size)} of ${number(limit)} characters for ${title}${size > limit ? ': too large' : ''}`,
      )
    }),
  )
}

function shares({ name, merged, parts, word }: MergedInput): View {
  const heads = ['Policy', 'Adds', 'Widens', 'In others too']
  return h(
    'div',
    { class: 'rb-scroll', role: 'region', 'aria-label': `${name}: what each policy adds`, tabindex: '0' },
    h(
      'table',
      { class: 'rb-table rb-shares' },
      h(
        'caption',
        { class: 'sr-only' },
        `${name}, what each policy adds: ${word}s that no other has, and ${word}s that others allow on fewer resources or under other conditions`,
      ),
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h(
        'tbody',
        {},
        ...merged.parts.map((share, i) => {
          const { title, href } = parts[i] as MergedInput['parts'][number]
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('a', { href }, title)),
            ...cells(share, word),
            h('td', {}, number(share.shared)),
          )
        }),
      ),
    ),
  )
}

function cells({ adds, widens, shared }: PartShare, word: string): View[] {
  if (adds.length + widens.length + shared === 0) return [h('td', {}, '0'), h('td', {}, '0')]
  if (adds.length + widens.length === 0)
    return [h('td', { colspan: '2' }, h('span', { class: 'rb-quiet' }, 'nothing: the others allow it all'))]
  return [adds, widens].map((actions) => h('td', {}, actions.length === 0 ? '0' : folded(actions, word)))
}

function folded(actions: readonly string[], word: string): View {
  return h(
    'details',
    {},
    h('summary', {}, count(actions.length, word)),
    h('ul', { class: 'rb-plain rb-codes' }, ...actions.map((action) => h('li', {}, h('code', {}, action)))),
  )
}
