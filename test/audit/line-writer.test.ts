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

/** Takes whatever it is given, as the system does when nothing is wrong. */
class FastSink extends SlowSink {
  opened = 0

  override reopen(): Promise<boolean> {
    this.opened += 1
    return Promise.resolve(true)
  }
}

test.each(Array.from({ length: 16 }, (_, turns) => turns))(
  'writes what is appended %i turns after the last of what came before was written',
  async (turns) => {
    const first = Promise.withResolvers<void>()
    const writer = new LineWriter(new FastSink(), { ...silent, written: () => first.resolve() })
    writer.append(Buffer.from('{}\n'), 1)
    await first.promise
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    writer.append(Buffer.from('{}\n'), 1)
    expect(await writer.close(5_000)).toBe(0)
  },
)

test('opens what it is asked to open, however soon after it was idle', async () => {
  for (let turns = 0; turns < 16; turns += 1) {
    const first = Promise.withResolvers<void>()
    const sink = new FastSink()
    const writer = new LineWriter(sink, { ...silent, written: () => first.resolve() })
    writer.append(Buffer.from('{}\n'), 1)
    await first.promise
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    writer.reopen()
    await vi.waitFor(() => expect(sink.opened).toBe(2), patiently)
    await writer.close(1_000)
  }
})
