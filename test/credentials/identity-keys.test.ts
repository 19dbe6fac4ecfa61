import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { IdentityKeys } from '../../src/credentials/identity-keys.ts'
import {
  packSigningKeys,
  type SigningKeys,
  unpackSigningKeys,
} from '../../src/enforce/identity-token-key.ts'
import { createIdentityTokenMinter } from '../../src/enforce/identity-token.ts'
import { defaultIdentityTokenOptions } from '../../src/enforce/options.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { identityOf } from '../gateway/front-door.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'

const hour = 3_600
const day = 24 * hour
let folder: string
const opened: IdentityKeys[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((keys) => keys.close()))
})

afterAll(() => rm(folder, { recursive: true }))

function newPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'pem', type: 'pkcs8' })
}

async function open(keyFile: string | null) {
  const clock = createManualClock()
  const log = createRecordingLog()
  const changes: SigningKeys[] = []
  const keys = await IdentityKeys.open({
    options: { ...defaultIdentityTokenOptions, keyFile },
    log,
    clock,
    pollMs: 20,
    changed: (next) => changes.push(next),
  })
  opened.push(keys)
  const kids = (): (string | undefined)[] => keys.current.published.map(({ kid }) => kid)
  return { clock, log, keys, kids, changes }
}

test('publishes the next key before it signs, and the last one until its tokens are over', async () => {
  const { clock, keys, kids, changes } = await open(null)
  const first = keys.current.signing.kid
  clock.advanceS(day - 301)
  keys.tick()
  expect(kids()).toEqual([first])
  clock.advanceS(1)
  keys.tick()
  const [, second = ''] = kids()
  expect(kids()).toEqual([first, second])
  expect(keys.current.signing.kid).toBe(first)
  clock.advanceS(299)
  keys.tick()
  expect(keys.current.signing.kid).toBe(first)
  clock.advanceS(1)
  keys.tick()
  expect(keys.current.signing.kid).toBe(second)
  expect(kids()).toEqual([second, first])
  clock.advanceS(300 + 119)
  keys.tick()
  expect(kids()).toEqual([second, first])
  clock.advanceS(1)
  keys.tick()
  expect(kids()).toEqual([second])
  expect(changes).toHaveLength(3)
})

test('leaves no moment in which a token cannot be verified with what was published before it', async () => {
  const { clock, keys } = await open(null)
  const minter = await createIdentityTokenMinter(defaultIdentityTokenOptions, clock, keys)
  const signers = new Set<string | undefined>()
  let known = minter.jwks()
  for (let minute = 0; minute < 3 * 24 * 60; minute += 10) {
    // An upstream that reads the key set every ten minutes, and not more often than every five.
    const identity = identityOf('ann')
    const token = minter.token({ ...identity, expiresAtS: clock.nowS() + hour }, [], 'https://app')
    await jwtVerify(token, createLocalJWKSet({ keys: [...known.keys] }), {
      currentDate: new Date(clock.nowMs()),
    })
    signers.add(decodeProtectedHeader(token).kid)
    clock.advanceS(300)
    keys.tick()
    known = minter.jwks()
    clock.advanceS(300)
    keys.tick()
  }
  expect(signers.size).toBe(3)
})

test('takes over a new key of its file, which signs once it has been published for a while', async () => {
  const file = join(folder, 'rotated.pem')
  const [one, two] = [newPem(), newPem()]
  await writeFile(file, one)
  const { clock, keys, kids } = await open(file)
  const first = keys.current.signing.kid
  await writeFile(file, two)
  await vi.waitFor(() => expect(kids()).toHaveLength(2))
  expect(keys.current.signing.kid).toBe(first)
  clock.advanceS(300)
  keys.tick()
  expect(keys.current.signing.kid).not.toBe(first)
  expect(kids()).toContain(first)
  clock.advanceS(hour)
  keys.tick()
  expect(kids()).toEqual([keys.current.signing.kid])
  clock.advanceS(10 * day)
  keys.tick()
  expect(kids()).toEqual([keys.current.signing.kid])
})

test('signs at once with a key of the file that was published all the time', async () => {
  const file = join(folder, 'listed.pem')
  const [one, two] = [newPem(), newPem()]
  await writeFile(file, one + two)
  const { clock, keys, kids } = await open(file)
  const [first, second] = kids()
  expect(keys.current.signing.kid).toBe(first)
  clock.advanceS(300)
  await writeFile(file, two + one)
  await vi.waitFor(() => expect(keys.current.signing.kid).toBe(second))
  expect(kids()).toEqual([second, first])
})

test('goes on with the last good key when the file holds none', async () => {
  const file = join(folder, 'broken.pem')
  await writeFile(file, newPem())
  const { log, keys, kids } = await open(file)
  const before = kids()
  await writeFile(file, 'secret text')
  await keys.reload()
  expect(kids()).toEqual(before)
  expect(JSON.stringify(log.lines)).toContain('it holds no private key in PEM form')
  expect(JSON.stringify(log.lines)).not.toContain('secret text')
})

test('refuses to start with too many keys in one file', async () => {
  const file = join(folder, 'many.pem')
  await writeFile(file, Array.from({ length: 9 }, newPem).join(''))
  await expect(open(file)).rejects.toThrow(
    `Cannot use identity token key ${file}: it holds more than 8 keys`,
  )
})

test('hands its keys to another process of the same program', async () => {
  const { keys } = await open(null)
  const unpacked = unpackSigningKeys(structuredClone(packSigningKeys(keys.current)))
  expect(unpacked.signing.kid).toBe(keys.current.signing.kid)
  expect(unpacked.published).toEqual(keys.current.published)
  expect(JSON.stringify(unpacked.published)).not.toContain('"d"')
})
