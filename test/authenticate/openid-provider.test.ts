import { afterEach, expect, test } from 'vitest'
import { type Authenticator, createAuthenticator } from '../../src/authenticate/authenticate.ts'
import {
  defaultAuthenticateOptions,
  defaultIssuerOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { defaultKeyFetchOptions } from '../../src/issuers/options.ts'
import { systemClock } from '../../src/model/clock.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { bearer } from './guarded-door.ts'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from './openid-provider.ts'

const providers: OpenidProvider[] = []
let issuers: Issuers | undefined

async function start(...parameters: Parameters<typeof startOpenidProvider>) {
  const provider = await startOpenidProvider(...parameters)
  providers.push(provider)
  return provider
}

async function trust(...options: IssuerOptions[]): Promise<Authenticator> {
  issuers = createIssuers(options, {
    log: createRecordingLog(),
    clock: systemClock,
    fetchOptions: { ...defaultKeyFetchOptions, cooldownMs: 0 },
  })
  await issuers.start()
  return createAuthenticator(
    { ...defaultAuthenticateOptions, issuers: options },
    issuers,
    systemClock,
  )
}

const optionsFor = (provider: OpenidProvider, changes: Partial<IssuerOptions> = {}) => ({
  ...defaultIssuerOptions,
  issuer: provider.issuer,
  audiences: [audience],
  ...changes,
})

afterEach(async () => {
  issuers?.close()
  await Promise.all(providers.splice(0).map((provider) => provider.close()))
})

test('accepts an access token of a person who signed in', async () => {
  const provider = await start('RS256', [await createProviderKey('one', 'RS256')])
  const authenticator = await trust(optionsFor(provider))
  const { accessToken } = await provider.signIn()
  const identity = await authenticator.authenticate(bearer(accessToken))
  expect(identity).toMatchObject({
    subject: {
      id: 'alice',
      type: 'user',
      properties: { department: 'finance', groups: ['staff'], scope: 'read', client_id: 'test' },
    },
    issuer: provider.issuer,
  })
  expect(authenticator.authenticate(bearer(accessToken))).toBe(identity)
})

test('refuses the ID token of the same sign-in, even where its audience would be accepted', async () => {
  const provider = await start('RS256', [await createProviderKey('one', 'RS256')])
  const { idToken } = await provider.signIn()
  const strict = await trust(optionsFor(provider, { audiences: ['test'] }))
  expect(await strict.authenticate(bearer(idToken))).toMatchObject({ code: 'token_type_refused' })
  issuers?.close()
  const lax = await trust(
    optionsFor(provider, { audiences: ['test'], tokenTypes: ['at+jwt', 'JWT', 'none'] }),
  )
  expect(await lax.authenticate(bearer(idToken))).toMatchObject({
    code: 'token_type_refused',
    detail: '"nonce" belongs to an ID token',
  })
})

test('knows people and services of two providers apart', async () => {
  const people = await start('RS256', [await createProviderKey('one', 'RS256')])
  const services = await start('ES256', [await createProviderKey('one', 'ES256')])
  const authenticator = await trust(
    optionsFor(people, { subjectPrefix: 'people:' }),
    optionsFor(services, { subjectPrefix: 'services:', subjectType: 'service' }),
  )
  const { accessToken } = await people.signIn()
  const answers = [
    await authenticator.authenticate(bearer(accessToken)),
    await authenticator.authenticate(bearer(await services.clientToken())),
  ]
  expect(answers).toMatchObject([
    { subject: { id: 'people:alice', type: 'user' }, issuer: people.issuer },
    { subject: { id: 'services:test', type: 'service' }, issuer: services.issuer },
  ])
})

test('follows a key rotation without refusing a good token at any step', async () => {
  const [one, two] = [
    await createProviderKey('one', 'RS256'),
    await createProviderKey('two', 'RS256'),
  ]
  const provider = await start('RS256', [one])
  const authenticator = await trust(optionsFor(provider))
  const old = await provider.clientToken()
  expect(await authenticator.authenticate(bearer(old))).toMatchObject({ subject: { id: 'test' } })
  provider.rotate([two, one])
  const fresh = await provider.clientToken()
  expect(await authenticator.authenticate(bearer(fresh))).toMatchObject({ subject: { id: 'test' } })
  expect(await authenticator.authenticate(bearer(old))).toMatchObject({ subject: { id: 'test' } })
  provider.rotate([two])
  await issuers?.keysOf(provider.issuer)?.refresh()
  expect(await authenticator.authenticate(bearer(fresh))).toMatchObject({ subject: { id: 'test' } })
  expect(await authenticator.authenticate(bearer(old))).toMatchObject({ code: 'token_key_unknown' })
})

test('goes on without the provider for tokens it can verify', async () => {
  const provider = await start('ES256', [await createProviderKey('one', 'ES256')])
  const authenticator = await trust(optionsFor(provider))
  const { accessToken } = await provider.signIn()
  await provider.close()
  await issuers?.keysOf(provider.issuer)?.refresh()
  expect(await authenticator.authenticate(bearer(accessToken))).toMatchObject({
    subject: { id: 'alice' },
  })
})
