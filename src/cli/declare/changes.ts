/** What changed from one state of the documentation to another. */
import type { Declaring } from './declaring.ts'

export function declareChanges(_declaring: Declaring): void {}
