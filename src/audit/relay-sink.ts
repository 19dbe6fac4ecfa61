import type { LogSink } from './log-sink.ts'

/** Hands lines to whoever writes them for several processes, and waits until they are written. */
export function createRelaySink(send: (lines: Uint8Array) => Promise<void>): LogSink {
  return {
    reopen: () => Promise.resolve(true),
    write: async (bytes, offset) => {
      await send(bytes.subarray(offset))
      return bytes.length - offset
    },
    isUnlinked: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  }
}
