import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { TurnLimit } from '../../src/gateway/turn-limit.ts'
import { type FrontDoor, identityOf, openFrontDoor } from './front-door.ts'
import { collect, type RawAnswer } from './raw-client.ts'

const costMs = 4
const clients = 60

/** Verifying a token keeps the process busy, as a load beyond its power would. */
async function openBusyDoor(overloadDelayMs: number): Promise<FrontDoor> {
  return await openFrontDoor((_req, res) => res.end('through') as never, {
    listen: { overloadDelayMs },
    authenticator: {
      authenticate: () => {
        const untilMs = performance.now() + costMs
        while (performance.now() < untilMs);
        return identityOf('alice')
      },
    },
  })
}

const request = 'GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n'

/** On connections that are open already: what comes in while the process is busy is read in one turn. */
async function askAtOnce(busy: FrontDoor): Promise<RawAnswer[]> {
  const sockets = Array.from({ length: clients }, () => connect(busy.port, '127.0.0.1'))
  await until(async () =>
    (await busy.registry.metrics()).includes(`sallyport_gateway_connections ${clients}\n`),
  )
  return await Promise.all(
    sockets.map((socket) => {
      socket.write(request)
      return collect(socket, 500)
    }),
  )
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 30_000
  while (!(await isSo())) {
    if (Date.now() > deadlineMs) throw new Error('Not within ten seconds')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

let door: FrontDoor | null = null
afterEach(async () => {
  await door?.close()
  door = null
})

describe('a process with more to do than it can', () => {
  it('takes on what it can do soon and refuses the rest before it looks at it', async () => {
    door = await openBusyDoor(20)
    const answers = await askAtOnce(door)
    const refused = answers.filter(({ status }) => status === 503)
    const served = answers.filter(({ status }) => status === 200)
    expect(refused.length + served.length).toBe(clients)
    expect(served.length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    for (const { text } of refused) {
      expect(text).toMatch(/^Retry-After: 1\r$/m)
      expect(text).toContain('"code":"overloaded"')
      expect(text).not.toContain('through')
      // To open a new one would cost both sides more than the answer did.
      expect(text).toMatch(/^Connection: keep-alive\r$/m)
    }
  })

  it('records each request once, and permits none that it refused', async () => {
    door = await openBusyDoor(20)
    await askAtOnce(door)
    expect(door.records).toHaveLength(clients)
    const shed = door.records.filter(({ outcome }) => outcome.kind === 'refused')
    expect(shed.length).toBeGreaterThan(0)
    for (const { decision, facts, refusal } of shed) {
      expect([decision, facts, refusal?.code]).toEqual([null, null, 'overloaded'])
    }
    expect(await door.registry.metrics()).toContain(
      `sallyport_gateway_shed_total{stage="arrival"} ${shed.length}`,
    )
  })

  it('answers what it takes on sooner than without the limit', async () => {
    const slowestMs = async (overloadDelayMs: number): Promise<number> => {
      const busy = await openBusyDoor(overloadDelayMs)
      await askAtOnce(busy)
      const forwarded = busy.records.filter(({ outcome }) => outcome.kind === 'forwarded')
      await busy.close()
      return Math.max(...forwarded.map(({ totalMs }) => totalMs))
    }
    const [limited, unlimited] = [await slowestMs(20), await slowestMs(0)]
    expect(limited / unlimited).toBeLessThan(0.8)
  })
})

describe('TurnLimit', () => {
  it('counts from the first request of a turn and forgets with its end', async () => {
    const limit = new TurnLimit(10)
    expect([limit.isOver(1_000), limit.isOver(1_010), limit.isOver(1_011)]).toEqual([
      false,
      false,
      true,
    ])
    await new Promise((resolve) => setImmediate(resolve))
    expect(limit.isOver(2_000)).toBe(false)
  })

  it('is no limit when it is 0', () => {
    const limit = new TurnLimit(0)
    expect([limit.isOver(1), limit.isOver(1_000_000)]).toEqual([false, false])
  })
})
