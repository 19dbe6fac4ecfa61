/** What an introspection endpoint (RFC 7662) said, or that it said nothing of use. */
export type Introspected =
  | { readonly kind: 'answer'; readonly text: string }
  /** It would not read the question because of the token. */
  | { readonly kind: 'refused'; readonly detail: string }
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

/** What came of asking, and for how long others may use it. */
export interface AskedAnswer {
  readonly introspected: Introspected
  /** Wall clock. */
  readonly askedAtMs: number
  /** Wall clock; in the past: nobody may. */
  readonly keptUntilMs: number
}

/**
 * Answers that several processes share. What comes out of it is judged like an answer of the
 * endpoint, but cannot be told from one: whoever keeps it has to make sure that nobody else can put
 * anything in.
 */
export interface SharedAnswers {
  /**
   * What somebody was told lately, else what comes of asking now, once for all who want to know.
   * `parts` name the question: the token, and whatever else the answer depends on. What is not
   * `isCurrent` by the clock of this process is not used.
   */
  get(
    parts: readonly string[],
    ask: () => Promise<AskedAnswer>,
    isCurrent: (answer: AskedAnswer) => boolean,
  ): Promise<AskedAnswer>
}
