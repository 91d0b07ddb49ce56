/** Questions to the data. */
import type { Declaring } from './declaring.ts'

export function declareQuestions(_declaring: Declaring): void {}
