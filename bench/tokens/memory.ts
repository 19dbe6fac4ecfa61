import { generateKeyPairSync, sign } from 'node:crypto'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import {
  defaultAuthenticateOptions,
  defaultIssuerOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers } from '../../src/issuers/issuers.ts'
import { systemClock } from '../../src/model/clock.ts'
import { createProcessLog } from '../../src/runtime/process-log.ts'

/** What a hundred thousand verified tokens weigh, and whether ten thousand more change it. */
const count = Number(process.env['BENCH_CACHED_TOKENS'] ?? 100_000)
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keySet = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' }] }
const issuer: IssuerOptions = {
  ...defaultIssuerOptions,
  issuer: 'https://issuer.bench',
  audiences: ['bench'],
  keySet,
}
const issuers = createIssuers([issuer], { log: createProcessLog('error'), clock: systemClock })
await issuers.start()
const options = { ...defaultAuthenticateOptions, issuers: [issuer], tokenCacheEntries: count }
const authenticator = createAuthenticator(options, issuers, systemClock)
const client = { ip: '127.0.0.1', peerIp: '127.0.0.1', viaTrustedProxy: false }

const before = weigh()
await fill(0, count)
const filled = weigh()
await fill(count, count + Math.ceil(count / 10))
const beyond = weigh()
const each = (filled - before) / count
process.stdout.write(
  `${count} tokens of ${signToken(0).length} characters: ${(each / 1_024).toFixed(2)} KiB each, ${mebibytes(filled - before)} MiB together; after a tenth more ${mebibytes(beyond - before)} MiB\n`,
)
issuers.close()

async function fill(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 500) {
    const answers = Array.from({ length: Math.min(500, to - at) }, (_, index) => {
      // As it comes off a socket: the header's text, of which the token is a piece.
      const field = Buffer.from(`Bearer ${signToken(at + index)}`).toString('latin1')
      return authenticator.authenticate(fieldAlone(field, 1, client))
    })
    for (const answer of await Promise.all(answers.map((one) => Promise.resolve(one)))) {
      if ('kind' in answer) throw new Error(`${answer.code}: ${answer.detail}`)
    }
  }
}

/** As long as one signed with RSA, but signed sooner. */
function signToken(index: number): string {
  const nowS = Math.floor(Date.now() / 1_000)
  const header = { alg: 'ES256', typ: 'at+jwt', kid: 'one' }
  const claims = {
    iss: issuer.issuer,
    aud: 'bench',
    sub: `user-${index}`,
    iat: nowS,
    exp: nowS + 3_600,
    jti: `token-${index}`,
    client_id: 'bench',
    scope: 'openid files',
    groups: ['staff', 'finance'],
    padding: 'x'.repeat(180),
  }
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(input), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `${input}.${signature.toString('base64url')}`
}

function weigh(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
