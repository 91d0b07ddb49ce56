/** The documentation against a live system. */
import type { Declaring } from './declaring.ts'

export function declareReconcile(_declaring: Declaring): void {}
