import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ConnectionUse, NotedResponse } from '../../src/service/connection-use.ts'
import { until } from '../support/until.ts'

const stops: (() => void)[] = []

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Answer = (req: IncomingMessage, res: NotedResponse) => void

async function open(
  answer: Answer,
): Promise<{ use: ConnectionUse; socket: Socket; said: string[] }> {
  const use = new ConnectionUse()
  const server = createServer({ ServerResponse: NotedResponse }, (req, res) => {
    use.note(res)
    answer(req, res)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const said: string[] = []
  socket.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  socket.on('error', () => {})
  stops.push(() => {
    socket.destroy()
    server.close()
  })
  await once(socket, 'connect')
  return { use, socket, said }
}

it('holds a response until it is out, and remembers that there was one', async () => {
  const held: boolean[] = []
  const { use, socket, said } = await open((_req, res) => {
    held.push(use.response === res)
    res.end('done')
  })
  expect(use.hasBegun).toBe(false)
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await until('the answer', () => said.join('').endsWith('done'))
  await until('it gives way', () => use.response === null)
  expect(held).toEqual([true])
  expect(use.hasBegun).toBe(true)
})

it('holds a response that is out while the body of its request still comes', async () => {
  const { use, socket, said } = await open((_req, res) => res.end('early'))
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab')
  await until('the answer', () => said.join('').endsWith('early'))
  await until('it is out', () => use.response?.writableFinished === true)
  expect(use.response?.req.complete).toBe(false)
})

it('holds the later of two responses when the earlier one is out', async () => {
  const waiting: NotedResponse[] = []
  const { use, socket, said } = await open((_req, res) => void waiting.push(res))
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n')
  await until('both requests', () => waiting.length === 2)
  waiting[0]?.end('first')
  await until('the first answer', () => said.join('').endsWith('first'))
  expect(use.response).toBe(waiting[1])
})
