import { wrongTrailers } from './account.ts'
import { isClean, type PlayedResponse } from './play-response.ts'
import type { ResponseCase } from './response-cases.ts'
import { type Head, readResponse, type Reading, valuesOf } from './strict-reader.ts'
import type { UpstreamConnection } from './tagging-upstream.ts'

export interface ResponseAccount {
  readonly outcome: 'refused' | 'forwarded' | 'cut short' | 'beyond'
  readonly wrongs: readonly string[]
}

/** Fields that a gateway writes itself. */
const own =
  /^(?:date|server|via|connection|keep-alive|content-length|transfer-encoding|sallyport-decision)$/

/** Compares what the upstream sent with what its client received. */
export function accountResponse(one: ResponseCase, played: PlayedResponse): ResponseAccount {
  const wrongs: string[] = []
  const { received, second, ended } = played
  const sent = finalOf(one.bytes, one.method)
  const got = finalOf(received, one.method)
  const outcome = compare(sent, got, ended, wrongs)
  if (second >= 0) judgeSecond(one, received.slice(second), sayClose(got), wrongs)
  for (const [, id] of received.matchAll(/(?:poison|answer) of (r\d{5})/g)) {
    if (id !== one.id) wrongs.push(`octets of ${id} in the answer of ${one.id}`)
  }
  if (!ended) wrongs.push('the connection stayed open')
  return { outcome: wrongs.length > 0 && outcome === 'forwarded' ? 'beyond' : outcome, wrongs }
}

/** Connections that were used again although an answer on them left a doubt. */
export function wrongReuse(
  cases: readonly ResponseCase[],
  connections: readonly UpstreamConnection[],
): Map<string, string> {
  const byId = new Map(cases.map((one) => [one.id, one]))
  const wrongs = new Map<string, string>()
  for (const { requests } of connections) {
    requests.slice(0, -1).forEach((request, index) => {
      const [, id = '', part] = /\/(r\d{5})-(\w)/.exec(request.first[1]) ?? []
      const one = byId.get(id)
      if (one === undefined || part !== '0' || isClean(one)) return
      const next = requests[index + 1]?.first.join(' ') ?? ''
      wrongs.set(id, `the connection was used again, for ${next}`)
    })
  }
  return wrongs
}

export function finalOf(bytes: string, method: string): Reading {
  let from = 0
  for (;;) {
    const reading = readResponse(bytes, from, method)
    if (reading.kind !== 'message' || !reading.first[1].startsWith('1')) return reading
    // A connection that is switched speaks HTTP no longer.
    if (reading.first[1] === '101')
      return { kind: 'broken', why: '101 unasked', head: null, body: '' }
    from = reading.end
  }
}

function compare(
  sent: Reading,
  got: Reading,
  ended: boolean,
  wrongs: string[],
): 'refused' | 'forwarded' | 'cut short' {
  if (got.kind === 'broken') {
    wrongs.push(`the answer is not HTTP/1.1: ${got.why}`)
    return 'forwarded'
  }
  if (got.kind === 'unfinished') {
    if (!ended) wrongs.push('the answer was never ended')
    if (got.head !== null) compareHead(sent, got.head, got.body, wrongs)
    return got.head === null ? 'refused' : 'cut short'
  }
  if (/^50[024]$/.test(got.first[1]) && valuesOf(got, 'x-case').length === 0) return 'refused'
  compareHead(sent, got, got.body, wrongs)
  const whole = sent.kind === 'message' && sent.body === got.body
  if (sent.kind === 'message') wrongs.push(...wrongTrailers(sent, got))
  if (!whole) {
    wrongs.push(
      `ended an answer whose end is ${sent.kind === 'broken' ? `in doubt: ${sent.why}` : 'another'}`,
    )
  }
  return 'forwarded'
}

function compareHead(sent: Reading, got: Head, body: string, wrongs: string[]): void {
  const head = sent.kind === 'message' ? sent : sent.head
  if (head === null) {
    wrongs.push(`forwarded what is no answer: ${sent.kind === 'broken' ? sent.why : sent.kind}`)
    return
  }
  if (head.first[1] !== got.first[1]) wrongs.push(`status ${head.first[1]} became ${got.first[1]}`)
  if (!sent.body.startsWith(body)) wrongs.push('the body is not the one that was sent')
  const known = new Set(head.fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`))
  for (const [name, value] of got.fields) {
    const lower = name.toLowerCase()
    if (!own.test(lower) && !known.has(`${lower}: ${value}`)) {
      wrongs.push(`a field that was not sent: ${JSON.stringify(name)}`)
    }
  }
}

function sayClose(got: Reading): boolean {
  return got.kind === 'message' && valuesOf(got, 'connection').some((value) => /close/i.test(value))
}

/** The second request of the client is answered, properly, unless the first answer ruled it out. */
function judgeSecond(one: ResponseCase, text: string, closed: boolean, wrongs: string[]): void {
  if (closed && text === '') return
  const reading = readResponse(text, 0, 'GET')
  if (reading.kind !== 'message') {
    wrongs.push('the next request got no answer')
    return
  }
  const [answered] = valuesOf(reading, 'x-answers')
  if (answered !== `/files/${one.id}-z`) {
    wrongs.push(`the next request got another answer: ${reading.first[1]} ${answered ?? ''}`)
  } else if (reading.end !== text.length) {
    wrongs.push('octets after the last answer')
  }
}
