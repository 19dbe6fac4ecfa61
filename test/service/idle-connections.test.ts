import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { HttpService } from '../../src/service/http-service.ts'
import { until } from '../support/until.ts'

const keepAliveTimeoutMs = 400
const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const stops: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(answerAfterMs = 0): Promise<() => Promise<Socket & { said: string }>> {
  const limits = {
    maxHeaderBytes: 16_384,
    headersTimeoutMs: 5_000,
    requestTimeoutMs: 10_000,
    keepAliveTimeoutMs,
    maxConnections: 10,
    closeIdleAfterMs: 0,
    closeTimeoutMs: 1_000,
  }
  const place = { host: '127.0.0.1', port: 0 }
  const service = new HttpService('the service', place, limits, (_req, res) => {
    setTimeout(() => res.end('done'), answerAfterMs)
  })
  const { port } = await service.listen()
  stops.push(() => service.close())
  return async () => {
    const socket = Object.assign(connect(port, '127.0.0.1'), { said: '' })
    socket.on('data', (chunk: Buffer) => {
      socket.said += chunk.toString()
    })
    socket.on('error', () => {})
    stops.push(() => void socket.destroy())
    await once(socket, 'connect')
    return socket
  }
}

test('closes a connection that has been silent since its answer for the time-out, not sooner', async () => {
  const open = await start()
  const socket = await open()
  const closed = once(socket, 'close')
  socket.write(request)
  await until('the answer', () => socket.said.endsWith('done'), 2_000)
  const answeredMs = performance.now()
  await closed
  const silentMs = performance.now() - answeredMs
  expect(silentMs).toBeGreaterThan(keepAliveTimeoutMs * 0.9)
})

test('closes a connection that never asked anything', async () => {
  const open = await start()
  const socket = await open()
  await once(socket.resume(), 'close')
  expect(socket.said).toBe('')
})

test('leaves a connection alone while its answer takes longer than the time-out', async () => {
  const open = await start(keepAliveTimeoutMs * 2)
  const socket = await open()
  socket.write(request)
  await until('the answer', () => socket.said.endsWith('done'), 4_000)
  expect(socket.said).toMatch(/^HTTP\/1\.1 200 /)
})

test('keeps a connection that goes on asking', async () => {
  const open = await start()
  const socket = await open()
  const startedMs = performance.now()
  let answers = 0
  while (performance.now() - startedMs < keepAliveTimeoutMs * 3) {
    socket.write(request)
    answers += 1
    await until('an answer', () => socket.said.split('done').length > answers, 2_000)
  }
  expect(socket.destroyed).toBe(false)
})
