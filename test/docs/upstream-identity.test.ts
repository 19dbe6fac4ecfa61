import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentityTokenMinter } from '../../src/enforce/identity-token.ts'
import { defaultIdentityTokenOptions } from '../../src/enforce/options.ts'
import { systemClock } from '../../src/model/clock.ts'
import { identityOf } from '../gateway/front-door.ts'

const audience = 'http://app.internal'
let dir: string
let gateway: string
let good: string
let forSomebodyElse: string
let foreign: string
let stop: () => void

beforeAll(async () => {
  // Within the repository, where the packages that the examples import are found.
  dir = await mkdtemp(
    join(fileURLToPath(new URL('../../', import.meta.url)), 'node_modules/.docs-'),
  )
  const docs = await readFile(new URL('../../docs/upstream-identity.md', import.meta.url), 'utf8')
  for (const name of ['Express', 'Hono']) {
    const [, section = ''] = docs.split(`### ${name}\n`)
    const [, code = ''] = /```js\n(.*?)```/su.exec(section) ?? []
    await writeFile(join(dir, `${name}.mjs`), code)
  }
  const identity = { ...identityOf('ann'), expiresAtS: systemClock.nowMs() / 1_000 + 600 }
  const minter = await createIdentityTokenMinter(defaultIdentityTokenOptions, systemClock)
  const another = await createIdentityTokenMinter(defaultIdentityTokenOptions, systemClock)
  good = minter.token(identity, ['clerk'], audience)
  forSomebodyElse = minter.token(identity, ['clerk'], 'http://other.internal')
  foreign = another.token(identity, ['clerk'], audience)
  const server = createServer((req, res) => {
    if (req.url !== '/.well-known/sallyport/jwks.json') res.statusCode = 404
    res.end(JSON.stringify(minter.jwks()))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  stop = () => server.close()
  gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  stop()
  await rm(dir, { recursive: true })
})

type Example = (options: { gateway: string; audience: string }) => never

async function exampleOf(name: string): Promise<Example> {
  const module = (await import(pathToFileURL(join(dir, `${name}.mjs`)).href)) as {
    readonly sallyport: Example
  }
  return module.sallyport
}

const caller = { id: 'ann', roles: ['clerk'], issuer: 'https://idp.test' }

async function refused(ask: (token: string | null) => Promise<number>): Promise<number[]> {
  const [header = '', claims = ''] = good.split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const bad = [null, '', forSomebodyElse, foreign, `${header}.${claims}.`, `${none}.${claims}.`]
  return Promise.all(bad.map(ask))
}

test('the example for Express lets through whom the gateway vouches for, and nobody else', async () => {
  const guard = (await exampleOf('Express'))({ gateway, audience }) as (
    req: IncomingMessage & { caller?: unknown },
    res: ServerResponse,
    next: () => void,
  ) => Promise<void>
  const app = createServer((req: IncomingMessage & { caller?: unknown }, res) => {
    void guard(req, res, () => res.end(JSON.stringify(req.caller)))
  })
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  const ask = (token: string | null) =>
    fetch(url, { headers: token === null ? {} : { 'sallyport-identity': token } })
  expect(await (await ask(good)).json()).toEqual(caller)
  expect(await refused(async (token) => (await ask(token)).status)).toEqual(Array(6).fill(401))
  app.close()
  app.closeAllConnections()
})

test('the example for Hono lets through whom the gateway vouches for, and nobody else', async () => {
  const app = new Hono<{ Variables: { caller: unknown } }>()
  app.use((await exampleOf('Hono'))({ gateway, audience }))
  app.get('/', (c) => c.json(c.get('caller') as object))
  const ask = (token: string | null) =>
    app.request('/', { headers: token === null ? {} : { 'sallyport-identity': token } })
  expect(await (await ask(good)).json()).toEqual(caller)
  expect(await refused(async (token) => (await ask(token)).status)).toEqual(Array(6).fill(401))
})
