/** The scan of a built page finds the start tags that parse5 finds, or gives up. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedTags, type StartTag, scannedTags } from '../src/files/start-tags.ts'
import { ROOT } from './support/shared.ts'

/** Of the tags that a policy speaks of, in order of place. */
function told(tags: readonly StartTag[]): StartTag[] {
  const matters = ({ name, attributes }: StartTag) =>
    ['script', 'style', 'meta'].includes(name) ||
    attributes.some(
      (attribute) =>
        attribute.name === 'style' || attribute.name.startsWith('on') || /^\s*javascript:/i.test(attribute.value),
    )
  return tags.filter(matters).sort((a, b) => a.end - b.end)
}

/** A tag without its place: what a parser repeats has none. */
function said({ name, attributes, text }: StartTag): string {
  return JSON.stringify([name, text, attributes.map((attribute) => [attribute.name, attribute.value])])
}

function parsed(html: string): StartTag[] {
  const tags: StartTag[] = []
  parsedTags(html, (tag) => tags.push(tag))
  return tags
}

const PLAIN =
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>a < b &lt;style></title>' +
  '<meta name="description" content="&quot;a&quot; &amp;amp;"/><script>if (1 < 2) "</p>"</script>' +
  '<template id="t"><svg viewBox="0 0 1 1" style="--y:1"><path d="M0 0"></path></svg></template></head>' +
  '<body><!-- <p style="a"> --><p title=\' \' class="x">1 < 2</p></body></html>'

describe('start tags of a built page', () => {
  it('are those that parse5 finds, in text, comments, templates and drawings', () => {
    const html = PLAIN.replace("' '", '"> <i style=\'\'>"')
    const tags = scannedTags(html)
    expect(told(tags ?? [])).toEqual(told(parsed(html)))
    expect(told(tags ?? []).map(({ name }) => name)).toEqual(['meta', 'meta', 'script', 'svg'])
  })

  it.each([
    ['another quote', PLAIN],
    ['no quote', '<p style=a>x'],
    ['an attribute twice', '<p style="a" style="b">x</p>'],
    ['raw text within a drawing', '<svg><style><p style="x"></style></svg>'],
    ['a title within a drawing', '<svg><title><p style="x"></title></svg>'],
    ['another end of a script', '<script></SCRIPT ><p style="a">'],
    ['a comment in a script', '<script><!-- <script></script><p style="a">--></script>'],
    ['a comment that ends at once', '<!--><p style="a">-->'],
    ['a comment with another end', '<!-- a --!><p style="a"> -->'],
    ['a doctype with quotes', '<!DOCTYPE html SYSTEM "><p style="a">"><p>'],
    ['CDATA', '<svg><![CDATA[<p style="a">]]></svg>'],
    ['an instruction', '<?x <p style="a"?>'],
    ['raw text of another kind', '<noscript><p style="a"></noscript>'],
    ['a tag that does not end', '<p style="a"'],
  ])('are left to parse5 where a page holds %s', (_, html) => {
    expect(scannedTags(html)).toBeNull()
  })

  it('are those that parse5 finds, whatever a page is put together from', () => {
    const part = fc.constantFrom(
      ...[
        '<p style="a">',
        '<i onclick="b()" x>',
        '<a href="&#106;avascript:c">',
        '</p>',
        'd < e',
        '<!-- f -->',
        '<svg>',
      ],
      ...['<path style="g" viewBox="0 0"/>', '</svg>', '<script>h < "i"</script>', '<style>j{}</style>', '<template>'],
      ...['</template>', '<meta name="k" content="l&amp;">', '<title>m</title>', '<textarea>', '</textarea>', '"', "'"],
      ...['>', '<', '&', ' style="n"', '<!--', '-->', '\r\n', '<br/>', '<math>', '<P STYLE="o">', '</script>', '<!x>'],
    )
    let scanned = 0
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const html = `<!DOCTYPE html><html><head></head><body>${parts.join('')}</body></html>`
        const tags = scannedTags(html)
        if (tags === null) return
        scanned += 1
        // Nothing that a browser finds is missed; what its tree leaves out may be told all the same, and what it repeats once.
        const found = new Set(told(tags).map(said))
        for (const tag of told(parsed(html))) expect(found, html).toContain(said(tag))
      }),
      { numRuns: 3000 },
    )
    expect(scanned).toBeGreaterThan(300)
  })

  it('are found by the scan in a frame as Starlight writes it', () => {
    const theme = readFileSync(
      join(ROOT, 'node_modules/@astrojs/starlight/dist/components/ThemeProvider.astro'),
      'utf8',
    )
    const script = /<script is:inline>([\s\S]*?)<\/script>/.exec(theme)?.[1] ?? ''
    expect(script).not.toBe('')
    expect(scannedTags(`<!DOCTYPE html><html><head><script>${script}</script></head></html>`)).toHaveLength(1)
  })
})
