import { queryObjects } from 'node:v8'
import { afterEach, expect, it } from 'vitest'
import { GatewayRequest } from '../../src/listen/gateway-request.ts'
import { until } from '../support/until.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { openRaw } from './web-socket.ts'

let door: FrontDoor

afterEach(async () => {
  await door.close()
})

it('keeps nothing of a request that is answered while its connection waits for the next', async () => {
  const answers: (() => void)[] = []
  door = await openFrontDoor((_req, res) => {
    answers.push(() => void res.end('ok'))
  })
  const client = openRaw(
    door.port,
    'GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n',
  )
  await until('the request', () => answers.length === 1)
  // Collects what nobody holds before it counts.
  expect(queryObjects(GatewayRequest, { format: 'count' })).toBe(1)
  answers[0]?.()
  await until('the answer', () => client.text().endsWith('ok'))
  await until('it is gone', () => queryObjects(GatewayRequest, { format: 'count' }) === 0)
  expect(client.closed).toBe(false)
  client.socket.destroy()
})
