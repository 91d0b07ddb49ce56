/**
 * The picture that a link to a page is shown with. Drawn from outlines of a font that comes with the package, so that no
 * font of the machine has a part in it: the same page has the same picture everywhere.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type Font } from 'fontkitten'

export interface SocialText {
  title: string
  /** What the page shows: `Project role`. */
  kind: string
  site: string
}

/** What social networks ask for. */
const SOCIAL_SIZE = { width: 1200, height: 630 }

const EDGE = 84
const WIDTH = SOCIAL_SIZE.width - 2 * EDGE
const MOST_LINES = 3

/** The fonts of the pictures: each weight is a list, of which the first that has a character is taken. */
export class SocialFonts {
  readonly #weights: { regular: Font[]; bold: Font[] }

  constructor(regular: Font[], bold: Font[]) {
    this.#weights = { regular, bold }
  }

  static async read(folder: string): Promise<SocialFonts> {
    const fonts = (weight: number) =>
      Promise.all(
        ['latin', 'latin-ext'].map(
          async (part) => create(await readFile(join(folder, `inter-${part}-${weight}-normal.woff`))) as Font,
        ),
      )
    return new SocialFonts(await fonts(400), await fonts(600))
  }

  /** The outline of a line that begins at 0,0 and its width; characters that the font lacks are left out. */
  line(text: string, size: number, weight: 'regular' | 'bold'): { path: string; width: number } {
    let width = 0
    let path = ''
    for (const char of text) {
      const code = char.codePointAt(0) as number
      const font = this.#weights[weight].find((candidate) => candidate.hasGlyphForCodePoint(code))
      if (!font) continue
      const glyph = font.glyphForCodePoint(code)
      const scale = size / font.unitsPerEm
      path += glyph.path.scale(scale, -scale).translate(width, 0).toSVG()
      width += glyph.advanceWidth * scale
    }
    return { path, width }
  }

  /** Whether most of a text can be drawn. */
  knows(text: string): boolean {
    const chars = [...text.replace(/\s/g, '')]
    const known = chars.filter((char) =>
      this.#weights.bold.some((font) => font.hasGlyphForCodePoint(char.codePointAt(0) as number)),
    )
    return known.length * 2 > chars.length
  }
}

/** The picture as an SVG of outlines. `ground` and `accent` are colours. */
export function socialSvg(text: SocialText, fonts: SocialFonts, colours: { ground: string; accent: string }): string {
  const title = fonts.knows(text.title) ? text.title : text.site
  const size = title.length > 40 ? 60 : 76
  const lines = wrapped(title, size, fonts)
  const top = 300 - ((lines.length - 1) * size * 1.18) / 2
  const draw = (line: string, y: number, of: number, weight: 'regular' | 'bold', fill: string) =>
    `<path transform="translate(${EDGE},${round(y)})" fill="${fill}" d="${fonts.line(line, of, weight).path}"/>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SOCIAL_SIZE.width}" height="${SOCIAL_SIZE.height}">`,
    `<rect width="100%" height="100%" fill="${colours.ground}"/>`,
    `<rect width="16" height="100%" fill="${colours.accent}"/>`,
    draw(text.kind, 130, 34, 'regular', colours.accent),
    ...lines.map((line, i) => draw(line, top + i * size * 1.18 + size * 0.36, size, 'bold', '#ffffff')),
    text.title === text.site ? '' : draw(text.site, 548, 34, 'regular', '#c2cac8'),
    '</svg>',
  ].join('')
}

function wrapped(text: string, size: number, fonts: SocialFonts): string[] {
  const lines: string[] = []
  let line = ''
  const wide = (candidate: string) => fonts.line(candidate, size, 'bold').width > WIDTH
  for (const word of text.slice(0, 160).split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (!wide(longer)) line = longer
    else {
      if (line !== '') lines.push(line)
      line = word
    }
  }
  lines.push(line)
  const shown = lines.slice(0, MOST_LINES).map((shownLine) => cut(shownLine, wide))
  if (lines.length > MOST_LINES) shown[MOST_LINES - 1] = cut(`${shown[MOST_LINES - 1]}…`, wide)
  return shown
}

/** A line that fits: what is too wide ends with an ellipsis. */
function cut(line: string, wide: (text: string) => boolean): string {
  let kept = line
  while (wide(kept) && kept.length > 2) kept = `${kept.replace(/…$/, '').slice(0, -1)}…`
  return kept
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
