import { connect, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { key, startCheck } from './fixture.ts'
import type { RunningCheck } from './fixture.ts'

let running: RunningCheck

beforeEach(async () => {
  running = await startCheck()
})

afterEach(async () => {
  await running.check.close()
})

interface Client {
  readonly socket: Socket
  said: string
  isClosed: boolean
}

function send(text: string): Client {
  const client = { socket: connect(running.port, '127.0.0.1'), said: '', isClosed: false }
  client.socket.on('data', (chunk) => (client.said += String(chunk))).on('error', () => {})
  client.socket.on('close', () => (client.isClosed = true))
  client.socket.write(text)
  return client
}

const path = '/access/v1/evaluation'
const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`
const body = JSON.stringify({
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
})

test('answers a call without Content-Length and without a body', async () => {
  const client = send(`${head}\r\n`)
  await expect.poll(() => client.said, { timeout: 2_000 }).toContain('"The body is empty"')
  client.socket.destroy()
  expect(running.entries).toHaveLength(1)
})

test('refuses as many fields as node:http refuses', async () => {
  const client = send(
    `${head}${'a:b\r\n'.repeat(2_500)}Content-Length: ${body.length}\r\n\r\n${body}`,
  )
  await expect.poll(() => client.said, { timeout: 2_000 }).toContain('HTTP/1.1 ')
  client.socket.destroy()
  expect(client.said.split('\r\n')[0]).toBe('HTTP/1.1 431 Request Header Fields Too Large')
})

test('refuses a call without Host, as node:http does', async () => {
  const fields = head.replace('Host: localhost\r\n', '')
  const client = send(`${fields}Content-Length: ${body.length}\r\n\r\n${body}`)
  await expect.poll(() => client.said, { timeout: 2_000 }).toContain('HTTP/1.1 ')
  client.socket.destroy()
  expect(client.said.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request')
})

test('answers what came whole ahead of something broken in the same piece', async () => {
  const call = `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  const client = send(`${call}${call}garbage\r\n\r\n`)
  await expect.poll(() => client.isClosed, { timeout: 2_000 }).toBe(true)
  expect(running.entries).toHaveLength(2)
  expect(client.said).toContain('{"decision":true}')
})

test('answers the calls ahead of the last one of a connection, whatever comes behind it', async () => {
  const call = `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  const last = `${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const client = send(`${call}${last}${call}`)
  await expect.poll(() => client.isClosed, { timeout: 2_000 }).toBe(true)
  expect(client.said).toContain('{"decision":true}')
})
