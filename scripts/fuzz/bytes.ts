/** Damage below the level of characters: what editors, disks, pipes and converters do to a file. Seeded. */
import type { Random } from './mutate.ts'

/** Each is either no UTF-8, or bytes that readers of text trip over: NUL, marks of order, lone halves, too long forms. */
const PIECES = [
  ...[[0x00], [0x80], [0xff], [0xfe, 0xff], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xc0, 0xaf], [0xed, 0xa0, 0x80]],
  ...[[0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x88], [0xf0, 0x9f], [0x0d], [0x0d, 0x0a], [0x0a, 0x0d], [0x0b], [0x0c]],
  ...[[0x1b, 0x5b, 0x32, 0x4a], [0x7f], [0xc2, 0x85], [0xe2, 0x80, 0xa8], [0xe2, 0x80, 0xae], [0xef, 0xbf, 0xbf]],
].map((bytes) => Buffer.from(bytes))

/** The bytes with one to five kinds of damage. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes
  const times = 1 + random(5)
  for (let i = 0; i < times; i++) result = damagedOnce(result, random)
  return result
}

function damagedOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length + 1)
  switch (random(6)) {
    case 0: {
      const copy = Uint8Array.from(bytes)
      if (at < copy.length) copy[at] = (copy[at] as number) ^ (1 << random(8))
      return copy
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, at), PIECES[random(PIECES.length)] as Buffer, bytes.subarray(at)])
    case 2:
      return bytes.subarray(0, at)
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(8))])
    case 4:
      return withLineEnds(bytes, random)
    default: {
      const copy = Uint8Array.from(bytes)
      copy.copyWithin(at, random(bytes.length + 1), random(bytes.length + 1))
      return copy
    }
  }
}

/** All line ends made CRLF or CR, or each of them one of the three. */
function withLineEnds(bytes: Uint8Array, random: Random): Uint8Array {
  const ends = [
    ['\r\n', '\r\n'],
    ['\r', '\r'],
    ['\n', '\r\n', '\r'],
  ][random(3)] as string[]
  const text = Buffer.from(bytes).toString('latin1')
  return Buffer.from(
    text.replace(/\r\n|\n|\r/g, () => ends[random(ends.length)] as string),
    'latin1',
  )
}
