/** Sets of small whole numbers as bits: many sets of one size, asked often. Pure; nothing that is given is changed but by `add`. */

export type Bits = Uint32Array

/** An empty set that can hold the numbers below `size`. */
export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5)
}

/** Puts a number into a set, which is changed. The number must be below the set's size, here and below. */
export function add(set: Bits, bit: number): void {
  set[bit >>> 5] = (set[bit >>> 5] as number) | (1 << (bit & 31))
}

/** Whether a set holds a number. */
export function has(set: Bits, bit: number): boolean {
  return (((set[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1
}

/** What one or the other holds. Both are of one size, here and below. */
export function union(a: Bits, b: Bits): Bits {
  const both = a.slice()
  for (let i = 0; i < a.length; i++) both[i] = (a[i] as number) | (b[i] as number)
  return both
}

/** Whether the second holds all of the first. */
export function isWithin(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i] as number) & ~(b[i] as number)) return false
  return true
}

/** How many numbers a set holds. */
export function count(set: Bits): number {
  let sum = 0
  for (const word of set) sum += ones(word)
  return sum
}

/** How many bits of 32 are set: neighbours are added up, in pairs, fours, eights. */
function ones(word: number): number {
  let sums = word - ((word >>> 1) & 0x55555555)
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333)
  return (((sums + (sums >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** The numbers that a set holds, in order. */
export function members(set: Bits): number[] {
  const found: number[] = []
  for (let bit = 0; bit < set.length * 32; bit++) if (has(set, bit)) found.push(bit)
  return found
}
