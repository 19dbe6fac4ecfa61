import { anonymousType } from '../model/identity.ts'
import { isLoopback } from '../model/loopback.ts'
import { unixPeer } from '../model/request-facts.ts'
import { quote } from '../source/quote.ts'
import {
  findOriginProblem,
  findProxyProblem,
  findRangeProblem,
  isSameListener,
} from './addresses.ts'
import { checkRedis } from './check-redis.ts'
import type { Config } from './config.ts'
import type { Findings } from './findings.ts'
import { formatDuration } from './units.ts'

/** What no single option can tell: whether they make sense together. */
export function checkConfig(config: Config, findings: Findings): void {
  checkProxies(config, findings)
  checkAddressRanges(config, findings)
  checkListeners(config, findings)
  checkCallers(config, findings)
  checkCallerLimit(config, findings)
  checkRecords(config, findings)
  checkRedis(config.redis, findings)
  checkClientIdentity(config, findings)
  checkApiKeyHeader(config, findings)
  const { minBackoffMs, maxBackoffMs } = config.issuerKeys
  if (minBackoffMs > maxBackoffMs) {
    const message = `"min_backoff" (${formatDuration(minBackoffMs)}) is longer than "max_backoff" (${formatDuration(maxBackoffMs)})`
    findings.error(['issuer_keys', 'min_backoff'], 'out-of-range', message)
  }
  const isKnown = config.apiKeys.file !== null || config.clientIdentity.subjectFrom !== 'none'
  if (config.authentication.issuers.length === 0 && !isKnown) {
    findings.warning(
      ['issuers'],
      'no-issuers',
      'no issuer is trusted, so the gateway refuses every request',
      'add the OpenID Connect provider: issuers: [{ issuer: "https://...", audiences: ["..."] }]',
    )
  }
}

function checkProxies({ gateway }: Config, findings: Findings): void {
  for (const [index, proxy] of gateway.trustedProxies.entries()) {
    const problem = proxy === unixPeer ? null : findProxyProblem(proxy)
    if (problem === null) continue
    const path = ['gateway', 'trusted_proxies', index]
    findings.error(path, 'trusted-proxy', `trusted proxy ${quote(proxy)} ${problem}`)
  }
  for (const [index, origin] of gateway.upgradeOrigins.entries()) {
    const problem = findOriginProblem(origin)
    if (problem === null) continue
    const path = ['gateway', 'upgrade_origins', index]
    findings.error(path, 'malformed-value', `upgrade origin ${quote(origin)} ${problem}`)
  }
  for (const [index, proxy] of gateway.proxyProtocol.entries()) {
    const path = ['gateway', 'proxy_protocol', index]
    const problem = proxy === unixPeer ? null : findProxyProblem(proxy)
    if (problem !== null) findings.error(path, 'trusted-proxy', `${quote(proxy)} ${problem}`)
    if (proxy !== unixPeer || gateway.tls === null) continue
    const message = 'a PROXY protocol header and TLS do not go together on a Unix socket'
    findings.error(path, 'proxy-protocol-unix', message, 'let the proxy in front end TLS')
  }
}

/** Fields that mean something else, or that the gateway writes itself. */
const takenFields =
  /^(?:authorization|dpop|host|connection|cookie|date|te|upgrade|expect|via|forwarded|content-.*|transfer-.*|proxy-.*|x-forwarded-.*|x-request-id|sallyport-.*)$/i

function checkApiKeyHeader({ apiKeys }: Config, findings: Findings): void {
  if (!takenFields.test(apiKeys.header)) return
  const message = `${quote(apiKeys.header)} means something else already`
  findings.error(['api_keys', 'header'], 'field-taken', message, 'use X-API-Key or a name like it')
}

function checkClientIdentity({ gateway, clientIdentity }: Config, findings: Findings): void {
  const { subjectFrom, trustDomains, subjectType } = clientIdentity
  if (subjectType === anonymousType) {
    const message = `${quote(anonymousType)} is the type of those who are nobody in particular`
    findings.error(['client_identity', 'subject_type'], 'reserved-subject-type', message)
  }
  if (subjectFrom !== 'none' && (gateway.tls?.clientAuthorities ?? null) === null) {
    const message = 'no client certificate is asked for, so nobody can be known by one'
    const hint = 'name the authorities under "gateway.tls.client_certificates"'
    findings.error(
      ['client_identity', 'subject_from'],
      'client-certificates-missing',
      message,
      hint,
    )
  }
  if (subjectFrom === 'spiffe' && trustDomains.length === 0) {
    const message =
      '"subject_from: spiffe" needs to know whose workloads are meant: set "trust_domains"'
    findings.error(['client_identity', 'subject_from'], 'trust-domains-missing', message)
  }
  if (subjectFrom !== 'spiffe' && trustDomains.length > 0) {
    const message = `"trust_domains" are not looked at with "subject_from: ${subjectFrom}"`
    findings.error(['client_identity', 'trust_domains'], 'trust-domains-unused', message)
  }
}

