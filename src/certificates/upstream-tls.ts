import { createSecureContext } from 'node:tls'
import type { UpstreamTls } from '../upstream/connector.ts'
import type { UpstreamTlsOptions } from '../upstream/options.ts'
import { readAuthorities, readPair } from './certificate-pair.ts'
import { commonTlsOptions } from './tls-settings.ts'
import { FileProblem, type FileTexts } from './watched-files.ts'

/** Built from files, ready for the next connection. */
export interface BuiltUpstreamTls {
  /** By origin; of those not named, under the empty text. */
  readonly byOrigin: ReadonlyMap<string, UpstreamTls>
  /** By file. */
  readonly expiresAtMs: ReadonlyMap<string, number>
}

export function upstreamFiles(entries: readonly UpstreamTlsOptions[]): string[] {
  const files = entries.flatMap(({ authorities, certificate, key }) => [
    authorities,
    certificate,
    key,
  ])
  return [...new Set(files.filter((file) => file !== null))]
}

export function buildUpstreamTls(
  entries: readonly UpstreamTlsOptions[],
  texts: FileTexts,
  nowMs: number | null,
): BuiltUpstreamTls | FileProblem {
  const byOrigin = new Map<string, UpstreamTls>()
  const expiresAtMs = new Map<string, number>()
  for (const { upstream, serverName, authorities, certificate, key, minVersion } of entries) {
    const options = commonTlsOptions(minVersion)
    if (authorities !== null) {
      const read = readAuthorities(texts.get(authorities) ?? '')
      if (typeof read === 'string') return new FileProblem(authorities, read)
      options.ca = read.map((authority) => authority.toString())
    }
    if (certificate !== null && key !== null) {
      const pair = readPair(texts.get(certificate) ?? '', texts.get(key) ?? '', 'client', nowMs)
      if (typeof pair === 'string') return new FileProblem(certificate, pair)
      options.cert = pair.certificate
      options.key = pair.key
      expiresAtMs.set(certificate, pair.expiresAtMs)
    }
    byOrigin.set(upstream ?? '', { context: createSecureContext(options), serverName })
  }
  return { byOrigin, expiresAtMs }
}
