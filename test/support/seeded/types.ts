/** What the planters of defects share. Nothing here or beside it looks into `src/`: what a finding must say is worked out anew. */
import type { Random } from '../damage.ts'

export type { Random } from '../damage.ts'

/** Texts by path. */
export type Files = Readonly<Record<string, string>>

export interface SeededSet {
  name: string
  files: Files
}

/** A set with one defect, and where its finding must stand. */
export interface Planted {
  files: Files
  path: string
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 code units; absent where the planter can't know it. */
  column?: number
}

export interface Planter {
  rule: string
  name: string
  /** Rules that rightly say something of the same defect. */
  alsoAllowed?: readonly string[]
  /** Files in which another defect may take away what makes this one a defect. */
  needs?(set: SeededSet): readonly string[]
  /** `null` where the set has no place for it. */
  plant(set: SeededSet, random: Random): Planted | null
}

export function pick<T>(items: readonly T[], random: Random): T | null {
  return items.length === 0 ? null : (items[random(items.length)] as T)
}

/** One of several that are there. */
export function one<T>(items: readonly [T, ...T[]] | readonly T[], random: Random): T {
  return items[random(items.length)] as T
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items]
  const out: T[] = []
  while (rest.length > 0) out.push(...rest.splice(random(rest.length), 1))
  return out
}

/** 1-based line and column of an offset. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - start + 1 }
}

/** The set with one file changed, and the place of an offset in the changed text. */
export function planted(set: SeededSet, path: string, text: string, offset: number): Planted {
  return { files: { ...set.files, [path]: text }, path, ...placeAt(text, offset) }
}

/** The text with a stretch replaced. */
export function splice(text: string, from: number, to: number, replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to)
}

/** A word with two neighbouring letters exchanged, neither of them the first. */
export function swapped(word: string, random: Random): string | null {
  const places = [...word].flatMap((_, i) => (i > 0 && i + 1 < word.length && word[i] !== word[i + 1] ? [i] : []))
  const at = pick(places, random)
  return at === null ? null : `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
