/** Which variant of a product a policy is for, by the tabs and headings around it in its own file. */
import type { BlockInput } from '../dialect.ts'

/** Editions of clouds' offerings, as people write them. */
const EDITIONS = ['IaaS', 'PaaS', 'EKS', 'ECS', 'ROSA', 'AKS', 'ARO', 'GKE', 'GovCloud']
const TOKEN = new RegExp(
  // What a hyphen joins to another word is a part of a name: `dock-eks`.
  `(?<![\\w.-])(?:static|dynamic|${EDITIONS.join('|')}|v?\\d+\\.(?:\\d+|x)(?:\\.(?:\\d+|x))*(?:\\s?U\\d+\\w?)?)(?![\\w.])`,
  'gi',
)
/** A longer heading speaks of something that has a variant; it doesn't name one. */
const MOST_WORDS = 4

/**
 * `static`, `dynamic`, a product version (`8.0.x`) or an edition (`EKS`) that the innermost tab or heading with one names;
 * `null` where none does. A partial's name says nothing here: it is the policy's id already.
 */
export function variantOf(input: BlockInput): string | null {
  return variantName(input)?.variant ?? null
}

function variantName(input: BlockInput): { variant: string; text: string } | null {
  for (const { kind, text, span } of input.surroundings.names) {
    if (kind === 'page' || kind === 'value' || span.path !== input.block.page.file.path) continue
    if (text.split(/\s+/).length > MOST_WORDS) continue
    const tokens = [...text.matchAll(TOKEN)].map(([token]) => spelling(token))
    if (tokens.length > 0) return { variant: [...new Set(tokens)].join(' '), text }
  }
  return null
}

function spelling(token: string): string {
  if (/^(?:static|dynamic)$/i.test(token)) return token.toLowerCase()
  return EDITIONS.find((edition) => edition.toLowerCase() === token.toLowerCase()) ?? token
}
