#!/usr/bin/env node
import { main } from '../src/cli/main.ts'
import { processTerminal } from '../src/cli/terminal.ts'

let failed = false
const terminal = processTerminal((message) => {
  if (!failed) terminal.err(`rolebook: ${message}\n`)
  failed = true
  process.exitCode = 2
})
const code = await main(process.argv.slice(2), terminal)
if (!failed) process.exitCode = code
