import { resolve } from 'node:path'
import {
  defaultIntrospectionOptions,
  defaultIssuerOptions,
  type IntrospectionOptions,
  type IssuerOptions,
  kubernetesIssuerOptions,
  type MappedClaim,
  type RequiredClaim,
} from '../authenticate/options.ts'
import type { Findings } from './findings.ts'
import { readSecret } from './read-secret.ts'
import { readSettingValue } from './setting-value.ts'
import type { Setting } from './settings.ts'

type Raw = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** One entry of `issuers`, of the form the schema gives; what is wrong is among the findings. */
export async function readIssuer(
  raw: Raw,
  index: number,
  dir: string,
  findings: Findings,
): Promise<IssuerOptions> {
  const path: Path = ['issuers', index]
  const file = raw['jwks_file']
  const preset = raw['preset'] === 'kubernetes' ? kubernetesIssuerOptions : null
  const defaults = { ...defaultIssuerOptions, ...preset }
  const pathOf = (value: unknown, fallback: string | null): string | null =>
    typeof value === 'string' ? resolve(dir, value) : fallback
  // Keys that come from here are not read from the cluster.
  const isLocal = file !== undefined || raw['jwks'] !== undefined
  const given = {
    issuer: raw['issuer'],
    audiences: raw['audiences'],
    algorithms: raw['algorithms'] ?? defaults.algorithms,
    tokenTypes: raw['token_types'] ?? defaults.tokenTypes,
    profile: raw['profile'] ?? defaults.profile,
    requiredClaims: readRequired(raw['required_claims'] ?? {}),
    jwksUrl: raw['jwks_url'] ?? (isLocal ? null : defaults.jwksUrl),
    jwksFile: typeof file === 'string' ? resolve(dir, file) : defaultIssuerOptions.jwksFile,
    keySet: raw['jwks'] ?? defaults.keySet,
    introspection: await readIntrospection(raw['introspection'], path, dir, findings),
    subjectPrefix: raw['subject_prefix'] ?? defaults.subjectPrefix,
    subjectType: raw['subject_type'] ?? defaults.subjectType,
    subjectClaim: raw['subject_claim'] ?? defaults.subjectClaim,
    attributes: readMapped(raw['attributes'] ?? {}),
    preset: raw['preset'] ?? defaults.preset,
    requireBinding: raw['require_binding'] ?? defaults.requireBinding,
    authoritiesFile: pathOf(raw['authorities_file'], isLocal ? null : defaults.authoritiesFile),
    tokenFile: pathOf(raw['token_file'], isLocal ? null : defaults.tokenFile),
  }
  return given as IssuerOptions
}

function readRequired(raw: unknown): readonly RequiredClaim[] {
  return Object.entries(raw as Raw).map(([claim, values]) => ({
    claim,
    values: (Array.isArray(values) ? values : [values]) as RequiredClaim['values'],
  }))
}

function readMapped(raw: unknown): readonly MappedClaim[] {
  return Object.entries(raw as Readonly<Record<string, string>>).map(([attribute, claim]) => ({
    attribute,
    claim,
  }))
}

const timeout: Setting = { property: 'timeoutMs', kind: 'duration-ms', min: 100, max: 60_000 }
const maxAge: Setting = { property: 'maxAgeS', kind: 'duration-s', min: 1, max: 3_600 }

async function readIntrospection(
  raw: unknown,
  issuerPath: Path,
  dir: string,
  findings: Findings,
): Promise<IntrospectionOptions | null> {
  if (raw === undefined) return null
  const given = raw as Raw
  const path: Path = [...issuerPath, 'introspection']
  const { timeoutMs, maxAgeS, clientAuthentication, tokens } = defaultIntrospectionOptions
  const valueOf = (key: string, setting: Setting, fallback: number): number => {
    if (!Object.hasOwn(given, key)) return fallback
    const read = readSettingValue(key, setting, given[key])
    if (read.ok) return read.value as number
    findings.error([...path, key], read.code, read.message)
    return fallback
  }
  const options = {
    url: given['url'],
    clientId: given['client_id'],
    clientSecret: await readSecret(
      String(given['client_secret_file']),
      [...path, 'client_secret_file'],
      dir,
      findings,
    ),
    clientAuthentication: given['client_authentication'] ?? clientAuthentication,
    tokens: given['tokens'] ?? tokens,
    timeoutMs: valueOf('timeout', timeout, timeoutMs),
    maxAgeS: valueOf('max_age', maxAge, maxAgeS),
  }
  return options as IntrospectionOptions
}
