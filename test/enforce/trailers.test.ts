import { expect, it } from 'vitest'
import { announcedTrailers, requestTrailers, responseTrailers } from '../../src/enforce/trailers.ts'

it('keeps what follows a body and is about nothing else', () => {
  expect(requestTrailers(['X-Checksum', '1', 'Server-Timing', 'a', 'ETag', '"1"'])).toEqual([
    'X-Checksum',
    '1',
    'Server-Timing',
    'a',
    'ETag',
    '"1"',
  ])
  expect(responseTrailers(['X-Checksum', '1', 'grpc-status', '0'])).toEqual([
    ['X-Checksum', '1'],
    ['grpc-status', '0'],
  ])
})

it.each(['', 'X Y', 'x_y', 'x.y', 'x:y', 'x\r\ny', 'ä', 'x'.repeat(129)])(
  'drops a name that can be read in more than one way: %j',
  (name) => {
    expect(requestTrailers([name, '1'])).toBeNull()
    expect(responseTrailers([name, '1'])).toBeNull()
  },
)

it.each(['a\r\nb: c', 'a\nb', 'a\0', 'a\x7f', '\u010d\u010a'])(
  'drops a value that could end its field: %j',
  (value) => {
    expect(requestTrailers(['x', value])).toBeNull()
    expect(responseTrailers(['x', value, 'y', value, 'y', '1'])).toEqual([['y', '1']])
  },
)

it('announces what will be passed on', () => {
  expect(
    announcedTrailers(['Trailer', 'X-Checksum, Content-Length,', 'trailer', 'ETag,, Set-Cookie']),
  ).toBe('X-Checksum, ETag')
  expect(announcedTrailers(['Trailer', 'Content-Length, x\r\ny'])).toBeNull()
})