function checkAddressRanges({ upstreams }: Config, findings: Findings): void {
  const lists = [
    ['allowed_addresses', upstreams.allowedAddresses],
    ['denied_addresses', upstreams.deniedAddresses],
  ] as const
  for (const [key, ranges] of lists) {
    for (const [index, range] of ranges.entries()) {
      const problem = findRangeProblem(range)
      if (problem === null) continue
      const path = ['upstreams', key, index]
      findings.error(path, 'address-range', `${quote(range)} ${problem}`)
    }
  }
}

function checkListeners(config: Config, findings: Findings): void {
  const groups = ['gateway', 'check', 'operations'] as const
  for (const [index, group] of groups.entries()) {
    for (const other of groups.slice(0, index)) {
      const [here, there] = [config[group], config[other]]
      if (here.port === 0 || here.port !== there.port) continue
      if (other === 'gateway' && config.gateway.socket !== null) continue
      if (!isSameListener(here.host, there.host)) continue
      const message = `port ${here.port} is already that of "${other}"`
      findings.error([group, 'port'], 'duplicate-port', message)
    }
  }
}

function checkCallers({ check, authentication }: Config, findings: Findings): void {
  const isRestricted = check.keys.length > 0 || check.tokenSubjects.length > 0
  // A key that could not be read is reported already, and would make this one false.
  if (!isRestricted && !check.allowUnauthenticated && !findings.hasErrors) {
    findings.error(
      ['check'],
      'check-without-callers',
      'nobody may ask the decision API',
      'name services under "check.keys" or subjects under "check.token_subjects", or on loopback say check: { allow_unauthenticated: true }',
    )
  }
  const path = ['check', 'allow_unauthenticated']
  if (check.allowUnauthenticated && isRestricted) {
    const message = '"allow_unauthenticated" makes "keys" and "token_subjects" meaningless'
    findings.error(path, 'check-contradiction', message, 'remove one or the other')
  }
  if (check.allowUnauthenticated && !isLoopback(check.host)) {
    findings.error(
      path,
      'check-open',
      `without authentication the decision API may listen on loopback only, not on ${quote(check.host)}`,
      'set "check.host" to 127.0.0.1, or use "check.keys"',
    )
  }
  if (check.tokenSubjects.length > 0 && authentication.issuers.length === 0) {
    const message = 'no issuer is trusted, so no subject can prove who it is'
    findings.error(['check', 'token_subjects'], 'no-issuers', message)
  }
  checkPublicUrl(check.publicUrl, findings)
}

/** A bucket takes back one whole of itself and no more: what a call asks beyond that would be free. */
function checkCallerLimit({ check, limits }: Config, findings: Findings): void {
  const { maxEvaluations } = check
  const burst = limits.caller?.burst ?? maxEvaluations
  if (burst >= maxEvaluations) return
  findings.error(
    ['limits', 'caller'],
    'caller-burst',
    `one call may ask ${maxEvaluations} questions ("check.max_evaluations"), and "caller" has ${burst} at once`,
    `say for instance "100/s burst ${maxEvaluations}", or lower "check.max_evaluations"`,
  )
}

function checkPublicUrl(publicUrl: string | null, findings: Findings): void {
  if (publicUrl === null) return
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url !== null && isWeb && url.search === '' && url.hash === '' && url.username === '') return
  const message = '"public_url" must be an https URL without query and fragment'
  findings.error(['check', 'public_url'], 'malformed-url', message)
}

function checkRecords({ records }: Config, findings: Findings): void {
  if (records.sink === 'file' && records.file === null) {
    const message = '"sink: file" needs to know which: set "records.file"'
    findings.error(['records', 'sink'], 'records-file-missing', message)
  }
  if (records.sink !== 'file' && records.file !== null) {
    const message = `"file" is not written to with "sink: ${records.sink}"`
    findings.error(['records', 'file'], 'records-file-unused', message, 'set "sink: file"')
  }
}
