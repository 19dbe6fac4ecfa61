/** The short-lived JWT that tells an upstream who is calling. Times in seconds. */
export interface IdentityTokenOptions {
  /** `iss` of minted tokens. */
  readonly issuer: string
  readonly lifetimeS: number
  /** PKCS#8 PEM of an EC P-256 key; null: a key made at start, gone at exit. */
  readonly keyFile: string | null
}

export const defaultIdentityTokenOptions: IdentityTokenOptions = {
  issuer: 'sallyport',
  lifetimeS: 300,
  keyFile: null,
}
