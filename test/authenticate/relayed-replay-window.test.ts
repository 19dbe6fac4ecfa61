import { expect, test, vi } from 'vitest'
import {
  type RelayedClaim,
  RelayedReplayWindow,
} from '../../src/authenticate/relayed-replay-window.ts'
import { MemoryReplayWindow } from '../../src/authenticate/replay-window.ts'

const nowMs = 1_800_000_000_000

test('asks whoever remembers for all, in one message a turn', async () => {
  const memory = new MemoryReplayWindow(100, nowMs)
  const batches: (readonly RelayedClaim[])[] = []
  const openWorker = (): RelayedReplayWindow => {
    const worker: RelayedReplayWindow = new RelayedReplayWindow(memory.sinceMs, (claims) => {
      batches.push(claims)
      worker.answered(
        claims.map(({ number, owner, digest, untilMs }) => ({
          number,
          claim: memory.claim(owner, digest, untilMs, nowMs),
        })),
      )
    })
    return worker
  }
  const [one, two] = [openWorker(), openWorker()]
  const claims = await Promise.all([
    one.claim('key', 'a', nowMs + 60_000),
    one.claim('key', 'b', nowMs + 60_000),
    two.claim('key', 'a', nowMs + 60_000),
  ])
  expect(claims.toSorted()).toEqual(['fresh', 'fresh', 'replayed'])
  expect(batches.map(({ length }) => length)).toEqual([2, 1])
  expect(await two.claim('key', 'b', nowMs + 60_000)).toBe('replayed')
  expect(two.sinceMs).toBe(nowMs)
})

test('takes nothing for fresh while nobody answers, and bounds how many wait', async () => {
  vi.useFakeTimers()
  const window = new RelayedReplayWindow(0, () => {})
  const waiting = Array.from({ length: 4_096 }, async (_, index) =>
    window.claim('k', `${index}`, nowMs),
  )
  expect(window.claim('k', 'one too many', nowMs)).toBe('full')
  await vi.advanceTimersByTimeAsync(2_100)
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['full']))
  vi.useRealTimers()
})
