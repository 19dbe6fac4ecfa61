import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { Generator, type Order, writeRequest } from '../../bench/load/generator.ts'
import { summarise } from '../../bench/guard/comparison.ts'

const stops: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** Answers at once, but stalls for a while at one request, and every connection with it. */
async function start(stallAt: number, stallMs: number, status = 200): Promise<Order> {
  let asked = 0
  const server = createServer((_req, res) => {
    asked += 1
    if (asked === stallAt) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs)
    res.writeHead(status, { 'content-length': 4 }).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(
    () => server.closeAllConnections(),
    () => void server.close(),
  )
  return {
    port: (server.address() as AddressInfo).port,
    request: writeRequest({ method: 'GET', path: '/' }),
    connections: 4,
    durationMs: 1_000,
    expectStatus: 200,
  }
}

async function startGenerator(): Promise<Generator> {
  const generator = await Generator.start('0,1')
  stops.unshift(() => generator.stop())
  return generator
}

test('counts a stall for every request that came due meanwhile', async () => {
  const order = await start(100, 300)
  const generator = await startGenerator()
  const longer = { ...order, durationMs: 2_000, ratePerSecond: 400 }
  const { requests, p50Ms, p99Ms, maxMs } = await generator.run(longer)
  expect(requests).toBe(800)
  // 120 of 800 came due while nothing was answered, although only four could be under way.
  expect(maxMs).toBeGreaterThan(250)
  expect(p99Ms).toBeGreaterThan(200)
  // Most did not; on a busy machine they wait for something else.
  expect(p50Ms).toBeLessThan(maxMs / 1.2)
})

test('gives no figure when an answer is not the one expected', async () => {
  const order = await start(0, 0, 503)
  const generator = await startGenerator()
  await expect(generator.run(order)).rejects.toThrow(`Port ${order.port}: HTTP/1.1 503`)
})

test('sees through what others do to the turns of both', () => {
  const quiet = Array.from({ length: 32 }, (_, at) => 10 + (at % 4) * 0.1)
  const disturbed = quiet.map((us, at) => (at % 3 === 0 ? us * 4 : us))
  const { ratio } = summarise('a figure', 'us', { own: disturbed, baseline: quiet }, 0.25)
  expect(ratio).toBeCloseTo(1, 1)
  const slower = disturbed.map((us) => us * 1.15)
  expect(summarise('a figure', 'us', { own: slower, baseline: quiet }, 0.25).ratio).toBeCloseTo(
    1.15,
    1,
  )
})
