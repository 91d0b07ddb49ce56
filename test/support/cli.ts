/** Running the command line on files in a folder of its own, and writing down what it said. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../../src/cli/main.ts'
import { bareTerminal, type Terminal } from '../../src/cli/terminal.ts'

export interface Run {
  code: number
  out: string
  err: string
}

export class Workspace {
  readonly folder: string

  constructor(files: Record<string, string> = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolebook-test-')))
    this.write(files)
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), text)
    }
  }

  async run(...argv: string[]): Promise<Run> {
    return this.runWith({}, ...argv)
  }

  /** The same with another environment, standard input, or signal. */
  async runWith(terminal: Partial<Terminal>, ...argv: string[]): Promise<Run> {
    let out = ''
    let err = ''
    const said: Partial<Terminal> = {
      cwd: this.folder,
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
    }
    const code = await main(argv, bareTerminal({ ...said, ...terminal }))
    return { code, out, err }
  }

  /** Command, output and exit code as one text, without the folder's path. */
  async transcript(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.run(...argv)
    const quoted = argv.map((argument) => (/^[\w./-]+$/.test(argument) ? argument : JSON.stringify(argument)))
    const parts = [`$ rolebook ${quoted.join(' ')}\n`, out]
    if (err !== '') parts.push('--- standard error\n', err)
    parts.push(`--- exit ${code}\n`)
    return parts.join('').replaceAll(this.folder, '<folder>')
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
