import { afterEach, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import {
  defaultAuthenticateOptions,
  defaultIssuerOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { bearer, isIdentity } from '../authenticate/guarded-door.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey } from '../authenticate/signing-key.ts'
import { type IssuerServer, startIssuerServer } from '../issuers/issuer-server.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'

const clock = createManualClock()
const servers: IssuerServer[] = []
let issuers: Issuers | undefined

afterEach(async () => {
  issuers?.close()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function trust(...options: IssuerOptions[]) {
  issuers = createIssuers(options, { log: createRecordingLog(), clock })
  await issuers.start()
  return createAuthenticator({ ...defaultAuthenticateOptions, issuers: options }, issuers, clock)
}

async function startIssuer(...keys: Parameters<typeof startIssuerServer>) {
  const server = await startIssuerServer(...keys)
  servers.push(server)
  return server
}

function claimsOf(issuer: string, aud: string) {
  return { iss: issuer, aud, sub: 'alice', exp: clock.nowS() + 600 }
}

test('refuses a token of one issuer signed with the key of another', async () => {
  const ours = await createSigningKey('ours')
  const theirs = await createSigningKey('theirs')
  const sameName = await createSigningKey('ours')
  const first = await startIssuer([ours.publicJwk])
  const second = await startIssuer([theirs.publicJwk, sameName.publicJwk])
  const authenticator = await trust(
    { ...defaultIssuerOptions, issuer: first.issuer, audiences: ['api'] },
    { ...defaultIssuerOptions, issuer: second.issuer, audiences: ['api'] },
  )
  const claims = claimsOf(first.issuer, 'api')
  const answer = (token: string) => authenticator.authenticate(bearer(token))
  expect(await answer(await theirs.sign({}, claims))).toMatchObject({ code: 'token_key_unknown' })
  expect(await answer(await sameName.sign({}, claims))).toMatchObject({
    code: 'token_signature_invalid',
  })
  expect(await answer(await ours.sign({}, claims))).toMatchObject({ issuer: first.issuer })
})

test('holds each of two issuers to its own audiences, algorithms, types and prefix', async () => {
  const ec = await createSigningKey('ec', 'ES256')
  const ed = await createSigningKey('ed', 'EdDSA')
  const people = await startIssuer([ec.publicJwk, ed.publicJwk])
  const machines = await startIssuer([ec.publicJwk, ed.publicJwk])
  const authenticator = await trust(
    {
      ...defaultIssuerOptions,
      issuer: people.issuer,
      audiences: ['people'],
      algorithms: ['ES256'],
      subjectPrefix: 'people:',
    },
    {
      ...defaultIssuerOptions,
      issuer: machines.issuer,
      audiences: ['machines'],
      algorithms: ['EdDSA'],
      tokenTypes: ['JWT', 'none'],
      subjectPrefix: 'machines:',
      subjectType: 'service',
    },
  )
  const answer = (token: string) => authenticator.authenticate(bearer(token))
  const person = claimsOf(people.issuer, 'people')
  const machine = claimsOf(machines.issuer, 'machines')
  expect(await answer(await ec.sign({}, person))).toMatchObject({
    subject: { id: 'people:alice', type: 'user' },
  })
  expect(await answer(await ed.sign({ typ: 'JWT' }, machine))).toMatchObject({
    subject: { id: 'machines:alice', type: 'service' },
  })
  expect(await answer(await ed.sign({ typ: undefined }, machine))).toMatchObject({
    subject: { id: 'machines:alice' },
  })
  const refusals = await Promise.all(
    [
      await ed.sign({}, person),
      await ec.sign({ typ: 'JWT' }, machine),
      await ec.sign({ typ: 'JWT' }, person),
      await ed.sign({}, machine),
      await ec.sign({}, { ...person, aud: 'machines' }),
      await ed.sign({ typ: 'JWT' }, { ...machine, aud: 'people' }),
    ].map(async (token) => answer(token)),
  )
  expect(refusals.map((refusal) => !isIdentity(refusal) && refusal.code)).toEqual([
    'token_algorithm_refused',
    'token_algorithm_refused',
    'token_type_refused',
    'token_type_refused',
    'token_audience_refused',
    'token_audience_refused',
  ])
})

test('lets a broken issuer take nothing down but itself', async () => {
  const key = await createSigningKey('one')
  const well = await startIssuer([key.publicJwk])
  const broken = await startIssuer([key.publicJwk])
  broken.misbehaviour.set('/jwks', (response) => response.writeHead(500).end())
  const authenticator = await trust(
    { ...defaultIssuerOptions, issuer: well.issuer, audiences: ['api'] },
    { ...defaultIssuerOptions, issuer: broken.issuer, audiences: ['api'] },
  )
  const answer = async (issuer: string) =>
    authenticator.authenticate(bearer(await key.sign({}, claimsOf(issuer, 'api'))))
  expect(await answer(broken.issuer)).toMatchObject({ code: 'issuer_unavailable' })
  expect(await answer(well.issuer)).toMatchObject({ subject: { id: 'alice' } })
})
