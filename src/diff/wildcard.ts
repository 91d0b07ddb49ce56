import { patternCovers as fits } from '../query/wildcard.ts'

/**
 * Whether a pattern of a cloud policy covers another: `ec2:*` covers `ec2:Describe*`. `*` stands for any characters and
 * `?` for one; case counts for nothing. A wildcard in the covered pattern is taken as written, so that an answer of yes is
 * always right. Time is the product of both lengths at most.
 */
export function patternCovers(pattern: string, covered: string): boolean {
  return fits(pattern.toLowerCase(), covered.toLowerCase())
}

/** Whether two patterns may have a text in common, by what stands before their first wildcard: no is always right. */
export function patternsMeet(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  const [first, second] = [x.search(/[*?]/), y.search(/[*?]/)]
  if (second < 0) return patternCovers(x, y)
  if (first < 0) return patternCovers(y, x)
  const [head, other] = [x.slice(0, first), y.slice(0, second)]
  return head.startsWith(other) || other.startsWith(head)
}
