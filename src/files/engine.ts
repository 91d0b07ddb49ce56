/**
 * How V8 runs the commands that read pages: they run for a second or less, and what an optimising compiler then makes of their
 * code is finished when the command is. Measured on 2,000 pages (`npm run bench`): without it a check takes a fifth less time, a
 * quarter less of the processor and 20 MB less memory. What is still running after much text is given it back.
 *
 * Hundreds of regular expressions are met, most of them more than once: V8 would make bytecode of each for its first use and code
 * for its second. Code at once takes a third of the time of both (42 and 109 ms for the thousand of the compiled package).
 */

/** The newest V8 (of Node 26) that these flags were tried on: one that does not know a flag says so on standard error. */
const NEWEST = 14
/** Flags of V8. */
const SHORT_RUN = ['--no-turbofan', '--no-maglev-inlining', '--no-regexp-tier-up']
/**
 * What a command makes of pages it keeps to its end, so that ever more room for what is new (tens of MB) would gain it nothing.
 * What that room has grown to while code was loaded, some 4 MB, is kept: it takes fewer scavenges than the one of the start.
 */
const READING = ['--semi-space-growth-factor=1']
const LONG_RUN = ['--turbofan', '--maglev-inlining']

/** In bytes: so much text takes longer to read than the compiler does. */
const LONG = 1 << 26
/** In bytes. One page of this size is a table of ten thousands of rows: its parts meet each other. */
const LONG_FILE = 1 << 20

let left = Number.POSITIVE_INFINITY

/** To be called before anything else is loaded. */
export function expectShortRun(): void {
  setFlags(SHORT_RUN)
  left = LONG
}

/** To be called when the code is loaded, before the first page is. */
export function expectPages(): void {
  if (left !== Number.POSITIVE_INFINITY) setFlags(READING)
}

/** Says that a text is about to be worked on, of so many bytes. */
export function noteText(bytes: number): void {
  left -= bytes >= LONG_FILE ? LONG : bytes
  if (left > 0) return
  left = Number.POSITIVE_INFINITY
  setFlags(LONG_RUN)
}

function setFlags(flags: readonly string[]): void {
  if (Number.parseInt(process.versions.v8, 10) > NEWEST) return
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  for (const flag of flags) setFlagsFromString(flag)
}
