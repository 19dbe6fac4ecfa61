import { once } from 'node:events'
import { type AddressInfo, connect, createServer, Socket } from 'node:net'
import { expect, it } from 'vitest'
import { landing, readThere } from '../../src/service/landing-reads.ts'

it('has an accepted socket read into the one buffer, and stops when it is told to', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [Socket]
  const came: string[] = []
  const isDone = readThere(accepted, (length) => {
    came.push(landing.toString('latin1', 0, length))
    return came.length < 2
  })
  expect(isDone).toBe(true)
  for (const text of ['one', 'two', 'three']) {
    client.write(text)
    await expect.poll(() => came.length === 2 || came.at(-1) === text).toBe(true)
  }
  expect(came).toEqual(['one', 'two'])
  accepted.resume()
  await expect.poll(() => came).toEqual(['one', 'two', 'three'])
  client.destroy()
  accepted.destroy()
  server.close()
})

it('leaves a socket as it is that has nothing to read from', () => {
  expect(readThere(new Socket(), () => true)).toBe(false)
})
