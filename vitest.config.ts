import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/setup.ts'],
    // Tests start real servers and browsers: no more of them at once than there are cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a real process does takes as long as a busy machine makes it.
    expect: { poll: { timeout: 15_000 } },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
