/** The data for assistants. */
import type { Declaring } from './declaring.ts'

export function declareMcp(_declaring: Declaring): void {}
