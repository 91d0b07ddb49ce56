/** Files of a format, and the encodings that the formats document, written a second time. */
import { formats } from '../../../src/export/formats.ts'
import type { Dataset } from '../../../src/model/dataset.ts'
import { resolveSettings } from '../../../src/settings/defaults.ts'

/** The texts that a format writes, by name. */
export function filesOf(id: string, dataset: Dataset): Map<string, string> {
  const format = formats.find((candidate) => candidate.id === id)
  if (!format) throw new Error(`no format ${id}`)
  const files = format.files(dataset, { settings: resolveSettings() })
  return new Map(files.map(({ name, content }) => [name, String(content)]))
}

export function fileOf(id: string, name: string, dataset: Dataset): string {
  const content = filesOf(id, dataset).get(`${id}/${name}`)
  if (content === undefined) throw new Error(`${id} writes no ${name}`)
  return content
}

/** Writes characters for which `plain` is false as in a URL; half of a surrogate pair as three bytes. */
export function percent(text: string, plain: (character: string) => boolean): string {
  return [...text].map((c) => (c !== '%' && c.isWellFormed() && plain(c) ? c : percentEach(c))).join('')
}

function percentEach(c: string): string {
  const bytes = c.isWellFormed() ? [...Buffer.from(c)] : surrogate(c.charCodeAt(0))
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** `ED`, then the twelve low bits of a surrogate in two continuation bytes. */
function surrogate(unit: number): number[] {
  return [0xed, 0x80 + ((unit & 0xfff) >> 6), 0x80 + (unit & 0x3f)]
}

/** What Cedar and OPA take for an id. */
export function encodable(id: string): string {
  return percent(id, () => true)
}

/** The text that escapes stand for: the opposite of the exports' encoding. */
export function decoded(text: string, mark: string): string {
  const units: string[] = []
  for (let i = 0; i < text.length; ) {
    if (text[i] !== mark) {
      units.push(text[i++] as string)
      continue
    }
    const bytes: number[] = []
    for (; text[i] === mark; i += 3) bytes.push(Number.parseInt(text.slice(i + 1, i + 3), 16))
    units.push(fromBytes(bytes))
  }
  return units.join('')
}

function fromBytes(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    const first = length === 1 ? lead : lead & (0xff >> (length + 1))
    text += String.fromCodePoint(bytes.slice(i + 1, i + length).reduce((sum, byte) => sum * 64 + (byte & 0x3f), first))
    i += length
  }
  return text
}
