import { array, assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisePath } from '../../src/listen/path.ts'

describe('normalisePath', () => {
  it.each([
    '/',
    '/a',
    '/a/',
    '/a/b.c',
    '/a/.hidden',
    '/.well-known/x',
    '/a/..b/c',
    "/~user/-._~!$&'()*+,=:@",
    '/a;v=1/b',
    '/%C3%BC',
    '/%E2%82%AC',
    '/%F0%9F%98%80',
    '/a%20b',
    '/50%25',
    '/50%25-off',
    '/a%2Cb',
  ])('leaves %s as it is', (path) => {
    expect(normalisePath(path)).toBe(path)
  })

  it.each([
    ['/%61%7E', '/a~'],
    ['/%41%2d%2E%5f', '/A-._'],
    ['/%c3%bc', '/%C3%BC'],
    ['/a%3Averb', '/a:verb'],
    ['/%40me', '/@me'],
    ['/a%2cb', '/a%2Cb'],
    ['/a%3bb', '/a%3Bb'],
    ['/[1]|"<>^`{}', '/%5B1%5D%7C%22%3C%3E%5E%60%7B%7D'],
    ['/file%2Etxt', '/file.txt'],
    ['/%2ehidden', '/.hidden'],
  ])('writes %s as %s', (raw, path) => {
    expect(normalisePath(raw)).toBe(path)
  })

  it.each([
    ['', 'empty'],
    ['a', 'relative'],
    ['*', 'a star'],
    ['//', 'an empty segment'],
    ['//a', 'an empty segment at the start'],
    ['/a//b', 'an empty segment within'],
    ['/a//', 'an empty segment at the end'],
    ['/.', 'a dot'],
    ['/..', 'two dots'],
    ['/a/.', 'a dot at the end'],
    ['/a/./b', 'a dot within'],
    ['/a/../b', 'two dots within'],
    ['/a/..', 'two dots at the end'],
    ['/a/.../b', 'three dots, which some file systems climb by'],
    ['/%2e', 'an encoded dot'],
    ['/%2e%2e/a', 'encoded dots'],
    ['/.%2e/a', 'a half encoded pair'],
    ['/a/%2E%2E', 'encoded dots at the end'],
    ['/a/..;/b', 'dots with a path parameter'],
    ['/a/..;x=1/b', 'dots with a path parameter and value'],
    ['/a/.;/b', 'a dot with a path parameter'],
    ['/a/;/b', 'a parameter and no name'],
    ['/a/..%3b/b', 'dots with an encoded path parameter'],
    ['/a/%2e%2e%3B/b', 'encoded dots with an encoded parameter'],
    ['/a/%20/b', 'a segment of a space'],
    ['/a/..%20/b', 'dots and a space, which Windows trims'],
    ['/a%2fb', 'an encoded slash'],
    ['/a%2Fb', 'an encoded slash in upper case'],
    ['/a%5cb', 'an encoded backslash'],
    ['/a\\b', 'a raw backslash'],
    ['/a%00', 'an encoded NUL'],
    ['/a%0a', 'an encoded line feed'],
    ['/a%0d%0aX', 'an encoded line end'],
    ['/a%09', 'an encoded tab'],
    ['/a%7f', 'an encoded DEL'],
    ['/a%1f', 'the last control character'],
    ['/a%', 'a lone percent sign'],
    ['/a%2', 'half an escape'],
    ['/a%zz', 'an escape that is not hexadecimal'],
    ['/a%u002f', 'an escape of another kind'],
    ['/a%252fb', 'a double encoded slash'],
    ['/a%252e%252e/b', 'double encoded dots'],
    ['/a%25%32%66b', 'a slash encoded three ways'],
    ['/a%2541', 'a double encoded letter'],
    ['/a%25252fb', 'a slash encoded three times'],
    ['/a%c0%af', 'an overlong slash'],
    ['/a%c0%ae%c0%ae/', 'overlong dots'],
    ['/a%e0%80%af', 'an overlong slash in three octets'],
    ['/a%f0%80%80%af', 'an overlong slash in four octets'],
    ['/a%c1%9c', 'an overlong backslash'],
    ['/a%ff', 'an octet UTF-8 does not have'],
    ['/a%80', 'a continuation on its own'],
    ['/a%c3', 'a sequence cut short'],
    ['/a%c3x', 'a sequence broken by a letter'],
    ['/a%c3%28', 'a sequence broken by an escape'],
    ['/a%ed%a0%80', 'a surrogate'],
    ['/a%f4%90%80%80', 'a code point beyond Unicode'],
    ['/a%f5%80%80%80', 'a lead octet beyond Unicode'],
    ['/a%c2%85', 'a C1 control character'],
    ['/a b', 'a raw space'],
    ['/a\tb', 'a raw tab'],
    ['/a\0', 'a raw NUL'],
    ['/a\x7f', 'a raw DEL'],
    ['/ü', 'a raw letter beyond ASCII'],
    ['/\u2215', 'a slash look-alike'],
    ['/a#b', 'a fragment'],
    ['/a?b', 'a query'],
  ])('refuses %j: %s', (raw) => {
    expect(normalisePath(raw)).toBeNull()
  })

  const piece = oneof(
    constantFrom('/', '.', '..', ';', '%2e', '%2f', '%25', '%', '//', '\\', ' ', '%20', '..;'),
    constantFrom('a', 'B', '9', '~', ':', '%41', '%c3%bc', '%C3%BC', '%3a', '[', '|', '%c0%af'),
    string({ maxLength: 3, unit: 'binary-ascii' }),
    integer({ min: 0, max: 255 }).map((octet) => `%${octet.toString(16).padStart(2, '0')}`),
  )
  const paths = array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`)

  it('changes nothing when it is applied twice', () => {
    assert(
      property(paths, (raw) => {
        const once = normalisePath(raw)
        expect(once === null ? null : normalisePath(once)).toBe(once)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never lets through what a lenient reader would take for another path', () => {
    assert(
      property(paths, (raw) => {
        const path = normalisePath(raw)
        if (path === null) return
        let decoded = path
        // A reader that decodes as often as it can, cuts off path parameters and trims segments.
        for (let round = 0; round < 3; round += 1) decoded = decodeURIComponentLeniently(decoded)
        expect(Array.from(decoded).filter((one) => one < ' ' || one === '\\')).toEqual([])
        const segments = decoded.split('/').map((segment) => segment.replace(/;.*$/, '').trim())
        expect(segments.slice(1, -1)).not.toContain('')
        expect(segments).not.toContain('.')
        expect(segments).not.toContain('..')
        expect(segments.length).toBe(raw.split('/').length)
      }),
      { numRuns: 3_000 },
    )
  })

  it('agrees with WHATWG URL parsing on where the path leads', () => {
    assert(
      property(paths, (raw) => {
        const path = normalisePath(raw)
        expect(path === null ? null : new URL(`http://h${path}`).pathname).toBe(path)
      }),
      { numRuns: 3_000 },
    )
  })
})

function decodeURIComponentLeniently(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
