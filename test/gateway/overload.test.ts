import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { TurnLimit } from '../../src/gateway/turn-limit.ts'
import { type FrontDoor, identityOf, openFrontDoor } from './front-door.ts'
import { collect, type RawAnswer } from './raw-client.ts'

const costMs = 4
const clients = 60
let verified = 0

/** Verifying a token keeps the process busy, as a load beyond its power would. */
async function openBusyDoor(overloadDelayMs: number): Promise<FrontDoor> {
  return await openFrontDoor((_req, res) => res.end('through') as never, {
    listen: { overloadDelayMs },
    authenticator: {
      authenticate: () => {
        verified += 1
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

  it('does the work of what it takes on and of nothing else, so that no answer waits for more', async () => {
    const workOf = async (overloadDelayMs: number): Promise<number> => {
      verified = 0
      const busy = await openBusyDoor(overloadDelayMs)
      const answers = await askAtOnce(busy)
      await busy.close()
      expect(verified).toBe(answers.filter(({ status }) => status === 200).length)
      return verified
    }
    const [limited, unlimited] = [await workOf(20), await workOf(0)]
    expect(unlimited).toBe(clients)
    expect(limited / unlimited).toBeLessThan(0.7)
  })
})

describe('TurnLimit', () => {
  it('counts from the first request of a turn and forgets with its end', async () => {
    const limit = new TurnLimit(10)
    const isOver = Array.from({ length: 20 }, () => limit.isOver(1_000))
    expect(isOver).not.toContain(true)
    expect([limit.isOver(1_010), limit.isOver(1_011)]).toEqual([false, true])
    await new Promise((resolve) => setImmediate(resolve))
    expect(limit.isOver(2_000)).toBe(false)
  })

  it('blames no pause on the few requests that were read before it', () => {
    const limit = new TurnLimit(10)
    const isOver = Array.from({ length: 16 }, (_, at) => limit.isOver(1_000 + 1_000 * at))
    expect(isOver).not.toContain(true)
    expect(limit.isOver(20_000)).toBe(true)
  })

  it('is no limit when it is 0', () => {
    const limit = new TurnLimit(0)
    expect([limit.isOver(1), limit.isOver(1_000_000)]).toEqual([false, false])
  })
})
