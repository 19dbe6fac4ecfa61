export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

/** More skew than this would make `exp` meaningless. */
export const maxClockSkewS = 300

/** One trusted issuer of access tokens. */
export interface IssuerOptions {
  /** Compared with `iss` byte for byte; https, or http on loopback. */
  readonly issuer: string
  /** One of these must be in `aud`. Never empty. */
  readonly audiences: readonly string[]
  /** Asymmetric only (RFC 8725 section 3.1). */
  readonly algorithms: readonly SignatureAlgorithm[]
  /**
   * Accepted `typ`, compared without case and without `application/`; `none` accepts its absence.
   * Types other than `at+jwt` do not tell access tokens from ID tokens: make sure that no client id
   * is among the audiences. Tokens with `nonce` or another mark of an ID token are refused anyway.
   */
  readonly tokenTypes: readonly string[]
  /** Null: found by OpenID Connect discovery. */
  readonly jwksUrl: string | null
  /** Put before `sub` to make `subject.id`, so that two issuers cannot mean one subject by accident. */
  readonly subjectPrefix: string
  readonly subjectType: string
  /** Claim read as `subject.id`. */
  readonly subjectClaim: string
}

export const defaultIssuerOptions = {
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  tokenTypes: ['at+jwt'],
  jwksUrl: null,
  subjectPrefix: '',
  subjectType: 'user',
  subjectClaim: 'sub',
} as const satisfies Partial<IssuerOptions>

export interface AuthenticateOptions {
  readonly issuers: readonly IssuerOptions[]
  readonly clockSkewS: number
  readonly maxTokenBytes: number
  /** Verified tokens kept in memory. */
  readonly tokenCacheEntries: number
  /** A verified token is verified again after this long, whatever its expiry. */
  readonly tokenCacheMaxAgeS: number
  /** Tokens a second that may turn out to be bad, of one client address (IPv6: of one /64). */
  readonly maxFailuresPerAddress: number
  /** Of all addresses together; past it those that have had some are heard no longer. */
  readonly maxFailures: number
}

export const defaultAuthenticateOptions: AuthenticateOptions = {
  issuers: [],
  clockSkewS: 30,
  maxTokenBytes: 12_288,
  tokenCacheEntries: 10_000,
  tokenCacheMaxAgeS: 300,
  maxFailuresPerAddress: 20,
  maxFailures: 500,
}
