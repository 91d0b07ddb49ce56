/** Makes an input that breaks something small: delta debugging by files, then by lines. */
import type { FuzzInput, InputFile } from './input.ts'

/**
 * The smallest input found for which `breaks` still says yes: without the config, if that is so, with as few files and
 * lines as can be. See Zeller and Hildebrandt, “Simplifying and Isolating Failure-Inducing Input” (2002).
 *
 * @param budget how often `breaks` may be asked
 */
export async function minimised(
  input: FuzzInput,
  breaks: (input: FuzzInput) => Promise<boolean>,
  budget = 400,
): Promise<FuzzInput> {
  let asked = 0
  const holds = async (candidate: FuzzInput) => asked++ < budget && (await breaks(candidate))
  let { config } = input
  if (await holds({ ...input, config: {} })) config = {}
  let files = await fewer(input.files, (some) => holds({ files: some, config }))
  for (const [i, file] of files.entries()) {
    const withBytes = (lines: readonly string[]): InputFile[] => files.with(i, { ...file, bytes: bytesOf(lines) })
    const lines = await fewer(linesOf(file.bytes), (some) => holds({ files: withBytes(some), config }))
    files = withBytes(lines)
  }
  return { files, config }
}

/** One byte a character, so that nothing is lost of what is no UTF-8. */
function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)/)
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.join(''), 'latin1')
}

/** As few items as still hold, found by leaving out ever smaller stretches. */
async function fewer<T>(items: readonly T[], holds: (items: T[]) => Promise<boolean>): Promise<T[]> {
  let rest = [...items]
  for (let size = Math.ceil(rest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    let from = 0
    while (from < rest.length) {
      const candidate = rest.toSpliced(from, size)
      if (candidate.length > 0 && (await holds(candidate))) rest = candidate
      else from += size
    }
  }
  return rest
}
