/** Policies that are written in words, which may stand in any line of a page. */
import { STATEMENT_ANYWHERE } from '../policies/oci-statements.ts'
import { mayListPrivileges } from '../policies/privilege-categories.ts'

/** Whether a page may hold a statement of Oracle's cloud, or privileges as consoles show them. */
export function mayHoldPoliciesInWords(text: string): boolean {
  return STATEMENT_ANYWHERE.test(text) || mayListPrivileges(text)
}
