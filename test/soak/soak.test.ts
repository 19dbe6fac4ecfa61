import { expect, it } from 'vitest'
import { runSoak } from './run-soak.ts'

const seed = 20_261_123

it('answers rightly, records and holds nothing back while everything around it breaks', async () => {
  const report = await runSoak({
    seconds: 4,
    seed,
    workers: 2,
    clients: 8,
    sockets: 8,
    reloadEveryMs: 700,
    faultEveryMs: 500,
    say: (line) => process.stderr.write(`${line}\n`),
  })
  expect(report.violations).toEqual({})
  expect(report.account).toMatchObject({ unaccounted: 0, doubled: 0 })
  expect(report.account.brokenLines).toBeLessThanOrEqual(report.kills)
  expect(report.reloads).toBeGreaterThan(1)
  expect(report.workerExits).toBe(report.kills)
  expect(report.account.answered).toBeGreaterThan(50)
  const kinds = new Set(Object.keys(report.outcomes).map((outcome) => outcome.split(' ')[0]))
  expect(kinds.size).toBeGreaterThan(5)
}, 60_000)
