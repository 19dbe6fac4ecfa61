import { describe, expect, it } from 'vitest'
import { readAuthority } from '../../src/listen/authority.ts'

describe('readAuthority', () => {
  it.each([
    ['example.com', 'example.com', 'example.com'],
    ['EXAMPLE.com:8080', 'example.com', 'example.com:8080'],
    ['a_b-c.local:1', 'a_b-c.local', 'a_b-c.local:1'],
    ['127.0.0.1:80', '127.0.0.1', '127.0.0.1:80'],
    ['[::1]:443', '[::1]', '[::1]:443'],
    ['[2001:DB8::1]', '[2001:db8::1]', '[2001:db8::1]'],
  ])('reads %s', (text, host, authority) => {
    expect(readAuthority(text)).toEqual({ host, authority })
  })

  it.each([
    ['', 'nothing'],
    ['user@example.com', 'user information'],
    ['example.com.', 'an empty label at the end'],
    ['.example.com', 'an empty label at the start'],
    ['a..b', 'an empty label within'],
    ['example.com:', 'an empty port'],
    ['example.com:0', 'port zero'],
    ['example.com:65536', 'a port that is too large'],
    ['example.com:8o', 'a port that is no number'],
    ['example.com:80:80', 'two ports'],
    ['a,b', 'a list'],
    ['a b', 'a space'],
    ['a/b', 'a path'],
    ['a?b', 'a query'],
    ['a#b', 'a fragment'],
    ['a%2eb', 'an escape'],
    ['a\\b', 'a backslash'],
    ['::1', 'a bare IPv6 address'],
    ['[::1', 'an open bracket'],
    ['[::1]x', 'text after the bracket'],
    ['[fe80::1%eth0]', 'a zone'],
    ['[127.0.0.1]', 'an IPv4 address in brackets'],
    ['b\u00fccher.example', 'letters beyond ASCII'],
    ['a'.repeat(300), 'a name that is too long'],
  ])('refuses %j: %s', (text) => {
    expect(readAuthority(text)).toBeNull()
  })

  it('gives the same answer after thousands of other names', () => {
    for (let index = 0; index < 5_000; index += 1) readAuthority(`host-${index}.example`)
    expect(readAuthority('host-1.example')?.host).toBe('host-1.example')
  })
})
