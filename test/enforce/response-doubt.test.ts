import { describe, expect, it } from 'vitest'
import { responseDoubt } from '../../src/enforce/response-doubt.ts'

describe('responseDoubt', () => {
  it.each([
    ['a length', { 'content-length': '12' }],
    ['no length', {}],
    ['chunks', { 'transfer-encoding': 'chunked' }],
    ['chunks in another case', { 'transfer-encoding': 'Chunked' }],
  ])('has none about %s', (_name, headers) => {
    expect(responseDoubt('1.1', 200, headers, 'OK')).toBeNull()
  })

  it('has none about HTTP/1.0 with a length, an empty phrase, a tab or a letter beyond ASCII', () => {
    expect(responseDoubt('1.0', 599, { 'content-length': '1' }, '')).toBeNull()
    expect(responseDoubt('1.1', 200, {}, 'Not\tfound \xe9')).toBeNull()
  })

  it.each<[string, string, number, Record<string, string | string[]>, string]>([
    ['another version', '2.0', 200, {}, 'OK'],
    ['an older version', '0.9', 200, {}, 'OK'],
    ['a status beyond 599', '1.1', 600, {}, 'OK'],
    ['NUL in the phrase', '1.1', 200, {}, 'O\0K'],
    ['a coding before chunked', '1.1', 200, { 'transfer-encoding': 'gzip, chunked' }, 'OK'],
    ['a coding after chunked', '1.1', 200, { 'transfer-encoding': 'chunked, gzip' }, 'OK'],
    ['two codings', '1.1', 200, { 'transfer-encoding': ['chunked', 'chunked'] }, 'OK'],
    ['an unknown coding', '1.1', 200, { 'transfer-encoding': 'xchunked' }, 'OK'],
    ['an empty coding', '1.1', 200, { 'transfer-encoding': '' }, 'OK'],
    ['chunks in HTTP/1.0', '1.0', 200, { 'transfer-encoding': 'chunked' }, 'OK'],
    [
      'length and coding',
      '1.1',
      200,
      { 'transfer-encoding': 'chunked', 'content-length': '3' },
      'OK',
    ],
    ['two lengths', '1.1', 200, { 'content-length': ['3', '3'] }, 'OK'],
    ['a length of sixteen digits', '1.1', 200, { 'content-length': '0000000000000003' }, 'OK'],
    ['a signed length', '1.1', 200, { 'content-length': '+3' }, 'OK'],
  ])('doubts %s', (_name, version, status, headers, phrase) => {
    expect(responseDoubt(version, status, headers as never, phrase)).not.toBeNull()
  })
})
