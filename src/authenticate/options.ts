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
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
] as const

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

const clusterFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** What `preset: kubernetes` says where the configuration does not. */
export const kubernetesIssuerOptions = {
  jwksUrl: 'https://kubernetes.default.svc/openid/v1/jwks',
  tokenTypes: ['none'],
  subjectType: 'service_account',
  authoritiesFile: `${clusterFolder}/ca.crt`,
  tokenFile: `${clusterFolder}/token`,
} as const satisfies Partial<IssuerOptions>

/** More skew than this would make `exp` meaningless. */
export const maxClockSkewS = 300

/** How an issuer is asked about tokens that say nothing to us (RFC 7662). */
export interface IntrospectionOptions {
  /** https, or http on loopback. */
  readonly url: string
  readonly clientId: string
  /** Read from a file; never logged. */
  readonly clientSecret: string
  readonly clientAuthentication: 'basic' | 'post'
  /** `opaque`: what does not look like a signed JWT; `all`: every token. */
  readonly tokens: 'opaque' | 'all'
  readonly timeoutMs: number
  /** How long an answer holds, and how late a revocation may be noticed. */
  readonly maxAgeS: number
}

export const defaultIntrospectionOptions = {
  clientAuthentication: 'basic',
  tokens: 'opaque',
  timeoutMs: 3_000,
  maxAgeS: 60,
} as const satisfies Partial<IntrospectionOptions>

/** A claim, by name or path, and the values of which it must have one. */
export interface RequiredClaim {
  readonly claim: string
  readonly values: readonly (string | number | boolean)[]
}

/** An attribute of the subject, and the claim it is read from. */
export interface MappedClaim {
  readonly attribute: string
  readonly claim: string
}

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
  /** `rfc9068`: the claims and the type that RFC 9068 requires; null: those that each token needs. */
  readonly profile: 'rfc9068' | null
  readonly requiredClaims: readonly RequiredClaim[]
  /** Null: found by OpenID Connect discovery. */
  readonly jwksUrl: string | null
  /** A file that holds the key set, read anew as a URL would be; null: none. */
  readonly jwksFile: string | null
  /** The key set itself; null: none. */
  readonly keySet: unknown
  readonly introspection: IntrospectionOptions | null
  /** Put before `sub` to make `subject.id`, so that two issuers cannot mean one subject by accident. */
  readonly subjectPrefix: string
  /** Longer ones of others that begin like this one: no subject of this issuer's may have them. */
  readonly foreignPrefixes?: readonly string[]
  readonly subjectType: string
  /** Claim read as `subject.id`. */
  readonly subjectClaim: string
  /** In place of claims of these names: `groups` and `roles` become lists of texts. */
  readonly attributes: readonly MappedClaim[]
  /** `kubernetes`: service accounts of a cluster, their namespaces and names as attributes. */
  readonly preset: 'none' | 'kubernetes'
  /** What every token has to be bound to; `any`: to a DPoP key or to a client certificate. */
  readonly requireBinding: 'none' | 'any' | 'dpop' | 'certificate'
  /** PEM file of the authorities that vouch for where keys are read; null: those Node.js knows. */
  readonly authoritiesFile: string | null
  /** File with a bearer token for reading keys, read again each time; null: none is sent. */
  readonly tokenFile: string | null
}

export const defaultIssuerOptions = {
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  tokenTypes: ['at+jwt'],
  profile: null,
  requiredClaims: [],
  jwksUrl: null,
  jwksFile: null,
  keySet: null,
  introspection: null,
  subjectPrefix: '',
  subjectType: 'user',
  subjectClaim: 'sub',
  attributes: [],
  preset: 'none',
  requireBinding: 'none',
  authoritiesFile: null,
  tokenFile: null,
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

/** Proof of possession with DPoP (RFC 9449). */
export interface DpopOptions {
  /** Of proofs; asymmetric only. */
  readonly algorithms: readonly SignatureAlgorithm[]
  /** How old a proof may be, seconds; the clock skew comes on top. */
  readonly maxAgeS: number
  /** Every proof has to carry a nonce of ours (section 8). */
  readonly isNonceRequired: boolean
  /** A nonce is good for this long at least and twice as long at most. Milliseconds. */
  readonly nonceLifetimeMs: number
  /** Proofs remembered, of all clients and workers together; one key has an eighth of them. */
  readonly replayEntries: number
}

export const defaultDpopOptions: DpopOptions = {
  algorithms: ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256'],
  maxAgeS: 60,
  isNonceRequired: false,
  nonceLifetimeMs: 60_000,
  replayEntries: 200_000,
}

/** Mutual TLS as an identity of its own. */
export interface ClientIdentityOptions {
  /** The kind of subject alternative name that names the subject; `none`: certificates identify nobody. */
  readonly subjectFrom: 'none' | 'spiffe' | 'uri' | 'dns' | 'email'
  /** For `spiffe`: whose workloads are known here. */
  readonly trustDomains: readonly string[]
  readonly subjectType: string
  readonly subjectPrefix: string
}

export const defaultClientIdentityOptions: ClientIdentityOptions = {
  subjectFrom: 'none',
  trustDomains: [],
  subjectType: 'workload',
  subjectPrefix: '',
}

/** Where API keys are listed. */
export interface ApiKeyOptions {
  /** Null: there are none. */
  readonly file: string | null
  /** The field they come in, beside Authorization. */
  readonly header: string
}

export const defaultApiKeyOptions: ApiKeyOptions = { file: null, header: 'X-API-Key' }
