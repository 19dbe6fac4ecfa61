import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultIssuerOptions } from '../../src/authenticate/options.ts'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import { type Primary, startPrimary } from '../../src/runtime/primary.ts'
import { workerLimits } from '../../src/runtime/worker-limits.ts'
import { startWorkerPrograms } from '../../src/runtime/worker-programs.ts'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { policyText, rolesText, routesText } from '../gateway/front-door.ts'
import { ask } from '../support/ask.ts'
import { readProcessState } from '../support/proc.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'
import { recordingLog } from './recording-log.ts'

const issuer = 'https://login.example.com'
const workers = 2
const keysPath = '/.well-known/sallyport/jwks.json'

let dir = ''
let key: SigningKey
let upstream: Upstream
let primary: Primary
let clients = 0

function pem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'pem', type: 'pkcs8' })
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-rotation-'))
  key = await createSigningKey('one')
  upstream = await startUpstream((_, res) => res.end('done'))
  await mkdir(join(dir, 'policies'))
  await writeFile(join(dir, 'policies/file.yaml'), policyText)
  await writeFile(join(dir, 'policies/roles.yaml'), rolesText)
  await writeFile(join(dir, 'policies/routes.yaml'), routesText(upstream.origin))
})

afterEach(async () => {
  await primary.close()
  await upstream.close()
  await rm(dir, { recursive: true })
})

async function start(keyFile: string): Promise<void> {
  const keySet = { keys: [key.publicJwk] }
  const trusted = { ...defaultIssuerOptions, issuer, audiences: ['api'], keySet }
  const config: Config = {
    ...defaultConfig,
    gateway: { ...defaultConfig.gateway, port: 0, drainIdleTimeoutMs: 0, drainTimeoutMs: 2_000 },
    check: { ...defaultConfig.check, port: 0, allowUnauthenticated: true },
    operations: { ...defaultConfig.operations, port: 0 },
    records: { ...defaultConfig.records, sink: 'none' },
    policies: { ...defaultConfig.policies, dir: join(dir, 'policies') },
    authentication: { ...defaultConfig.authentication, issuers: [trusted] },
    identityToken: { ...defaultConfig.identityToken, keyFile, publishLeadS: 1 },
    log: { level: 'silent' },
  }
  const program = join(import.meta.dirname, '../../src/cli/worker.ts')
  primary = await startPrimary(config, {
    log: recordingLog().log,
    workers: startWorkerPrograms(program, workers),
    limits: workerLimits,
    gaveUp: () => undefined,
  })
}

function children(): number[] {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  const pids = text.trim().split(' ').filter(Boolean).map(Number)
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.ts'))
}

function origin(): string {
  return `http://127.0.0.1:${primary.addresses.gateway.port}`
}

/** The identity token of somebody new: one that is signed now. */
async function minted(): Promise<string> {
  clients += 1
  const nowS = Math.floor(Date.now() / 1_000)
  const claims = { iss: issuer, aud: 'api', sub: `user-${clients}`, groups: ['staff'] }
  const token = await key.sign({}, { ...claims, iat: nowS, exp: nowS + 600 })
  const seen = upstream.seen.length
  const { status } = await ask(origin(), '/files/a', {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(status).toBe(200)
  return String(upstream.seen[seen]?.headers['sallyport-identity'])
}

async function published(): Promise<JSONWebKeySet> {
  return (await ask(origin(), keysPath)).json() as JSONWebKeySet
}

/** From each worker, while the other one stands still. */
async function ofEach<Value>(get: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = []
  for (const pid of children()) {
    const others = children().filter((other) => other !== pid)
    for (const other of others) process.kill(other, 'SIGSTOP')
    try {
      for (const other of others) {
        await until('a worker to stand still', async () => (await readProcessState(other)) === 'T')
      }
      values.push(await get())
    } finally {
      for (const other of others) process.kill(other, 'SIGCONT')
    }
  }
  return values
}

test('keys change at all workers, and no application meets one it could not know', async () => {
  const [a, b, c] = [pem(), pem(), pem()]
  const keyFile = join(dir, 'identity.pem')
  await writeFile(keyFile, a + b)
  await start(keyFile)
  // What an application has read once, and keeps.
  const known = await published()
  const [first, second] = known.keys.map(({ kid }) => kid)
  const keys = createLocalJWKSet(known)
  const kids: (string | undefined)[] = []
  const sample = async (): Promise<string | undefined> => {
    const token = await minted()
    await jwtVerify(token, keys, { audience: upstream.origin })
    kids.push(decodeProtectedHeader(token).kid)
    return kids.at(-1)
  }
  expect(await ofEach(sample)).toEqual([first, first])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await writeFile(keyFile, b + c)
  const sign = (kid: string | undefined) => async (): Promise<boolean> =>
    (await ofEach(sample)).every((used) => used === kid)
  await until('the second key to sign everywhere', sign(second))
  const since = kids.length
  // The last one for its last tokens, the next one for those to come: everywhere.
  for (const { keys: now } of await ofEach(published)) {
    expect(now).toHaveLength(3)
    expect(new Set(now.map(({ kid }) => kid))).toEqual(
      new Set([first, second, now.find(({ kid }) => kid !== first && kid !== second)?.kid]),
    )
  }
  // A worker that comes later signs like the others.
  const [victim = 0] = children()
  process.kill(victim, 'SIGKILL')
  await until('a new worker', () => children().length === workers && !children().includes(victim))
  await until('it to serve', async () => (await ofEach(sample)).length === workers)
  expect(new Set(kids.slice(since))).toEqual(new Set([second]))
})
