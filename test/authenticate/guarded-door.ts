import { type Authenticator, createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { type Credentials, fieldAlone } from '../../src/authenticate/credentials.ts'
import type { AuthenticateMetrics } from '../../src/authenticate/metrics.ts'
import {
  type AuthenticateOptions,
  defaultAuthenticateOptions,
  defaultIssuerOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { defaultKeyFetchOptions, type KeyFetchOptions } from '../../src/issuers/options.ts'
import type { Identity } from '../../src/model/identity.ts'
import type { Refusal } from '../../src/model/refusal.ts'
import { type IssuerServer, startIssuerServer } from '../issuers/issuer-server.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createSigningKey, type SigningKey } from './signing-key.ts'

/** An authenticator, a real issuer it trusts over HTTP, and that issuer's key. */
export interface GuardedDoor {
  readonly server: IssuerServer
  readonly issuers: Issuers
  readonly clock: ManualClock
  readonly key: SigningKey
  readonly authenticator: Authenticator
  claims(changes?: object): Record<string, unknown>
  /** A good token, but for the changes. */
  token(claims?: object, header?: object): Promise<string>
  /** What the door says to a token, from one address if not told otherwise. */
  answer(token: string, ip?: string): Promise<Identity | Refusal>
  close(): Promise<void>
}

export interface DoorChanges {
  readonly issuer?: Partial<IssuerOptions>
  readonly options?: Partial<AuthenticateOptions>
  readonly fetch?: Partial<KeyFetchOptions>
  readonly keys?: readonly SigningKey[]
  readonly metrics?: AuthenticateMetrics
  /** Before its keys are read for the first time. */
  readonly prepare?: (server: IssuerServer) => void
}

/** Floods are sent on purpose. */
const boundless = {
  ...defaultAuthenticateOptions,
  maxFailuresPerAddress: 1_000_000,
  maxFailures: 1_000_000,
}

export async function openDoor(changes: DoorChanges = {}): Promise<GuardedDoor> {
  const keys = changes.keys ?? [await createSigningKey('one')]
  const [key] = keys
  if (key === undefined) throw new Error('a door needs a key')
  const server = await startIssuerServer(keys.map((one) => one.publicJwk))
  changes.prepare?.(server)
  const clock = createManualClock()
  const issuerOptions = [
    {
      ...defaultIssuerOptions,
      issuer: server.issuer,
      audiences: ['api', 'api2'],
      ...changes.issuer,
    },
  ]
  const issuers = createIssuers(issuerOptions, {
    log: createRecordingLog(),
    clock,
    fetchOptions: { ...defaultKeyFetchOptions, ...changes.fetch },
  })
  await issuers.start()
  const authenticator = createAuthenticator(
    { ...boundless, issuers: issuerOptions, ...changes.options },
    issuers,
    clock,
    changes.metrics,
  )
  const claims = (claimChanges: object = {}): Record<string, unknown> => ({
    iss: server.issuer,
    aud: 'api',
    sub: 'alice',
    iat: clock.nowS(),
    exp: clock.nowS() + 3_600,
    ...claimChanges,
  })
  return {
    server,
    issuers,
    clock,
    key,
    authenticator,
    claims,
    token: (claimChanges, header = {}) => key.sign(header, claims(claimChanges)),
    answer: async (token, ip) => authenticator.authenticate(credentialsOf(`Bearer ${token}`, ip)),
    async close() {
      issuers.close()
      await server.close()
    },
  }
}

const client = { ip: '127.0.0.1', peerIp: '127.0.0.1', viaTrustedProxy: false }

export function bearer(token: string): Credentials {
  return credentialsOf(`Bearer ${token}`)
}

/** A request with this Authorization field. */
export function credentialsOf(authorization: string | null, ip = client.ip): Credentials {
  return fieldAlone(authorization, authorization === null ? 0 : 1, { ...client, ip })
}

export function isIdentity(answer: Identity | Refusal): answer is Identity {
  return !('kind' in answer)
}
