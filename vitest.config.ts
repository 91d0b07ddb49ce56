import { defineConfig } from 'vitest/config'
import LongFirst from './test/support/long-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/support/fixed-seed.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    // One core less would be one worker on two cores.
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
    // Of tests that wait for a browser; more of them would wait for each other.
    maxConcurrency: 3,
    // Generous: a slow machine is no failure. No test asserts a time.
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
})
