import { afterEach, describe, expect, test } from 'vitest'
import type { IssuerOptions } from '../../src/authenticate/options.ts'
import { type GuardedDoor, isIdentity, openDoor } from './guarded-door.ts'

let door: GuardedDoor | null = null

afterEach(async () => {
  await door?.close()
  door = null
})

async function answerTo(issuer: Partial<IssuerOptions>, claims: object, header: object = {}) {
  door ??= await openDoor({ issuer })
  return door.answer(await door.token(claims, header))
}

describe('claims that an issuer’s tokens must have', () => {
  const requiredClaims = [
    { claim: 'tenant', values: ['acme', 7] },
    { claim: '/realm/verified', values: [true] },
    { claim: 'scope', values: ['files'] },
  ]
  const good = { tenant: 'acme', realm: { verified: true }, scope: 'openid files' }

  test.each([
    {},
    { tenant: 7 },
    { tenant: ['other', 'acme'] },
    { scope: 'files' },
    { scope: ['files'] },
  ])('are met by %j', async (changes) => {
    expect(isIdentity(await answerTo({ requiredClaims }, { ...good, ...changes }))).toBe(true)
  })

  test.each([
    [{ tenant: undefined }, '"tenant" is not "acme" or "7"'],
    [{ tenant: '7' }, '"tenant" is not "acme" or "7"'],
    [{ tenant: 'Acme' }, '"tenant" is not "acme" or "7"'],
    [{ tenant: 'acme evil' }, '"tenant" is not "acme" or "7"'],
    [{ tenant: [['acme']] }, '"tenant" is not "acme" or "7"'],
    [{ tenant: { acme: 'acme' } }, '"tenant" is not "acme" or "7"'],
    [{ realm: { verified: 'true' } }, '"/realm/verified" is not "true"'],
    [{ realm: [] }, '"/realm/verified" is not "true"'],
    [{ realm: undefined, '/realm/verified': true }, '"/realm/verified" is not "true"'],
    [{ scope: 'files.read' }, '"scope" is not "files"'],
    [{ scope: '' }, '"scope" is not "files"'],
  ])('are not met by %j', async (changes, detail) => {
    expect(await answerTo({ requiredClaims }, { ...good, ...changes })).toEqual({
      kind: 'refusal',
      code: 'token_claims_invalid',
      detail,
    })
  })

  test('are read from the token alone, not from what every object has', async () => {
    for (const claim of ['constructor', '/constructor/name', '/__proto__/x', 'toString']) {
      const answer = await answerTo({ requiredClaims: [{ claim, values: ['Object', 'x'] }] }, good)
      expect(answer).toMatchObject({ code: 'token_claims_invalid' })
      await door?.close()
      door = null
    }
  })
})

describe('the profile of RFC 9068', () => {
  const good = { client_id: 'app', jti: 'token-1' }
  const profile = { profile: 'rfc9068', tokenTypes: ['JWT', 'none'] } as const

  test('accepts a token that has everything', async () => {
    expect(isIdentity(await answerTo(profile, good))).toBe(true)
  })

  test.each([
    [{ client_id: undefined }, '"client_id" is missing, which RFC 9068 requires'],
    [{ jti: undefined }, '"jti" is missing, which RFC 9068 requires'],
    [{ jti: '' }, '"jti" is missing, which RFC 9068 requires'],
    [{ sub: undefined }, '"sub" is missing, which RFC 9068 requires'],
    [{ iat: undefined }, '"iat" is missing, which RFC 9068 requires'],
    [{ client_id: ['app'] }, '"client_id" is missing, which RFC 9068 requires'],
  ])('refuses %j', async (changes, detail) => {
    expect(await answerTo(profile, { ...good, ...changes })).toMatchObject({
      code: 'token_claims_invalid',
      detail,
    })
  })

  test.each(['JWT', undefined])(
    'refuses the type %s, whatever the issuer’s list says',
    async (typ) => {
      expect(await answerTo(profile, good, { typ })).toMatchObject({ code: 'token_type_refused' })
    },
  )
})

describe('attributes that are read from other claims', () => {
  const attributes = [
    { attribute: 'groups', claim: '/realm_access/roles' },
    { attribute: 'department', claim: 'https://example.com/department' },
  ]

  async function propertiesOf(claims: object) {
    const answer = await answerTo({ attributes }, claims)
    return isIdentity(answer) ? { ...answer.subject.properties } : answer
  }

  test('come from names and paths, beside the claims as they are', async () => {
    expect(
      await propertiesOf({
        realm_access: { roles: ['staff'] },
        'https://example.com/department': 'sales',
        level: 3,
      }),
    ).toEqual({
      realm_access: { roles: ['staff'] },
      'https://example.com/department': 'sales',
      level: 3,
      groups: ['staff'],
      department: 'sales',
    })
  })

  test('are not what a claim of their own name says', async () => {
    expect(await propertiesOf({ groups: ['admins'], department: 'board' })).toEqual({})
  })

  test('make a list of one text', async () => {
    expect(await propertiesOf({ realm_access: { roles: 'staff' } })).toMatchObject({
      groups: ['staff'],
    })
  })

  test.each([{ a: 1 }, 7, null, [1], [['staff']], true])(
    'refuse groups that are %j',
    async (roles) => {
      expect(await propertiesOf({ realm_access: { roles } })).toMatchObject({
        code: 'token_claims_invalid',
        detail: '"/realm_access/roles" is no list of texts for "groups"',
      })
    },
  )
})
