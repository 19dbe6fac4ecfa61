import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { UpstreamTls } from '../../src/upstream/connector.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { sendRaw } from './raw-client.ts'
import { testCertificate, testKey } from './test-certificate.ts'

const before = getCACertificates('default')
const names: (string | false | null | undefined)[] = []
let connections = 0
let upstream: Server
let door: FrontDoor | null = null

beforeAll(() => setDefaultCACertificates([...before, testCertificate]))
afterAll(() => setDefaultCACertificates(before))
beforeEach(async () => {
  names.length = 0
  connections = 0
  upstream = createServer({ key: testKey, cert: testCertificate }, (req, res) => {
    names.push((req.socket as TLSSocket).servername)
    res.end(`for ${req.headers.host}`)
  })
  upstream.on('secureConnection', () => {
    connections += 1
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
})
afterEach(async () => {
  upstream.closeAllConnections()
  upstream.close()
  await door?.close()
  door = null
})

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function get(host: string): Promise<string> {
  const answer = await sendRaw(
    door?.port ?? 0,
    `GET /files/a HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n`,
  )
  return `${answer.status} ${answer.text.split('\r\n\r\n').at(-1)}`
}

it('asks for the certificate of the configured origin, whatever host the client names', async () => {
  door = await openFrontDoor(() => {}, { upstreamOrigin: `https://localhost:${portOf(upstream)}` })
  expect(await get('app.test')).toBe('200 for app.test')
  expect(await get('evil.test')).toBe('200 for evil.test')
  expect(names).toEqual(['localhost', 'localhost'])
  expect(connections).toBe(1)
})

it('names no server when the origin is an address', async () => {
  door = await openFrontDoor(() => {}, { upstreamOrigin: `https://127.0.0.1:${portOf(upstream)}` })
  expect(await get('app.test')).toBe('200 for app.test')
  expect(names).toEqual([false])
})

it('sends nothing to an upstream whose certificate it cannot trust', async () => {
  setDefaultCACertificates(before)
  door = await openFrontDoor(() => {}, { upstreamOrigin: `https://localhost:${portOf(upstream)}` })
  expect(await get('app.test')).toMatch(/^502 .*ERR_UPSTREAM_CONNECT/)
  expect(names).toEqual([])
  setDefaultCACertificates([...before, testCertificate])
})

it('opens its connections anew once the files they were opened with are renewed', async () => {
  let tls: UpstreamTls = { context: null, serverName: null }
  door = await openFrontDoor(() => {}, {
    upstreamOrigin: `https://localhost:${portOf(upstream)}`,
    upstreamTls: { for: () => tls },
  })
  await get('app.test')
  await get('app.test')
  expect(connections).toBe(1)
  tls = { context: null, serverName: null }
  expect(await get('app.test')).toBe('200 for app.test')
  expect(connections).toBe(2)
})

it('records the address that the name of an upstream stood for', async () => {
  door = await openFrontDoor(() => {}, { upstreamOrigin: `https://localhost:${portOf(upstream)}` })
  await get('app.test')
  const address = `127.0.0.1:${portOf(upstream)}`
  expect(door.records[0]?.outcome).toMatchObject({ kind: 'forwarded', address })
})
