import { assert, boolean, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32c } from '../../src/listen/crc32c.ts'
import { readProxyHeader } from '../../src/listen/proxy-protocol.ts'
import { crcVector, proxyHeader, vector } from './proxy-header.ts'

const ipv4 = Buffer.of(192, 0, 2, 7, 10, 0, 0, 1, 0x30, 0x39, 0x01, 0xbb)

describe('version 2', () => {
  it('says who the client is, and where the header ends', () => {
    const header = proxyHeader({ addresses: ipv4 })
    expect(header).toHaveLength(28)
    const more = Buffer.concat([header, Buffer.from('GET / HTTP/1.1\r\n')])
    expect(readProxyHeader(more)).toEqual({ ip: '192.0.2.7', length: 28 })
  })

  it('reads IPv6, and a mapped address as the IPv4 address it is', () => {
    const source = Buffer.from('20010db8000000000000000000000001', 'hex')
    const mapped = Buffer.from('00000000000000000000ffffc0000207', 'hex')
    const rest = Buffer.alloc(20)
    const read = (address: Buffer) =>
      readProxyHeader(proxyHeader({ transport: 0x21, addresses: Buffer.concat([address, rest]) }))
    expect(read(source)).toEqual({ ip: '2001:db8::1', length: 52 })
    expect(read(mapped)).toEqual({ ip: '192.0.2.7', length: 52 })
  })

  it('keeps the address of the connection for LOCAL and for what has no address', () => {
    const local = proxyHeader({ command: 0x20, transport: 0x00, addresses: Buffer.alloc(0) })
    expect(readProxyHeader(local)).toEqual({ ip: null, length: 16 })
    const chatty = proxyHeader({
      command: 0x20,
      transport: 0x77,
      addresses: Buffer.alloc(40, 0xff),
    })
    expect(readProxyHeader(chatty)).toEqual({ ip: null, length: 56 })
    const unknown = proxyHeader({ transport: 0x00, addresses: Buffer.alloc(0) })
    expect(readProxyHeader(unknown)).toEqual({ ip: null, length: 16 })
    const unix = proxyHeader({ transport: 0x31, addresses: Buffer.alloc(216) })
    expect(readProxyHeader(unix)).toEqual({ ip: 'unix', length: 232 })
  })

  it('passes over additional values, and verifies a checksum among them', () => {
    const vectors = Buffer.concat([
      vector(0x02, Buffer.from('app.test')),
      vector(0x04, Buffer.alloc(9)),
    ])
    const plain = proxyHeader({ addresses: ipv4, vectors })
    expect(readProxyHeader(plain)).toMatchObject({ ip: '192.0.2.7' })
    const summed = crcVector({ addresses: ipv4, vectors })
    expect(readProxyHeader(summed)).toMatchObject({ ip: '192.0.2.7' })
    summed[17] = 1
    expect(readProxyHeader(summed)).toBe('has a wrong checksum')
  })

  it.each<[string, Buffer]>([
    ['has an unknown version', proxyHeader({ command: 0x11, addresses: ipv4 })],
    ['has an unknown command', proxyHeader({ command: 0x22, addresses: ipv4 })],
    ['names a transport that is no stream', proxyHeader({ transport: 0x12, addresses: ipv4 })],
    ['names a transport that is no stream', proxyHeader({ transport: 0x99, addresses: ipv4 })],
    ['is too short for its addresses', proxyHeader({ addresses: ipv4.subarray(1) })],
    ['is too short for its addresses', proxyHeader({ transport: 0x21, addresses: ipv4 })],
    [
      'ends within an additional value',
      proxyHeader({ addresses: ipv4, vectors: Buffer.of(0x02, 0x00) }),
    ],
    [
      'ends within an additional value',
      proxyHeader({ addresses: ipv4, vectors: Buffer.of(0x02, 0x00, 0x05, 0x61) }),
    ],
    [
      'has a malformed checksum',
      proxyHeader({ addresses: ipv4, vectors: vector(0x03, Buffer.alloc(3)) }),
    ],
    [
      'has a malformed checksum',
      proxyHeader({
        addresses: ipv4,
        vectors: Buffer.concat([vector(0x03, Buffer.alloc(4)), vector(0x03, Buffer.alloc(4))]),
      }),
    ],
    [
      'announces more than 4096 bytes',
      proxyHeader({ addresses: ipv4, vectors: vector(0x04, Buffer.alloc(4_080)) }),
    ],
  ])('is refused when it %s', (problem, header) => {
    expect(readProxyHeader(header)).toBe(problem)
  })
})

describe('version 1', () => {
  it.each([
    ['PROXY TCP4 192.0.2.7 10.0.0.1 12345 443\r\n', '192.0.2.7'],
    ['PROXY TCP6 2001:db8::1 2001:DB8::2 1 65535\r\n', '2001:db8::1'],
    ['PROXY UNKNOWN\r\n', null],
    ['PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n', null],
  ])('reads %j', (line, ip) => {
    const read = readProxyHeader(Buffer.from(`${line}GET`))
    expect(read).toEqual({ ip, length: line.length })
  })

  it.each([
    'PROXY TCP4 192.0.2.7 10.0.0.1 12345\r\n',
    'PROXY TCP4 2001:db8::1 10.0.0.1 12345 443\r\n',
    'PROXY TCP4 192.0.2.7 10.0.0.1 012345 443\r\n',
    'PROXY TCP4 192.0.2.7 10.0.0.1 65536 443\r\n',
    'PROXY TCP4 192.0.2.007 10.0.0.1 1 443\r\n',
    'PROXY TCP4  192.0.2.7 10.0.0.1 1 443\r\n',
    'PROXY TCP5 192.0.2.7 10.0.0.1 1 443\r\n',
    'PROXY UNKNOWNX\r\n',
    `PROXY UNKNOWN ${'x'.repeat(120)}\r\n`,
  ])('refuses %j', (line) => {
    expect(readProxyHeader(Buffer.from(line))).toBeTypeOf('string')
  })

  it('refuses what is no header at all, from the first octet on that differs', () => {
    expect(readProxyHeader(Buffer.from('G'))).toBeTypeOf('string')
    expect(readProxyHeader(Buffer.from('PROXX'))).toBeTypeOf('string')
    expect(readProxyHeader(Buffer.of(0x0d, 0x0a, 0x0d, 0x0a, 0x01))).toBeTypeOf('string')
  })
})

it('needs more octets until the header is whole, however it is cut', () => {
  const headers = [
    crcVector({ addresses: ipv4, vectors: vector(0x02, Buffer.from('app.test')) }),
    Buffer.from('PROXY TCP4 192.0.2.7 10.0.0.1 12345 443\r\n'),
  ]
  for (const header of headers) {
    for (let end = 0; end < header.length; end += 1) {
      expect(readProxyHeader(header.subarray(0, end))).toBeNull()
    }
    expect(readProxyHeader(header)).toEqual({ ip: '192.0.2.7', length: header.length })
  }
})

it('never throws, and never reads beyond what it says', () => {
  const start = proxyHeader({ addresses: Buffer.alloc(0) }).subarray(0, 12)
  assert(
    property(uint8Array({ maxLength: 80 }), boolean(), (octets, isSigned) => {
      const bytes = isSigned ? Buffer.concat([start, octets]) : Buffer.from(octets)
      const read = readProxyHeader(bytes)
      const length = read === null || typeof read === 'string' ? 0 : read.length
      expect(length).toBeLessThanOrEqual(bytes.length)
    }),
  )
})

it('sums up as RFC 3720 has it', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3_06_92_83)
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a_91_36_aa)
})
