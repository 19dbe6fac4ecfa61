import { request } from 'node:http'

import { expect, test } from 'vitest'

import { startCheck } from './fixture.ts'

function ask(port: number, host: string): Promise<number | undefined> {
  const headers = { Host: host, 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    request({ port, path: '/access/v1/evaluation', method: 'POST', headers }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
      .on('error', reject)
      .end(
        '{"subject":{"type":"a","id":"b"},"action":{"name":"c"},"resource":{"type":"d","id":"e"}}',
      )
  })
}

test('without authentication, does not answer a page whose name was pointed at loopback', async () => {
  const { check, port, entries } = await startCheck({ keys: [], allowUnauthenticated: true })
  expect(await ask(port, 'attacker.test')).toBe(421)
  expect(entries[0]).toMatchObject({ outcome: { kind: 'refused', status: 421 } })
  expect(await ask(port, 'localhost')).toBe(200)
  expect(await ask(port, '127.0.0.1:8181')).toBe(200)
  await check.close()
})
