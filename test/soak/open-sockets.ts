import { handshakeText, openRaw, type RawClient } from '../gateway/web-socket.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'
import { type Letter, letters, type Reigns } from './variants.ts'

export interface OpenSocketsParts {
  readonly port: number
  readonly count: number
  readonly random: Random
  readonly token: () => string
  readonly reigns: Reigns
  readonly faults: Faults
  readonly violate: (what: string, example: unknown) => void
}

interface OpenSocket {
  readonly client: RawClient
  readonly letter: Letter
  readonly openedMs: number
  deniedSinceMs: number | null
}

/** A socket may outlive its permission for so long before it counts as forgotten. */
const patienceMs = 4_000

/** WebSockets that stay open for as long as they are permitted, and no longer. */
export class OpenSockets {
  readonly #parts: OpenSocketsParts
  #sockets: OpenSocket[] = []
  cut = 0

  constructor(parts: OpenSocketsParts) {
    this.#parts = parts
  }

  look(): void {
    const nowMs = performance.now()
    const kept: OpenSocket[] = []
    for (const socket of this.#sockets) if (this.#check(socket, nowMs)) kept.push(socket)
    this.#sockets = kept
    while (this.#sockets.length < this.#parts.count) this.#sockets.push(this.#open(nowMs))
  }

  close(): void {
    for (const { client } of this.#sockets) client.socket.destroy()
    this.#sockets = []
  }

  /** Whether it goes on. */
  #check(socket: OpenSocket, nowMs: number): boolean {
    const { reigns, faults, violate } = this.#parts
    const { client, letter, openedMs } = socket
    const since = reigns.between(openedMs, nowMs)
    if (client.closed) {
      if (client.text().startsWith('HTTP/1.1 101')) this.cut += 1
      const isExplained =
        !client.text().startsWith('HTTP/1.1 101') ||
        since.some(({ permitted }) => !permitted.has(letter)) ||
        faults.wasKilledDuring(openedMs, nowMs) ||
        ['away', 'issuer'].some((what) => faults.wasDisturbed(what, openedMs, nowMs)) ||
        // New workers may take their time to start before old ones leave.
        faults.wasDisturbed('SIGUSR2', openedMs - 30_000, nowMs)
      if (!isExplained) violate('cut a socket that was permitted all along', { letter, openedMs })
      return false
    }
    const isDenied = reigns.between(nowMs, nowMs).every(({ permitted }) => !permitted.has(letter))
    socket.deniedSinceMs = isDenied ? (socket.deniedSinceMs ?? nowMs) : null
    if (socket.deniedSinceMs === null || nowMs - socket.deniedSinceMs < patienceMs) return true
    violate('left a socket open that is not permitted', { letter, openedMs, nowMs })
    client.socket.destroy()
    return false
  }

  #open(nowMs: number): OpenSocket {
    const { port, random, token } = this.#parts
    const letter = random.pick(letters)
    const client = openRaw(port, handshakeText({ path: `/sockets/${letter}`, name: token() }))
    return { client, letter, openedMs: nowMs, deniedSinceMs: null }
  }
}
