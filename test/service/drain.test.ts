import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { HttpService } from '../../src/service/http-service.ts'
import { until } from '../support/until.ts'

/** More than the kernel takes for a client that does not read. */
const answer = 'x'.repeat(20_000_000)

const limits = {
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs: 5_000,
  maxConnections: 10,
  closeIdleAfterMs: 0,
  closeTimeoutMs: 20_000,
}

test('lets a client take the rest of its answer before the service ends', async () => {
  const place = { host: '127.0.0.1', port: 0 }
  let isAnswered = false
  const service = new HttpService('the service', place, limits, (_req, res) => {
    res.end(answer)
    isAnswered = true
  })
  const { port } = await service.listen()
  const client = connect(port, '127.0.0.1').pause()
  client.on('error', () => {})
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await until('the answer', () => isAnswered)
  const closed = service.close()
  // Several looks for connections that are idle.
  await sleep(200)
  let taken = 0
  client.on('data', (chunk: Buffer) => (taken += chunk.length)).resume()
  await once(client, 'close')
  expect(taken).toBeGreaterThan(answer.length)
  await closed
})
