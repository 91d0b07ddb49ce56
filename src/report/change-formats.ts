/** The formats that changes are written in, by id. */
import atom from './changes/atom.ts'
import type { ChangeFormat } from './changes/format.ts'
import json from './changes/json.ts'
import markdown from './changes/markdown.ts'
import text from './changes/text.ts'

export const changeFormats: readonly ChangeFormat[] = [text, markdown, json, atom]
