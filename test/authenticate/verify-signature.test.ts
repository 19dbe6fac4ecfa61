import { Buffer } from 'node:buffer'
import { createPublicKey } from 'node:crypto'
import { asyncProperty, assert, constantFrom, nat } from 'fast-check'
import { compactVerify } from 'jose'
import { expect, test } from 'vitest'
import { signatureAlgorithms } from '../../src/authenticate/options.ts'
import { verifySignature } from '../../src/authenticate/verify-signature.ts'
import { createSigningKey } from './signing-key.ts'

const letterA = 0x41
const letterB = 0x42

const keys = new Map(
  await Promise.all(
    signatureAlgorithms.map(
      async (algorithm) =>
        [algorithm, await createSigningKey(`key of ${algorithm}`, algorithm)] as const,
    ),
  ),
)

function split(token: string): { signingInput: Buffer; signature: Buffer } {
  const dot = token.lastIndexOf('.')
  return {
    signingInput: Buffer.from(token.slice(0, dot), 'latin1'),
    signature: Buffer.from(token.slice(dot + 1), 'base64url'),
  }
}

test('agrees with jose on signatures good and tampered with, for every algorithm', async () => {
  await assert(
    asyncProperty(
      constantFrom(...signatureAlgorithms),
      nat(),
      nat(255),
      constantFrom('signature', 'signingInput'),
      async (algorithm, place, change, part) => {
        const signer = keys.get(algorithm)
        if (signer === undefined) throw new Error(algorithm)
        const token = await signer.sign({}, { sub: 'alice' })
        const pieces = split(token)
        const target = part === 'signature' ? pieces.signature : pieces.signingInput
        // A change of 0 leaves the token good.
        if (part === 'signature') {
          const at = place % target.length
          target[at] = (target[at] ?? 0) ^ change
        } else if (change !== 0) {
          const at = target.length - 1 - (place % 10)
          target[at] = (target[at] ?? 0) === letterA ? letterB : letterA
        }
        const text = `${pieces.signingInput.toString('latin1')}.${pieces.signature.toString('base64url')}`
        const key = createPublicKey(signer.publicPem)
        const ours = await verifySignature(
          { ...pieces, algorithm, keyId: null, type: null, payload: {} },
          key,
        )
        const theirs = await compactVerify(text, key, { algorithms: [algorithm] }).then(
          () => true,
          () => false,
        )
        expect(ours).toBe(theirs)
        expect(ours).toBe(change === 0)
      },
    ),
    { numRuns: 150 },
  )
})

test('refuses every other length of signature', async () => {
  for (const [algorithm, signer] of keys) {
    const { signingInput, signature } = split(await signer.sign({}, { sub: 'alice' }))
    const key = createPublicKey(signer.publicPem)
    const verify = (changed: Buffer) =>
      verifySignature(
        { signingInput, signature: changed, algorithm, keyId: null, type: null, payload: {} },
        key,
      )
    expect(await verify(signature)).toBe(true)
    expect(await verify(signature.subarray(1))).toBe(false)
    expect(await verify(signature.subarray(0, -1))).toBe(false)
    expect(await verify(Buffer.concat([signature, Buffer.alloc(1)]))).toBe(false)
    expect(await verify(Buffer.concat([Buffer.alloc(1), signature]))).toBe(false)
    expect(await verify(Buffer.alloc(signature.length))).toBe(false)
    expect(await verify(Buffer.alloc(signature.length, 255))).toBe(false)
    expect(await verify(Buffer.alloc(0))).toBe(false)
  }
})

test.each(['RS256', 'PS256', 'ES256'] as const)(
  'refuses a signature of %s whose leading zero was left out',
  async (algorithm) => {
    const signer = keys.get(algorithm)
    if (signer === undefined) throw new Error(algorithm)
    const key = createPublicKey(signer.publicPem)
    let pieces = split(await signer.sign({}, { count: 0 }))
    for (let count = 1; pieces.signature[0] !== 0 && count < 6_000; count += 1) {
      pieces = split(await signer.sign({}, { count }))
    }
    const { signingInput, signature } = pieces
    expect(signature[0]).toBe(0)
    const verify = (changed: Buffer) =>
      verifySignature(
        { signingInput, signature: changed, algorithm, keyId: null, type: null, payload: {} },
        key,
      )
    expect(await verify(signature)).toBe(true)
    expect(await verify(signature.subarray(1))).toBe(false)
  },
  60_000,
)
