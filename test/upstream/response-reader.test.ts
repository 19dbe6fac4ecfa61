import { isDeepStrictEqual } from 'node:util'
import { array, assert as check, constantFrom, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxFields } from '../../src/upstream/read-fields.ts'
import {
  maxChunkLineBytes,
  maxInterim,
  maxTrailerBytes,
  ResponseReader,
} from '../../src/upstream/response-reader.ts'
import { type ResponseCase, responseCases } from '../smuggling/response-cases.ts'
import { readResponse } from '../smuggling/strict-reader.ts'
import { readAnswer, type Reading } from './reading.ts'
import { type NodeReading, readWithNode } from './read-with-node.ts'

const ok = 'HTTP/1.1 200 OK\r\n'

describe('a response', () => {
  it.each<[string, string, Partial<Reading>]>([
    ['of known length', `${ok}Content-Length: 3\r\n\r\nabc`, { body: 'abc' }],
    ['of no length', `${ok}Content-Length: 0\r\n\r\n`, { body: '' }],
    [
      'in chunks',
      `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n00A;x=y\r\n0123456789\r\n0\r\n\r\n`,
      { body: 'abc0123456789' },
    ],
    ['in no chunks', `${ok}transfer-encoding: Chunked\r\n\r\n0;a\r\n\r\n`, { body: '' }],
    [
      'with trailers',
      `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-A: 1\r\nx-b:\r\n\r\n`,
      { body: 'a', trailers: ['X-A', '1', 'x-b', ''] },
    ],
    ['until the end of the connection', `${ok}\r\nabc`, { body: 'abc' }],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', { body: 'a' }],
    ['without phrase', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', {}],
    ['with an odd phrase', 'HTTP/1.1 200  a\tb \xe9\r\nContent-Length: 0\r\n\r\n', {}],
    ['without body by its status', 'HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n', {}],
    ['that is not modified', 'HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n', {}],
  ])('is read: %s', (_name, text, wanted) => {
    expect(readAnswer(text)).toMatchObject({ end: 'done', taken: text.length, ...wanted })
  })

  it('keeps names and values as they are, spaces around a value apart', () => {
    const { answer } = readAnswer(`${ok}X-A:  a b\t \r\nx_b:\xe9\r\nX-A:\t\r\n\r\n`)
    expect(answer?.fields).toEqual(['X-A', 'a b', 'x_b', '\xe9', 'X-A', ''])
  })

  it('has no body in answer to HEAD, whatever it says', () => {
    const text = `${ok}Content-Length: 5\r\n\r\n`
    expect(readAnswer(`${text}HTTP`, { method: 'HEAD' })).toMatchObject({
      end: 'done',
      taken: text.length,
    })
  })

  it('comes after interim answers', () => {
    const { interim, answer } = readAnswer(
      `HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 \r\nContent-Length: 9\r\n\r\n${ok}Content-Length: 0\r\n\r\n`,
    )
    expect(interim.map(({ status }) => status)).toEqual([103, 100])
    expect(answer?.status).toBe(200)
  })

  it('ends with the switch of protocols', () => {
    const text = 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n'
    expect(readAnswer(`${text}${ok}`)).toMatchObject({ end: 'done', taken: text.length })
  })

  it.each([
    [`${ok}Content-Length: 3\r\n\r\nab`],
    [`${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`],
    [`${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n`],
    [`${ok}Content-Length: 3\r\n`],
    ['HTTP/1.1 2'],
    ['HTTP/1.1 100 Continue\r\n\r\n'],
  ])('is not complete because the connection is: %j', (text) => {
    expect(readAnswer(text).end).toBe('unfinished')
  })
})

describe('a response is refused with', () => {
  it.each<[string, string]>([
    ['an empty line before it', `\r\n${ok}Content-Length: 0\r\n\r\n`],
    ['no version', 'HTTP 200 OK\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['an old version', 'HTTP/0.9 200 OK\r\n\r\n'],
    ['a later version', 'HTTP/1.2 200 OK\r\n\r\n'],
    ['another protocol', 'RTSP/1.0 200 OK\r\n\r\n'],
    ['no status line at all', '<html>'],
    ['two spaces before the status', 'HTTP/1.1  200 OK\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a status past 599', 'HTTP/1.1 600 OK\r\n\r\n'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\n'],
    ['an interim answer in HTTP/1.0', `HTTP/1.0 100 Continue\r\n\r\n${ok}\r\n`],
    ['NUL in the phrase', 'HTTP/1.1 200 O\0K\r\n\r\n'],
    ['LF in place of CR LF after the status', 'HTTP/1.1 200 OK\n\n'],
    ['CR CR after the status', 'HTTP/1.1 200 OK\r\r\n\r\n'],
    ['LF in place of CR LF after a field', `${ok}X: y\n\r\n`],
    ['a CR within a value', `${ok}X: y\rz\r\n\r\n`],
    ['a NUL in a value', `${ok}X: y\0\r\n\r\n`],
    ['DEL in a value', `${ok}X: y\x7f\r\n\r\n`],
    ['a folded field', `${ok}X: y\r\n z\r\n\r\n`],
    ['a folded first field', `${ok} X: y\r\n\r\n`],
    ['a space before the colon', `${ok}X : y\r\n\r\n`],
    ['an empty name', `${ok}: y\r\n\r\n`],
    ['no colon', `${ok}X\r\n\r\n`],
    ['an odd octet in a name', `${ok}X\xe9: y\r\n\r\n`],
    ['a CR alone at the end of the fields', `${ok}X: y\r\n\rz`],
    ['two lengths', `${ok}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
    ['a list of lengths', `${ok}Content-Length: 3, 3\r\n\r\nabc`],
    ['a signed length', `${ok}Content-Length: +3\r\n\r\nabc`],
    ['an empty length', `${ok}Content-Length:\r\n\r\n`],
    ['a length of too many digits', `${ok}Content-Length: 0000000000000003\r\n\r\nabc`],
    ['a length in hexadecimal', `${ok}Content-Length: 0x3\r\n\r\nabc`],
    ['length and coding', `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['coding and length', `${ok}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`],
    [
      'two codings',
      `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a coding before chunked', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['another coding', `${ok}Transfer-Encoding: identity\r\n\r\nabc`],
    ['an empty coding', `${ok}Transfer-Encoding:\r\n\r\nabc`],
    ['a coding in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    [
      'length and coding in an interim answer',
      `HTTP/1.1 103 Early\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${ok}\r\n`,
    ],
  ])('%s', (_name, text) => {
    expect(readAnswer(text)).toMatchObject({ end: 'refused', answer: null, body: '' })
    expect(readAnswer(text, { method: 'HEAD' }).end).toBe('refused')
  })

  it.each<[string, string]>([
    ['no size', '\r\nabc'],
    ['no size but an extension', ';a\r\nabc'],
    ['a space before the size', ' 3\r\nabc'],
    ['a space after the size', '3 \r\nabc'],
    ['a sign', '+3\r\nabc'],
    ['0x', '0x3\r\nabc'],
    ['a size past all numbers', '20000000000000\r\n'],
    ['LF after the size', '3\nabc'],
    ['CR alone after the size', '3\rabc'],
    ['a control character in an extension', '3;\0\r\nabc'],
    ['LF in an extension', '3;a\nabc'],
    ['an empty extension', '3;\r\nabc'],
    ['an empty extension before another', '3;;a\r\nabc'],
    ['an extension without name', '3;=b\r\nabc'],
    ['an extension with an odd name', '3;a@b\r\nabc'],
    ['a space in an extension', '3;a =b\r\nabc'],
    ['an extension without value', '3;a=\r\nabc'],
    ['an extension without value before another', '3;a=;b\r\nabc'],
    ['an extension with two values', '3;a=b=c\r\nabc'],
    ['an extension with an odd value', '3;a=b,c\r\nabc'],
    ['a quote within the value of an extension', '3;a=b"c"\r\nabc'],
    ['a quoted value that is not closed', '3;a="b\r\nabc'],
    ['a quoted value that ends in a backslash', '3;a="b\\\r\nabc'],
    ['a quoted value with more behind it', '3;a="b"c\r\nabc'],
    ['a quoted control character', '3;a="\\\x01"\r\nabc'],
    ['more content than its size', '3\r\nabcd\r\n'],
    ['LF alone behind the content', '3\r\nabc\n0\r\n\r\n'],
    ['CR alone behind the content', '3\r\nabc\r0\r\n\r\n'],
    ['nothing behind the content', '3\r\nabc0\r\n\r\n'],
    ['a folded trailer', '0\r\nX: y\r\n z\r\n\r\n'],
    ['a trailer without colon', '0\r\nX\r\n\r\n'],
    ['LF alone behind the last chunk', '0\r\n\n'],
  ])('a chunk with %s', (_name, text) => {
    expect(readAnswer(`${ok}Transfer-Encoding: chunked\r\n\r\n${text}`).end).toBe('refused')
  })
})

it.each(['3;a', '3;a=b;c', '3;a="b";c', '3;a="";b', '3;a="b;\\"c\\\\ \xe9\t"'])(
  'reads over the extensions of a chunk: %j',
  (line) => {
    const text = `${ok}Transfer-Encoding: chunked\r\n\r\n${line}\r\nabc\r\n0;x=y\r\n\r\n`
    expect(readAnswer(text)).toMatchObject({ end: 'done', body: 'abc' })
  },
)

describe('the limits of a response', () => {
  const chunks = `${ok}Transfer-Encoding: chunked\r\n\r\n`

  it('are kept for its header, interim ones each for themselves', () => {
    const text = `${ok}X: ${'a'.repeat(59)}\r\n\r\n`
    for (const cuts of [[], [1], [text.length - 1], [30, 60]]) {
      expect(readAnswer(text, { cuts, maxHeadBytes: text.length }).end).toBe('done')
      const refused = readAnswer(text, { cuts, maxHeadBytes: text.length - 1 })
      expect(refused.fault).toBe(`a header of more than ${text.length - 1} bytes`)
    }
    const early = text.replace('200 OK', '103 Ok')
    expect(readAnswer(early + text, { maxHeadBytes: text.length }).end).toBe('done')
  })

  it('are kept for a header that never ends', () => {
    const reader = new ResponseReader(1_000)
    const { fault } = readAnswer('HTTP/1.1 200 '.padEnd(1_001, 'a'), { reader, cuts: [500] })
    expect(fault).toBe('a header of more than 1000 bytes')
  })

  it('are kept for the number of its fields', () => {
    expect(readAnswer(`${ok}${'a:\r\n'.repeat(maxFields)}\r\n`).end).toBe('done')
    expect(readAnswer(`${ok}${'a:\r\n'.repeat(maxFields + 1)}\r\n`).fault).toBe(
      `more than ${maxFields} fields`,
    )
  })

  it('are kept for interim answers', () => {
    const early = 'HTTP/1.1 102 Processing\r\n\r\n'
    expect(readAnswer(`${early.repeat(maxInterim)}${ok}\r\n`).end).toBe('done')
    expect(readAnswer(`${early.repeat(maxInterim + 1)}${ok}\r\n`).fault).toBe(
      `more than ${maxInterim} interim answers`,
    )
  })

  it('are kept for the extensions of a chunk', () => {
    const extended = (length: number): string =>
      `${chunks}1;${'a'.repeat(length)}\r\na\r\n0\r\n\r\n`
    expect(readAnswer(extended(maxChunkLineBytes - 6)).end).toBe('done')
    expect(readAnswer(extended(maxChunkLineBytes)).fault).toBe(
      `a chunk size of more than ${maxChunkLineBytes} bytes`,
    )
    expect(readAnswer(`${chunks}${'0'.repeat(maxChunkLineBytes + 1)}`).end).toBe('refused')
  })

  it('are kept for trailers', () => {
    const last = (length: number): string => `${chunks}0\r\nX: ${'a'.repeat(length)}\r\n\r\n`
    expect(readAnswer(last(maxTrailerBytes - 7)).end).toBe('done')
    expect(readAnswer(last(maxTrailerBytes)).fault).toBe(
      `trailers of more than ${maxTrailerBytes} bytes`,
    )
  })
})

it('reads one response after the other, and stops reading for good at the first doubt', () => {
  const reader = new ResponseReader(32_768)
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n`
  expect(readAnswer(chunked, { reader, cuts: [3, 60] }).trailers).toEqual(['X', 'y'])
  expect(readAnswer(`${ok}Content-Length: 1\r\n\r\na`, { reader })).toMatchObject({
    body: 'a',
    trailers: [],
  })
  expect(readAnswer('x', { reader }).end).toBe('refused')
})

describe('responses of all kinds', () => {
  const cases = responseCases(11, 1_500)
  const named = ({ name, bytes }: ResponseCase): string => `${name}: ${JSON.stringify(bytes)}`

  it('are read alike wherever they are cut', () => {
    check(
      property(
        constantFrom(...cases),
        array(nat(600), { maxLength: 12 }),
        ({ bytes, method }, cuts) => {
          const whole = readAnswer(bytes, { method })
          const cut = readAnswer(bytes, { method, cuts: cuts.filter((at) => at < bytes.length) })
          expect(saidOf(cut)).toEqual(saidOf(whole))
        },
      ),
      { numRuns: 1_000 },
    )
    for (const { bytes, method } of cases.slice(0, 100)) {
      const everywhere = Array.from({ length: bytes.length }, (_, at) => at)
      const whole = readAnswer(bytes, { method })
      expect(saidOf(readAnswer(bytes, { method, cuts: everywhere }))).toEqual(saidOf(whole))
    }
  })

  it('are read as RFC 9112 has it, or not at all', () => {
    const ends = { done: 0, unfinished: 0, refused: 0 }
    const wrong: string[] = []
    for (const one of cases) {
      const { interim: _interim, fault, ...ours } = readAnswer(one.bytes, one)
      ends[ours.end] += 1
      // What the letter takes is refused for limits of ours alone.
      if (/more than|malformed chunk (size|extension)$|interim answer in HTTP/.test(fault ?? ''))
        continue
      const letter = readByTheLetter(one.bytes, one.method)
      if (!isDeepStrictEqual(ours.end === 'done' ? ours : null, letter)) wrong.push(named(one))
    }
    expect(wrong).toEqual([])
    expect(Math.min(...Object.values(ends))).toBeGreaterThan(50)
  })

  it('are read by Node.js in the same way, where both take them', async () => {
    const taken: [ResponseCase, Reading, NodeReading | string][] = []
    for (const one of cases.slice(0, 300)) {
      const ours = readAnswer(one.bytes, one)
      if (ours.end !== 'done' || ours.answer?.status === 101) continue
      taken.push([one, ours, await readWithNode(one.bytes.slice(0, ours.taken), one.method)])
    }
    // It does not take all that may stand in the extension of a chunk.
    const both = taken.filter(
      ([{ bytes }, , theirs]) => !/\r\n[0-9A-Fa-f]+;/.test(bytes) || typeof theirs !== 'string',
    )
    const wrong = both.filter(([, { answer, body, trailers }, theirs]) => {
      const { status, phrase, fields } = answer ?? {}
      return !isDeepStrictEqual(theirs, { status, phrase, fields, body, trailers })
    })
    expect(wrong.map(([one]) => named(one))).toEqual([])
    expect(both.length).toBeGreaterThan(50)
  })
})

/** A line that is refused is refused at its end, or before if more of it is there. */
function saidOf({ fault: _fault, end, ...said }: Reading): object {
  return { ...said, isDone: end === 'done' }
}

/** What the strict reader of the smuggling tests says of the answer; null: no answer, or none yet. */
function readByTheLetter(bytes: string, method: string): Omit<Reading, 'interim' | 'fault'> | null {
  let from = 0
  for (;;) {
    const reading = readResponse(bytes, from, method)
    if (reading.kind !== 'message') return null
    from = reading.end
    const [version, status, phrase] = reading.first
    if (status.startsWith('1') && status !== '101') continue
    return {
      answer: {
        isHttp10: version === 'HTTP/1.0',
        status: Number(status),
        phrase,
        fields: reading.fields.flat(),
      },
      body: reading.body,
      trailers: reading.trailers.flat(),
      end: 'done',
      taken: reading.end,
    }
  }
}
