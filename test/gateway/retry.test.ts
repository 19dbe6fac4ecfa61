import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor } from './front-door.ts'

let door: FrontDoor | null = null
afterEach(async () => {
  await door?.close()
  door = null
})

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

function get(port: number, name: string): Socket {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => {})
  client.write(`GET /files/${name} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n`)
  return client
}

it('sends nothing for a client that left while its second attempt waited for a connection', async () => {
  const seen: { readonly target: string; readonly socket: Socket }[] = []
  const upstream = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      seen.push({ target: chunk.toString().split(' ', 2)[1] ?? '', socket })
    })
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  door = await openFrontDoor(() => {}, {
    upstream: { maxConnections: 1, connectTimeoutMs: 30_000, headersTimeoutMs: 30_000 },
    upstreamOrigin: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
  })
  const leaving = get(door.port, 'a')
  await eventually(() => seen.length === 1, 'the first attempt')
  const other = get(door.port, 'b')
  await eventually(() => door?.gateway.inFlight === 2, 'one that waits')
  // The one that waits gets the next connection, the second attempt waits behind it.
  seen[0]?.socket.resetAndDestroy()
  await eventually(() => seen.length === 2, 'the one that waited')
  leaving.destroy()
  await eventually(() => door?.records.length === 1, 'a record')
  seen[1]?.socket.write(answer)
  await once(other, 'data')
  const last = get(door.port, 'c')
  await eventually(() => seen.length > 2, 'the next request')
  seen[2]?.socket.write(answer)
  await once(last, 'data')
  expect(seen.map(({ target }) => target)).toEqual(['/files/a', '/files/b', '/files/c'])
  for (const client of [other, last]) client.destroy()
  upstream.close()
}, 60_000)
