import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'

import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { createOperations } from '../../src/operations/operations.ts'
import type { Operations } from '../../src/operations/operations.ts'
import type { ReadinessItem } from '../../src/operations/readiness.ts'
import { createLog } from '../../src/telemetry/log.ts'
import { createRegistry } from '../../src/telemetry/registry.ts'
import { until } from '../support/until.ts'

const ready: ReadinessItem = {
  name: 'policies',
  state: 'ready',
  sinceMs: Date.UTC(2026, 0, 2),
  reason: null,
}

let items: readonly ReadinessItem[]
let operations: Operations
let base: string
let port: number

beforeEach(async () => {
  items = [ready]
  operations = createOperations({
    options: { host: '127.0.0.1', port: 0 },
    registry: createRegistry('1.2.3'),
    readiness: () => items,
    jwks: () => ({ keys: [{ kty: 'EC', kid: 'k1' }] }),
    log: createLog('silent'),
  })
  const address = await operations.listen()
  port = address.port
  base = `http://${address.host}:${port}`
})

afterEach(async () => {
  await operations.close()
})

function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, path: '/metrics', headers: { Host: host } }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('is live as long as it answers', async () => {
  const response = await fetch(`${base}/livez`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ status: 'live' })
})

test('is ready when everything is, and says since when', async () => {
  const response = await fetch(`${base}/readyz`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    status: 'ready',
    items: [
      {
        name: 'policies',
        ready: true,
        state: 'ready',
        since: '2026-01-02T00:00:00.000Z',
        reason: null,
      },
    ],
  })
})

test('stays ready with the last good policies, and says why the new ones were not taken', async () => {
  const details = ['policies/a.yaml:3:5: error: unknown role "edtor"']
  items = [{ ...ready, state: 'degraded', reason: 'The last reload failed', details }]
  const response = await fetch(`${base}/readyz`)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    status: 'degraded',
    items: [{ ready: true, reason: 'The last reload failed', details }],
  })
})

test('is not ready while one thing is not, and names it', async () => {
  const issuer = { name: 'issuer https://id.test', state: 'unready', sinceMs: null } as const
  items = [ready, { ...issuer, reason: 'Keys were never fetched' }]
  const response = await fetch(`${base}/readyz`)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    status: 'unready',
    items: [{ ready: true }, { name: 'issuer https://id.test', ready: false }],
  })
})

test('shows metrics in the format of Prometheus, with the build', async () => {
  const response = await fetch(`${base}/metrics`)
  expect(response.headers.get('content-type')).toBe(Registry.PROMETHEUS_CONTENT_TYPE)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const text = await response.text()
  expect(text).toContain(`sallyport_build_info{version="1.2.3",node="${process.versions.node}"} 1`)
  expect(text).toContain('process_resident_memory_bytes')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

test('publishes the public keys of identity tokens', async () => {
  const response = await fetch(`${base}/jwks.json`)
  expect(response.headers.get('content-type')).toBe('application/jwk-set+json')
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await response.json()).toEqual({ keys: [{ kty: 'EC', kid: 'k1' }] })
})

test('answers HEAD, refuses other methods, and names what it offers', async () => {
  const head = await fetch(`${base}/livez`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  const post = await fetch(`${base}/readyz`, { method: 'POST', body: 'x' })
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  const unknown = await fetch(`${base}/`)
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toContain('/readyz')
})

test('does not answer a web page whose name was pointed at the loopback address', async () => {
  expect(await statusWithHost('attacker.test')).toBe(421)
  expect(await statusWithHost(`attacker.test:${port}`)).toBe(421)
  expect(await statusWithHost('127.0.0.1.attacker.test')).toBe(421)
  for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:1', 'a.localhost:80']) {
    expect(await statusWithHost(host)).toBe(200)
  }
})

test('answers broken requests and goes on', async () => {
  const answer = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write('NOT HTTP\r\n\r\n'))
    socket.on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1.1 400 .*"The request is not valid HTTP\/1.1"$/s)
  expect((await fetch(`${base}/livez`)).status).toBe(200)
})

test('answers an oversized header with 431', async () => {
  const answer = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
    )
    socket.on('error', () => {})
    socket.on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1.1 431 /)
})

test('survives a readiness that fails, and tells the client nothing of it', async () => {
  items = [{ ...ready, sinceMs: Number.NaN }]
  const response = await fetch(`${base}/readyz`)
  expect([response.status, await response.json()]).toEqual([500, 'Internal error'])
})

test('says which address it cannot bind', async () => {
  const second = createOperations({
    options: { host: '127.0.0.1', port },
    registry: new Registry(),
    readiness: () => [],
    jwks: () => ({ keys: [] }),
    log: createLog('silent'),
  })
  const failure: unknown = await second.listen().catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'ERR_LISTEN' })
  expect(String(failure)).toContain(`Cannot start the operations listener on 127.0.0.1:${port}: `)
  expect(String(failure)).toContain('EADDRINUSE')
  await second.close()
})

test('closes although a client keeps its connection open', async () => {
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.on('connect', resolve))
  const started = performance.now()
  await operations.close()
  // Less than a connection on which nothing is said is kept.
  expect(performance.now() - started).toBeLessThan(20_000)
  socket.destroy()
})

test('has 256 connections at a time, closes the next unanswered, and takes others as those end', async () => {
  const held = Array.from({ length: 256 }, () => connect(port, '127.0.0.1'))
  await Promise.all(held.map((socket) => once(socket, 'connect')))
  const next = connect(port, '127.0.0.1')
  let said = ''
  next.on('data', (chunk: Buffer) => (said += chunk.toString()))
  next.on('error', () => {})
  next.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await new Promise((resolve) => next.once('close', resolve))
  expect(said).toBe('')
  held[0]?.destroy()
  const isServed = (): Promise<boolean> =>
    fetch(`${base}/livez`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until('room', isServed)
  for (const socket of held) socket.destroy()
})
