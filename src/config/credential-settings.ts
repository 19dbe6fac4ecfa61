import { defaultConfig } from './config.ts'
import type { SettingGroup } from './settings.ts'

/** Of `settingGroups`: credentials besides bearer tokens, and what an upstream gets. */
export const credentialSettings = {
  dpop: {
    part: 'dpop',
    defaults: defaultConfig.dpop,
    settings: {
      algorithms: { property: 'algorithms', kind: 'texts' },
      max_age: { property: 'maxAgeS', kind: 'duration-s', min: 5, max: 600 },
      require_nonce: { property: 'isNonceRequired', kind: 'flag' },
      nonce_lifetime: {
        property: 'nonceLifetimeMs',
        kind: 'duration-ms',
        min: 10_000,
        max: 3_600_000,
      },
      replay_entries: { property: 'replayEntries', kind: 'count', min: 1_000, max: 10_000_000 },
    },
  },
  client_identity: {
    part: 'clientIdentity',
    defaults: defaultConfig.clientIdentity,
    settings: {
      subject_from: {
        property: 'subjectFrom',
        kind: 'text',
        allowed: ['none', 'spiffe', 'uri', 'dns', 'email'],
      },
      trust_domains: { property: 'trustDomains', kind: 'texts' },
      subject_type: { property: 'subjectType', kind: 'text' },
      subject_prefix: { property: 'subjectPrefix', kind: 'text' },
    },
  },
  api_keys: {
    part: 'apiKeys',
    defaults: defaultConfig.apiKeys,
    settings: {
      file: { property: 'file', kind: 'path', variable: 'SALLYPORT_API_KEYS_FILE' },
      header: { property: 'header', kind: 'text' },
    },
  },
  identity_token: {
    part: 'identityToken',
    defaults: defaultConfig.identityToken,
    settings: {
      issuer: { property: 'issuer', kind: 'text' },
      lifetime: { property: 'lifetimeS', kind: 'duration-s', min: 30, max: 3_600 },
      key_file: {
        property: 'keyFile',
        kind: 'path',
        variable: 'SALLYPORT_IDENTITY_TOKEN_KEY_FILE',
      },
      rotation_interval: {
        property: 'rotationIntervalS',
        kind: 'duration-s',
        min: 600,
        max: 31_536_000,
      },
      publish_lead: { property: 'publishLeadS', kind: 'duration-s', min: 60, max: 86_400 },
    },
  },
} as const satisfies Readonly<Record<string, SettingGroup>>
