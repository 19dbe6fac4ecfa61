import type { OnReadOpts } from 'node:net'

/**
 * Where all connections read to. Each piece is taken or copied before the next is read, so that one
 * buffer is enough, and it stays in the processor's cache.
 */
const landing = Buffer.allocUnsafeSlow(65_536)

/** Has a socket read there; `receive` gets what came in, which is overwritten once it returns. */
export function landingFor(receive: (bytes: Buffer, length: number) => void): OnReadOpts {
  return {
    buffer: landing,
    callback: (length) => {
      receive(landing, length)
      return true
    },
  }
}
