import { defaultTokenExchangeTimeoutMs, type TokenExchangeOptions } from '../upstream/options.ts'
import { isLoopback } from '../model/loopback.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'
import { readSecret } from './read-secret.ts'
import { readSettingValue } from './setting-value.ts'
import type { Setting } from './settings.ts'

/** As the schema lets it through. */
export interface RawTokenExchange {
  readonly upstream: string
  readonly token_endpoint: string
  readonly client_id: string
  readonly client_secret_file: string
  readonly audience?: string
  readonly resource?: string
  readonly scope?: string
  readonly timeout?: string
}

const timeoutSetting: Setting = {
  property: 'timeoutMs',
  kind: 'duration-ms',
  min: 100,
  max: 60_000,
}

/** `upstreams.token_exchange`, with the secrets of its files. Files are relative to `dir`. */
export async function readTokenExchange(
  list: readonly RawTokenExchange[],
  dir: string,
  findings: Findings,
): Promise<readonly TokenExchangeOptions[]> {
  const known = new Set<string>()
  return Promise.all(
    list.map(async (raw, index): Promise<TokenExchangeOptions> => {
      const path = ['upstreams', 'token_exchange', index]
      if (known.has(raw.upstream)) {
        const message = `upstream ${quote(raw.upstream)} is listed twice`
        findings.error([...path, 'upstream'], 'duplicate-upstream', message)
      }
      known.add(raw.upstream)
      checkEndpoint(raw.token_endpoint, [...path, 'token_endpoint'], findings)
      const timeout =
        raw.timeout === undefined
          ? { ok: true as const, value: defaultTokenExchangeTimeoutMs }
          : readSettingValue('timeout', timeoutSetting, raw.timeout)
      if (!timeout.ok) findings.error([...path, 'timeout'], timeout.code, timeout.message)
      return {
        upstream: raw.upstream,
        tokenEndpoint: raw.token_endpoint,
        clientId: raw.client_id,
        clientSecret: await readSecret(
          raw.client_secret_file,
          [...path, 'client_secret_file'],
          dir,
          findings,
        ),
        audience: raw.audience ?? null,
        resource: raw.resource ?? null,
        scope: raw.scope ?? null,
        timeoutMs: timeout.ok ? (timeout.value as number) : defaultTokenExchangeTimeoutMs,
      }
    }),
  )
}

type Path = readonly (string | number)[]

function checkEndpoint(text: string, path: Path, findings: Findings): void {
  const url = URL.canParse(text) ? new URL(text) : null
  const isHttp = url?.protocol === 'http:'
  if (url === null || (url.protocol !== 'https:' && !isHttp) || url.username !== '') {
    const message = '"token_endpoint" must be an https URL without user'
    findings.error(path, 'malformed-url', message)
  } else if (isHttp && !isLoopback(url.hostname)) {
    const message = '"token_endpoint" must be https: tokens and the secret go there'
    const hint = 'http is accepted for 127.0.0.1, ::1 and localhost only'
    findings.error(path, 'insecure-url', message, hint)
  }
}
