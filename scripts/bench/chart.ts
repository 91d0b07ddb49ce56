/** Bars on a logarithmic scale as SVG, readable on light and on dark ground, and without colours. */
import { seconds } from './results.ts'

export interface Bar {
  label: string
  ms: number
  /** Whether it is what the chart is about. */
  own: boolean
}

const WIDTH = 760
const LEFT = 220
const RIGHT = 80
const ROW = 26
const TOP = 44

/** Times must be above zero. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const powers = bars.flatMap(({ ms }) => [Math.floor(Math.log10(ms)), Math.ceil(Math.log10(ms))])
  const [low, high] = [Math.min(...powers), Math.max(...powers, Math.min(...powers) + 1)]
  const x = (ms: number) => LEFT + ((Math.log10(ms) - low) / (high - low)) * (WIDTH - LEFT - RIGHT)
  const bottom = TOP + bars.length * ROW
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
  const described = bars.map(({ label, ms }) => `${label} ${seconds(ms)}`).join(', ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 34}" width="${WIDTH}" height="${bottom + 34}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(described)}</desc>
<style>
text { fill: #1f2328 }
.quiet { fill: #59636e }
.grid { stroke: #d1d9e0 }
.own { fill: #0969da }
.other { fill: #818b98 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.quiet { fill: #9198a1 }
.grid { stroke: #3d444d }
.own { fill: #4493f8 }
.other { fill: #656c76 }
}
</style>
<text x="12" y="22" font-size="15" font-weight="600">${escaped(title)}</text>
${ticks.map((ms) => `<line class="grid" x1="${at(x(ms))}" x2="${at(x(ms))}" y1="${TOP - 6}" y2="${bottom}"/><text class="quiet" x="${at(x(ms))}" y="${bottom + 18}" text-anchor="middle">${tick(ms)}</text>`).join('\n')}
${bars
  .map(({ label, ms, own }, i) => {
    const y = TOP + i * ROW
    const width = Math.max(2, x(ms) - LEFT)
    return `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end"${own ? ' font-weight="600"' : ''}>${escaped(label)}</text><rect class="${own ? 'own' : 'other'}" x="${LEFT}" y="${y}" width="${at(width)}" height="${ROW - 8}" rx="2"/><text x="${at(LEFT + width + 6)}" y="${y + 14}">${seconds(ms)}</text>`
  })
  .join('\n')}
</svg>
`
}

function at(value: number): string {
  return value.toFixed(1)
}

function tick(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
