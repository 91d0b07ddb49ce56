/** Scopes in words. Runs in the browser as well. */

/** Id of the scope of roles of which the documentation says none, and what it is called where other roles have one. */
export const UNSCOPED = 'unscoped'
export const NO_SCOPE = 'No scope'

/** `Project roles`; `Roles without a scope` beside such, `Roles` where no role has a scope. */
export function scopeRoles({ id, title }: { id: string; title: string }, isScoped: boolean): string {
  return id !== UNSCOPED ? `${title} roles` : isScoped ? 'Roles without a scope' : 'Roles'
}
