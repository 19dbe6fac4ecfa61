import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from './front-door.ts'

const bodies = Array.from({ length: 4 }, (_, at) => randomBytes(3_000_000 + at * 70_001))
const headers = { authorization: 'Bearer alice' }

let door: FrontDoor

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    const [, at = '0', framing] = /(\d)-(\w+)$/.exec(req.url ?? '') ?? []
    const body = bodies[Number(at)] ?? Buffer.alloc(0)
    if (framing === 'length') res.setHeader('content-length', body.length)
    res.end(body)
  })
})

afterAll(() => door.close())

const digestOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex')

async function download(at: number, framing: string, pauseMs: number): Promise<string> {
  const asked = get({ port: door.port, path: `/files/${at}-${framing}`, headers, agent: false })
  const [res] = (await once(asked, 'response')) as [IncomingMessage]
  const hash = createHash('sha256')
  let chunks = 0
  for await (const chunk of res) {
    hash.update(chunk as Buffer)
    chunks += 1
    if (pauseMs > 0 && chunks % 12 === 0) await sleep(pauseMs)
  }
  return hash.digest('hex')
}

it.each(['length', 'chunks'])(
  'reach each of many clients octet for octet, some of them slow, with a body in %s',
  async (framing) => {
    const clients = Array.from({ length: 16 }, (_, index) => ({
      at: index % bodies.length,
      pauseMs: index % 3 === 0 ? 7 : 0,
    }))
    const digests = await Promise.all(
      clients.map(({ at, pauseMs }) => download(at, framing, pauseMs)),
    )
    expect(digests).toEqual(clients.map(({ at }) => digestOf(bodies[at] ?? Buffer.alloc(0))))
  },
)
