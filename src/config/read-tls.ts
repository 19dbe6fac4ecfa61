import { resolve } from 'node:path'
import type { UpstreamTlsOptions } from '../upstream/options.ts'
import { defaultListenTlsOptions, type ListenTlsOptions } from '../listen/options.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'
import { readSettingValue } from './setting-value.ts'
import type { Setting } from './settings.ts'

/** As the schema lets it through. */
export interface RawListenTls {
  readonly certificates: readonly { readonly certificate: string; readonly key: string }[]
  readonly min_version?: string | number
  readonly unknown_names?: ListenTlsOptions['unknownNames']
  readonly client_certificates?: {
    readonly authorities: string
    readonly mode?: ListenTlsOptions['clientCertificates']
  }
  readonly handshake_timeout?: string
  readonly max_handshakes?: number
  readonly max_client_handshakes?: number
  readonly client_handshake_rate?: number
}

export interface RawUpstreamTls {
  readonly upstream?: string
  readonly server_name?: string
  readonly authorities?: string
  readonly certificate?: string
  readonly key?: string
  readonly min_version?: string | number
}

/** Those of `gateway.tls` with a range; the schema has judged the form of all. */
export const listenTlsSettings = {
  handshake_timeout: {
    property: 'handshakeTimeoutMs',
    kind: 'duration-ms',
    min: 1_000,
    max: 300_000,
  },
  max_handshakes: { property: 'maxHandshakes', kind: 'count', min: 1, max: 100_000 },
  max_client_handshakes: {
    property: 'maxClientHandshakes',
    kind: 'count',
    min: 0,
    max: 100_000,
  },
  client_handshake_rate: {
    property: 'clientHandshakesPerS',
    kind: 'count',
    min: 0,
    max: 100_000,
  },
} as const satisfies Readonly<Record<string, Setting>>

/** `gateway.tls`; null: without TLS. Files are relative to `dir`. */
export function readListenTls(
  raw: RawListenTls | undefined,
  dir: string,
  findings: Findings,
): ListenTlsOptions | null {
  if (raw === undefined) return null
  const { minVersion, unknownNames, clientCertificates } = defaultListenTlsOptions
  const clients = raw.client_certificates
  const limits = { ...defaultListenTlsOptions }
  for (const key of [
    'handshake_timeout',
    'max_handshakes',
    'max_client_handshakes',
    'client_handshake_rate',
  ] as const) {
    if (raw[key] === undefined) continue
    const setting: Setting = listenTlsSettings[key]
    const read = readSettingValue(key, setting, raw[key])
    if (read.ok) Object.assign(limits, { [setting.property]: read.value })
    else findings.error(['gateway', 'tls', key], read.code, read.message)
  }
  return {
    ...limits,
    certificates: raw.certificates.map(({ certificate, key }) => ({
      certificate: resolve(dir, certificate),
      key: resolve(dir, key),
    })),
    minVersion: readVersion(raw.min_version, minVersion),
    unknownNames: raw.unknown_names ?? unknownNames,
    clientAuthorities: clients === undefined ? null : resolve(dir, clients.authorities),
    clientCertificates: clients?.mode ?? clientCertificates,
  }
}

/** `upstreams.tls`: one entry for each upstream that asks for something, one for all the others. */
export function readUpstreamTls(
  list: readonly RawUpstreamTls[],
  dir: string,
  findings: Findings,
): readonly UpstreamTlsOptions[] {
  const fileOf = (file: string | undefined): string | null =>
    file === undefined ? null : resolve(dir, file)
  const known = new Set<string | null>()
  return list.map((raw, index) => {
    const path = ['upstreams', 'tls', index]
    const upstream = raw.upstream ?? null
    if (upstream !== null && !isSecureOrigin(upstream)) {
      const message = `${quote(upstream)} is not an origin such as https://payments.internal:8443`
      findings.error([...path, 'upstream'], 'malformed-value', message)
    }
    if (known.has(upstream)) {
      const what = upstream === null ? 'the other upstreams' : quote(upstream)
      findings.error(path, 'upstream-tls-twice', `there are two entries for ${what}`)
    }
    known.add(upstream)
    const [certificate, key] = [fileOf(raw.certificate), fileOf(raw.key)]
    if ((certificate === null) !== (key === null)) {
      const message = 'a certificate and its key go together'
      findings.error(path, 'key-missing', message, 'name both files: "certificate" and "key"')
    }
    return {
      upstream,
      serverName: raw.server_name ?? null,
      authorities: fileOf(raw.authorities),
      certificate,
      key,
      minVersion: readVersion(raw.min_version, '1.2'),
    }
  })
}

/** Written without quotes it is a number. */
function readVersion(raw: string | number | undefined, otherwise: '1.2' | '1.3'): '1.2' | '1.3' {
  if (raw === undefined) return otherwise
  return String(raw) === '1.3' ? '1.3' : '1.2'
}

/** As routes write it, so that the two are compared as texts. */
function isSecureOrigin(text: string): boolean {
  return text.startsWith('https://') && URL.parse(text)?.origin === text
}
