import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Authenticator, createAuthenticator } from '../../src/authenticate/authenticate.ts'
import {
  defaultAuthenticateOptions,
  defaultIntrospectionOptions,
  defaultIssuerOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { bearer } from './guarded-door.ts'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from './openid-provider.ts'

/** One signs its tokens, the other has to be asked about them. */
let people: OpenidProvider
let partners: OpenidProvider
let issuers: Issuers
let authenticator: Authenticator
/** The providers have the real one. */
let aheadMs = 0
const clock = { nowMs: () => Date.now() + aheadMs }

beforeAll(async () => {
  people = await startOpenidProvider('ES256', [await createProviderKey('one', 'ES256')])
  partners = await startOpenidProvider('RS256', [await createProviderKey('two', 'RS256')], 'opaque')
  const options: IssuerOptions[] = [
    {
      ...defaultIssuerOptions,
      issuer: people.issuer,
      audiences: [audience],
      profile: 'rfc9068',
      subjectPrefix: '',
    },
    {
      ...defaultIssuerOptions,
      issuer: partners.issuer,
      audiences: [audience],
      subjectPrefix: 'partner:',
      requiredClaims: [{ claim: 'scope', values: ['read'] }],
      introspection: {
        ...defaultIntrospectionOptions,
        url: `${partners.issuer}/token/introspection`,
        clientId: 'test',
        clientSecret: 'test-secret',
        maxAgeS: 30,
      },
    },
  ]
  issuers = createIssuers(options, { log: createRecordingLog(), clock })
  await issuers.start()
  authenticator = createAuthenticator(
    { ...defaultAuthenticateOptions, issuers: options },
    issuers,
    clock,
    null,
    { introspection: issuers },
  )
})

afterAll(async () => {
  issuers.close()
  await people.close()
  await partners.close()
})

test('knows who comes with a signed token of one and with an opaque token of the other', async () => {
  const [signed, opaque] = [await people.signIn(), await partners.signIn()]
  expect(opaque.accessToken).not.toContain('.')
  expect(await authenticator.authenticate(bearer(signed.accessToken))).toMatchObject({
    issuer: people.issuer,
    subject: { id: 'alice', properties: { department: 'finance' } },
  })
  expect(await authenticator.authenticate(bearer(opaque.accessToken))).toMatchObject({
    issuer: partners.issuer,
    subject: { id: 'partner:alice', properties: { scope: 'read' } },
  })
})

test('takes the ID token of neither', async () => {
  for (const { idToken } of [await people.signIn(), await partners.signIn()]) {
    expect(await authenticator.authenticate(bearer(idToken))).toMatchObject({ kind: 'refusal' })
  }
})

test('notices within the age of an answer that an opaque token was revoked', async () => {
  const { accessToken } = await partners.signIn()
  expect(await authenticator.authenticate(bearer(accessToken))).toHaveProperty('subject')
  await partners.revoke(accessToken)
  aheadMs = 30_000
  expect(await authenticator.authenticate(bearer(accessToken))).toMatchObject({
    code: 'token_inactive',
  })
})
