import { array, assert, asyncProperty, constantFrom, nat, string } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GuardedDoor, isIdentity, openDoor } from '../authenticate/guarded-door.ts'
import { encode } from '../authenticate/signing-key.ts'

let door: GuardedDoor
let token: string

beforeAll(async () => {
  door = await openDoor()
  token = await door.token({ groups: ['staff'] })
  await door.answer(token)
})

afterAll(async () => {
  await door.close()
})

test('lets in no token that differs from a good one in any character', async () => {
  const accepted: string[] = []
  const letters = ['A', 'Q', '_', '-', '.', '=', '+', ' ', '\u0000', 'é', '']
  for (let at = 0; at < token.length; at += 1) {
    for (const letter of letters) {
      const changed = token.slice(0, at) + letter + token.slice(at + 1)
      if (changed === token) continue
      if (isIdentity(await door.answer(changed)))
        accepted.push(`${JSON.stringify(letter)} at ${at}`)
    }
  }
  expect(accepted).toEqual([])
})

test('lets in no token with characters put in, taken out or moved', async () => {
  const edit = array(
    constantFrom<(text: string, at: number, length: number) => string>(
      (text, at, length) => text.slice(0, at) + text.slice(at + length),
      (text, at, length) => text.slice(0, at) + text.slice(at, at + length) + text.slice(at),
      (text, at, length) => text.slice(at) + text.slice(0, at) + text.slice(0, length - length),
      (text, at) => text.slice(0, at) + (text[at] ?? '').toUpperCase() + text.slice(at + 1),
      (text, at) => text.slice(0, at) + (text[at] ?? '').toLowerCase() + text.slice(at + 1),
    ),
    { minLength: 1, maxLength: 3 },
  )
  await assert(
    asyncProperty(edit, nat(), nat(8), async (edits, place, length) => {
      let changed = token
      for (const apply of edits) changed = apply(changed, place % changed.length, length)
      const answer = await door.answer(changed)
      expect(isIdentity(answer)).toBe(changed === token)
    }),
    { numRuns: 500 },
  )
})

test('answers whatever it is given with a refusal, and never throws', async () => {
  await assert(
    asyncProperty(string({ unit: 'binary', maxLength: 200 }), nat(3), async (text, shape) => {
      const forged = [
        text,
        `${encode(text)}.${encode(text)}.AAAA`,
        `${encode({ alg: 'ES256', typ: 'at+jwt', kid: text })}.${encode(text)}.AAAA`,
        `${encode({ alg: 'ES256', typ: 'at+jwt', kid: 'one' })}.${encode(door.claims({ sub: text }))}.AAAA`,
      ][shape]
      expect(await door.answer(forged ?? '')).toMatchObject({ kind: 'refusal' })
    }),
    { numRuns: 500 },
  )
})
