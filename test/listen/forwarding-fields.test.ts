import { describe, expect, it } from 'vitest'
import { compileTrustedProxies } from '../../src/listen/client-address.ts'
import { readForwarding } from '../../src/listen/forwarding-fields.ts'
import { HeaderFields } from '../../src/listen/header-fields.ts'

const peer = '10.0.0.1'

function read(...raw: string[]): unknown {
  const trusted = compileTrustedProxies(['10.0.0.0/8'])
  if (trusted === null) throw new Error('no list')
  return readForwarding(new HeaderFields(raw), peer, trusted)
}

const malformed = expect.objectContaining({ kind: 'refusal', code: 'header_malformed' }) as unknown

describe('readForwarding', () => {
  it('takes the peer for the client when it says nothing', () => {
    expect(read()).toEqual({ ip: peer, scheme: null, authority: null })
  })

  it('takes the rightmost address that is no trusted proxy', () => {
    expect(read('X-Forwarded-For', '6.6.6.6, 203.0.113.9, 10.0.0.7')).toMatchObject({
      ip: '203.0.113.9',
    })
  })

  it('never reads what stands left of the client, however malformed', () => {
    expect(read('X-Forwarded-For', '<script>, , 203.0.113.9')).toMatchObject({ ip: '203.0.113.9' })
  })

  it('takes the leftmost address when every one is a trusted proxy', () => {
    expect(read('X-Forwarded-For', '10.0.0.9, 10.0.0.8')).toMatchObject({ ip: '10.0.0.9' })
  })

  it('joins repeated fields in order', () => {
    expect(read('X-Forwarded-For', '6.6.6.6', 'X-Forwarded-For', '203.0.113.9')).toMatchObject({
      ip: '203.0.113.9',
    })
  })

  it('sees an IPv4 address in a mapped one', () => {
    expect(read('X-Forwarded-For', '203.0.113.9, ::ffff:10.0.0.8')).toMatchObject({
      ip: '203.0.113.9',
    })
  })

  it.each(['unknown', '203.0.113.9, unknown', '', '10.0.0.300', 'a, 10.0.0.8'])(
    'refuses when a trusted proxy vouches for %j',
    (list) => {
      expect(read('X-Forwarded-For', list)).toEqual(malformed)
    },
  )

  it('refuses a chain longer than any real one', () => {
    expect(read('X-Forwarded-For', Array(40).fill('10.0.0.2').join(','))).toEqual(malformed)
  })

  it('takes scheme and host from the hop that named the client', () => {
    expect(
      read(
        'X-Forwarded-For',
        '6.6.6.6, 203.0.113.9, 10.0.0.7',
        'X-Forwarded-Proto',
        'http, https, http',
        'X-Forwarded-Host',
        'evil.test, shop.test, inner.test',
      ),
    ).toEqual({ ip: '203.0.113.9', scheme: 'https', authority: 'shop.test' })
  })

  it('takes the one scheme of proxies that replace it', () => {
    expect(
      read('X-Forwarded-For', '203.0.113.9, 10.0.0.7', 'X-Forwarded-Proto', 'HTTPS'),
    ).toMatchObject({ scheme: 'https' })
  })

  it('refuses a scheme that is neither http nor https', () => {
    expect(read('X-Forwarded-Proto', 'wss')).toEqual(malformed)
  })

  it('refuses a malformed host', () => {
    expect(read('X-Forwarded-Host', 'a/b')).toMatchObject({ code: 'host_malformed' })
  })

  it('reads the standard field', () => {
    expect(
      read('Forwarded', 'for=6.6.6.6, for="[2001:db8::1]:443";proto=https;host="shop.test:8443"'),
    ).toEqual({ ip: '2001:db8::1', scheme: 'https', authority: 'shop.test:8443' })
  })

  it('refuses a standard field that cannot be read', () => {
    expect(read('Forwarded', 'for=203.0.113.9; ; proto')).toEqual(malformed)
    expect(read('Forwarded', 'for=1.1.1.1;for=2.2.2.2')).toEqual(malformed)
    expect(read('Forwarded', 'for=_hidden')).toEqual(malformed)
  })

  it('accepts both families when they agree, and refuses when they do not', () => {
    const agreed = ['X-Forwarded-For', '203.0.113.9', 'X-Forwarded-Proto', 'https']
    expect(read(...agreed, 'Forwarded', 'for=203.0.113.9;proto=https')).toMatchObject({
      ip: '203.0.113.9',
      scheme: 'https',
    })
    expect(read(...agreed, 'Forwarded', 'for=6.6.6.6;proto=https')).toEqual(malformed)
    expect(read(...agreed, 'Forwarded', 'for=203.0.113.9;proto=http')).toEqual(malformed)
  })
})
