import type { NotedResponse } from '../../src/service/connection-use.ts'
import { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { AcceptFirst } from '../../src/listen/accept-first.ts'
import { Connection } from '../../src/listen/connection.ts'
import { GatewayRequest } from '../../src/listen/gateway-request.ts'
import { awaitAccepted, mayWait } from '../../src/listen/turn.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('holds requests until a turn accepts no connection', async () => {
  // However long the turns take.
  vi.spyOn(performance, 'now').mockReturnValue(0)
  const first = new AcceptFirst()
  expect(first.isHolding).toBe(false)
  const served: string[] = []
  first.accepted()
  first.hold(() => served.push('one'))
  await nextTurn()
  expect(first.isHolding).toBe(true)
  first.accepted()
  first.hold(() => served.push('two'))
  await nextTurn()
  expect(served).toEqual([])
  await nextTurn()
  expect(served).toEqual(['one', 'two'])
  expect(first.isHolding).toBe(false)
})

it('serves after two milliseconds although connections keep coming', async () => {
  const first = new AcceptFirst()
  const startedAtMs = performance.now()
  const servedAfterMs: number[] = []
  const serve = (): void => void servedAfterMs.push(performance.now() - startedAtMs)
  first.accepted()
  first.hold(serve)
  for (let turns = 0; servedAfterMs.length === 0 && turns < 1_000_000; turns += 1) {
    await nextTurn()
    first.accepted()
  }
  expect(servedAfterMs[0]).toBeGreaterThanOrEqual(2)
  // The next request waits anew.
  expect(first.isHolding).toBe(true)
  first.hold(serve)
  for (let turns = 0; servedAfterMs.length === 1 && turns < 10; turns += 1) await nextTurn()
  expect(servedAfterMs).toHaveLength(2)
})

const request = {} as GatewayRequest
const response = { req: request } as NotedResponse<GatewayRequest>

function holdOne() {
  const first = new AcceptFirst()
  const events = { request: vi.fn<() => void>(), unserved: vi.fn<() => void>() }
  const connection = new Connection({ ip: '192.0.2.1', secure: null }, null)
  first.accepted()
  connection.use.note(response)
  awaitAccepted(request, response, connection, first, events)
  return { first, events, connection }
}

it('counts a request that waits as one that its connection owes an answer', async () => {
  const { events, connection } = holdOne()
  expect(connection.isFree).toBe(false)
  expect(connection.pendingCount).toBe(1)
  await nextTurn()
  await nextTurn()
  expect(connection.pendingCount).toBe(0)
  expect(events.request).toHaveBeenCalledExactlyOnceWith(request, response, connection, false)
  expect(events.unserved).not.toHaveBeenCalled()
})

it('tells once of a request whose connection is gone while it waits', async () => {
  const { events, connection } = holdOne()
  connection.closed()
  await nextTurn()
  await nextTurn()
  expect(events.request).not.toHaveBeenCalled()
  expect(events.unserved).toHaveBeenCalledExactlyOnceWith(request, response, connection, null)
})

it.each<[string[], boolean]>([
  [['Host', 'a.test'], true],
  [['Content-Length', '0'], false],
  [['Transfer-Encoding', 'chunked'], false],
  [['Expect', '100-continue'], false],
])('lets a request wait whose header cannot announce a body: %s', (rawHeaders, may) => {
  const req = new GatewayRequest(new Socket())
  req.rawHeaders = rawHeaders
  expect(mayWait(req)).toBe(may)
})
