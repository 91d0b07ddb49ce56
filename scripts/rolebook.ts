#!/usr/bin/env node
import nodeModule from 'node:module'
import { expectShortRun } from '../src/files/engine.ts'
import { VERSION } from '../src/version.ts'

// Asked by scripts and editors, often: nothing else is loaded for it.
const argv = process.argv.slice(2)
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) console.log(VERSION)
else if (!nodeModule.enableCompileCache) {
  // It came with Node 22; what is loaded below could not be read by an older one.
  console.error(`rolebook: Node 22.12 or later is needed; this is ${process.version}`)
  process.exitCode = 2
} else {
  // V8's code for what is loaded, kept by Node in the temporary folder; where it can't be, nothing is lost but time.
  nodeModule.enableCompileCache()
  if (argv[0] !== 'build' && argv[0] !== 'mcp') expectShortRun()
  await (await import('../src/cli/process.ts')).runProcess(argv)
}
