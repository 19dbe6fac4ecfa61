import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import {
  defaultAuthenticateOptions,
  defaultIssuerOptions,
  type IssuerOptions,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from '../../src/authenticate/options.ts'
import { createIssuers } from '../../src/issuers/issuers.ts'
import { systemClock } from '../../src/model/clock.ts'
import { createProcessLog } from '../../src/runtime/process-log.ts'

/** What refusing a token costs in processor time, on all threads together, the dearest last. */
const rounds = Number(process.env['BENCH_REFUSALS'] ?? 2_000)
const client = { ip: '127.0.0.1', peerIp: '127.0.0.1', viaTrustedProxy: false }
/** Signed once, so that a forged signature has the form of a good one: others fail sooner. */
interface Signer {
  readonly alg: SignatureAlgorithm
  readonly name: string
  readonly publicKey: KeyObject
  readonly signature: string
}

function signer(
  alg: SignatureAlgorithm,
  name: string,
  hash: string | null,
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): Signer {
  const padding = alg.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : undefined
  const signed = sign(hash, Buffer.from('another text'), {
    key: privateKey,
    ...(alg.startsWith('ES') ? { dsaEncoding: 'ieee-p1363' as const } : null),
    ...(padding === undefined ? null : { padding, saltLength: 32 }),
  })
  return { alg, name, publicKey, signature: signed.toString('base64url') }
}

const signers: readonly Signer[] = [
  signer('ES256', 'ES256', 'sha256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  signer('ES512', 'ES512', 'sha512', generateKeyPairSync('ec', { namedCurve: 'P-521' })),
  signer('EdDSA', 'EdDSA', null, generateKeyPairSync('ed25519')),
  signer('RS256', 'RS256-2048', 'sha256', generateKeyPairSync('rsa', { modulusLength: 2_048 })),
  signer('PS256', 'PS256-4096', 'sha256', generateKeyPairSync('rsa', { modulusLength: 4_096 })),
  signer('ML-DSA-87', 'ML-DSA-87', null, generateKeyPairSync('ml-dsa-87')),
]
const [es256, es512] = signers
if (es256 === undefined || es512 === undefined) throw new Error('There are no keys')

const issuer: IssuerOptions = {
  ...defaultIssuerOptions,
  issuer: 'https://issuer.bench',
  audiences: ['bench'],
  algorithms: signatureAlgorithms,
  keySet: {
    keys: signers.map(({ alg, name, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid: name,
      alg,
    })),
  },
}
const issuers = createIssuers([issuer], { log: createProcessLog('error'), clock: systemClock })
await issuers.start()

function open(maxFailuresPerAddress: number) {
  const options = {
    ...defaultAuthenticateOptions,
    issuers: [issuer],
    maxFailuresPerAddress,
    maxFailures: 1_000_000,
  }
  return createAuthenticator(options, issuers, systemClock)
}

let serial = 0
function forge({ alg, name, signature }: Signer, more: object = {}): string {
  serial += 1
  const nowS = Math.floor(Date.now() / 1_000)
  const claims = { iss: issuer.issuer, aud: 'bench', sub: `x-${serial}`, exp: nowS + 600, ...more }
  const parts = [{ alg, kid: name, typ: 'at+jwt' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return `${parts.join('.')}.${signature}`
}

const nested = Array.from({ length: 13 }).reduce<object>((inner) => ({ a: inner }), {})
const members = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`m${at}`, at]))
const cases: readonly (readonly [string, () => string, number])[] = [
  ['an address that has spent its budget', () => forge(es256), 1],
  ['no token at all', () => `x${(serial += 1)}`, 1_000_000],
  ['expired', () => forge(es256, { exp: 1 }), 1_000_000],
  ['expired, 12 KiB of members', () => forge(es256, { exp: 1, ...members, nested }), 1_000_000],
  ...signers.map((each) => [`forged, ${each.name}`, () => forge(each), 1_000_000] as const),
  ['forged, ES512, 12 KiB of members', () => forge(es512, { ...members, nested }), 1_000_000],
]

for (const [name, make, budget] of cases) {
  const authenticator = open(budget)
  const tokens = Array.from({ length: rounds }, make)
  const size = tokens[0]?.length ?? 0
  // Spent first, where that is the case.
  if (budget === 1) for (const token of tokens.slice(0, 20)) await ask(authenticator, token)
  const before = process.cpuUsage()
  for (let at = 0; at < tokens.length; at += 64) {
    await Promise.all(tokens.slice(at, at + 64).map((token) => ask(authenticator, token)))
  }
  const { user, system } = process.cpuUsage(before)
  const us = ((user + system) / rounds).toFixed(1)
  process.stdout.write(`refused (${name}, ${size} characters): ${us} us of processor time\n`)
}
issuers.close()

async function ask(authenticator: ReturnType<typeof open>, token: string): Promise<void> {
  const answer = await authenticator.authenticate(fieldAlone(`Bearer ${token}`, 1, client))
  if (!('kind' in answer)) throw new Error('accepted')
}
