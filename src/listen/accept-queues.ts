import { Server, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { listenOn, type Place } from './listen-on.ts'

/** Of one process that shares its port. */
const queuesPerProcess = 8

/**
 * Longest time to empty the queues before they are closed: in a flood they never are. A busy process
 * takes a few connections in it, one for each of its long turns.
 */
const maxWaitMs = 250

/** As node:net keeps them. */
interface SocketDefaults {
  readonly allowHalfOpen: boolean
  readonly noDelay: boolean
}

/**
 * Further queues of connections on the port of a server. Node.js takes one connection of a queue in
 * each turn of its event loop, so that a process with much to do in a turn takes few, however long the
 * queue is. Only a port that is shared (SO_REUSEPORT) can have several.
 */
export class AcceptQueues {
  readonly #server: Server
  readonly #others: Server[] = []
  readonly #stopped = Promise.withResolvers<void>()

  constructor(server: Server) {
    this.#server = server
  }

  /** Throws a Fault when the port cannot be shared. */
  async open(place: Place): Promise<void> {
    const { allowHalfOpen, noDelay } = this.#server as Server & SocketDefaults
    const { maxConnections } = this.#server
    while (this.#others.length + 1 < queuesPerProcess) {
      const other = new Server({ allowHalfOpen, noDelay })
      other.maxConnections = maxConnections
      other.on('connection', (socket: Socket) => this.#server.emit('connection', socket))
      other.on('drop', (dropped) => this.#server.emit('drop', dropped))
      await listenOn(other, place)
      other.on('error', (error) => this.#server.emit('error', error))
      this.#others.push(other)
    }
  }

  /**
   * Accepts nothing more once nobody waits in the queues, and ends when all connections have. What waits
   * when a queue is closed is reset.
   */
  async close(): Promise<void> {
    await this.#takeWaiting()
    const closed = [this.#server, ...this.#others].map(closeListener)
    this.#stopped.resolve()
    await Promise.all(closed)
  }

  /** Settles when it accepts nothing more. */
  get stopped(): Promise<void> {
    return this.#stopped.promise
  }

  /** Until a turn brings no connection, or for a little while. */
  async #takeWaiting(): Promise<void> {
    const startedAtMs = performance.now()
    let isTaken = false
    const take = (): void => {
      isTaken = true
    }
    this.#server.on('connection', take)
    await nextTurn()
    do {
      isTaken = false
      await nextTurn()
    } while (isTaken && performance.now() - startedAtMs < maxWaitMs)
    this.#server.off('connection', take)
  }
}

async function closeListener(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    // That of node:http would also close idle connections, on which a request may be under way, and
    // stop watching over those that send theirs too slowly.
    Server.prototype.close.call(server, () => resolve())
  })
}
