import { afterEach, beforeEach, expect, test } from 'vitest'
import { burstS } from '../../src/authenticate/attempt-budget.ts'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { createNonceKey, DpopNonces } from '../../src/authenticate/dpop-nonce.ts'
import {
  defaultAuthenticateOptions,
  defaultDpopOptions,
  defaultIssuerOptions,
} from '../../src/authenticate/options.ts'
import { Possession, proofLimits } from '../../src/authenticate/possession.ts'
import { MemoryReplayWindow } from '../../src/authenticate/replay-window.ts'
import { normalisePath } from '../../src/listen/path.ts'
import { createDpopClient, type DpopClient } from './dpop-client.ts'
import { credentialsOf, type GuardedDoor, openDoor } from './guarded-door.ts'

const url = 'https://api.example.com/orders/7'
let door: GuardedDoor
let client: DpopClient
let token: string

beforeEach(async () => {
  door = await openDoor()
  client = await createDpopClient()
  token = await door.token({ cnf: { jkt: client.jkt } })
})
afterEach(() => door.close())

/** A door that knows the DPoP scheme; what it says to a proof from an address. */
function open() {
  const { clock, server } = door
  const possession = new Possession({
    options: defaultDpopOptions,
    clockSkewS: 30,
    nonces: new DpopNonces(createNonceKey(), 60_000),
    replay: new MemoryReplayWindow(10_000, 0),
    normalisePath,
  })
  const issuers = [{ ...defaultIssuerOptions, issuer: server.issuer, audiences: ['api'] }]
  const options = { ...defaultAuthenticateOptions, issuers, maxFailuresPerAddress: 2 }
  const authenticator = createAuthenticator(options, door.issuers, clock, null, { possession })
  const ask = async (proof: string, ip = '192.0.2.1', text = token) => {
    const request = { method: 'GET', authority: 'api.example.com', path: '/orders/7' }
    const credentials = { ...credentialsOf(`DPoP ${text}`, ip), ...request }
    return authenticator.authenticate({ ...credentials, dpop: proof, dpopCount: 1 })
  }
  const prove = (): Promise<string> => client.proof({ url, token, nowS: clock.nowS() })
  /** Of the right key and about this request, with a signature over something else. */
  const forge = async (): Promise<string> => {
    const [proof, other] = await Promise.all([prove(), prove()])
    return proof.slice(0, proof.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'))
  }
  return { ask, prove, forge, clock }
}

test('hears an address that sends bad proofs no longer, and others with the same token', async () => {
  const { ask, prove, forge, clock } = open()
  const used = await prove()
  expect(await ask(used)).toMatchObject({ subject: { id: 'alice' } })
  const bad = [used, 'no proof', ...(await Promise.all(Array.from({ length: 8 }, forge)))]
  expect(bad).toHaveLength(2 * burstS)
  for (const proof of bad)
    expect(await ask(proof)).toMatchObject({
      code: expect.stringMatching(/^proof_/) as string,
    })
  expect(await ask(await forge())).toMatchObject({ code: 'attempts_exhausted' })
  // The thief of a token cannot keep the one it belongs to from using it.
  expect(await ask(await prove(), '198.51.100.1')).toMatchObject({ subject: { id: 'alice' } })
  clock.advanceS(0.5)
  expect(await ask(await prove())).toMatchObject({ subject: { id: 'alice' } })
})

test('lets no forged tokens of a neighbour hold up good proofs', async () => {
  const { ask, prove } = open()
  await ask(await prove())
  const [, claims, signature] = token.split('.')
  for (let count = 0; count < 2 * burstS; count += 1) {
    await ask('', '192.0.2.1', `forged-${count}.${claims}.${signature}`)
  }
  expect(await ask('', '192.0.2.1', 'one more')).toMatchObject({ code: 'attempts_exhausted' })
  expect(await ask(await prove())).toMatchObject({ subject: { id: 'alice' } })
})

test('verifies at one time for an address half of the proofs it can, and for others the rest', async () => {
  const { ask, prove, forge } = open()
  await ask(await prove())
  const proofs = await Promise.all(Array.from({ length: proofLimits.perClient }, forge))
  const good = await prove()
  const answers = proofs.map((proof) => ask(proof))
  expect(await ask(good)).toMatchObject({
    code: 'overloaded',
    detail: 'Too many DPoP proofs of one address are being verified',
  })
  expect(await ask(good, '198.51.100.1')).toMatchObject({ subject: { id: 'alice' } })
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatchObject({ code: 'proof_signature_invalid' })
  }
})
