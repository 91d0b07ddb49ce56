/** Ends a run with one plain line: `N passed, N failed`; above it, how many were skipped, where any were. */
import type { Reporter, TestModule } from 'vitest/node'

export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') counts[state]++
      }
      // A file that could not be loaded has no tests to count.
      if (module.state() === 'failed' && ![...module.children.allTests('failed')].length) counts.failed++
    }
    counts.failed += errors.length
    if (counts.skipped > 0) process.stdout.write(`${counts.skipped} skipped\n`)
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
  }
}
