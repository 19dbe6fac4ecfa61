import { expect, test, vi } from 'vitest'

import { LineWriter } from '../../src/audit/line-writer.ts'
import type { LineWriterEvents } from '../../src/audit/line-writer.ts'
import type { LogSink } from '../../src/audit/log-sink.ts'

const silent: LineWriterEvents = {
  written: () => {},
  failing: () => {},
  recovered: () => {},
  failed: () => {},
  idle: () => {},
}

/** A place whose openings end when the test says so. */
class SlowSink implements LogSink {
  readonly openings: (() => void)[] = []

  reopen(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.openings.push(() => resolve(false))
    return promise
  }

  write(bytes: Uint8Array, offset: number): Promise<number> {
    return Promise.resolve(bytes.length - offset)
  }

  isUnlinked(): Promise<boolean> {
    return Promise.resolve(false)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

const patiently = { timeout: 30_000 }

test('opens once more when asked to while it opens, for the place may have moved meanwhile', async () => {
  const sink = new SlowSink()
  const writer = new LineWriter(sink, silent)
  writer.reopen()
  await vi.waitFor(() => expect(sink.openings).toHaveLength(1), patiently)
  writer.reopen()
  sink.openings[0]?.()
  await vi.waitFor(() => expect(sink.openings).toHaveLength(2), patiently)
  sink.openings[1]?.()
  expect(await writer.close(1_000)).toBe(0)
})
