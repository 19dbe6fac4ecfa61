import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from './front-door.ts'

let door: FrontDoor
let arrived: string[][] = []

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    arrived.push(withoutIds(req.rawHeaders))
    res.end('ok')
  })
})

afterAll(() => door.close())

/** Names and values, but for what is new with every request. */
function withoutIds(raw: readonly string[]): string[] {
  const lines: string[] = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    if (!/^(?:x-request-id|sallyport-(?:decision|identity))$/i.test(name)) {
      lines.push(`${name}: ${raw[at + 1] ?? ''}`)
    }
  }
  return lines
}

/** Sends the requests one after the other on one connection; what the application was sent. */
async function send(headers: readonly string[]): Promise<string[][]> {
  arrived = []
  const socket = connect(door.port, '127.0.0.1')
  for (const header of headers) {
    socket.write(`GET /files/a HTTP/1.1\r\n${header}\r\n`)
    await new Promise<void>((resolve) => {
      let text = ''
      const hear = (chunk: Buffer): void => {
        text += chunk.toString('latin1')
        if (!text.endsWith('ok') && !text.includes('"status"')) return
        socket.off('data', hear)
        resolve()
      }
      socket.on('data', hear)
    })
  }
  socket.destroy()
  return arrived
}

const usual = 'Host: a\r\nAuthorization: Bearer alice\r\nAccept: x\r\nX-Trace: 1\r\n'

it.each([
  ['another value', usual.replace('X-Trace: 1', 'X-Trace: 2')],
  ['a name in another case', usual.replace('X-Trace', 'x-trace')],
  ['one field more', `${usual}X-More: 1\r\n`],
  ['one field less', usual.replace('X-Trace: 1\r\n', '')],
  ['another host', usual.replace('Host: a', 'Host: b')],
  ['a field named as of this hop', `${usual}Connection: x-trace\r\n`],
  ['somebody else', usual.replace('alice', 'bob')],
])('a header with %s is passed on as on a connection of its own', async (_name, other) => {
  const alone = { usual: (await send([usual]))[0], other: (await send([other]))[0] }
  expect(alone.other).not.toEqual(alone.usual)
  const order = [usual, usual, usual, other, usual, other, other, usual]
  const expected = order.map((header) => (header === usual ? alone.usual : alone.other))
  expect(await send(order)).toEqual(expected)
})

it('permits nobody by the header of the request before', async () => {
  const before = door.records.length
  const guest = usual.replace('alice', 'guest')
  const nobody = usual.replace('Authorization: Bearer alice\r\n', '')
  await send([usual, usual, guest, nobody, usual])
  const outcomes = door.records.slice(before).map(({ outcome }) => outcome.kind)
  expect(outcomes).toEqual(['forwarded', 'forwarded', 'denied', 'refused', 'forwarded'])
})
