import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { acceptSockets, clientFrame, openRaw, openWebSocket, type RawClient } from './web-socket.ts'

const keepAliveTimeoutMs = 400
const request = 'GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n'

let door: FrontDoor
const clients: RawClient[] = []

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy()
  await door.close()
})

function keep(client: RawClient): RawClient {
  clients.push(client)
  return client
}

async function open(answerAfterMs = 0): Promise<void> {
  door = await openFrontDoor((_req, res) => void setTimeout(() => res.end('ok'), answerAfterMs), {
    listen: { keepAliveTimeoutMs },
  })
}

it('is closed when nothing has come since its answer for the time it was told, not sooner', async () => {
  await open()
  const client = keep(openRaw(door.port, request))
  await until('the answer', () => client.text().endsWith('ok'))
  expect(client.text()).toContain('\r\nKeep-Alive: timeout=0\r\n')
  const answeredMs = performance.now()
  await until('the end', () => client.closed)
  expect(performance.now() - answeredMs).toBeGreaterThan(keepAliveTimeoutMs * 0.9)
})

it('is kept while it is used, and while an answer takes its time', async () => {
  await open(keepAliveTimeoutMs * 2)
  const client = keep(openRaw(door.port, request))
  await until('the answer', () => client.text().endsWith('ok'))
  await sleep(keepAliveTimeoutMs / 2)
  client.socket.write(request)
  await until('both answers', () => client.text().match(/ok/g)?.length === 2)
  expect(client.closed).toBe(false)
})

it('is kept when it has been switched to another protocol, however silent it is', async () => {
  await open()
  acceptSockets(door.upstream)
  const client = keep(openWebSocket(door.port))
  await until('the switch', () => client.status() === 101)
  await sleep(keepAliveTimeoutMs * 2)
  client.socket.write(clientFrame('still there'))
  await until('the echo', () => client.body().length > 0)
  expect(client.closed).toBe(false)
})
