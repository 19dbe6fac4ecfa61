import type { RecordEntry } from '../../src/audit/record.ts'
import { openFrontDoor } from '../gateway/front-door.ts'
import { accountRequest, UpstreamLedger } from './account.ts'
import { accountResponse, finalOf, wrongReuse } from './account-response.ts'
import { isClean, playResponse, respondWith, type PlayedResponse } from './play-response.ts'
import { inParallel, play, type Played } from './play.ts'
import { readReference } from './reference.ts'
import type { Case } from './request-cases.ts'
import type { ResponseCase } from './response-cases.ts'
import { startTaggingUpstream, taggedAnswer } from './tagging-upstream.ts'

/** Something between clients and an upstream. */
export interface Stand {
  readonly name: string
  readonly port: number
  /** Of the gateway's own: its decision records, by id. */
  readonly records: (() => readonly RecordEntry[]) | null
  stop(): Promise<void>
}

export type OpenStand = (upstreamPort: number) => Promise<Stand>

export interface Finding {
  readonly id: string
  readonly name: string
  /** What a strict reader makes of it. */
  readonly reading: string
  readonly outcome: string
  readonly wrongs: readonly string[]
}

export interface Run {
  readonly findings: readonly Finding[]
  /** What cannot be laid at the door of one case. */
  readonly wrongs: readonly string[]
}

const width = 96
const settleMs = 100

export async function openGateway(upstreamPort: number): Promise<Stand> {
  const door = await openFrontDoor(() => {}, {
    upstreamOrigin: `http://127.0.0.1:${upstreamPort}`,
    listen: { headersTimeoutMs: 2_000, bodyIdleTimeoutMs: 2_000, overloadDelayMs: 0 },
    upstream: { headersTimeoutMs: 10_000, bodyIdleTimeoutMs: 10_000 },
  })
  return {
    name: 'Sallyport',
    port: door.port,
    records: () => door.records,
    stop: () => door.close(),
  }
}

/** A request behind every case on its connection, that must fare as if it had come alone. */
function withFollower(one: Case): Case {
  const follower = `GET /files/${one.id}-z HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer zoe\r\nConnection: close\r\n\r\n`
  return { ...one, bytes: one.bytes + follower }
}

export async function runRequests(cases: readonly Case[], open: OpenStand): Promise<Run> {
  const upstream = await startTaggingUpstream((socket, request) => {
    socket.write(taggedAnswer(request), 'latin1')
  })
  const stand = await open(upstream.port)
  const played = new Map<Case, Played>()
  const sent = cases.map(withFollower)
  await inParallel(sent, width, async (one) => {
    played.set(one, await play(stand.port, one.bytes, one.cut))
  })
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const ledger = new UpstreamLedger(upstream.connections)
  const wrongs = [...ledger.wrongs]
  const findings = sent.map((one) => {
    const account = accountRequest(one, played.get(one) ?? { received: '', ended: false }, ledger)
    return { ...account, id: one.id, name: one.name, reading: readingOfRequest(one.bytes) }
  })
  const records = stand.records?.() ?? null
  if (records !== null) wrongs.push(...compareRecords(records, [...played.values()]))
  await stand.stop()
  await upstream.close()
  return { findings, wrongs }
}

export async function runResponses(cases: readonly ResponseCase[], open: OpenStand): Promise<Run> {
  const upstream = await startTaggingUpstream(respondWith(cases))
  const stand = await open(upstream.port)
  const played = new Map<ResponseCase, PlayedResponse>()
  await inParallel(cases, width, async (one) => {
    played.set(one, await playResponse(stand.port, one))
  })
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const reused = wrongReuse(cases, upstream.connections)
  const findings = cases.map((one) => {
    const got = played.get(one) ?? { received: '', second: -1, ended: false }
    const { outcome, wrongs } = accountResponse(one, got)
    const reuse = reused.get(one.id)
    return {
      id: one.id,
      name: one.name,
      reading: readingOfResponse(one),
      outcome,
      wrongs: reuse === undefined ? wrongs : [...wrongs, reuse],
    }
  })
  await stand.stop()
  await upstream.close()
  return { findings, wrongs: [] }
}

function readingOfRequest(bytes: string): string {
  const { rest } = readReference(bytes)
  if (rest === null) return 'in order'
  return rest.kind === 'broken' ? rest.why : 'ends too early'
}

function readingOfResponse(one: ResponseCase): string {
  const reading = finalOf(one.bytes, one.method)
  if (reading.kind === 'broken') return reading.why
  if (reading.kind === 'unfinished') return 'ends too early'
  return reading.untilClose || isClean(one) ? 'in order' : 'octets after its end'
}

/** Every answer has one record, and every record but those of clients that left has its answer. */
function compareRecords(records: readonly RecordEntry[], played: readonly Played[]): string[] {
  const wrongs: string[] = []
  const answered = new Set<string>()
  for (const { received } of played) {
    for (const [, id = ''] of received.matchAll(/^Sallyport-Decision: ([0-9a-f]+)\r$/gm)) {
      if (answered.has(id)) wrongs.push(`two answers of one decision: ${id}`)
      answered.add(id)
    }
  }
  for (const { id, outcome, facts } of records) {
    if (answered.delete(id) || outcome.kind === 'aborted') continue
    const what = 'code' in outcome ? outcome.code : outcome.kind
    wrongs.push(`a record without an answer: ${what} ${facts?.method ?? ''} ${facts?.path ?? ''}`)
  }
  for (const id of answered) wrongs.push(`an answer without a record: ${id}`)
  return wrongs
}
