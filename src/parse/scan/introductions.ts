/** Lines that say what the list below them is: looked for in all of a page, and only where an item asks. */
import { mayListPermissions } from '../strange-lists.ts'

/** `The harbour has these roles:` */
const ROLES_FOLLOW = /role[^.,;:]{0,80}:[^\p{L}\n]{0,8}$/imu

export class Introductions {
  readonly #text: string
  #permissions: boolean | undefined
  #roles: boolean | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** Whether a line of the page may say that a list of permissions follows. */
  get sayPermissions(): boolean {
    this.#permissions ??= mayListPermissions(this.#text)
    return this.#permissions
  }

  /** Whether a line of the page says that a list of roles follows. */
  get sayRoles(): boolean {
    this.#roles ??= ROLES_FOLLOW.test(this.#text)
    return this.#roles
  }
}
