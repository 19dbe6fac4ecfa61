import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect } from './raw-client.ts'
import { openTlsDoor, PemFolder } from './tls-door.ts'

let door: FrontDoor | null = null
afterEach(async () => {
  await door?.close()
  door = null
})

const headers = { authorization: 'Bearer alice' }

/** Sockets that listen on a port of 127.0.0.1, by the kernel's account. */
function listenersOn(port: number): number {
  const place = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
  return readFileSync('/proc/net/tcp', 'utf8').split(place).length - 1
}

it('are several on a port that is shared, and one on any other', async () => {
  door = await openFrontDoor((_req, res) => void res.end('done'))
  expect(listenersOn(door.port)).toBe(1)
  await door.close()
  door = await openFrontDoor((_req, res) => void res.end('done'), { listen: { reusePort: true } })
  expect(listenersOn(door.port)).toBe(8)
})

it('take more than one connection in a turn', async () => {
  const opened = await openFrontDoor((_req, res) => void res.end('done'), {
    listen: { reusePort: true },
  })
  door = opened
  const clients = Array.from({ length: 64 }, () => connect(opened.port, '127.0.0.1'))
  await Promise.all(clients.map((client) => once(client, 'connect')))
  let turns = 0
  const connections = async (): Promise<number> => {
    const found = await opened.registry.getSingleMetric('sallyport_gateway_connections')?.get()
    return found?.values[0]?.value ?? 0
  }
  while ((await connections()) < 64) {
    turns += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(turns).toBeLessThan(40)
  for (const client of clients) client.destroy()
})

it.each([false, true])(
  'lose nobody who waits in them when they are closed (on a shared port: %s)',
  async (reusePort) => {
    const opened = await openFrontDoor((_req, res) => void res.end('done'), {
      listen: { reusePort, drainIdleTimeoutMs: 500 },
    })
    const answers = Array.from({ length: 16 }, () => {
      const client = connect(opened.port, '127.0.0.1')
      client.write('GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n')
      return collect(client)
    })
    // All of them are connected, and none is accepted: that takes another turn.
    await new Promise<void>((resolve) => process.nextTick(resolve))
    const drained = opened.gateway.drain()
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(16).fill(200))
    await drained
    await opened.close()
  },
)

it('cut off whoever is taken out of them when the time of a drain is over already', async () => {
  const opened = await openFrontDoor(() => {}, { listen: { drainTimeoutMs: 0 } })
  const clients = Array.from({ length: 16 }, () => {
    const client = connect(opened.port, '127.0.0.1')
    client.on('error', () => {})
    client.write('GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n')
    return client
  })
  await new Promise<void>((resolve) => process.nextTick(resolve))
  const drained = opened.gateway.drain().then(() => 'drained')
  const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'goes on')).finally(() => {
    for (const client of clients) client.destroy()
  })
  expect(await Promise.race([drained, late])).toBe('drained')
  for (const client of clients) client.destroy()
  await opened.close()
})

it('serve alike, count together, and end together in a drain that waits for their requests', async () => {
  const release: (() => void)[] = []
  const opened = await openFrontDoor((_req, res) => void release.push(() => res.end('done')), {
    listen: { reusePort: true, maxClientConnections: 24 },
  })
  const asked = Array.from({ length: 24 }, () => fetch(`${opened.origin}/files/a`, { headers }))
  while (release.length < 24) await new Promise((resolve) => setTimeout(resolve, 5))
  const refused = connect(opened.port, '127.0.0.1')
  refused.on('error', () => {})
  await new Promise((resolve) => refused.once('close', resolve))
  expect(await opened.registry.metrics()).toContain('{reason="client_connections"} 1')
  const drained = opened.gateway.drain()
  await eventually(() => listenersOn(opened.port) === 0, 'the end of all listeners')
  for (const end of release) end()
  const answers = await Promise.all(asked)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await drained).toEqual({ cutConnections: 0 })
  await opened.close()
})

it('carry TLS as well', async () => {
  const authority = new CertificateAuthority('Root')
  const folder = new PemFolder()
  const pair = authority.issue({ name: 'a', dns: ['a.test'], usage: 'server' })
  const opened = await openTlsDoor(
    (_req, res) => void res.end('done'),
    { certificates: [folder.writePair('a', pair)] },
    { listen: { reusePort: true } },
  )
  door = opened
  const texts = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const asked = request({
        port: opened.port,
        path: '/files/a',
        servername: 'a.test',
        ca: authority.certificate,
        agent: false,
        headers: { ...headers, host: 'a.test' },
      })
      asked.end()
      const [res] = (await once(asked, 'response')) as [Parameters<typeof readAll>[0]]
      return (await readAll(res)).toString()
    }),
  )
  expect(new Set(texts)).toEqual(new Set(['done']))
})
