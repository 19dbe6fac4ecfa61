import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { eventually, policyText, rolesText, routesText } from './front-door.ts'
import { openTlsDoor, PemFolder, type TlsDoor } from './tls-door.ts'
import { acceptSockets, clientFrame, handshakeText } from './web-socket.ts'

const folder = new PemFolder()
const root = new CertificateAuthority('root')
const own = root.issue({ name: 'app', dns: ['app.test'], usage: 'server' })
let upstream: Server
let door: TlsDoor
let client: TLSSocket
let received = Buffer.alloc(0)

beforeEach(async () => {
  upstream = createServer({ key: own.key, cert: own.certificate })
  acceptSockets(upstream)
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const { port } = upstream.address() as AddressInfo
  door = await openTlsDoor(
    () => {},
    { certificates: [folder.writePair('app', own)] },
    {
      upstreamOrigin: `https://127.0.0.1:${port}`,
      upstreamTls: [
        {
          upstream: null,
          serverName: 'app.test',
          authorities: folder.write('root.pem', root.certificate),
          certificate: null,
          key: null,
          minVersion: '1.3',
        },
      ],
    },
  )
  client = connect({
    port: door.port,
    host: '127.0.0.1',
    ca: root.certificate,
    servername: 'app.test',
  })
  client.on('error', () => {})
  received = Buffer.alloc(0)
  client.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
  })
  client.write(handshakeText({ fields: 'Origin: https://app.test\r\n' }))
  await eventually(() => received.includes('\r\n\r\n'), 'an answer')
})
afterEach(async () => {
  client.destroy()
  await door.close()
  upstream.closeAllConnections()
  upstream.close()
})

it('switches a connection inside TLS on both sides', async () => {
  expect(received.toString()).toMatch(/^HTTP\/1\.1 101 /)
  client.write(clientFrame('hello'))
  await eventually(() => received.includes(clientFrame('hello')), 'an echo')
  client.end()
  await eventually(() => door.records.length === 2, 'the record of the end')
  expect(door.records[1]?.outcome).toEqual({ kind: 'closed', by: 'client' })
})

it('cuts it with a closing frame as well', async () => {
  const { policies, routes } = compilePolicies([
    { path: 'file.yaml', text: policyText.replace('"vault"', '"a"') },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: routesText(door.upstreamOrigin) },
  ])
  if (policies === null || routes === null) throw new Error('The policies compile')
  door.holder.swap(policies, routes)
  await eventually(() => client.closed, 'the end')
  expect(received.subarray(-4)).toEqual(Buffer.from([0x88, 2, 0x03, 0xf0]))
})
