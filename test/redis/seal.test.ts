import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RedisKeys } from '../../src/redis/keys.ts'
import { Sealer, type SealedPlace } from '../../src/redis/seal.ts'

const old = { id: 'old', secret: Buffer.alloc(32, 1) }
const current = { id: 'current', secret: Buffer.alloc(32, 2) }
const place: SealedPlace = { key: 'sallyport:1:value:introspection:{a}', kind: 'introspection' }
const nowMs = 1_800_000_000_000
const lifetimeMs = 60_000
const bytes = Buffer.from('{"active":true,"sub":"alice"}')
const sealer = new Sealer([current, old])

function open(sealed: Buffer, at: SealedPlace = place, timeMs = nowMs, by = sealer) {
  const opened = by.open(at, sealed, timeMs, lifetimeMs)
  return opened.kind === 'value' ? opened.bytes.toString() : opened.reason
}

describe('a sealed value', () => {
  const sealed = sealer.seal(place, bytes, nowMs + lifetimeMs)

  it('is opened where it was put, until it expires', () => {
    expect(open(sealed)).toBe(bytes.toString())
    expect(sealer.open(place, sealed, nowMs, lifetimeMs)).toMatchObject({
      expiresAtMs: nowMs + lifetimeMs,
    })
    expect(open(sealed, place, nowMs + lifetimeMs - 1)).toBe(bytes.toString())
    expect(open(sealed, place, nowMs + lifetimeMs)).toBe('expired')
  })

  it('says nothing to whoever reads it', () => {
    expect(sealed.includes('alice')).toBe(false)
    expect(sealed.includes('active')).toBe(false)
  })

  it('is forged under another key, another kind, another name of the same length', () => {
    expect(open(sealed, { ...place, key: 'sallyport:1:value:introspection:{b}' })).toBe('forged')
    expect(open(sealed, { ...place, kind: 'discovery' })).toBe('forged')
    const [kind, key] = [`${place.kind}s`, place.key.slice(1)]
    expect(open(sealed, { kind, key })).toBe('forged')
  })

  it('cannot be changed in any octet', () => {
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(['forged', 'key_unknown', 'malformed']).toContain(open(changed))
    }
  })

  it('cannot be cut short or made longer', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(['forged', 'key_unknown', 'malformed']).toContain(open(sealed.subarray(0, length)))
    }
    expect(open(Buffer.concat([sealed, Buffer.from([0])]))).toBe('forged')
  })

  it('cannot be made by anybody without the key', () => {
    const guess = new Sealer([{ id: 'current', secret: randomBytes(32) }])
    expect(open(guess.seal(place, bytes, nowMs + lifetimeMs))).toBe('forged')
    const stranger = new Sealer([{ id: 'mine', secret: randomBytes(32) }])
    expect(open(stranger.seal(place, bytes, nowMs + lifetimeMs))).toBe('key_unknown')
  })

  it('does not hold for longer than its kind may, whoever made it', () => {
    expect(open(sealer.seal(place, bytes, nowMs + 10 * lifetimeMs))).toBe('lifetime')
    for (const never of [Number.NaN, Infinity, -1]) {
      expect(['expired', 'lifetime']).toContain(open(sealer.seal(place, bytes, never)))
    }
  })

  it('is sealed by the first key and opened by all, so that keys can be changed', () => {
    const before = new Sealer([old])
    const during = new Sealer([old, current])
    const after = new Sealer([current])
    const byOld = before.seal(place, bytes, nowMs + 1_000)
    expect(open(byOld, place, nowMs, during)).toBe(bytes.toString())
    expect(open(byOld, place, nowMs, sealer)).toBe(bytes.toString())
    expect(open(byOld, place, nowMs, after)).toBe('key_unknown')
    expect(open(sealed, place, nowMs, during)).toBe(bytes.toString())
    expect(open(sealed, place, nowMs, before)).toBe('key_unknown')
  })

  it('never looks the same twice', () => {
    const again = sealer.seal(place, bytes, nowMs + lifetimeMs)
    expect(again.equals(sealed)).toBe(false)
  })
})

describe('keys that seal', () => {
  it('are there, and long enough', () => {
    expect(() => new Sealer([])).toThrow('There is no key to seal with')
    const short = { id: 'short', secret: Buffer.alloc(31) }
    expect(() => new Sealer([short])).toThrow('Key short has less than 32 octets')
  })
})

describe('names of keys', () => {
  const keys = new RedisKeys('sallyport', current.secret)

  it('are different for different questions, however they are cut into parts', () => {
    const names = [
      keys.value('introspection', 'ab', 'c').value,
      keys.value('introspection', 'a', 'bc').value,
      keys.value('introspection', 'abc').value,
      keys.value('introspection', 'abc', '').value,
      keys.value('discovery', 'abc').value,
      keys.once('abc'),
      keys.bucket('abc').key,
      new RedisKeys('other', current.secret).value('introspection', 'abc').value,
    ]
    expect(new Set(names).size).toBe(names.length)
  })

  it('say nothing of what they are about', () => {
    for (const name of [keys.once('alice'), keys.bucket('alice').key]) {
      expect(name).not.toContain('alice')
    }
  })

  it('keep in one slot of a Cluster what one script touches', () => {
    const { value, lease } = keys.value('introspection', 'token')
    const tag = /\{[^}]+\}/u
    expect(tag.exec(value)?.[0]).toBe(tag.exec(lease)?.[0])
    const { key, shard } = keys.bucket('alice')
    expect(tag.exec(key)?.[0]).toBe(`{${shard}}`)
  })

  it('of what may be used once are the same whatever key seals', () => {
    const others = new RedisKeys('sallyport', old.secret)
    expect(others.once('jti')).toBe(keys.once('jti'))
    expect(others.bucket('alice').key).not.toBe(keys.bucket('alice').key)
  })
})
