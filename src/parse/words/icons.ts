/** What a picture or a template's placeholder says by its name: `fa fa-check`, `IconX`, `{% include check.html %}`. */

import { remembered } from '../../remembered.ts'
import type { Settings } from '../../settings/schema.ts'
import { wordsOf } from './vocabulary.ts'

/** Words of a name that say nothing of granted or denied: libraries, shapes, colours, ways of drawing, file types. */
const ASIDE = new Set(
  (
    'icon icons iconify fa fas far fab fal fad fontawesome font awesome bi mdi ti ri tabler lucide material symbols ' +
    'octicon octicons heroicons feather glyphicon codicon bootstrap svg png gif html md img image images emoji include ' +
    'shortcode site data page var vars static assets mark marks sign circle circled square box alt o fill filled solid ' +
    'outline outlined outlines regular bold thin light line small large big lg sm xl heavy white black green red grey ' +
    'gray blue round rounded thick text color colour badge status'
  ).split(' '),
)

/** The effect that an icon's name means by `marks.icons`, or `null` where it is not known, or means both. */
export function iconEffect(name: string, settings: Settings): 'granted' | 'denied' | null {
  const icons = iconsOf(settings)
  const found = new Set<'granted' | 'denied'>()
  for (const token of name.split(/[^\p{L}\p{N}_-]+/u)) {
    // `XCircle` is two words.
    const words = wordsOf(token.replace(/([A-Z])(?=[A-Z][a-z])/g, '$1 '))
    const effect = icons.get(words.join('')) ?? icons.get(words.filter((word) => !ASIDE.has(word)).join(''))
    if (effect) found.add(effect)
  }
  return found.size === 1 ? ([...found][0] as 'granted' | 'denied') : null
}

/**
 * The name in a text that a template replaces: `{{< icon "check" >}}`, `{% include check.html %}`, `{{ site.data.check }}`,
 * `{check}`, `:material-check:`; `null` for any other text.
 */
export function placeholderName(text: string): string | null {
  // Spaces and marks at the ends are taken off by themselves: an expression for all of it would not be linear.
  const braces = /^\{\{[<%]?-?([^{}]*)\}\}$/.exec(text)?.[1]?.replace(/\/?-?[>%]?$/, '')
  const inner = braces ?? /^\{%-?([^{}]*)%\}$/.exec(text)?.[1]?.replace(/-$/, '')
  if (inner !== undefined) return inner.trim()
  const match = /^\{\s*([A-Za-z_$][\w$.]*)\s*\}$/.exec(text) ?? /^:([a-z][\w+-]*):$/i.exec(text)
  return match ? (match[1] as string) : null
}

/** What `marks.icons` says, by the words of each name in one. */
const iconsOf = remembered(({ marks }: Settings): ReadonlyMap<string, 'granted' | 'denied'> => {
  return new Map(Object.entries(marks.icons).map(([name, effect]) => [wordsOf(name).join(''), effect]))
})
