import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from '../gateway/front-door.ts'
import { sendRaw } from '../gateway/raw-client.ts'

/**
 * Requests that other gateways read in one way and forwarded in another. Whatever the spelling, the
 * upstream sees exactly the path that was decided on, or nothing.
 */
const seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []
let door: FrontDoor

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    seen.push({ url: req.url ?? '', headers: req.headers })
    res.end('through')
  })
})
afterAll(() => door.close())
beforeEach(() => {
  seen.length = 0
  door.records.length = 0
})

async function ask(target: string, fields = ''): Promise<number> {
  const answer = await sendRaw(
    door.port,
    `GET ${target} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n${fields}Connection: close\r\n\r\n`,
  )
  return answer.status
}

/** The vault is closed; each of these tries to reach it from beside. */
const ways = [
  '/files/a/../vault',
  '/files/a/..%2fvault',
  '/files/..%2Ffiles/vault',
  '/files/%2e%2e/files/vault',
  '/files/%2e/vault',
  '/files/.%2e/files/vault',
  '/files/a/..;/vault',
  '/files/a/..;x=1/vault',
  '/files/a/..%3b/vault',
  '/files/;/vault',
  '/files/./vault',
  '/files//vault',
  '//files/vault',
  '/files/a\\..\\vault',
  '/files\\vault',
  '/files/a%5c..%5cvault',
  '/files/%252e%252e/files/vault',
  '/files/a/%252e%252e%252fvault',
  '/files/a%c0%af..%c0%afvault',
  '/files/%c0%ae%c0%ae/files/vault',
  '/files/%e0%80%ae%e0%80%ae/files/vault',
  '/files/vault%00',
  '/files/vault%00.html',
  '/files/vault%0a',
  '/files/vault%0d%0aX:y',
  '/files/vault%09',
  '/files/vault#a',
  '/files/a#/../vault',
  '/files/vault/..%00/',
  '/files/..%20/files/vault',
  '/files/%20/vault',
  '/files/.../vault',
  '/files/vault/.',
  '/files/vault/./',
  '/files/vault/..',
  '/%2e%2e/files/vault',
  '/files/%u002e%u002e/vault',
  '/files/vault%',
  '/files/vault%2',
  '/files/vault%zz',
]

describe('a path with more than one reading', () => {
  it.each(ways)('is refused: %s', async (target) => {
    expect(await ask(target)).toBe(400)
    expect(seen).toEqual([])
  })

  it.each(['/files/%76ault', '/files/va%75lt', '/%66iles/vault', '/files/%76%61%75%6c%74'])(
    'is decided in its one form, which the deny rule knows: %s',
    async (target) => {
      expect(await ask(target)).toBe(403)
      expect(door.records[0]?.facts?.path).toBe('/files/vault')
    },
  )

  // nomore403 tries these in the middle and at the end of a path.
  it.each([
    '%09',
    '%20',
    '%23',
    '%25',
    '%26',
    '%2e',
    '%2f',
    '%3b',
    '%3f',
    '%5c',
    '%7e',
    '%c2%a0',
    '%ef%bc%8f',
    '..%00',
    '..%0d',
    '..%5c',
    '..%ff',
    '.;',
    '.json',
    '.html',
    '.css',
    '~',
    '*',
    '&',
    '@',
    ';',
    ';a=b',
    '..;',
    './/',
    '/.',
    '/./',
    '/..',
    '/../',
    '//',
    '/*',
    '?',
    '??',
    '?x',
    '#',
    '%',
    '°',
    '.git',
    '%2e%2e',
    '%2e%2e%2f',
    '%252f',
    '%u002f',
    '%c0%af',
    '%26..',
    ';%2f..',
    '..%2f;',
    '/%20',
  ])('with %s after the vault is forwarded as it was decided, or not at all', async (tail) => {
    for (const target of [`/files/vault${tail}`, `/files/${tail}vault`, `/${tail}/files/vault`]) {
      seen.length = 0
      door.records.length = 0
      const status = await ask(target)
      // A name that merely begins otherwise is another file; what matters is that both sides agree.
      const decided = door.records[0]?.facts
      expect([200, 400, 403, 404]).toContain(status)
      expect(seen.map(({ url }) => url)).toEqual(
        status === 200
          ? [`${decided?.path}${decided?.query === '' ? '' : `?${decided?.query}`}`]
          : [],
      )
      expect(seen.map(({ url }) => url.split('?', 1)[0])).not.toContain('/files/vault')
    }
  })

  it('does not read the path out of a header (X-Original-URL, X-Forwarded-Uri)', async () => {
    const fields = [
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Forwarded-Uri',
      'X-Original-URI',
      'X-Forwarded-Path',
      'X-Override-URL',
      'X_Original_URL',
      'X-HTTP-DestinationURL',
      'X-Proxy-URL',
      'Proxy-Host',
      'Proxy-URL',
      'Request-URI',
      'HTTP-URL',
      'X-Host',
      'X-HTTP-Host-Override',
    ]
    expect(await ask('/files/a', fields.map((name) => `${name}: /files/vault\r\n`).join(''))).toBe(
      200,
    )
    expect(JSON.stringify(seen)).not.toContain('vault')
    expect(await ask('/files/vault', 'X-Forwarded-Uri: /files/a\r\n')).toBe(403)
  })

  it('does not skip authentication for a user agent or a path in the query', async () => {
    const answer = await sendRaw(
      door.port,
      'GET /files/a?/healthz HTTP/1.1\r\nHost: a\r\nUser-Agent: kube-probe/1.0\r\n\r\n',
    )
    expect(answer.status).toBe(401)
  })

  it('does not let a query reach the path', async () => {
    expect(await ask('/files/a?/../vault')).toBe(200)
    expect(seen[0]?.url).toBe('/files/a?/../vault')
  })
})

describe('where a request comes from', () => {
  it('is not believed of strangers', async () => {
    const fields =
      'X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.test\r\nForwarded: for=10.0.0.1;proto=https;host=evil.test\r\n'
    expect(await ask('/files/a', fields)).toBe(200)
    expect(door.records[0]?.facts).toMatchObject({
      scheme: 'http',
      host: 'app.test',
      client: { ip: '127.0.0.1', viaTrustedProxy: false },
    })
    expect(JSON.stringify(seen)).not.toMatch(/evil|10\.0\.0\.1/)
  })

  it('is not passed on in any of the fields that claim it', async () => {
    const names = [
      'CF-Connecting-IP',
      'CF-Connecting_IP',
      'Client-IP',
      'Forwarded-For',
      'Forwarded-For-Ip',
      'Real-Ip',
      'True-Client-IP',
      'X-Client-IP',
      'X-Custom-IP-Authorization',
      'X-Forward',
      'X-Forward-For',
      'X-Forwarded',
      'X-Forwarded-By',
      'X-Forwarded-For-Original',
      'X-Forwarder-For',
      'X-Original-Remote-Addr',
      'X-Originally-Forwarded-For',
      'X-Originating-IP',
      'X-ProxyUser-Ip',
      'X-Real-IP',
      'X-Remote-Addr',
      'X-Remote-IP',
      'X-True-IP',
    ]
    expect(await ask('/files/a', names.map((name) => `${name}: 10.9.8.7\r\n`).join(''))).toBe(200)
    expect(JSON.stringify(seen)).not.toContain('10.9.8.7')
  })

  it('cannot be configured to be believed of everybody', async () => {
    await expect(
      openFrontDoor(() => {}, { listen: { trustedProxies: ['0.0.0.0/0'] } }),
    ).rejects.toThrow('would trust strangers')
  })
})
