/** A certificate a client proved to own, of an authority that is believed. */
export interface ClientCertificate {
  /** Distinguished name (RFC 4514), such as `CN=orders,O=Example`. */
  readonly subject: string
  readonly issuer: string
  /** Each with its kind: `DNS:orders.internal`, `URI:spiffe://example.com/orders`, `IP:10.0.0.7`. */
  readonly san: readonly string[]
  /** SHA-256 of the certificate, lower-case hexadecimal. */
  readonly fingerprint: string
  readonly serial: string
}
