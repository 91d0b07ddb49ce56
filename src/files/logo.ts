/** A site's logo: a file beside the config that is looked at before it is published. */
import { readFile, realpath } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { SaxesParser } from 'saxes'
import { UsageError } from './usage-error.ts'

export interface Logo {
  /** `logo.svg` or `logo.png`. */
  file: string
  bytes: Buffer
  width: number
  height: number
}

const MOST_BYTES = 256 * 1024
const SIZE = { width: 64, height: 64 }

/** Reads and checks the logo that a config names; throws a UsageError that says what is wrong with it. */
export async function readLogo(path: string, folder: string): Promise<Logo> {
  const fail = (why: string): never => {
    throw new UsageError(`\`site.logo\`: ${path} ${why}`)
  }
  const base = await realpath(folder)
  const file = await realpath(resolve(folder, path)).catch(() => fail('is not there'))
  const inside = relative(base, file)
  if (inside === '' || inside.startsWith('..') || resolve(base, inside) !== file || inside.split(sep).includes('..'))
    fail("stands outside of the config's folder")
  const bytes = await readFile(file).catch(() => fail('can not be read as a file'))
  if (bytes.length > MOST_BYTES) fail(`has ${bytes.length} bytes: a logo may have ${MOST_BYTES}`)
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) {
    if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') fail('is no complete PNG')
    return { file: 'logo.png', bytes, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  const svg = inspectSvg(bytes.toString('utf8'))
  if (svg.problem !== null) fail(svg.problem)
  return { file: 'logo.svg', bytes, width: svg.width, height: svg.height }
}

const ACTIVE = new Set([
  'script',
  'foreignobject',
  'iframe',
  'embed',
  'object',
  'audio',
  'video',
  'handler',
  'listener',
])

/** What keeps an SVG from being published (the rest of a sentence), and its size. Only drawings pass: nothing that acts or loads. */
export function inspectSvg(text: string): { problem: string | null; width: number; height: number } {
  const found: string[] = []
  let size: { width: number; height: number } | null = null
  let style = false
  const parser = new SaxesParser({ xmlns: false })
  const note = (what: string) => void found.push(`holds ${what} (line ${parser.line}): only a drawing is published`)
  parser.on('error', (error) => void found.push(`is neither a PNG nor a well-formed SVG: ${error.message}`))
  parser.on('doctype', () => note('a document type'))
  parser.on('processinginstruction', () => note('a processing instruction'))
  parser.on('opentag', ({ name, attributes }) => {
    const tag = local(name)
    if (size === null) {
      if (tag !== 'svg') found.push('is neither a PNG nor an SVG')
      size = sizeOf(attributes)
    }
    style = tag === 'style'
    if (ACTIVE.has(tag)) note(`\`<${name}>\``)
    for (const [key, value] of Object.entries(attributes)) {
      if (/^on/i.test(local(key))) note(`the event handler \`${key}\``)
      else if (local(key) === 'href' && !isOwn(value)) note(`a link to something else in \`${key}\``)
      else if (loads(value) || (local(key) === 'attributename' && /href|^on/i.test(value)))
        note(`\`${key}="${value.slice(0, 40)}"\``)
    }
  })
  parser.on('closetag', () => {
    style = false
  })
  const styleText = (value: string) => {
    if (style && (loads(value) || /@import|\\/i.test(value))) note('a style that loads something')
  }
  parser.on('text', styleText)
  parser.on('cdata', styleText)
  parser.write(text.replace(/^\uFEFF/, '')).close()
  return { problem: found[0] ?? (size === null ? 'is neither a PNG nor an SVG' : null), ...(size ?? SIZE) }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/** A reference inside the drawing, or a picture that stands in it. */
function isOwn(value: string): boolean {
  return value.startsWith('#') || /^data:image\/(?:png|jpeg|gif|webp);base64,/.test(value)
}

function loads(value: string): boolean {
  return [...value.matchAll(/url\(([^)]{0,80})/gi)].some(([, target = '']) => !/^\s*["']?#/.test(target))
}

function sizeOf(attributes: Record<string, string>): { width: number; height: number } {
  const [, , boxWidth, boxHeight] = (attributes.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const width = boxWidth || Number.parseFloat(attributes.width ?? '')
  const height = boxHeight || Number.parseFloat(attributes.height ?? '')
  return width > 0 && height > 0 && Number.isFinite(width + height) ? { width, height } : SIZE
}
