/** Regenerating parts of pages. */
import type { Declaring } from './declaring.ts'

export function declareInject(_declaring: Declaring): void {}
