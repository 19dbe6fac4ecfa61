import type { IssuerOptions } from '../authenticate/options.ts'
import { anonymousType } from '../model/identity.ts'
import { isLoopback } from '../model/loopback.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'

/** `raw` is what the file says, to tell what was written from what is a default. */
export function checkIssuers(
  issuers: readonly IssuerOptions[],
  raw: readonly Readonly<Record<string, unknown>>[],
  findings: Findings,
): void {
  const firstOf = new Map<string, number>()
  for (const [index, issuer] of issuers.entries()) {
    const path = ['issuers', index]
    checkUrl(issuer.issuer, [...path, 'issuer'], findings)
    if (issuer.jwksUrl !== null) checkUrl(issuer.jwksUrl, [...path, 'jwks_url'], findings)
    if (issuer.subjectType === anonymousType) {
      const message = `${quote(anonymousType)} is the type of those who are nobody in particular`
      findings.error([...path, 'subject_type'], 'reserved-subject-type', message)
    }
    checkKeySources(issuer, path, findings)
    checkIntrospection(issuer, issuers, path, findings)
    if (issuer.tokenFile !== null && issuer.jwksUrl === null) {
      const message = '"token_file" needs "jwks_url": the token is not shown where a document leads'
      findings.error([...path, 'token_file'], 'jwks-url-missing', message)
    }
    const first = firstOf.get(issuer.issuer)
    if (first !== undefined) {
      const message = `issuer ${quote(issuer.issuer)} is listed twice`
      findings.error([...path, 'issuer'], 'duplicate-issuer', message)
    }
    firstOf.set(issuer.issuer, index)
    if (issuers.length > 1 && !Object.hasOwn(raw[index] ?? {}, 'subject_prefix')) {
      findings.error(
        [...path, 'issuer'],
        'subject-prefix-missing',
        'with more than one issuer each must say its "subject_prefix", or two people with the same "sub" would be one subject',
        'add for instance subject_prefix: "corp:"; one of them may have an empty one: ""',
      )
    }
  }
  checkPrefixes(issuers, raw, findings)
}

function checkKeySources(
  { jwksUrl, jwksFile, keySet }: IssuerOptions,
  path: readonly (string | number)[],
  findings: Findings,
): void {
  const given = [
    ['jwks_url', jwksUrl],
    ['jwks_file', jwksFile],
    ['jwks', keySet],
  ] as const
  const [first, second] = given.filter(([, value]) => value !== null)
  if (first === undefined || second === undefined) return
  const message = `${quote(first[0])} and ${quote(second[0])} are two places for the same keys`
  findings.error([...path, second[0]], 'keys-twice', message, 'keep one of them')
}

function checkIntrospection(
  { issuer, introspection }: IssuerOptions,
  issuers: readonly IssuerOptions[],
  path: readonly (string | number)[],
  findings: Findings,
): void {
  if (introspection === null) return
  checkUrl(introspection.url, [...path, 'introspection', 'url'], findings)
  const first = issuers.find((other) => other.introspection !== null)
  if (first !== undefined && first.issuer !== issuer) {
    const message = `the tokens of ${quote(first.issuer)} are introspected already, and an opaque token does not say whose it is`
    findings.error([...path, 'introspection'], 'introspection-twice', message)
  }
  if (introspection.tokens === 'all' && issuers.length > 1) {
    const message =
      'with more than one issuer "tokens: all" would have one asked about the tokens of the others'
    findings.error([...path, 'introspection', 'tokens'], 'introspection-of-all', message)
  }
}

function checkPrefixes(
  issuers: readonly IssuerOptions[],
  raw: readonly Readonly<Record<string, unknown>>[],
  findings: Findings,
): void {
  const owners = new Map<string, string>()
  for (const [index, { issuer, subjectType, subjectPrefix }] of issuers.entries()) {
    if (!Object.hasOwn(raw[index] ?? {}, 'subject_prefix')) continue
    const key = JSON.stringify([subjectType, subjectPrefix])
    const owner = owners.get(key)
    if (owner !== undefined && owner !== issuer) {
      findings.warning(
        ['issuers', index, 'subject_prefix'],
        'subject-prefix-shared',
        `the same "subject_prefix" and "subject_type" as issuer ${quote(owner)}: equal "sub" of both are one subject`,
        'keep it only when both issue tokens for the same directory',
      )
    }
    owners.set(key, issuer)
  }
}

function checkUrl(text: string, path: readonly (string | number)[], findings: Findings): void {
  const key = quote(String(path.at(-1)))
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    findings.error(path, 'malformed-url', `${key} must be an https URL, not ${quote(text)}`)
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    findings.error(
      path,
      'insecure-url',
      `${key} must be https: keys fetched over http can be replaced on the way`,
      'http is accepted for 127.0.0.1, ::1 and localhost only',
    )
  } else if (url.username !== '' || url.password !== '' || url.hash !== '') {
    findings.error(path, 'malformed-url', `${key} must have neither user, password nor fragment`)
  } else if (key === '"issuer"' && text.includes('?')) {
    findings.error(path, 'malformed-url', `${key} must have no query (OpenID Connect Discovery)`)
  }
}
