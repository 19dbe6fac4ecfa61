import { afterEach, beforeEach, expect, test } from 'vitest'
import { keySetPath, metadataPath } from '../issuers/issuer-server.ts'
import { type GuardedDoor, isIdentity, openDoor } from './guarded-door.ts'
import { createSigningKey, type SigningKey } from './signing-key.ts'

let door: GuardedDoor

beforeEach(async () => {
  door = await openDoor({ fetch: { cooldownMs: 0 } })
})

afterEach(async () => {
  await door.close()
})

async function tokensOf(key: SigningKey, round: number, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      key.sign({}, door.claims({ sub: `user-${round}-${index}` })),
    ),
  )
}

/** Tokens with a payload that nobody signed. */
function forged(tokens: readonly string[]): string[] {
  return tokens.map((token, index) => {
    const [header, , signature] = token.split('.')
    const claims = door.claims({ sub: 'admin', jti: `${index}` })
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return `${header}.${payload}.${signature}`
  })
}

test('gives not one wrong answer while keys are rotated under load', async () => {
  let current = door.key
  let wrong = 0
  for (let round = 0; round < 8; round += 1) {
    const next = await createSigningKey(`key-${round}`)
    // Published beside the one in use, which signs for a while yet.
    door.server.keys = [next.publicJwk, current.publicJwk]
    const [old, fresh] = [await tokensOf(current, round, 15), await tokensOf(next, round, 15)]
    const bad = forged([...old, ...fresh])
    const answers = await Promise.all(
      [...old, ...bad, ...fresh, ...old].map(async (token) => {
        const isRight = isIdentity(await door.answer(token)) !== bad.includes(token)
        return isRight
      }),
    )
    wrong += answers.filter((isRight) => !isRight).length
    // Withdrawn: from now on it verifies nothing, cached or not.
    door.server.keys = [next.publicJwk]
    await door.issuers.keysOf(door.server.issuer)?.refresh()
    for (const token of old) if (isIdentity(await door.answer(token))) wrong += 1
    for (const token of fresh) if (!isIdentity(await door.answer(token))) wrong += 1
    current = next
  }
  expect(wrong).toBe(0)
})

test.each<[string, (path: string) => void]>([
  ['answers 500', (path) => door.server.misbehaviour.set(path, (res) => res.writeHead(500).end())],
  ['answers garbage', (path) => door.server.misbehaviour.set(path, (res) => res.end('<html>'))],
  [
    'serves 10,000 keys',
    (path) =>
      door.server.misbehaviour.set(path, (res) =>
        res.end(JSON.stringify({ keys: Array.from({ length: 10_000 }, () => ({ kty: 'EC' })) })),
      ),
  ],
])(
  'goes on with known keys for a day while the issuer %s, and finds new ones after',
  async (_, break_) => {
    break_(keySetPath)
    break_(metadataPath)
    const next = await createSigningKey('next')
    for (let hour = 0; hour < 24; hour += 1) {
      door.clock.advanceS(3_590)
      await door.issuers.keysOf(door.server.issuer)?.refresh()
      expect(isIdentity(await door.answer(await door.token()))).toBe(true)
      const stranger = await next.sign({}, door.claims({ jti: `${hour}` }))
      expect(await door.answer(stranger)).toMatchObject({ code: 'token_key_unknown' })
    }
    door.server.misbehaviour.clear()
    door.server.keys = [next.publicJwk]
    expect(isIdentity(await door.answer(await next.sign({}, door.claims())))).toBe(true)
    expect(await door.answer(await door.token())).toMatchObject({ code: 'token_key_unknown' })
  },
)
