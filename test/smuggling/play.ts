import { connect } from 'node:net'
import { readReference } from './reference.ts'

/** What came back on the connection of one case. */
export interface Played {
  readonly received: string
  /** The server ended the connection before time ran out. */
  readonly ended: boolean
}

const patienceMs = 10_000
const halfCloseMs = 40

/**
 * Sends octets as they are, then waits for the server to end the connection. What asks for more that
 * never comes is ended from this side a moment later.
 */
export async function play(port: number, bytes: string, cut: number): Promise<Played> {
  return await new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let ended = false
    const giveUp = setTimeout(() => socket.destroy(), patienceMs)
    let half: NodeJS.Timeout | null = null
    const { rest, closes } = readReference(bytes)
    const finish = (last: string): void => {
      if (!socket.destroyed) socket.write(last, 'latin1')
      if (closes || rest?.kind === 'broken') return
      half = setTimeout(() => socket.end(), halfCloseMs)
    }
    if (cut === 0) {
      finish(bytes)
    } else {
      socket.write(bytes.slice(0, cut), 'latin1')
      setTimeout(() => finish(bytes.slice(cut)), 1)
    }
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      ended = true
    })
    socket.on('error', () => {
      ended = true
    })
    socket.on('close', () => {
      clearTimeout(giveUp)
      if (half !== null) clearTimeout(half)
      resolve({ received: Buffer.concat(chunks).toString('latin1'), ended })
    })
  })
}

/** Runs `work` on every item, so many at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  const run = async (): Promise<void> => {
    for (;;) {
      const item = items[next]
      if (item === undefined) return
      next += 1
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: width }, run))
}
