import { close, constants, fstat, open, read, write } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

import type { LogSink } from './log-sink.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const statFile = promisify(fstat)
const readFile = promisify(read)
const writeFile = promisify(write)

// O_NONBLOCK: a named pipe without a reader answers with an error instead of holding a thread.
const appending = constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK
const readableByGroup = 0o640
const lineFeed = 0x0a
const unlinkCheckEveryMs = 1_000
/** At a line that is not complete; a write of one takes a millisecond or two. */
const lookAgainAfterMs = 50
const maxLooks = 100
/** What others may have written meanwhile. */
const longestLookBack = 16_777_216

/**
 * A file that is appended to and may be rotated away. Several processes may append to one file: the
 * system puts each write after the others, and with `isShared` no line is ever continued by another's
 * although a full disk or a kill cut it short.
 */
export class LogFile implements LogSink {
  readonly #path: string
  readonly #isShared: boolean
  #fd: number | null = null
  #device = -1
  #inode = -1
  #checkedAtMs = 0

  constructor(path: string, isShared = false) {
    this.#path = path
    this.#isShared = isShared
  }

  async reopen(): Promise<boolean> {
    const access = this.#isShared ? constants.O_RDWR : constants.O_WRONLY
    const fd = await openFile(this.#path, access | appending, readableByGroup)
    try {
      const stats = await statFile(fd)
      const isSame = stats.dev === this.#device && stats.ino === this.#inode
      if (!isSame && stats.isFile() && stats.size > 0) await this.#endBrokenLine(fd)
      const previous = this.#fd
      this.#fd = fd
      this.#device = stats.dev
      this.#inode = stats.ino
      if (previous !== null) await closeFile(previous)
      return isSame
    } catch (error) {
      if (this.#fd !== fd) await closeFile(fd)
      throw error
    }
  }

  async write(bytes: Uint8Array, offset: number): Promise<number> {
    if (this.#fd === null) throw new Error('The file is not open')
    if (this.#isShared) return writeLines(this.#fd, bytes, offset)
    const { bytesWritten } = await writeFile(this.#fd, bytes, offset, bytes.length - offset, null)
    return bytesWritten
  }

  async isUnlinked(nowMs: number): Promise<boolean> {
    if (this.#fd === null) return false
    if (nowMs - this.#checkedAtMs < unlinkCheckEveryMs) return false
    this.#checkedAtMs = nowMs
    const stats = await statFile(this.#fd)
    return stats.nlink === 0
  }

  async close(): Promise<void> {
    if (this.#fd === null) return
    const fd = this.#fd
    this.#fd = null
    await closeFile(fd)
  }

  /** A crash may have left half a line: ours must not continue it. */
  async #endBrokenLine(fd: number): Promise<void> {
    const reader = await openFile(this.#path, constants.O_RDONLY)
    try {
      await endLastLine(reader, fd)
    } finally {
      await closeFile(reader)
    }
  }
}

/** Counts whole lines only: what was cut short is written again, on a line of its own. */
async function writeLines(fd: number, bytes: Uint8Array, offset: number): Promise<number> {
  const before = await endLastLine(fd, fd)
  const { bytesWritten } = await writeFile(fd, bytes, offset, bytes.length - offset, null)
  const endOfFirst = bytes.indexOf(lineFeed, offset) + 1
  const first = bytes.subarray(offset, endOfFirst)
  if (bytesWritten >= first.length && (await isContinuation(fd, first, before, bytesWritten))) {
    await writeLines(fd, first, 0)
  }
  if (bytesWritten === bytes.length - offset) return bytesWritten
  const whole = bytes.lastIndexOf(lineFeed, offset + bytesWritten - 1) + 1 - offset
  if (whole <= 0) throw new Error('The file took part of a line')
  return whole
}

/** Ends a line that was cut short; the size of the file behind its last line. */
async function endLastLine(reader: number, fd: number): Promise<number> {
  const last = Buffer.alloc(1)
  let sizeBefore = -1
  for (let look = 0; look < maxLooks; look += 1) {
    const { size } = await statFile(reader)
    if (size === 0) return 0
    await readFile(reader, last, 0, 1, size - 1)
    if (last[0] === lineFeed) return size
    // A line that another process is just writing goes on: only one that has stopped is cut short.
    if (size === sizeBefore) await writeFile(fd, '\n')
    else await sleep(lookAgainAfterMs)
    sizeBefore = size
  }
  await writeFile(fd, '\n')
  return (await statFile(fd)).size
}

/**
 * Whether the line that has just been written stands behind what another process began to write after
 * the look at the end of the file, and was killed in the middle of.
 */
async function isContinuation(
  fd: number,
  line: Uint8Array,
  before: number,
  bytesWritten: number,
): Promise<boolean> {
  const { size } = await statFile(fd)
  const length = size - before
  // Nobody else has written, or so much that it is not looked for.
  if (length === bytesWritten || length <= 0 || length > longestLookBack) return false
  const since = Buffer.allocUnsafe(length)
  const { bytesRead } = await readFile(fd, since, 0, length, before)
  const at = since.subarray(0, bytesRead).indexOf(line)
  return at > 0 && since[at - 1] !== lineFeed
}
