import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { ClientResponse } from '../../src/enforce/client-response.ts'
import type { ResponseHead } from '../../src/upstream/response-head.ts'

const head: ResponseHead = {
  isHttp10: false,
  status: 200,
  phrase: 'OK',
  fields: ['Content-Length', '200000'],
  framing: 'length',
  contentLength: 200_000,
  connection: '',
  keepAliveS: null,
  isRepeated: false,
}

/** Takes a little, and then nothing any more. */
class FullSocket extends Socket {
  isReset = false

  override readonly remotePort = 1

  override _write(): void {}
  override _writev(): void {}

  override resetAndDestroy(): this {
    this.isReset = true
    return this.destroy()
  }
}

interface Opened {
  readonly socket: FullSocket
  readonly response: ClientResponse
  readonly stalled: Promise<void>
}

/** The answer to a client that takes next to nothing of it. */
function open(version: '1.0' | '1.1' = '1.1'): Opened {
  const req = Object.assign(new IncomingMessage(new Socket()), {
    method: 'GET',
    httpVersion: version,
    httpVersionMajor: 1,
    httpVersionMinor: version === '1.1' ? 1 : 0,
  })
  const res = new ServerResponse(req)
  const socket = new FullSocket()
  res.assignSocket(socket)
  const { promise: stalled, resolve } = Promise.withResolvers<void>()
  const response = new ClientResponse(res, 30, { resumed: () => {}, stalled: resolve })
  response.begin(head, { id: 'd', fields: [], closing: false })
  return { socket, response, stalled }
}

it('gives up a client that takes nothing', async () => {
  const { response, stalled } = open()
  response.add(Buffer.alloc(150_000), 0, 150_000)
  expect(response.flush()).toBe(false)
  await stalled
})

it.each(['1.0', '1.1'] as const)(
  'gives up a client of HTTP/%s that does not take the rest of an answer',
  async (version) => {
    const { socket, response } = open(version)
    response.add(Buffer.alloc(200_000), 0, 200_000)
    response.end([])
    await new Promise((resolve) => socket.once('close', resolve))
    // To it an end in order would look like the end of the body.
    expect(socket.isReset).toBe(version === '1.0')
  },
)
