import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { laterListener } from '../../src/service/later-listener.ts'

let server: Server | null = null

afterEach(() => {
  server?.close()
})

async function serve(later: ReturnType<typeof laterListener>): Promise<string> {
  const created = createServer((req, res) => void later.listener(req, res))
  server = created
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(created.address() as AddressInfo).port}`
}

describe('a listener that is loaded later', () => {
  it('loads once, and keeps requests and their bodies until it has', async () => {
    let loads = 0
    const later = laterListener(async () => {
      loads += 1
      await new Promise((resolve) => setTimeout(resolve, 50))
      return (req, res) => req.pipe(res)
    })
    const url = await serve(later)
    later.prepare()
    const texts = await Promise.all(
      ['a', 'b', 'c'].map(async (body) => (await fetch(url, { method: 'POST', body })).text()),
    )
    expect(texts).toEqual(['a', 'b', 'c'])
    expect(loads).toBe(1)
  })

  it('answers 500 when it cannot be loaded', async () => {
    const url = await serve(laterListener(() => Promise.reject(new Error('gone'))))
    expect((await fetch(url)).status).toBe(500)
  })
})
