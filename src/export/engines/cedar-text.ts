/** Pieces of Cedar source: https://docs.cedarpolicy.com/policies/syntax-grammar.html */
import { encodable } from './encode.ts'

/** A string literal. What is not seen, or changes the direction of what is, stands as `\u{…}`. */
export function literal(text: string): string {
  return `"${visible(text.toWellFormed()).replace(/"/g, '\\"')}"`
}

/** A reference to an entity: `Role::"project/cluster-admin"`. Its id may be any text. */
export function entity(type: string, id: string): string {
  return `${type}::${literal(encodable(id))}`
}

/** A comment to the end of the line, which the text can't leave. */
export function comment(text: string): string {
  return `// ${visible(text.toWellFormed())}`
}

function visible(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) as number).toString(16)}}`)
}
