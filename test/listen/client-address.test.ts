import { describe, expect, it } from 'vitest'
import { compileTrustedProxies, normaliseIp, readNode } from '../../src/listen/client-address.ts'

describe('compileTrustedProxies', () => {
  it('knows the addresses and ranges it was given', () => {
    const trusted = compileTrustedProxies(['10.0.0.1', '192.168.0.0/16', 'fd00::/8', '::1'])
    const within = ['10.0.0.1', '192.168.255.255', 'fd12::1', '::1']
    const beyond = ['10.0.0.2', '192.169.0.1', 'fe80::1', '127.0.0.1']
    expect([...within, ...beyond].filter((ip) => trusted?.has(ip))).toEqual(within)
  })

  it('trusts nobody when the list is empty', () => {
    expect(compileTrustedProxies([])).toBeNull()
  })

  it.each([
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '::ffff:0:0/96',
    '::ffff:10.0.0.1',
    '2000::/3',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0',
    'fe80::1%eth0',
    '',
  ])('refuses to start with %j', (entry) => {
    expect(() => compileTrustedProxies([entry])).toThrow(TypeError)
  })
})

describe('normaliseIp', () => {
  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['10.0.0.1', '10.0.0.1'],
  ])('reads %s as %s', (raw, ip) => {
    expect(normaliseIp(raw)).toBe(ip)
  })
})

describe('readNode', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.1:8080', '10.0.0.1'],
    ['::1', '::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
  ])('reads %s', (text, ip) => {
    expect(readNode(text)).toBe(ip)
  })

  it.each([
    '',
    'unknown',
    '_hidden',
    '10.0.0',
    '10.0.0.1:',
    '[::1',
    '[10.0.0.1]',
    'a:1',
    'fe80::1%0',
  ])('finds no address in %j', (text) => {
    expect(readNode(text)).toBeNull()
  })
})
