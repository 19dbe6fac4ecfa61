import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * The well-behaved: on its standard input it gets `PORT TOKEN`, then `begin` and `end` in turn, each
 * `end` answered by a line of JSON, `Counted`. Some keep their connections, opened before anything else
 * goes on; some open one for each request, in the middle of whatever goes on.
 */
export interface Counted {
  readonly kept: Tally
  readonly fresh: Tally
}

export interface Tally {
  readonly answered: number
  /** Connections that broke, answers other than 200, and requests without an answer in time. */
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const keptClients = 48
const freshClients = 16
const patienceMs = 5_000

class Counter {
  #answered = 0
  #failed = 0
  #tookMs: number[] = []

  answered(tookMs: number): void {
    this.#answered += 1
    this.#tookMs.push(tookMs)
  }

  failed(): void {
    this.#failed += 1
  }

  take(): Tally {
    const sorted = this.#tookMs.toSorted((one, other) => one - other)
    const at = (share: number): number =>
      Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
    const tally = {
      answered: this.#answered,
      failed: this.#failed,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
    }
    this.#answered = 0
    this.#failed = 0
    this.#tookMs = []
    return tally
  }
}

/** Asks again and again, until it is told `end` before its next request. */
function work(
  counter: Counter,
  port: number,
  request: string,
  isKept: boolean,
  localAddress: string,
): void {
  let socket: Socket | null = null
  let askedAtMs = 0
  const ask = (): void => {
    askedAtMs = performance.now()
    socket ??= open()
    socket.write(request)
  }
  const open = (): Socket => {
    const opened = connect({ port, host: '127.0.0.1', localAddress })
    opened.setNoDelay(true)
    opened.setTimeout(patienceMs, () => opened.destroy())
    opened.on('error', () => opened.destroy())
    opened.on('close', () => {
      if (socket !== opened) return
      socket = null
      counter.failed()
      setTimeout(ask, 10)
    })
    opened.on('data', (chunk: Buffer) => {
      // One answer at a time, small enough for one piece, begun by its status and ended by its content.
      if (chunk.subarray(9, 12).toString() === '200')
        counter.answered(performance.now() - askedAtMs)
      else counter.failed()
      if (!isKept) {
        socket = null
        opened.destroy()
      }
      ask()
    })
    return opened
  }
  ask()
}

const kept = new Counter()
const fresh = new Counter()
const lines = createInterface({ input: process.stdin })
lines.once('line', (line) => {
  const [port = '', token = ''] = line.split(' ')
  const head = `GET /departments/finance/documents/42 HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer ${token}\r\n`
  for (let count = 0; count < keptClients; count += 1) {
    work(kept, Number(port), `${head}\r\n`, true, '127.0.0.1')
  }
  for (let count = 0; count < freshClients; count += 1) {
    // With addresses of their own none runs out of ports, nor searches for a free one.
    const address = `127.0.1.${1 + count}`
    work(fresh, Number(port), `${head}Connection: close\r\n\r\n`, false, address)
  }
  lines.on('line', (command) => {
    const counted: Counted = { kept: kept.take(), fresh: fresh.take() }
    if (command === 'end') process.stdout.write(`${JSON.stringify(counted)}\n`)
  })
})
lines.once('close', () => process.exit(0))
