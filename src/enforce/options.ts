/** The short-lived JWT that tells an upstream who is calling. Times in seconds. */
export interface IdentityTokenOptions {
  /** `iss` of minted tokens. */
  readonly issuer: string
  readonly lifetimeS: number
  /**
   * PEM of EC P-256 keys, of which the first signs; watched. Null: keys made here, gone at exit, each
   * replaced after `rotationIntervalS`.
   */
  readonly keyFile: string | null
  readonly rotationIntervalS: number
  /** A key is published for this long before it signs, so that every upstream knows it by then. */
  readonly publishLeadS: number
}

export const defaultIdentityTokenOptions: IdentityTokenOptions = {
  issuer: 'sallyport',
  lifetimeS: 300,
  keyFile: null,
  rotationIntervalS: 86_400,
  publishLeadS: 300,
}
