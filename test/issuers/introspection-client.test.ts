import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IntrospectionOptions } from '../../src/authenticate/options.ts'
import {
  failuresToOpen,
  IntrospectionClient,
  openForMs,
} from '../../src/issuers/introspection-client.ts'
import {
  type IntrospectionServer,
  startIntrospectionServer,
} from '../authenticate/introspection-server.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { createRecordingLog } from './recording-log.ts'

let server: IntrospectionServer
const clients: IntrospectionClient[] = []

beforeEach(async () => {
  server = await startIntrospectionServer()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.close()
})

function open(changes: Partial<IntrospectionOptions> = {}) {
  const clock = createManualClock()
  const log = createRecordingLog()
  const options: IntrospectionOptions = {
    url: server.url,
    clientId: 'the gateway',
    clientSecret: 'a+secret:of/ours',
    clientAuthentication: 'basic',
    tokens: 'opaque',
    timeoutMs: 2_000,
    maxAgeS: 60,
    ...changes,
  }
  const client = new IntrospectionClient('https://issuer.test', options, clock, log)
  clients.push(client)
  return { client, clock, log }
}

test('asks with its credentials in the header, form-encoded as RFC 6749 wants', async () => {
  const { client } = open()
  server.active.set('t', { active: true })
  expect(await client.ask('t')).toEqual({ kind: 'answer', text: '{"active":true}' })
  const [asked] = server.asked
  expect(Object.fromEntries(asked?.form ?? [])).toEqual({
    token: 't',
    token_type_hint: 'access_token',
  })
  const [, encoded = ''] = asked?.headers.authorization?.split(' ') ?? []
  expect(Buffer.from(encoded, 'base64').toString()).toBe('the+gateway:a%2Bsecret%3Aof%2Fours')
})

test('asks with its credentials in the form where that is wanted', async () => {
  const { client } = open({ clientAuthentication: 'post' })
  await client.ask('t')
  expect(server.asked[0]?.headers.authorization).toBeUndefined()
  expect(server.asked[0]?.form.get('client_secret')).toBe('a+secret:of/ours')
})

test('keeps its connection, and survives one that the endpoint has closed', async () => {
  const { client } = open()
  await client.ask('a')
  await client.ask('b')
  expect(server.sockets.size).toBe(1)
  for (const socket of server.sockets) socket.destroy()
  expect(await client.ask('c')).toMatchObject({ kind: 'answer' })
})

test.each([
  ['an error', 500, 'application/json', '{}', 'status 500'],
  ['a redirect', 302, 'application/json', '{}', 'status 302'],
  ['a refusal of our own credentials', 401, 'application/json', '{}', 'status 401'],
  ['a page', 200, 'text/html', '<html>', 'the answer is not JSON'],
  [
    'a JWT nobody asked for',
    200,
    'application/token-introspection+jwt',
    'e',
    'the answer is not JSON',
  ],
  [
    'an endless answer',
    200,
    'application/json',
    ' '.repeat(70_000),
    'the answer is larger than 65536 bytes',
  ],
])('takes %s for no answer', async (_, status, type, body, detail) => {
  const { client } = open()
  server.misbehave = (response) => {
    response.writeHead(status, { 'content-type': type, location: server.url }).end(body)
  }
  expect(await client.ask('t')).toEqual({ kind: 'unavailable', detail })
})

test('waits no longer than it may', async () => {
  const { client } = open({ timeoutMs: 100 })
  server.misbehave = () => undefined
  expect(await client.ask('t')).toEqual({ kind: 'unavailable', detail: 'no answer in time' })
})

test('waits no longer than it may for the end of an answer', async () => {
  const { client } = open({ timeoutMs: 100 })
  server.misbehave = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
  }
  expect(await client.ask('t')).toEqual({ kind: 'unavailable', detail: 'no answer in time' })
})

test('asks nobody for a while after several failures, then lets one try', async () => {
  const { client, clock, log } = open()
  server.misbehave = (response) => response.writeHead(503).end()
  for (let count = 0; count < failuresToOpen; count += 1) await client.ask('t')
  expect(await client.ask('t')).toEqual({
    kind: 'unavailable',
    detail: 'it has failed several times in a row',
  })
  expect(server.asked).toHaveLength(failuresToOpen)
  clock.advanceS(openForMs / 1_000)
  const answers = await Promise.all([client.ask('t'), client.ask('t'), client.ask('t')])
  expect(answers.map((answer) => answer.kind)).toEqual([
    'unavailable',
    'unavailable',
    'unavailable',
  ])
  expect(server.asked).toHaveLength(failuresToOpen + 1)
  server.misbehave = null
  clock.advanceS(openForMs / 1_000)
  expect(await client.ask('t')).toMatchObject({ kind: 'answer' })
  expect(await client.ask('t')).toMatchObject({ kind: 'answer' })
  expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'warn: Cannot introspect a token',
    'warn: Cannot introspect a token',
    'info: Tokens can be introspected again',
  ])
  expect(JSON.stringify(log.lines)).not.toContain('a+secret')
})

test('goes on asking about other tokens when some are not even read', async () => {
  const { client } = open()
  server.misbehave = (response) => response.writeHead(400).end()
  for (let count = 0; count < 2 * failuresToOpen; count += 1) {
    expect(await client.ask('../etc')).toEqual({ kind: 'refused', detail: 'status 400' })
  }
  server.misbehave = null
  expect(await client.ask('t')).toMatchObject({ kind: 'answer' })
})

test('asks again at once after the clock was set back', async () => {
  const { client, clock } = open()
  server.misbehave = (response) => response.writeHead(503).end()
  for (let count = 0; count < failuresToOpen; count += 1) await client.ask('t')
  server.misbehave = null
  clock.advanceS(-3_600)
  expect(await client.ask('t')).toMatchObject({ kind: 'answer' })
})

test('refuses to send a token where anybody could read it', () => {
  expect(() => open({ url: 'http://login.example.com/introspect' })).toThrow('Not https')
})
