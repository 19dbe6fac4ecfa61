import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress, RequestFacts } from '../model/request-facts.ts'
import { type Authority, readAuthority } from './authority.ts'
import { compileTrustedProxies, type TrustedProxies } from './client-address.ts'
import type { Connection } from './connection.ts'
import { readForwarding } from './forwarding-fields.ts'
import { readFraming } from './framing.ts'
import type { GatewayRequest } from './gateway-request.ts'
import type { HeaderFields } from './header-fields.ts'
import type { ListenOptions } from './options.ts'
import { compileOrigins, refuseOrigin } from './origin.ts'
import { isRequestId } from './request-id.ts'
import { readTarget } from './target.ts'
import { refuseWebSocketHandshake, type Upgrade } from './upgrade.ts'

/** Listen options in the form the request path reads. */
export interface ListenRules {
  readonly maxHeaderCount: number
  readonly maxBodyBytes: number
  readonly trusted: TrustedProxies | null
  /** Besides the origin asked itself. */
  readonly upgradeOrigins: ReadonlySet<string>
  /** The field that API keys come in, lower case; null: X-API-Key. */
  readonly apiKeyField: string | null
}

/** Throws a TypeError when a trusted proxy is malformed or stands for everybody, or an origin is. */
export function compileListenRules(
  options: ListenOptions,
  apiKeyField: string | null = null,
): ListenRules {
  return Object.freeze({
    maxHeaderCount: options.maxHeaderCount,
    maxBodyBytes: options.maxBodyBytes,
    trusted: compileTrustedProxies(options.trustedProxies),
    upgradeOrigins: compileOrigins(options.upgradeOrigins),
    apiKeyField: apiKeyField === usualApiKeyField ? null : apiKeyField,
  })
}

/** What is known of a request before anything of it is read. */
export interface Arrival extends Pick<RequestFacts, 'id' | 'receivedAtMs' | 'startedAtMs'> {
  /** What the connection can be switched to; absent: it stays HTTP. */
  readonly upgrade?: Upgrade | null
}

/**
 * From a parsed message to the facts every later stage works with, or a refusal. Nothing ambiguous
 * gets through: what is matched, decided, recorded and forwarded is what is said here.
 */
export function readRequestFacts(
  req: GatewayRequest,
  connection: Connection,
  rules: ListenRules,
  arrival: Arrival,
): RequestFacts | Refusal {
  const { fields, rawHeaders } = req
  const { id, receivedAtMs, startedAtMs } = arrival
  const method = req.method ?? ''
  const unsupported = refuseMessage(req, method, fields, rules, arrival.upgrade ?? null)
  if (unsupported !== null) return unsupported
  const framing = readFraming(fields, req.httpVersion, rules.maxBodyBytes)
  if ('kind' in framing) return framing
  const target = readTarget(req.url ?? '')
  if ('kind' in target) return target
  const named = readHost(fields, target.authority)
  if ('kind' in named) return named
  const origin = readOrigin(fields, named, connection, rules.trusted)
  if ('kind' in origin) return origin
  const misdirected = refuseChannel(connection, named)
  if (misdirected !== null) return misdirected
  if (arrival.upgrade !== undefined && arrival.upgrade !== null) {
    const foreign = refuseOrigin(rawHeaders, origin.authority, rules.upgradeOrigins)
    if (foreign !== null) return foreign
  }
  const { requestId } = fields
  const { apiKeyField } = rules
  const keys = apiKeyField === null ? fields : findApiKeys(rawHeaders, apiKeyField)
  return {
    id,
    requestId:
      requestId !== null && fields.requestIdCount === 1 && isRequestId(requestId) ? requestId : id,
    receivedAtMs,
    startedAtMs,
    method,
    scheme: origin.scheme,
    host: origin.host,
    authority: origin.authority,
    path: target.path,
    query: target.query,
    rawHeaders,
    authorization: fields.authorization,
    authorizationCount: fields.authorizationCount,
    dpop: fields.dpop,
    dpopCount: fields.dpopCount,
    apiKey: keys.apiKey,
    apiKeyCount: keys.apiKeyCount,
    client: origin.client,
    hasBody: framing.hasBody,
    contentLength: framing.contentLength,
  }
}

