import type { IssuerOptions } from '../authenticate/options.ts'
import { Fault } from '../model/fault.ts'
import type { KeyAccess } from './key-access.ts'
import { fetchJson, isLoopbackHttp, isTrustworthyUrl } from './fetch-json.ts'

/** Where an issuer's key set is: as configured, or as its metadata says (OpenID Connect Discovery). */
export async function findKeySetUrl(
  options: IssuerOptions,
  maxBytes: number,
  signal: AbortSignal,
  access?: KeyAccess,
): Promise<URL> {
  if (options.jwksUrl !== null) return trustworthyUrl('The key set URL', options.jwksUrl)
  const issuer = trustworthyUrl('The issuer', options.issuer)
  // Section 4.1: a terminating slash of the issuer is removed first.
  const base = options.issuer.endsWith('/') ? options.issuer.slice(0, -1) : options.issuer
  const url = trustworthyUrl('The issuer', `${base}/.well-known/openid-configuration`)
  const metadata = await fetchJson(url, maxBytes, signal, access)
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw unusable(`The metadata at ${url.href} is not a JSON object`)
  }
  const { issuer: named, jwks_uri: keySet } = metadata as Readonly<Record<string, unknown>>
  // Section 4.3, without which one issuer could publish keys in the name of another.
  if (named !== options.issuer) {
    throw unusable(
      `The metadata at ${url.href} is of issuer ${shown(named)}, expected "${options.issuer}"`,
    )
  }
  if (typeof keySet !== 'string') throw unusable(`The metadata at ${url.href} has no "jwks_uri"`)
  const keySetUrl = trustworthyUrl('"jwks_uri"', keySet)
  // An issuer out there has no business with what listens on our loopback interface.
  if (isLoopbackHttp(keySetUrl) && !isLoopbackHttp(issuer)) {
    throw unusable('"jwks_uri" is on loopback, but the issuer is not')
  }
  return keySetUrl
}

function trustworthyUrl(what: string, text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw unusable(`${what} is not a URL: ${shown(text)}`)
  if (!isTrustworthyUrl(url)) {
    throw unusable(`${what} is neither https nor http on loopback: ${shown(text)}`)
  }
  return url
}

function unusable(message: string): Fault {
  return new Fault('ERR_ISSUER_UNAVAILABLE', message)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 200)) : typeof value
}
