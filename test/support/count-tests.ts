import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped to the file that MAILTRAIL_TEST_COUNTS names. */
export default class CountTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed') counts[state]++;
        else counts.skipped++;
      }
      // A file that cannot be loaded, or whose setup fails, has failed although none of its tests has.
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed++;
    }
    writeFileSync(process.env.MAILTRAIL_TEST_COUNTS ?? '/dev/null', JSON.stringify(counts));
  }
}
