/**
 * The theme of readers without scripts. Starlight builds its pages dark, and a script makes them light where the system
 * is. So without one the style sheets are read once more, changed about: what they say of the light theme holds in the dark one.
 */

const THEME = /\[data-theme=(["']?)(light|dark)\1\]/g

/** The sheet with its themes changed for each other; `null` where it names none. It outweighs the sheet that it is made of. */
export function changedThemes(css: string): string | null {
  const changed = css.replace(THEME, (_, _quote, theme) =>
    theme === 'light' ? '[data-theme=dark][data-theme]' : '[data-theme=light]',
  )
  return changed === css ? null : changed
}

/** What leads to such a sheet. Only a browser without scripts reads it, and only a light system applies it. */
export function scriptlessLink(address: string): string {
  return `<noscript><link rel="stylesheet" media="(prefers-color-scheme: light)" href="${address}"></noscript>`
}
