import { fstatSync, write } from 'node:fs'
import { promisify } from 'node:util'

import type { LogSink } from './log-sink.ts'

const stdout = 1
const writeFile = promisify(write)

/**
 * Pipes and sockets go through the stream, which never blocks: a thread that blocks on a reader
 * that stalled would keep the process from ending. Files and terminals go through the thread pool,
 * where the stream would block the event loop.
 */
export function openStandardOutput(): LogSink {
  const stats = fstatSync(stdout)
  const isStream = stats.isFIFO() || stats.isSocket()
  if (isStream) {
    // The write's own callback reports the error as well; without a listener it would end us.
    process.stdout.on('error', () => {})
  }
  return {
    reopen: () => Promise.resolve(true),
    write: isStream ? writeToStream : writeToFile,
    isUnlinked: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  }
}

function writeToStream(bytes: Uint8Array, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes.subarray(offset), (error) => {
      if (error) reject(error)
      else resolve(bytes.length - offset)
    })
  })
}

async function writeToFile(bytes: Uint8Array, offset: number): Promise<number> {
  const { bytesWritten } = await writeFile(stdout, bytes, offset, bytes.length - offset, null)
  return bytesWritten
}
