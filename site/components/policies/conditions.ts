/** The condition of a statement, in words where its operators are known ones. */
export interface ConditionLine {
  key: string
  /** `is like`, or the operator as written. */
  relation: string
  values: string[]
}

const WORDS = new Map([
  ['StringEquals', 'is'],
  ['StringNotEquals', 'is not'],
  ['StringEqualsIgnoreCase', 'is, whatever the case,'],
  ['StringLike', 'is like'],
  ['StringNotLike', 'is not like'],
  ['ArnEquals', 'is'],
  ['ArnLike', 'is like'],
  ['ArnNotEquals', 'is not'],
  ['ArnNotLike', 'is not like'],
  ['Bool', 'is'],
  ['IpAddress', 'is in'],
  ['NotIpAddress', 'is not in'],
  ['NumericEquals', 'is'],
  ['NumericLessThan', 'is less than'],
  ['NumericLessThanEquals', 'is at most'],
  ['NumericGreaterThan', 'is more than'],
  ['NumericGreaterThanEquals', 'is at least'],
  ['DateLessThan', 'is before'],
  ['DateGreaterThan', 'is after'],
])

const SETS = new Map([
  ['ForAnyValue', 'has a value that'],
  ['ForAllValues', 'has no value unless it'],
])

/** `null` for what has not the form of an AWS condition: it is shown as it stands. */
export function conditionLines(condition: unknown): ConditionLine[] | null {
  if (!isObject(condition)) return null
  const lines: ConditionLine[] = []
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) return null
    for (const [key, value] of Object.entries(keys)) {
      const values = Array.isArray(value) ? value : [value]
      if (values.some((item) => typeof item === 'object')) return null
      lines.push({ key, relation: relationOf(operator), values: values.map(String) })
    }
  }
  return lines
}

function relationOf(operator: string): string {
  const [, set, name = operator, optional] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const word = WORDS.get(name)
  if (word === undefined) return operator
  return [set && SETS.get(set), word, optional && '(if it is there)'].filter(Boolean).join(' ')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
