import { randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * `sp_ID_SECRETCHECK`: the id finds the entry without trying them all, 43 characters of secret are 256
 * bits by chance, and the six of the checksum tell a key from a text that looks like one, so that
 * scanners of repositories and logs can say with certainty what they found.
 */
export const apiKeyPrefix = 'sp_'
const apiKeyPattern = /^sp_([a-z0-9]{10})_([A-Za-z0-9]{43})([A-Za-z0-9]{6})$/
export const apiKeyLength = 3 + 10 + 1 + 43 + 6

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const idLength = 10
const secretBytes = 32
const secretLength = 43
const checksumLength = 6

/** The id of what has the form of a key and its checksum; null: it is none. */
export function readApiKeyId(text: string): string | null {
  if (text.length !== apiKeyLength) return null
  const [, id = '', secret = '', checksum = ''] = apiKeyPattern.exec(text) ?? []
  return id !== '' && checksumOf(`${apiKeyPrefix}${id}_${secret}`) === checksum ? id : null
}

/** A new key. It is nowhere else: whoever loses it needs another one. */
export function createApiKey(): { readonly id: string; readonly key: string } {
  const id = Array.from({ length: idLength }, () => idAlphabet[randomInt(36)]).join('')
  const number = BigInt(`0x${randomBytes(secretBytes).toString('hex')}`)
  const body = `${apiKeyPrefix}${id}_${inAlphabet(number, secretLength)}`
  return { id, key: body + checksumOf(body) }
}

function checksumOf(body: string): string {
  return inAlphabet(BigInt(crc32(body)), checksumLength)
}

function inAlphabet(number: bigint, length: number): string {
  const base = BigInt(secretAlphabet.length)
  let rest = number
  let text = ''
  for (let at = 0; at < length; at += 1) {
    text = (secretAlphabet[Number(rest % base)] ?? '') + text
    rest /= base
  }
  return text
}