const usualApiKeyField = 'x-api-key'

function findApiKeys(
  rawHeaders: readonly string[],
  field: string,
): Pick<RequestFacts, 'apiKey' | 'apiKeyCount'> {
  let apiKey: string | null = null
  let apiKeyCount = 0
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length !== field.length || name.toLowerCase() !== field) continue
    apiKey ??= rawHeaders[index + 1] ?? ''
    apiKeyCount += 1
  }
  return { apiKey, apiKeyCount }
}

function refuseMessage(
  req: GatewayRequest,
  method: string,
  fields: HeaderFields,
  rules: ListenRules,
  upgrade: Upgrade | null,
): Refusal | null {
  if (req.httpVersion !== '1.1' && req.httpVersion !== '1.0') {
    return refuse('request_malformed', `HTTP version ${req.httpVersion}`)
  }
  if (req.rawHeaders.length > rules.maxHeaderCount * 2) {
    const count = req.rawHeaders.length / 2
    return refuse('too_many_headers', `${count} fields, accepted are ${rules.maxHeaderCount}`)
  }
  if (fields.refusedName !== null) {
    return refuse('header_malformed', `Field name "${fields.refusedName}"`)
  }
  if (method === 'TRACE' || method === 'CONNECT') return refuse('method_not_supported', method)
  if (fields.upgrade !== null && /\bwebsocket\b/i.test(fields.upgrade)) {
    if (upgrade !== null) return refuseWebSocketHandshake(req)
    return refuse('upgrade_not_supported', 'No WebSocket here, or not the only thing asked for')
  }
  // RFC 9110 section 10.1.1: HTTP/1.0 knows no expectations.
  if (fields.expect !== null && req.httpVersion === '1.1' && !isContinue(fields.expect)) {
    return refuse('expectation_not_supported', 'An expectation other than 100-continue')
  }
  return null
}

/**
 * What a client proved for one name must not count for another (RFC 9110 section 7.4): `Host` is the
 * name of the handshake. A trusted proxy speaks for many hosts on one connection.
 */
function refuseChannel({ secure, trusted }: Connection, { host }: Authority): Refusal | null {
  if (secure === null) return null
  const { serverName, refusal } = secure
  if (refusal !== null) return refusal
  if (trusted || serverName === null || serverName === host) return null
  return refuse('misdirected_request', `Host is ${host}, the connection is for ${serverName}`)
}

function isContinue(expect: string): boolean {
  return expect.toLowerCase() === '100-continue'
}

function readHost(fields: HeaderFields, target: Authority | null): Authority | Refusal {
  if (fields.hostCount !== 1) return refuse('host_malformed', `${fields.hostCount} Host fields`)
  const named = readAuthority(fields.host ?? '')
  if (named === null) return refuse('host_malformed', 'Host is malformed')
  // RFC 9112 section 3.2.2 prefers the target; readers that do not would see another host.
  if (target !== null && target.authority !== named.authority) {
    return refuse('host_malformed', 'Host and the target disagree')
  }
  return named
}

interface Origin extends Authority {
  readonly client: ClientAddress
  readonly scheme: 'http' | 'https'
}

function readOrigin(
  fields: HeaderFields,
  named: Authority,
  connection: Connection,
  trusted: TrustedProxies | null,
): Origin | Refusal {
  const { host, authority } = named
  if (trusted === null || !connection.trusted) {
    return { host, authority, client: connection.client, scheme: connection.scheme }
  }
  const forwarding = readForwarding(fields, connection.client.peerIp, trusted)
  if ('kind' in forwarding) return forwarding
  const forwarded =
    forwarding.authority === null ? named : (readAuthority(forwarding.authority) ?? named)
  return {
    host: forwarded.host,
    authority: forwarded.authority,
    client: { ...connection.client, ip: forwarding.ip },
    scheme: forwarding.scheme ?? connection.scheme,
  }
}
