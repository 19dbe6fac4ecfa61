import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { key, post, startCheck } from './fixture.ts'
import type { RunningCheck } from './fixture.ts'

const path = '/access/v1/evaluation'
const permitted = {
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
}

let running: RunningCheck

beforeEach(async () => {
  running = await startCheck({ maxBodyBytes: 4_096, maxJsonDepth: 5, maxEvaluations: 3 })
})

afterEach(async () => {
  await running.check.close()
})

interface RawCall {
  readonly socket: Socket
  readonly text: () => string
  ended: Promise<string>
}

function raw(head: string): RawCall {
  let text = ''
  const socket = connect(running.port, '127.0.0.1')
  if (head !== '') socket.write(head)
  socket.on('error', () => {})
  const ended = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => (text += String(chunk))).on('close', () => resolve(text))
  })
  return { socket, text: () => text, ended }
}

const fields = `Host: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`

test('refuses a body announced larger than the limit before it comes', async () => {
  const call = raw(`POST ${path} HTTP/1.1\r\n${fields}Content-Length: 4097\r\n\r\n`)
  await expect.poll(call.text).toContain('HTTP/1.1 413')
  expect(call.text()).toContain('"The body is larger than 4096 bytes"')
  call.socket.destroy()
  expect(running.entries[0]).toMatchObject({ refusal: { code: 'body_too_large' } })
})

test('refuses a body that turns out larger than the limit while it comes', async () => {
  const call = raw(`POST ${path} HTTP/1.1\r\n${fields}Transfer-Encoding: chunked\r\n\r\n`)
  await sleep(20)
  for (let n = 0; n < 5; n += 1) call.socket.write(`400\r\n${'x'.repeat(1_024)}\r\n`)
  await expect.poll(call.text).toContain('HTTP/1.1 413')
  call.socket.destroy()
  expect(running.entries).toHaveLength(1)
})

test('lets a client that sends too much read the answer and ask again', async () => {
  const reply = await post(running, path, 'x'.repeat(1_000_000))
  expect(reply.status).toBe(413)
  expect((await post(running, path, permitted)).status).toBe(200)
})

test('takes a body of exactly the limit, in pieces', async () => {
  const room = 4_096 - JSON.stringify({ ...permitted, x: '' }).length
  const x = 'é'.repeat(Math.floor(room / 2)) + 'y'.repeat(room % 2)
  const body = JSON.stringify({ ...permitted, x })
  expect(Buffer.byteLength(body)).toBe(4_096)
  const call = raw(
    `POST ${path} HTTP/1.1\r\n${fields}Connection: close\r\nContent-Length: 4096\r\n\r\n`,
  )
  const bytes = Buffer.from(body)
  for (let at = 0; at < bytes.length; at += 999) {
    await sleep(2)
    call.socket.write(bytes.subarray(at, at + 999))
  }
  expect(await call.ended).toMatch(/^HTTP\/1.1 200 .*\{"decision":true\}$/s)
})

test('refuses nesting beyond the limit', async () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])
  expect((await post(running, path, { ...permitted, context: { a: deep(3) } })).status).toBe(200)
  const reply = await post(running, path, { ...permitted, context: { a: deep(4) } })
  expect([reply.status, reply.body]).toEqual([400, 'The body is nested deeper than 5 levels'])
})

test('refuses more evaluations in one call than the limit', async () => {
  const batch = (length: number): unknown => ({
    ...permitted,
    evaluations: Array.from({ length }, () => ({})),
  })
  expect((await post(running, `${path}s`, batch(3))).status).toBe(200)
  const reply = await post(running, `${path}s`, batch(4))
  expect([reply.status, reply.body]).toEqual([400, '"evaluations" has 4 items, accepted are 3'])
})

test('refuses two Authorization fields, even of the same key', async () => {
  const call = raw(
    `POST ${path} HTTP/1.1\r\n${fields}Authorization: Bearer ${key}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
  expect(await call.ended).toMatch(/^HTTP\/1.1 400 .*"Authorization was sent more than once"$/s)
  expect(running.entries[0]).toMatchObject({ refusal: { code: 'credentials_multiple' } })
})

test('does not let a header value break out of the answer', async () => {
  const call = raw(
    `POST ${path} HTTP/1.1\r\n${fields}X-Request-ID: a\rSet-Cookie: x=1\r\nContent-Length: 2\r\n\r\n{}`,
  )
  const text = await call.ended
  expect(text).toMatch(/^HTTP\/1.1 400 /)
  expect(text).not.toContain('Set-Cookie')
})

test('forgets a client that goes away in the middle of its body', async () => {
  for (let n = 0; n < 20; n += 1) {
    const call = raw(`POST ${path} HTTP/1.1\r\n${fields}Content-Length: 100\r\n\r\n{"subject"`)
    await sleep(3)
    call.socket.destroy()
  }
  await sleep(50)
  expect(running.errors).toEqual([])
  expect(running.entries).toEqual([])
  expect((await post(running, path, permitted)).status).toBe(200)
})

test('ends a body that comes in too slowly', async () => {
  const call = raw(`POST ${path} HTTP/1.1\r\n${fields}Content-Length: 100\r\n\r\n`)
  const drip = setInterval(() => call.socket.write(' '), 500)
  const text = await call.ended
  clearInterval(drip)
  expect(text).toMatch(/^HTTP\/1.1 408 .*"The request came in too slowly"$/s)
})

test('answers several questions sent at once on one connection in their order', async () => {
  const one = (id: string): string => {
    const body = JSON.stringify({
      ...permitted,
      subject: { type: 'user', id },
      action: { name: 'write' },
    })
    return `POST ${path} HTTP/1.1\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`
  }
  const call = raw(one('alice') + one('bob') + one('alice'))
  await expect
    .poll(() => call.text().match(/\{"decision":\w+\}/g))
    .toEqual(['{"decision":true}', '{"decision":false}', '{"decision":true}'])
  call.socket.destroy()
})

test('is closed for everybody who closes it once the last answer is out', async () => {
  const body = JSON.stringify(permitted)
  const busy = raw(
    `POST ${path} HTTP/1.1\r\n${fields}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await expect.poll(busy.text).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  let isClosed = false
  const first = running.check.close()
  const second = running.check.close().then(() => (isClosed = true))
  await sleep(50)
  expect(isClosed).toBe(false)
  busy.socket.write(body)
  expect(await busy.ended).toContain('{"decision":true}')
  await Promise.all([first, second])
})

test('finishes what it is answering when it closes, and closes what is idle', async () => {
  const idle = raw('')
  const body = JSON.stringify(permitted)
  const busy = raw(
    `POST ${path} HTTP/1.1\r\n${fields}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await expect.poll(busy.text).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  const closed = running.check.close()
  await sleep(50)
  busy.socket.write(body)
  expect(await busy.ended).toMatch(/\r\n\r\nHTTP\/1.1 200 .*\{"decision":true\}$/s)
  await closed
  await idle.ended
})
