import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { sendRaw } from './raw-client.ts'

let door: FrontDoor | null = null
/** What the name of the upstream stands for, from one connection to the next. */
let addresses: string[] = []
let asked = 0

afterEach(async () => {
  await door?.close()
  door = null
})

const resolve: LookupFunction = (_name, _options, callback) => {
  asked += 1
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  process.nextTick(() => callback(null, found))
}

async function open(location: string | null = null, closes = true): Promise<FrontDoor> {
  asked = 0
  const opened: FrontDoor = await openFrontDoor(
    (_, res) => {
      if (closes) res.setHeader('connection', 'close')
      if (location !== null) res.writeHead(302, { location })
      res.end('from the application')
    },
    { upstream: { allowedAddresses: ['127.0.0.1'], resolve }, upstreamName: 'app.internal' },
  )
  door = opened
  return opened
}

async function get(port: number): Promise<string> {
  const { status, text } = await sendRaw(
    port,
    'GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n',
  )
  return `${status} ${/^location: (.*)\r$/im.exec(text)?.[1] ?? ''}`.trim()
}

describe('an upstream with a name', () => {
  it('is not followed to where it is made to point, and is served again once it points back', async () => {
    const { port, logs, records } = await open()
    addresses = ['127.0.0.1']
    expect(await get(port)).toBe('200')
    for (const address of ['169.254.169.254', '10.0.0.1', '::1', '::ffff:169.254.169.254']) {
      addresses = [address]
      expect(await get(port)).toBe('502')
    }
    addresses = ['127.0.0.1']
    expect(await get(port)).toBe('200')
    expect(asked).toBe(6)
    expect(records.map(({ outcome }) => outcome.kind)).toEqual([
      'forwarded',
      'failed',
      'failed',
      'failed',
      'failed',
      'forwarded',
    ])
    const reasons = logs.map(({ fields }) => String(fields['reason']))
    expect(reasons[0]).toContain('app.internal resolves to 169.254.169.254')
  })

  it('is recorded with the address it stood for', async () => {
    const { port, records, upstreamPort } = await open()
    addresses = ['127.0.0.1']
    await get(port)
    expect(records[0]?.outcome).toMatchObject({ address: `127.0.0.1:${upstreamPort}` })
  })

  it('may send its clients elsewhere, but not the gateway', async () => {
    addresses = ['127.0.0.1']
    const opened = await open('http://169.254.169.254/latest/meta-data')
    let reached = 0
    opened.upstream.on('request', () => {
      reached += 1
    })
    expect(await get(opened.port)).toBe('302 http://169.254.169.254/latest/meta-data')
    expect(reached).toBe(1)
    expect(asked).toBe(1)
  })
})
