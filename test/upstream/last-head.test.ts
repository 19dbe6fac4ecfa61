import { array, assert as check, constantFrom, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ResponseHead } from '../../src/upstream/response-head.ts'
import { ResponseReader } from '../../src/upstream/response-reader.ts'
import { readAnswer } from './reading.ts'

const fields = 'Content-Length: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n'
const usual = `HTTP/1.1 200 OK\r\n${fields}\r\n`

describe('a head like the one before on its connection', () => {
  it('is the same object from the third time on, and says that it is worth keeping', () => {
    const heads = headsOf([usual, usual, usual, usual])
    expect(heads.map(({ isRepeated }) => isRepeated)).toEqual([false, true, true, true])
    expect(heads[2]).toBe(heads[1])
    expect(heads[3]).toBe(heads[1])
    expect({ ...heads[1], isRepeated: false }).toEqual(heads[0])
  })

  it.each([
    ['another status', usual.replace('200', '201')],
    ['another length', usual.replace('Length: 2', 'Length: 3')],
    ['a date one second later', usual.replace(':37', ':38')],
    ['one field more', usual.replace('Date:', 'Set-Cookie: a=1\r\nDate:')],
    ['a field less', usual.replace(/Date:.*\r\n/, '')],
    ['a name in another case', usual.replace('Date', 'date')],
  ])('is read anew when it has %s, and so is the next', (_name, other) => {
    const heads = headsOf([usual, other, usual])
    expect(heads).toEqual([usual, other, usual].flatMap((text) => headsOf([text])))
  })

  it('has a body again after an answer to HEAD', () => {
    const reader = new ResponseReader(32_768)
    const read = (method: string, text: string) => readAnswer(text, { method, reader })
    expect(read('GET', `${usual}ab`)).toMatchObject({ body: 'ab', end: 'done' })
    expect(read('HEAD', usual)).toMatchObject({ body: '', end: 'done', taken: usual.length })
    expect(read('HEAD', usual)).toMatchObject({ body: '', end: 'done', taken: usual.length })
    expect(read('GET', `${usual}ab`)).toMatchObject({ body: 'ab', end: 'done' })
  })

  it('is refused as ever when it has become ambiguous', () => {
    const reader = new ResponseReader(32_768)
    readAnswer(`${usual}ab`, { reader })
    const doubtful = usual.replace('Date:', 'Content-Length: 2\r\nDate:')
    expect(readAnswer(`${doubtful}ab`, { reader })).toMatchObject({ end: 'refused' })
  })

  const parts = record({
    method: constantFrom('GET', 'GET', 'GET', 'HEAD'),
    status: constantFrom('200 OK', '200 OK', '200', '404 Not Found', '204 No'),
    field: constantFrom(
      '',
      '',
      'X-A: 1\r\n',
      'X-A: 2\r\n',
      'x-a: 1\r\n',
      `X-Long: ${'a'.repeat(1_200)}\r\n`,
    ),
    framing: constantFrom(
      'Content-Length: 2\r\n',
      'Content-Length: 0\r\n',
      'Transfer-Encoding: chunked\r\n',
    ),
    cut: constantFrom(0, 0, 0, 1, 40, 70),
  })

  it('is read as on a connection of its own, whatever came before', () => {
    check(
      property(array(parts, { minLength: 2, maxLength: 12 }), (answers) => {
        const reader = new ResponseReader(32_768)
        for (const { method, status, field, framing, cut } of answers) {
          const head = `HTTP/1.1 ${status}\r\n${field}${framing}\r\n`
          const isBare = method === 'HEAD' || status.startsWith('204')
          const body =
            isBare || framing.includes(' 0')
              ? ''
              : framing.startsWith('T')
                ? '1\r\na\r\n0\r\n\r\n'
                : 'ab'
          const options = { method, cuts: cut === 0 ? [] : [cut] }
          expect(readAnswer(head + body, { ...options, reader })).toEqual(
            readAnswer(head + body, options),
          )
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

function headsOf(texts: readonly string[]): ResponseHead[] {
  const reader = new ResponseReader(32_768)
  const heads: ResponseHead[] = []
  for (const text of texts) {
    reader.expect('GET', {
      interim: () => {},
      begun: (head) => heads.push(head),
      content: () => {},
    })
    const bytes = Buffer.from(`${text}abc`, 'latin1')
    reader.read(bytes, 0, bytes.length)
  }
  return heads
}
