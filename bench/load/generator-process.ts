import { connect, type Socket } from 'node:net'
import { createHistogram } from 'node:perf_hooks'
import type { Answered, Order } from './generator.ts'

/**
 * Sends one request over and over on raw sockets, and reads of an answer no more than its status and
 * its length: so that one processor is enough for the load and the upstream. As an own process, so
 * that nothing else waits in its event loop.
 *
 * With a rate, requests are due by the clock whatever the answers do, and how long one took is counted
 * from when it was due: a program that stalls is told of by every request that came due meanwhile
 * (no coordinated omission).
 */
const waiting = new Int32Array(new SharedArrayBuffer(4))
/** Shorter than what is measured; longer than it takes to let the upstream run. */
const sleepMs = 0.05

class Line {
  readonly #order: Order
  readonly #bytes: Buffer
  readonly #done: (line: Line) => void
  #socket: Socket | null = null
  #partial: Buffer | null = null
  /** Bytes of the answer still to come; -1: its header is not complete. */
  #left = -1
  dueMs = 0
  isBusy = false
  problem: string | null = null

  constructor(order: Order, done: (line: Line) => void) {
    this.#order = order
    this.#bytes = Buffer.from(order.request, 'latin1')
    this.#done = done
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ port: this.#order.port, host: '127.0.0.1', noDelay: true })
      this.#socket = socket
      socket.once('connect', resolve).once('error', reject)
      socket.on('data', (chunk: Buffer) => this.#read(chunk))
      socket.on('close', () => {
        if (this.isBusy && socket === this.#socket) this.#fail('the connection ended')
      })
    })
    this.#socket?.removeAllListeners('error').on('error', () => {})
  }

  /** False once the other side, or its whole process, has gone. */
  get isUsable(): boolean {
    return this.#order.reconnects === true || this.#socket?.destroyed === false
  }

  send(dueMs: number): void {
    this.dueMs = dueMs
    this.isBusy = true
    if (this.#order.reconnects === true && this.#socket === null) {
      this.open().then(
        () => this.#socket?.write(this.#bytes),
        (error: Error) => this.#fail(error.message),
      )
    } else {
      this.#socket?.write(this.#bytes)
    }
  }

  #read(chunk: Buffer): void {
    let bytes = chunk
    if (this.#left < 0) {
      if (this.#partial !== null) bytes = Buffer.concat([this.#partial, chunk])
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#partial = bytes
        return
      }
      this.#partial = null
      const header = bytes.toString('latin1', 0, end)
      const length = /\ncontent-length: (\d+)/i.exec(header)?.[1]
      if (Number(header.slice(9, 12)) !== this.#order.expectStatus) this.#fail(header)
      if (length === undefined) this.#fail(`no length: ${header}`)
      this.#left = end + 4 + Number(length)
    }
    this.#left -= bytes.length
    if (this.#left > 0) return
    if (this.#left < 0) this.#fail('more than was asked for')
    this.#left = -1
    this.isBusy = false
    if (this.#order.reconnects === true) {
      this.#socket?.destroy()
      this.#socket = null
    }
    this.#done(this)
  }

  #fail(problem: string): void {
    this.problem ??= problem
    this.isBusy = false
    this.#done(this)
  }
}

/** Connections are kept from one order to the next for the same program and request. */
const kept = new Map<string, Line[]>()

async function linesFor(order: Order, done: (line: Line) => void): Promise<Line[]> {
  const key = JSON.stringify([order.port, order.request, order.connections, order.expectStatus])
  const known = kept.get(key)
  if (known?.every((line) => line.isUsable) === true) return known
  // The answers of a pool go to whichever run is under way.
  const lines = Array.from({ length: order.connections }, () => new Line(order, done))
  if (order.reconnects !== true) for (const line of lines) await line.open()
  kept.set(key, lines)
  return lines
}

let onDone: (line: Line) => void = () => {}

async function carryOut(order: Order): Promise<Answered> {
  const lines = await linesFor(order, (line) => onDone(line))
  const histogram = createHistogram()
  const startedMs = performance.now()
  const endsMs = startedMs + order.durationMs
  let answered = 0
  let problem: string | null = null
  const count = (line: Line, nowMs: number): void => {
    problem ??= line.problem
    answered += 1
    histogram.record(Math.max(1, Math.round((nowMs - line.dueMs) * 1e6)))
  }
  const { ratePerSecond } = order
  await (ratePerSecond === undefined
    ? closedLoop()
    : openLoop(ratePerSecond / 1_000, 1_000 / ratePerSecond))
  const elapsedMs = performance.now() - startedMs
  onDone = () => {}
  return {
    requests: answered,
    elapsedMs,
    problem,
    p50Ms: histogram.percentile(50) / 1e6,
    p99Ms: histogram.percentile(99) / 1e6,
    p999Ms: histogram.percentile(99.9) / 1e6,
    maxMs: histogram.max / 1e6,
  }

  async function closedLoop(): Promise<void> {
    await new Promise<void>((resolve) => {
      let busy = 0
      onDone = (line) => {
        const nowMs = performance.now()
        count(line, nowMs)
        if (nowMs < endsMs && problem === null) {
          line.send(nowMs)
          return
        }
        busy -= 1
        if (busy === 0) resolve()
      }
      for (const line of lines) {
        busy += 1
        line.send(performance.now())
      }
    })
  }

  async function openLoop(perMs: number, everyMs: number): Promise<void> {
    const total = Math.floor(order.durationMs * perMs)
    const idle = [...lines]
    let sent = 0
    await new Promise<void>((resolve) => {
      const turn = (): void => {
        const nowMs = performance.now()
        while (sent < total && startedMs + sent * everyMs <= nowMs) {
          const line = idle.pop()
          if (line === undefined) break
          line.send(startedMs + sent * everyMs)
          sent += 1
        }
        if (answered === total || problem !== null) return resolve()
        if (performance.now() > endsMs + 10_000) {
          problem = 'the rate was not reached: answers are seconds behind'
          return resolve()
        }
        if (idle.length > 0 && startedMs + sent * everyMs - nowMs > sleepMs) {
          Atomics.wait(waiting, 0, 0, sleepMs)
        }
        setImmediate(turn)
      }
      onDone = (line) => {
        count(line, performance.now())
        idle.push(line)
      }
      turn()
    })
  }
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ problem: error.message }),
  )
})
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
