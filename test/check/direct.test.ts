import { connect } from 'node:net'

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

const path = '/access/v1/evaluation'
const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`
const body = JSON.stringify({
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
})

test('answers a call without Content-Length and without a body', async () => {
  const socket = connect(running.port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => {})
  socket.write(`${head}\r\n`)
  await expect.poll(() => text, { timeout: 2_000 }).toContain('"The body is empty"')
  socket.destroy()
  expect(running.entries).toHaveLength(1)
})

test('refuses as many fields as node:http refuses', async () => {
  const socket = connect(running.port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => {})
  socket.write(`${head}${'a:b\r\n'.repeat(2_500)}Content-Length: ${body.length}\r\n\r\n${body}`)
  await expect.poll(() => text, { timeout: 2_000 }).toContain('HTTP/1.1 ')
  socket.destroy()
  expect(text.split('\r\n')[0]).toBe('HTTP/1.1 431 Request Header Fields Too Large')
})

test('refuses a call without Host, as node:http does', async () => {
  const socket = connect(running.port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => {})
  const fields = head.replace('Host: localhost\r\n', '')
  socket.write(`${fields}Content-Length: ${body.length}\r\n\r\n${body}`)
  await expect.poll(() => text, { timeout: 2_000 }).toContain('HTTP/1.1 ')
  socket.destroy()
  expect(text.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request')
})

test('answers what came whole ahead of something broken in the same piece', async () => {
  const socket = connect(running.port, '127.0.0.1')
  let text = ''
  let isClosed = false
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => {})
  socket.on('close', () => (isClosed = true))
  const call = `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  socket.write(`${call}${call}garbage\r\n\r\n`)
  await expect.poll(() => isClosed, { timeout: 2_000 }).toBe(true)
  expect(running.entries).toHaveLength(2)
  expect(text).toContain('{"decision":true}')
})

test('answers the calls ahead of the last one of a connection, whatever comes behind it', async () => {
  const socket = connect(running.port, '127.0.0.1')
  let text = ''
  let isClosed = false
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => {})
  socket.on('close', () => (isClosed = true))
  const call = `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  const last = `${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  socket.write(`${call}${last}${call}`)
  await expect.poll(() => isClosed, { timeout: 2_000 }).toBe(true)
  expect(text).toContain('{"decision":true}')
})
