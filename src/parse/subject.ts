/** Whether a block is about permissions: what keeps tables of features and lists of files out of the model. */
import type { Code } from 'mdast'
import type { BlockInput } from './dialect.ts'
import { readItems } from './list.ts'
import { MarkReader } from './marks.ts'
import { mostlyKnown, permissionsIn } from './vocabulary.ts'

const SUBJECT = /\b(?:permissions?|roles?|privileges?|polic(?:y|ies)|rbac|iam|access|authoriz?s?ation)\b/i

/** Whether the words of a table, of its row labels, or of what surrounds it, speak of permissions. */
export function speaksOfPermissions(input: BlockInput): boolean {
  const { header, rows } = input.grid
  const texts = [
    ...header.map((cell) => cell.text),
    ...rows.slice(0, 5).map((row) => row.cells[0]?.text ?? ''),
    ...input.surroundings.names.map((name) => name.text),
  ]
  return texts.some((text) => SUBJECT.test(text))
}

/** Whether a block that no dialect read looks like permissions all the same. */
export function looksLikePermissions(input: BlockInput): boolean {
  const { kind, node } = input.block
  if (kind === 'list')
    return holdsPermissions(
      readItems(input.block).map((item) => item.text),
      input,
    )
  if (kind === 'code') {
    const { lang, value } = node as Code
    if (/^json[c5]?$/i.test(lang ?? '')) return /"(?:Statement|Action|Actions|includedPermissions)"\s*:/.test(value)
    const plain = !lang || /^(?:text|txt|plain|plaintext)$/i.test(lang)
    return plain && holdsPermissions(value.split(/\r\n|\n|\r/), input)
  }
  if (input.markColumns.length >= 2 && speaksOfPermissions(input)) return true
  const { header, rows } = input.grid
  if (holdsTick(input) && header.some((cell) => SUBJECT.test(cell.text))) return true
  return header.some((_, column) =>
    holdsPermissions(
      rows.flatMap((row) => row.cells[column]?.lines ?? []),
      input,
    ),
  )
}

/** Whether most lines begin with permissions that are known. */
export function holdsPermissions(lines: readonly string[], { settings }: Pick<BlockInput, 'settings'>): boolean {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '')
  const permissions = filled.map(permissionsIn).filter((list) => list.length > 0)
  return permissions.length * 2 > filled.length && mostlyKnown(permissions.flat(), settings)
}

function holdsTick({ grid, settings }: BlockInput): boolean {
  const marks = new MarkReader(settings, grid, [])
  const isTick = (text: string) => !/^[\w-]*$/.test(text) && marks.read({ text }).kind === 'granted'
  return grid.rows.some((row) => row.cells.slice(1).some((cell) => isTick(cell.text)))
}
