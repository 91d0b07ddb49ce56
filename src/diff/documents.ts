/** What a policy's document says beside its statements: who may use it, where it may be assigned, what it is called. */
import { compareText } from '../diagnostic.ts'
import { addAll } from '../lists.ts'
import type { Policy } from '../model/dataset.ts'
import type { FieldChange } from './change.ts'

/** Keys whose values say nothing about what can be done. Any other may, so a change there is a change of conditions. */
const WORDS =
  /^(?:\$schema|apiVersion|comment|created\w*|description|displayName|etag|id|isCustom|kind|labels?|name|roleName|roleType|sid|stage|title|type|updated\w*|version)$/i

export interface DocumentChanges {
  /** Keys by their path without the positions in lists, and their values on both sides. */
  fields: FieldChange[]
  /** Whether one of them may bear on what can be done, by whom or on what. */
  binding: boolean
}

/** Where one side has no document, there is nothing to compare. */
export function documentChanges(before: Policy, after: Policy): DocumentChanges {
  if (before.document === null || after.document === null) return { fields: [], binding: false }
  const [old, own] = [leavesOf(before), leavesOf(after)]
  const fields = [...new Set([...old.keys(), ...own.keys()])].sort(compareText).flatMap((path) => {
    const [was, is] = [written(old.get(path)), written(own.get(path))]
    return was === is ? [] : [{ field: `document ${path}`, before: was, after: is }]
  })
  const keyOf = ({ field }: FieldChange) => field.slice(Math.max(field.lastIndexOf('.'), field.indexOf(' ')) + 1)
  return { fields, binding: fields.some((field) => !WORDS.test(keyOf(field))) }
}

function written(values: ReadonlySet<string> | undefined): string | null {
  return values ? [...values].sort(compareText).join(', ') : null
}

/** What says who may, or where, is told by no statement, whatever else has the same value (`*`); nor is what it leaves out. */
const WHO_OR_WHERE = /(?:^|\.)(?:not)?principals?(?:\.|$)|(?:^|\.)(?:assignableScopes|notResource)$/i

/** Every value of the document that no statement holds, by its path; in what order and how often it stands is no matter. */
function leavesOf({ document, statements, permissions }: Policy): Map<string, Set<string>> {
  const told = new Set([
    ...permissions,
    ...statements.flatMap(({ sid, actions, notActions, resources }) => [
      ...(sid === null ? [] : [sid]),
      ...actions,
      ...notActions,
      ...resources,
    ]),
  ])
  const leaves = new Map<string, Set<string>>()
  const open: [path: string, value: unknown][] = [['', document]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next
    if (Array.isArray(value))
      addAll(
        open,
        value.map((item): [string, unknown] => [path, item]),
      )
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        // Statements have effects and conditions of their own.
        if (!/^(?:effect|condition)$/i.test(key)) open.push([path === '' ? key : `${path}.${key}`, item])
      }
    } else if (!(typeof value === 'string' && told.has(value) && !WHO_OR_WHERE.test(path))) {
      const values = leaves.get(path) ?? new Set()
      leaves.set(path, values.add(typeof value === 'string' ? value : JSON.stringify(value)))
    }
  }
  return leaves
}
