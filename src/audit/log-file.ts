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
      if (await endsInBrokenLine(reader)) await writeFile(fd, '\n')
    } finally {
      await closeFile(reader)
    }
  }
}

/** Counts whole lines only: what was cut short is written again, on a line of its own. */
async function writeLines(fd: number, bytes: Uint8Array, offset: number): Promise<number> {
  if (await endsInBrokenLine(fd)) await writeFile(fd, '\n')
  const { bytesWritten } = await writeFile(fd, bytes, offset, bytes.length - offset, null)
  if (bytesWritten === bytes.length - offset) return bytesWritten
  const whole = bytes.lastIndexOf(lineFeed, offset + bytesWritten - 1) + 1 - offset
  if (whole <= 0) throw new Error('The file took part of a line')
  return whole
}

/**
 * A line that another process is just writing looks broken as well, but goes on: only one that has
 * stopped is.
 */
async function endsInBrokenLine(fd: number): Promise<boolean> {
  const last = Buffer.alloc(1)
  let sizeBefore = -1
  for (let look = 0; look < maxLooks; look += 1) {
    const { size } = await statFile(fd)
    if (size === 0) return false
    await readFile(fd, last, 0, 1, size - 1)
    if (last[0] === lineFeed) return false
    if (size === sizeBefore) return true
    sizeBefore = size
    await sleep(lookAgainAfterMs)
  }
  return true
}
