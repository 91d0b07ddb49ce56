/** Loaded before a command (`node --import`): writes the regular expressions that the sources make of text to `MADE_EXPRESSIONS`. */
import { writeFileSync } from 'node:fs'

export interface MadeExpression {
  source: string
  flags: string
  /** The file that made it, from the project's folder, with its line. */
  caller: string
}

const made = new Map<string, MadeExpression>()

globalThis.RegExp = new Proxy(RegExp, {
  construct(target, args, newTarget) {
    const expression: RegExp = Reflect.construct(target, args, newTarget)
    const caller = /\/(src\/[^\s:]+:\d+)/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1]
    if (caller !== undefined) {
      const { source, flags } = expression
      made.set(`${source} ${flags}`, { source, flags, caller })
    }
    return expression
  },
})

process.on('exit', () => writeFileSync(process.env.MADE_EXPRESSIONS as string, JSON.stringify([...made.values()])))
