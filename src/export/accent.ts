/** A site's own accent colour: checked against the grounds that it stands on, and written as custom properties. */

type Rgb = readonly [number, number, number]

/** Contrast that WCAG 2.2 asks of text at level AA (success criterion 1.4.3). */
const LEAST = 4.5

/** What links stand on: page, soft panel, row under the pointer. The same as in `site/styles/theme.css`; a test holds them together. */
export const GROUNDS = { light: ['#ffffff', '#f5f8f7', '#eef5f3'], dark: ['#151b1a', '#1c2422', '#1f2927'] } as const

/** The theme's own accent on dark. */
export const ACCENT = '#8fdccf'

export interface AccentSettings {
  accent: string | null
  accentDark: string | null
}

/** What is wrong with the colours of a config, as the rest of a sentence about it; `null` where they can be read. */
export function accentProblem({ accent, accentDark }: AccentSettings): string | null {
  if (accent !== null && !readable(accent, 'light')) return problem('accent', accent, 'light', 'darker')
  if (accentDark !== null && !readable(accentDark, 'dark')) return problem('accentDark', accentDark, 'dark', 'lighter')
  return null
}

function problem(key: string, colour: string, theme: 'light' | 'dark', direction: string): string {
  return (
    `\`site.${key}\` is ${colour}, which has a contrast of ${worst(colour, theme).toFixed(1)} on the ${theme} ground: ` +
    `text needs ${LEAST} (WCAG AA). Use \`${toReadable(colour, theme)}\` or a ${direction} colour.`
  )
}

/** A style sheet that sets the theme's accent, or `null` where the config names none. The colours must be readable. */
export function accentCss({ accent, accentDark }: AccentSettings): string | null {
  if (accent === null && accentDark === null) return null
  const light = accent?.toLowerCase() ?? null
  const dark = (accentDark ?? toReadable(accent as string, 'dark')).toLowerCase()
  const rules = [
    rule(':root', { 'accent-low': ground(dark), accent: mix(dark, '#000000', 0.35), 'accent-high': dark }),
    light && rule(":root[data-theme='light']", lightAccents(light)),
  ]
  return rules.filter(Boolean).join('')
}

function lightAccents(accent: string) {
  return { 'accent-low': mix(accent, '#ffffff', 0.85), accent, 'accent-high': mix(accent, '#000000', 0.4) }
}

function rule(selector: string, colours: Record<string, string>): string {
  const lines = Object.entries(colours).map(([name, value]) => `  --sl-color-${name}: ${value};\n`)
  return `${selector} {\n${lines.join('')}}\n`
}

/** The dark that text on the accent has, such as that of the current page in the sidebar. */
function ground(accent: string): string {
  for (let share = 0.75; share < 1; share += 0.05) {
    const colour = mix(accent, '#000000', share)
    if (contrast(accent, colour) >= LEAST) return colour
  }
  return '#000000'
}

function readable(colour: string, theme: 'light' | 'dark'): boolean {
  return worst(colour, theme) >= LEAST
}

function worst(colour: string, theme: 'light' | 'dark'): number {
  return Math.min(...GROUNDS[theme].map((behind) => contrast(colour, behind)))
}

/** The nearest colour of the same hue that is readable. */
export function toReadable(colour: string, theme: 'light' | 'dark'): string {
  const end = theme === 'light' ? '#000000' : '#ffffff'
  for (let step = 0; step < 50; step++) {
    const mixed = mix(colour, end, step / 50)
    if (readable(mixed, theme)) return mixed
  }
  return end
}

/** Contrast as WCAG defines it, from 1 to 21; both as `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(rgb(a)), luminance(rgb(b))].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgb(from), rgb(to)]
  return `#${a.map((part, i) => hex(part + ((b[i] as number) - part) * share)).join('')}`
}

function rgb(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb
}

function hex(part: number): string {
  return Math.round(part).toString(16).padStart(2, '0')
}
