import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Pure code: its tests leave nothing behind in the process, which files may therefore share. */
const pureAreas = [
  'authoring',
  'config',
  'conformance',
  'decide',
  'docs',
  'enforce',
  'listen',
  'peers',
  'policy',
  'property',
  'route',
  'scale',
  'source',
]
const pure = pureAreas.map((area) => `test/${area}/**/*.test.ts`)

export default defineConfig({
  test: {
    // Waits are bounded by the tests themselves; this ends what hangs, on the slowest of machines.
    globalSetup: 'test/support/install-redis.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than there are cores: many tests wait for a process or a timer.
    maxWorkers: availableParallelism() + 1,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'process', include: ['test/**/*.test.ts'], exclude: pure },
      },
      {
        extends: true,
        test: { name: 'pure', include: pure, isolate: false },
      },
    ],
  },
})
