/** What an introspection endpoint (RFC 7662) said, or that it said nothing of use. */
export type Introspected =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'unavailable'; readonly detail: string }

/** Asks the endpoint of one issuer; never rejects, and settles within its time-out. */
export interface IntrospectionEndpoint {
  ask(token: string): Promise<Introspected>
}

/** What `authenticate` needs of the issuers to have tokens introspected; `issuers` provides it. */
export interface IntrospectionSource {
  /** Null when the issuer's tokens are not introspected. */
  endpointOf(issuer: string): IntrospectionEndpoint | null
}

/**
 * Answers that several processes share. What comes out of it is checked like an answer of the
 * endpoint, but cannot be told from one: whoever keeps it has to make sure that nobody else can put
 * anything in.
 */
export interface SharedAnswers {
  /** By a key that holds no secret; null: none. Never rejects, and settles soon. */
  get(key: string): Promise<string | null>
  put(key: string, value: string, keptForMs: number): void
}
