import type { Case } from './request-cases.ts'
import type { Played } from './play.ts'
import { looseTarget, readReference, type Reference } from './reference.ts'
import { type Head, type Message, readResponse, valuesOf } from './strict-reader.ts'
import type { UpstreamConnection } from './tagging-upstream.ts'

/** Of one case: what of it was forwarded, and whatever must not be. */
export interface Account {
  readonly outcome: 'refused' | 'forwarded' | 'in part' | 'beyond'
  readonly wrongs: readonly string[]
  /** Final answers that came back, and how many of them are the upstream's. */
  readonly answers: number
}

/** Everything the upstream saw, by the case whose id stands in the target. */
export class UpstreamLedger {
  readonly #byCase = new Map<string, Message[]>()
  readonly #restsByCase = new Map<string, { head: Head; body: string }[]>()
  /** What cannot be laid at the door of one case. */
  readonly wrongs: string[] = []

  constructor(connections: readonly UpstreamConnection[]) {
    for (const { requests, rest, closed } of connections) {
      for (const request of requests) this.#enter(this.#byCase, request.first[1], request)
      if (rest === null) continue
      if (rest.kind === 'broken') this.wrongs.push(`what is forwarded is not HTTP/1.1: ${rest.why}`)
      else if (rest.head !== null) {
        if (!closed) this.wrongs.push('a connection goes on after an unfinished request')
        this.#enter(this.#restsByCase, rest.head.first[1], { head: rest.head, body: rest.body })
      }
    }
  }

  requestsOf(id: string): readonly Message[] {
    return this.#byCase.get(id) ?? []
  }

  unfinishedOf(id: string): readonly { head: Head; body: string }[] {
    return this.#restsByCase.get(id) ?? []
  }

  #enter<Entry>(book: Map<string, Entry[]>, target: string, entry: Entry): void {
    const id = /([qr]\d{5})/.exec(target)?.[1]
    if (id === undefined) this.wrongs.push(`a request that nobody sent: ${target.slice(0, 100)}`)
    else book.set(id, [...(book.get(id) ?? []), entry])
  }
}

/** Compares what was sent, what the upstream saw of it and what came back, octet by octet. */
export function accountRequest(one: Case, played: Played, ledger: UpstreamLedger): Account {
  const reference = readReference(one.bytes)
  const wrongs: string[] = []
  const left = [...reference.messages]
  const forwarded = ledger.requestsOf(one.id)
  for (const request of forwarded) {
    const at = left.findIndex((sent) => isSame(sent, request))
    if (at < 0) wrongs.push(`forwarded what was not sent: ${shorten(request.first.join(' '))}`)
    else wrongs.push(...wrongFields(left.splice(at, 1)[0] ?? request, request))
  }
  for (const { head, body } of ledger.unfinishedOf(one.id)) {
    // Of a request that breaks off, and of one whose answer came before its end.
    const candidates = [
      ...reference.messages,
      ...(reference.rest?.head ? [{ ...reference.rest.head, body: reference.rest.body }] : []),
    ]
    if (!candidates.some((sent) => isSameHead(sent, head) && sent.body.startsWith(body))) {
      wrongs.push(`forwarded the beginning of what was not sent: ${shorten(head.first.join(' '))}`)
    }
  }
  const answers = accountAnswers(reference, played.received, wrongs)
  if (!played.ended) wrongs.push('the connection stayed open')
  const beyond = wrongs.some((wrong) => wrong.startsWith('forwarded'))
  const outcome = beyond
    ? 'beyond'
    : forwarded.length === 0
      ? 'refused'
      : left.length === 0
        ? 'forwarded'
        : 'in part'
  return { outcome, wrongs, answers }
}

function isSameHead(sent: Head, seen: Head): boolean {
  return (
    sent.first[0] === seen.first[0] && looseTarget(sent.first[1]) === looseTarget(seen.first[1])
  )
}

function isSame(sent: Message, seen: Message): boolean {
  return isSameHead(sent, seen) && sent.body === seen.body
}

/** Fields that a gateway writes itself. */
const own =
  /^(?:host|connection|content-length|transfer-encoding|forwarded|via|x-request-id|x-forwarded-(?:for|proto|host)|sallyport-[a-z]+)$/

function wrongFields(sent: Message, seen: Message): string[] {
  const known = new Set(sent.fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`))
  const fields = seen.fields
    .filter(([name]) => !own.test(name.toLowerCase()))
    .filter(([name, value]) => !known.has(`${name.toLowerCase()}: ${value}`))
    .map(([name]) => `a field that was not sent: ${shorten(name)}`)
  return [...fields, ...wrongTrailers(sent, seen)]
}

/** RFC 9110 section 6.5.1: what only a header may say. */
const neverTrailers =
  /^(?:content-length|transfer-encoding|connection|host|authorization|cookie|te|trailer|upgrade|sallyport.*)$/

/** Trailers were trailers before, and none says what a header did not. */
export function wrongTrailers(sent: Pick<Message, 'trailers'>, seen: Message): string[] {
  const known = new Set(sent.trailers.map(([name, value]) => `${name.toLowerCase()}: ${value}`))
  return seen.trailers
    .filter(([name, value]) => {
      const lower = name.toLowerCase()
      return neverTrailers.test(lower) || !known.has(`${lower}: ${value}`)
    })
    .map(([name]) => `a trailer that must not be there: ${shorten(name)}`)
}

/** How many final answers there are; each must be the answer to the request of its place. */
function accountAnswers(reference: Reference, received: string, wrongs: string[]): number {
  const { messages, rest } = reference
  let from = 0
  let answers = 0
  while (from < received.length) {
    const asked = messages[answers] ?? (answers === messages.length ? rest?.head : null)
    const reading = readResponse(received, from, asked?.first[0] ?? 'GET')
    if (reading.kind === 'broken') {
      wrongs.push(`the answer is not HTTP/1.1: ${reading.why}`)
      return answers
    }
    // A connection that ends in the middle of an answer says so by ending.
    if (reading.kind === 'unfinished') return answers
    from = reading.end
    if (reading.first[1].startsWith('1')) continue
    answers += 1
    const [answered] = valuesOf(reading, 'x-answers')
    if (answered === undefined) continue
    if (!asked || looseTarget(asked.first[1]) !== looseTarget(answered)) {
      wrongs.push(`an answer to another request: ${shorten(answered)}`)
    }
  }
  const most = messages.length + (rest === null ? 0 : 1)
  if (answers > most) wrongs.push(`${answers} answers to ${most} requests`)
  return answers
}

function shorten(text: string): string {
  return JSON.stringify(text.slice(0, 120))
}
