import type { ClientCertificate } from '../model/client-certificate.ts'
import { anonymous, type Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { thumbprintOf } from './binding.ts'
import { isUsableSubject, maxSubjectLength } from './subject-name.ts'
import type { ClientIdentityOptions } from './options.ts'
import { quoted } from './quoted.ts'
import { parseSpiffeId } from './spiffe-id.ts'

/** What a certificate's subject alternative names are called where the certificate is read. */
const prefixes = { spiffe: 'URI:', uri: 'URI:', dns: 'DNS:', email: 'email:' } as const

interface Named {
  readonly id: string
  readonly properties: Readonly<Record<string, string>>
}

/**
 * Mutual TLS as an identity of its own: the subject is the one name of the configured kind in the
 * certificate. With two of them it would be up to us which one is asking, so that is refused.
 */
export class CertificateIdentities {
  readonly #options: ClientIdentityOptions
  readonly #foreignPrefixes: readonly string[]
  readonly #kept = new WeakMap<ClientCertificate, Identity>()

  /** `foreignPrefixes`: how the names of subjects begin that others speak for. */
  constructor(options: ClientIdentityOptions, foreignPrefixes: readonly string[] = []) {
    this.#options = options
    this.#foreignPrefixes = foreignPrefixes
  }

  /** One object a connection; the certificate was verified when the connection was made. */
  identify(certificate: ClientCertificate, expiresAtS: number, nowMs: number): Identity | Refusal {
    // A connection may outlive the certificate it was opened with.
    if (nowMs >= expiresAtS * 1_000) return invalid('has expired')
    const kept = this.#kept.get(certificate)
    if (kept !== undefined) return kept
    const named = nameOf(certificate, this.#options)
    if ('kind' in named) return named
    const id = this.#options.subjectPrefix + named.id
    if (id === anonymous.subject.id) return invalid('has the name of nobody')
    if (this.#foreignPrefixes.some((prefix) => id.startsWith(prefix))) {
      return invalid('has the name of a subject of an issuer')
    }
    const identity = build(certificate, expiresAtS, named, this.#options)
    this.#kept.set(certificate, identity)
    return identity
  }
}

function nameOf(certificate: ClientCertificate, options: ClientIdentityOptions): Named | Refusal {
  const { subjectFrom: from } = options
  if (from === 'none') return refuse('credential_missing', 'No identity is read from certificates')
  const prefix = prefixes[from]
  const names = certificate.san
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
  const [name] = names
  if (name === undefined || names.length > 1) {
    const count = name === undefined ? 'no' : String(names.length)
    return invalid(`has ${count} names of the kind "${from}", expected one`)
  }
  if (!isUsableSubject(name)) {
    return invalid(`has a name that is not 1 to ${maxSubjectLength} plain characters`)
  }
  if (from === 'dns') {
    // A wildcard is the name of nobody.
    return name.includes('*') ? invalid('names a wildcard') : plain(name.toLowerCase())
  }
  if (from === 'email' && !/^[^@\s]+@[^@\s]+$/.test(name))
    return invalid('has no plain e-mail address')
  return from === 'spiffe' ? spiffeName(name, options.trustDomains) : plain(name)
}

function spiffeName(name: string, trustDomains: readonly string[]): Named | Refusal {
  const spiffe = parseSpiffeId(name)
  if (spiffe === null) return invalid(`has the URI ${quoted(name)}, which is no SPIFFE ID`)
  // X509-SVID section 3.1: a leaf is of a workload, and those have a path.
  if (spiffe.path === '') return invalid('is of a trust domain and not of a workload')
  if (!trustDomains.includes(spiffe.trustDomain)) {
    return invalid(`is of trust domain ${quoted(spiffe.trustDomain)}, which is not accepted`)
  }
  return { id: name, properties: { trust_domain: spiffe.trustDomain, path: spiffe.path } }
}

function plain(id: string): Named {
  return { id, properties: {} }
}

function invalid(what: string): Refusal {
  return refuse('client_certificate_refused', `The client certificate ${what}`)
}

function build(
  certificate: ClientCertificate,
  expiresAtS: number,
  { id, properties }: Named,
  { subjectType, subjectPrefix }: ClientIdentityOptions,
): Identity {
  const attributes = Object.assign(Object.create(null) as Record<string, unknown>, properties, {
    certificate_issuer: certificate.issuer,
  })
  return Object.freeze({
    subject: Object.freeze({
      type: subjectType,
      id: subjectPrefix + id,
      properties: Object.freeze(attributes),
    }),
    credential: 'client_certificate',
    issuer: certificate.issuer,
    tokenId: null,
    sessionId: null,
    issuedAtS: null,
    expiresAtS,
    acr: null,
    confirmation: Object.freeze({ jkt: null, x5tS256: thumbprintOf(certificate) }),
    claims: Object.freeze(Object.create(null) as Record<string, unknown>),
  })
}
