import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runAtOnce, type Steps } from '../../src/model/steps.ts'
import { runInSlices } from '../../src/runtime/slices.ts'

function* busyFor(totalMs: number): Steps<string> {
  // Its own time: while the machine does something else, nobody gets a turn.
  const before = process.threadCpuUsage()
  while (process.threadCpuUsage(before).user < totalMs * 1_000) yield
  return 'done'
}

describe('work in slices', () => {
  it('comes to what it comes to at once', async () => {
    const { signal } = new AbortController()
    expect(await runInSlices(busyFor(5), signal)).toBe(runAtOnce(busyFor(5)))
  })

  it('lets others run many times meanwhile', async () => {
    let turns = 0
    let isOver = false
    const other = (async () => {
      // oxlint-disable-next-line no-unmodified-loop-condition -- the code below ends it
      while (!isOver) {
        await setImmediate()
        turns += 1
      }
    })()
    await runInSlices(busyFor(60), new AbortController().signal)
    isOver = true
    await other
    expect(turns).toBeGreaterThan(20)
  })

  it('ends when nobody waits for it any more', async () => {
    const closing = new AbortController()
    const work = runInSlices(busyFor(60_000), closing.signal)
    closing.abort()
    await expect(work).rejects.toThrow('aborted')
  })

  it('passes on what goes wrong', async () => {
    function* broken(): Steps<never> {
      yield
      throw new Error('a defect')
    }
    await expect(runInSlices(broken(), new AbortController().signal)).rejects.toThrow('a defect')
  })
})
