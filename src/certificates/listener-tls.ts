import { constants, hash, randomBytes } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { ListenTlsOptions } from '../listen/options.ts'
import type { ServedCertificates } from '../listen/tls-source.ts'
import { readAuthorities, readPair } from './certificate-pair.ts'
import { NameTable } from './name-table.ts'
import { commonTlsOptions } from './tls-settings.ts'
import { FileProblem, type FileTexts } from './watched-files.ts'

/** Built from files, ready to be served. */
export interface BuiltListenerTls {
  readonly certificates: ServedCertificates
  /** By file. */
  readonly expiresAtMs: ReadonlyMap<string, number>
}

export function listenerFiles({ certificates, clientAuthorities }: ListenTlsOptions): string[] {
  const pairs = certificates.flatMap(({ certificate, key }) => [certificate, key])
  return clientAuthorities === null ? pairs : [...pairs, clientAuthorities]
}

/** All pairs together, or the first thing that is wrong with one of them. */
export function buildListenerTls(
  options: ListenTlsOptions,
  texts: FileTexts,
  nowMs: number | null,
): BuiltListenerTls | FileProblem {
  const shared = sharedOptions(options, texts)
  if (shared instanceof FileProblem) return shared
  const names = new NameTable<SecureContext>()
  const expiresAtMs = new Map<string, number>()
  let fallback: SecureContextOptions | null = null
  for (const { certificate: file, key: keyFile } of options.certificates) {
    const pair = readPair(texts.get(file) ?? '', texts.get(keyFile) ?? '', 'server', nowMs)
    if (typeof pair === 'string') return new FileProblem(file, pair)
    const contextOptions = { ...shared, cert: pair.certificate, key: pair.key }
    const context = openContext(contextOptions)
    if (context === null) return new FileProblem(file, 'is not accepted by OpenSSL')
    for (const name of pair.names) {
      if (!names.add(name, context)) return new FileProblem(file, `names ${name}, as another does`)
    }
    fallback ??= contextOptions
    expiresAtMs.set(file, pair.expiresAtMs)
  }
  if (fallback === null) return new FileProblem('gateway.tls', 'names no certificate')
  const { clientAuthorities } = options
  const authorities =
    clientAuthorities === null ? '' : hash('sha256', texts.get(clientAuthorities) ?? '')
  return {
    certificates: { fallback, authorities, find: (name) => names.find(name) },
    expiresAtMs,
  }
}

function sharedOptions(
  { minVersion, clientAuthorities }: ListenTlsOptions,
  texts: FileTexts,
): SecureContextOptions | FileProblem {
  const common = commonTlsOptions(minVersion)
  // New with each renewal: a session made under the files before is not resumed under these.
  const ticketKeys = randomBytes(48)
  if (clientAuthorities === null) return { ...common, ticketKeys }
  const authorities = readAuthorities(texts.get(clientAuthorities) ?? '')
  if (typeof authorities === 'string') return new FileProblem(clientAuthorities, authorities)
  return {
    ...common,
    ticketKeys,
    ca: authorities.map((authority) => authority.toString()),
    // A resumed session is not verified again: whose certificate was withdrawn, or who was let in
    // under another name, would still come in by it.
    secureOptions: (common.secureOptions ?? 0) | constants.SSL_OP_NO_TICKET,
  }
}

function openContext(options: SecureContextOptions): SecureContext | null {
  try {
    return createSecureContext(options)
  } catch {
    return null
  }
}
