import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'

import { findPerson } from './people.ts'

/** Who is calling a sample application, as the gateway's signed token says. */
export interface Caller {
  readonly id: string
  readonly name: string
  /** The verified token's content. */
  readonly claims: JWTPayload
  /** The gateway's plain headers as they arrived: convenient, and only as good as the network. */
  readonly headers: readonly (readonly [string, string])[]
}

export interface CallerOptions {
  /** Where the gateway publishes the keys it signs with. */
  readonly jwksUrl: string
  readonly issuer: string
  /** This application. A token minted for another one is refused. */
  readonly audience: string
}

export type ReadCaller = (headers: Headers) => Promise<Caller | string>

/**
 * What any application behind the gateway can do in a few lines with a JWT library: believe the
 * signature, not the route a request took. Resolves to a sentence when it does not believe.
 */
export function createCallerReader(options: CallerOptions): ReadCaller {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: 3_000,
    cooldownDuration: 1_000,
  })
  return async (headers) => {
    const token = headers.get('sallyport-identity')
    if (token === null) return 'the request did not come through the gateway'
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms: ['ES256'],
        requiredClaims: ['sub', 'exp', 'iat'],
      })
      return readCaller(payload, headers)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return `the gateway's identity token was not accepted: ${reason}`
    }
  }
}

function readCaller(claims: JWTPayload, headers: Headers): Caller {
  const id = claims.sub ?? ''
  return {
    id,
    name: findPerson(id)?.name ?? id,
    claims,
    headers: [...headers].filter(([name]) => name.startsWith('sallyport-')),
  }
}
