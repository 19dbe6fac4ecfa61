import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { namesOf } from './name-table.ts'

/** A chain and its key, found to belong together. */
export interface CertificatePair {
  /** PEM, the certificate itself first. */
  readonly certificate: string
  readonly key: string
  readonly names: readonly string[]
  readonly expiresAtMs: number
}

type Purpose = 'server' | 'client'

const purposes: Readonly<Record<Purpose, string>> = {
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
}

/**
 * The pair, or what is wrong with it: of two files half replaced, the pair before goes on. Without a
 * time dates are not judged: what was found good goes on being used.
 */
export function readPair(
  certificate: string,
  key: string,
  purpose: Purpose,
  nowMs: number | null,
): CertificatePair | string {
  const chain = readCertificates(certificate)
  if (typeof chain === 'string') return chain
  const [leaf] = chain
  if (leaf === undefined) return 'holds no certificate'
  const privateKey = readKey(key)
  if (typeof privateKey === 'string') return privateKey
  if (!leaf.checkPrivateKey(privateKey)) return 'is not the certificate of the key beside it'
  if (leaf.ca && chain.length > 1)
    return 'begins with an authority: the own certificate comes first'
  const problem = findPurposeProblem(leaf, purpose) ?? findDateProblem(leaf, nowMs)
  if (problem !== null) return problem
  for (const [index, issuer] of chain.slice(1).entries()) {
    const issued = chain[index]
    if (issued?.checkIssued(issuer) !== true || !issued.verify(issuer.publicKey)) {
      return `certificate ${index + 2} of the file is not the issuer of the one before it`
    }
    const expired = findDateProblem(issuer, nowMs)
    if (expired !== null) return `certificate ${index + 2} of the file ${expired}`
  }
  const names = namesOf(leaf.subjectAltName)
  if (purpose === 'server' && names.length === 0) {
    return 'names no server: subjectAltName holds neither a DNS name nor an address'
  }
  return { certificate, key, names, expiresAtMs: Date.parse(leaf.validTo) }
}

/** Certificates of authorities: whoever they have issued a certificate to is believed. */
export function readAuthorities(text: string): readonly X509Certificate[] | string {
  const read = readCertificates(text)
  if (typeof read === 'string') return read
  if (read.length === 0) return 'holds no certificate'
  const leaf = read.find((certificate) => !certificate.ca)
  return leaf === undefined ? read : `holds the certificate of no authority: ${subjectOf(leaf)}`
}

const pemBegin = '-----BEGIN CERTIFICATE-----'
const pemPattern = new RegExp(`${pemBegin}[^-]*-----END CERTIFICATE-----`, 'g')

/** All of them, or what is wrong: of a file that is half written OpenSSL takes what it can read. */
export function readCertificates(text: string): readonly X509Certificate[] | string {
  try {
    const read = Array.from(text.matchAll(pemPattern), ([pem]) => new X509Certificate(pem))
    if (text.split(pemBegin).length === read.length + 1) return read
  } catch {
    // The cause could quote the file.
  }
  return 'holds a certificate that cannot be read'
}

function readKey(text: string): KeyObject | string {
  if (text.includes('ENCRYPTED')) return 'has a key that is encrypted: store it without passphrase'
  try {
    return createPrivateKey(text)
  } catch {
    return 'has a key that cannot be read: it must be a PEM private key'
  }
}

function findPurposeProblem(leaf: X509Certificate, purpose: Purpose): string | null {
  // Extended key usages, whatever the property is called; absent: any.
  const usages = leaf.keyUsage as readonly string[] | undefined
  if (usages === undefined || usages.includes(purposes[purpose])) return null
  return `is not meant for a ${purpose} (extended key usage)`
}

function findDateProblem(
  { validFrom, validTo }: X509Certificate,
  nowMs: number | null,
): string | null {
  if (nowMs === null) return null
  if (Date.parse(validFrom) > nowMs) return `is valid only from ${validFrom} on`
  return Date.parse(validTo) > nowMs ? null : `expired on ${validTo}`
}

function subjectOf({ subject }: X509Certificate): string {
  return subject.replaceAll('\n', ', ')
}
