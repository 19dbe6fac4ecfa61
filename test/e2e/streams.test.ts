import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from '../authenticate/openid-provider.ts'
import { policyText } from '../gateway/front-door.ts'
import {
  acceptSockets,
  clientFrame,
  handshakeText,
  openRaw,
  type RawClient,
} from '../gateway/web-socket.ts'
import { ask } from '../support/ask.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const policyViolation = Buffer.from([0x88, 2, 0x03, 0xf0])
const goingAway = Buffer.from([0x88, 2, 0x03, 0xe9])

let provider: OpenidProvider
let upstream: Upstream
let sallyport: Sallyport
let token = ''

beforeAll(async () => {
  provider = await startOpenidProvider('ES256', [await createProviderKey('one', 'ES256')])
  upstream = await startUpstream((_req, res) => res.end())
  acceptSockets(upstream.server)
  token = (await provider.signIn()).accessToken
  sallyport = await startSallyport({
    upstream: upstream.origin,
    config: { issuers: [{ issuer: provider.issuer, audiences: [audience] }] },
  })
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
})
afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await provider.close()
})

async function open(path: string): Promise<RawClient> {
  const text = handshakeText({ path }).replace('Bearer alice', `Bearer ${token}`)
  const client = openRaw(Number(new URL(sallyport.gateway).port), text)
  await until('the switch', () => client.status() > 0)
  expect(client.status()).toBe(101)
  return client
}

it('cuts a WebSocket when an edited policy ends its permission, and the rest when it stops', async () => {
  const plans = await open('/sockets/plans')
  const other = await open('/sockets/other')
  const edited = join(sallyport.dir, 'edited')
  await writeFile(edited, policyText.replace('startsWith("vault")', 'startsWith("plans")'))
  await rename(edited, join(sallyport.policiesDir, 'file.yaml'))
  await until('the end of one', () => plans.closed, 30_000)
  expect(plans.body()).toEqual(policyViolation)
  other.socket.write(clientFrame('still here'))
  await until('an echo', () => other.body().equals(clientFrame('still here')))
  sallyport.signal('SIGTERM')
  await until('the end of the other', () => other.closed, 30_000)
  expect(other.body().subarray(-4)).toEqual(goingAway)
  expect(await sallyport.exited).toBe(0)
  const records = await sallyport.records()
  expect(
    records.map(({ outcome }) => ({ kind: outcome.kind, by: outcome.by ?? outcome.code })),
  ).toEqual(
    expect.arrayContaining([
      { kind: 'cut', by: 'denied_by_rule' },
      { kind: 'closed', by: 'shutdown' },
    ]),
  )
  expect(
    records.filter(({ outcome }) => outcome.status === 101 && outcome.kind === 'forwarded'),
  ).toHaveLength(2)
})
