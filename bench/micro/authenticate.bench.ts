import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import { defaultAuthenticateOptions, defaultIssuerOptions } from '../../src/authenticate/options.ts'
import { createIssuers } from '../../src/issuers/issuers.ts'
import { systemClock } from '../../src/model/clock.ts'
import { createLog } from '../../src/telemetry/log.ts'
import type { MicroResult } from './decide.bench.ts'
import { type RoundTimes, timeRounds } from './rounds.ts'

const noBytes = Buffer.alloc(0)
const people = 1_000
const rounds = 7
const hitsPerRound = 200_000

/** A token seen before, the header value a string of its own as a parser makes it. */
export async function benchAuthenticate(): Promise<MicroResult> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = { ...defaultIssuerOptions, issuer, audiences: ['bench'], jwksUrl: issuer }
  const issuers = createIssuers([options], { log: createLog('silent'), clock: systemClock })
  await issuers.start()
  const authenticator = createAuthenticator(
    { ...defaultAuthenticateOptions, issuers: [options] },
    issuers,
    systemClock,
  )
  const fields: Buffer[] = []
  for (let index = 0; index < people; index += 1) {
    const token = await new SignJWT({
      department: 'accounting',
      groups: ['staff', 'managers'],
      scope: 'openid profile',
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
      .setIssuer(issuer)
      .setAudience('bench')
      .setSubject(`person-${index}`)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
    const authorization = `Bearer ${token}`
    await authenticator.authenticate(fieldAlone(authorization, 1, client))
    fields.push(Buffer.from(authorization, 'latin1'))
  }
  issuers.close()
  server.close()
  const readField = (index: number): string =>
    (fields[index % people] ?? noBytes).toString('latin1')
  const empty = measure((index) => readField(index).length)
  const whole = measure((index) => {
    const answer = authenticator.authenticate(fieldAlone(readField(index), 1, client))
    if ('kind' in answer || answer instanceof Promise) throw new Error('not a cached identity')
    return answer.expiresAtS
  })
  return {
    name: 'authenticate: cached token',
    nsPerOp: Math.max(0, whole.nsPerOp - empty.nsPerOp),
    bestNsPerOp: Math.max(0, whole.bestNsPerOp - empty.bestNsPerOp),
  }
}

const client = { ip: '127.0.0.1', peerIp: '127.0.0.1', viaTrustedProxy: false }

function measure(operation: (index: number) => number): RoundTimes {
  let sink = 0
  const times = timeRounds(rounds, hitsPerRound, () => {
    for (let index = 0; index < hitsPerRound; index += 1) sink += operation(index)
  })
  if (sink === 0) throw new Error('nothing was measured')
  return times
}
