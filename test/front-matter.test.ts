/** Plain front matter is read without a YAML parser, and means what the parser says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readByYaml } from '../src/parse/markdown/front-matter.ts'
import { plainFrontMatter } from '../src/parse/markdown/plain-front-matter.ts'
import { realPages } from './support/real-pages.ts'

const texts = realPages()

/** What the two say of a text where it is plain, and `null` where only the parser may say. */
function bothOf(text: string) {
  const plain = plainFrontMatter(text)
  const byYaml = readByYaml(text)
  return plain && { plain: { ...plain, error: null }, byYaml }
}

describe('plain front matter', () => {
  it('says what the YAML parser says of every page of the project and the corpus, and is that of most', () => {
    const both = texts.map(({ text }) => bothOf(text)).filter((pair) => pair !== null)
    for (const { plain, byYaml } of both) expect(plain).toEqual(byYaml)
    expect(both.length * 10).toBeGreaterThan(texts.length * 8)
  })

  it('is plain and says the same where its lines end, or its file begins, as Windows has it', () => {
    const inLf = texts.map(({ text }) => text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, ''))
    for (const text of inLf) {
      const before = plainFrontMatter(text)
      for (const there of [text.replace(/\n/g, '\r\n'), `\uFEFF${text}`]) {
        const both = bothOf(there)
        expect(both?.plain.values).toEqual(before?.values)
        expect(both?.plain).toEqual(both?.byYaml)
      }
    }
    expect(inLf.length).toBeGreaterThan(100)
  })

  it('says what the YAML parser says of lines put together at random', () => {
    const word = fc.constantFrom(
      'null',
      'Null',
      'true',
      '1.10',
      '0x1F',
      '~',
      'a b',
      'yes',
      'a, b & c (d)',
      'https://a.b/c#d',
      '|',
      '|-',
      '>',
      '>-',
      '>+',
      "'it''s'",
      "'''",
      '"q',
      "'q",
      'q"',
      "q'",
      '"a\\n"',
      '# r',
      '"q"',
      "'q'",
      "''",
      '-',
      '- a',
      '',
    )
    const sign = fc.constantFrom(
      ':',
      ': ',
      ' ',
      '  ',
      '#',
      ' #',
      '[',
      ']',
      ',',
      '"',
      '|',
      '.5',
      '\t',
      'é',
      '---',
      '...',
      '\u00A0',
      '\u2028',
    )
    const value = fc.array(fc.oneof(word, sign), { maxLength: 4 }).map((parts) => parts.join(''))
    const key = fc.constantFrom('title', 'null', 'a', 'b-c', 'NULL', 'Title', 'x.y')
    const indent = fc.constantFrom('', '', '', ' ', '  ', '  ', '    ')
    const line = fc.oneof(
      fc.tuple(indent, key, value).map(([by, name, text]) => `${by}${name}: ${text}`),
      fc.tuple(indent, key, word).map(([by, name, text]) => `${by}${name}: ${text}`),
      fc.tuple(indent, key).map(([by, name]) => `${by}${name}:`),
      fc.tuple(indent, word).map(([by, text]) => `${by}- ${text}`),
      fc.tuple(indent, value).map(([by, text]) => `${by}- ${text}`),
      fc.tuple(indent, key, word).map(([by, name, text]) => `${by}- ${name}: ${text}`),
      fc.tuple(indent, word).map(([by, text]) => `${by}${text}`),
      fc.tuple(indent, word, word).map(([by, one, two]) => `${by}${one} ${two} `),
      fc.constantFrom('', ' ', '# r', '  # r', '...'),
      value,
    )
    const lineBreak = fc.constantFrom('\n', '\r\n')
    // Most pages have one kind, and some that several people wrote have both.
    const breaks = fc.oneof(
      { weight: 4, arbitrary: lineBreak.map((one) => Array<string>(9).fill(one)) },
      fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 9, maxLength: 9 }),
    )
    let plain = 0
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), breaks, (lines, ends) => {
        const both = bothOf(['---', ...lines, '---', '', 'Text.'].map((text, i) => text + (ends[i] ?? '\n')).join(''))
        if (!both) return
        plain++
        expect(both.plain).toEqual(both.byYaml)
      }),
      { numRuns: 30_000 },
    )
    expect(plain).toBeGreaterThan(3000)
  })
})
