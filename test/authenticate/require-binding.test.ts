import { expect, test } from 'vitest'
import { buildIdentity } from '../../src/authenticate/identity.ts'
import { defaultIssuerOptions, type IssuerOptions } from '../../src/authenticate/options.ts'
import { isIdentity, openDoor } from './guarded-door.ts'

type RequireBinding = IssuerOptions['requireBinding']

const thumbprint = 'A'.repeat(43)
const bound = {
  nothing: undefined,
  key: { jkt: thumbprint },
  certificate: { 'x5t#S256': thumbprint },
  both: { jkt: thumbprint, 'x5t#S256': thumbprint },
} as const
const enough: Readonly<Record<RequireBinding, readonly (keyof typeof bound)[]>> = {
  none: ['nothing', 'key', 'certificate', 'both'],
  any: ['key', 'certificate', 'both'],
  dpop: ['key', 'both'],
  certificate: ['certificate', 'both'],
}

test.each(Object.keys(enough) as RequireBinding[])(
  'require_binding: %s takes tokens that are bound so, and no others',
  (requireBinding) => {
    const issuer = {
      ...defaultIssuerOptions,
      issuer: 'https://login.example.com',
      audiences: ['api'],
      requireBinding,
    }
    const validity = { expiresAtS: 2_000_000_000, notBeforeS: null, issuedAtS: null }
    for (const [kind, cnf] of Object.entries(bound)) {
      const payload = { sub: 'ann', ...(cnf === undefined ? null : { cnf }) }
      const answer = buildIdentity(payload, validity, issuer)
      expect('kind' in answer ? [kind, answer.code, answer.detail] : kind).toEqual(
        enough[requireBinding].includes(kind as keyof typeof bound)
          ? kind
          : [
              kind,
              'token_not_bound',
              `Tokens of issuer "https://login.example.com" have to be bound to a key (${requireBinding})`,
            ],
      )
    }
  },
)

test('asks it of every token of the issuer, known or new, and of no other issuer', async () => {
  const [strict, lax] = await Promise.all([
    openDoor({ issuer: { requireBinding: 'any' } }),
    openDoor(),
  ])
  const token = await strict.token()
  for (let count = 0; count < 2; count += 1) {
    expect(await strict.answer(token)).toMatchObject({ code: 'token_not_bound' })
  }
  expect(isIdentity(await lax.answer(await lax.token()))).toBe(true)
  // A thief who sends one that is bound as a bearer token gets no further either.
  const stolen = await strict.token({ cnf: { jkt: thumbprint } })
  expect(await strict.answer(stolen)).toMatchObject({ code: 'proof_missing' })
  await Promise.all([strict.close(), lax.close()])
})
