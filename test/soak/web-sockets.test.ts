import { expect, it } from 'vitest'
import { holdWebSockets } from './web-sockets.ts'

/** `npm run soak:sockets` does it with ten thousand. */
const count = 300

it('holds many WebSockets in little memory, and cuts all of one subject', async () => {
  const held = await holdWebSockets(count)
  expect(held).toMatchObject({ count, cut: count / 4, othersAlive: true })
  expect(held.heapBytesEach).toBeLessThan(32_768)
  // A second is the promise; machines that run tests may be busy with others.
  expect(held.cutInMs).toBeLessThan(10_000)
})
