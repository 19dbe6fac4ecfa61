import { createHash } from 'node:crypto'

import { Registry } from 'prom-client'

import type { Recorder } from '../../src/audit/audit.ts'
import type { RecordEntry } from '../../src/audit/record.ts'
import type { Authenticator } from '../../src/authenticate/authenticate.ts'
import { createCheck } from '../../src/check/check.ts'
import type { Check } from '../../src/check/check.ts'
import { defaultCheckOptions } from '../../src/check/options.ts'
import type { CheckOptions } from '../../src/check/options.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { RuleSpec } from '../../src/decide/policy-spec.ts'
import { SnapshotHolder } from '../../src/gateway/snapshot.ts'
import { Ledger } from '../../src/limit/ledger.ts'
import { defaultLimitOptions, type LimitOptions } from '../../src/limit/options.ts'
import { RateLimiter } from '../../src/limit/rate-limiter.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { refuse } from '../../src/model/refusal.ts'
import { RouteTable } from '../../src/route/route-table.ts'
import type { Log } from '../../src/telemetry/log.ts'

export const key = 'key-of-the-orders-service'

function rule(
  id: string,
  effect: 'permit' | 'deny',
  actions: readonly string[],
  condition: (request: AccessRequest) => boolean,
): RuleSpec {
  return {
    id: `record/${id}`,
    effect,
    actions,
    roles: null,
    condition,
    location: 'record.yaml:1:1',
  }
}

const { hasOwn } = Object

function property(of: { properties: object }, name: string): unknown {
  return hasOwn(of.properties, name) ? (of.properties as Record<string, unknown>)[name] : undefined
}

/** The policy of the AuthZEN certification scenario. */
const policies = buildPolicySet({
  digest: 'sha256:test',
  roles: [],
  resources: [
    {
      type: 'record',
      actions: ['read', 'write', 'delete'],
      rules: [
        rule(
          'archived',
          'deny',
          ['write'],
          ({ subject, resource }) =>
            property(resource, 'status') === 'archived' && property(subject, 'role') !== 'admin',
        ),
        rule('read', 'permit', ['read'], () => true),
        rule('write', 'permit', ['write'], ({ subject }) => subject.id === 'alice'),
        rule(
          'write-archived',
          'permit',
          ['write'],
          ({ subject, resource }) =>
            property(resource, 'status') === 'archived' && property(subject, 'role') === 'admin',
        ),
        rule('soft', 'permit', ['delete'], ({ action }) => property(action, 'soft') === true),
      ],
    },
  ],
})

/** Knows one token, without cryptography: what a token is worth is not this area's concern. */
export const authenticator: Authenticator = {
  authenticate: ({ authorization }) => {
    if (authorization?.startsWith('Bearer ') !== true) {
      return refuse('credential_missing', 'no scheme of a token')
    }
    if (authorization !== 'Bearer token-of-pep') {
      return refuse('token_malformed', 'not a compact JWT')
    }
    return Promise.resolve({
      subject: { type: 'service', id: 'pep', properties: {} },
      issuer: 'https://id.example.test',
      credential: 'bearer',
      confirmation: null,
      tokenId: null,
      sessionId: null,
      issuedAtS: null,
      expiresAtS: 2 ** 40,
      acr: null,
      claims: {},
    })
  },
}

export interface RunningCheck {
  readonly check: Check
  readonly base: string
  readonly port: number
  readonly entries: RecordEntry[]
  readonly registry: Registry
  readonly holder: SnapshotHolder
  readonly errors: string[]
}

export async function startCheck(
  options: Partial<CheckOptions> = {},
  limits: Partial<LimitOptions> = {},
): Promise<RunningCheck> {
  const entries: RecordEntry[] = []
  const errors: string[] = []
  const recorder: Recorder = {
    record: (entry) => void entries.push(entry),
    reopen: () => {},
    close: () => Promise.resolve(),
  }
  const log: Log = {
    isLevelEnabled: () => true,
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_, message) => void errors.push(message),
  }
  const registry = new Registry()
  const ledger = new Ledger({ maxBuckets: 1_000, syncIntervalMs: 100, shared: null })
  const holder = new SnapshotHolder(policies, new RouteTable([]))
  const sha256 = createHash('sha256').update(key).digest('hex')
  const check = createCheck({
    options: { ...defaultCheckOptions, port: 0, keys: [{ id: 'orders', sha256 }], ...options },
    holder,
    authenticator,
    recorder,
    log,
    registry,
    failures: { maxFailuresPerAddress: 2, maxFailures: 1_000 },
    limiter: new RateLimiter({ ...defaultLimitOptions, ...limits }, ledger),
    clock: { nowMs: () => 1_700_000_000_000 },
  })
  const { host, port } = await check.listen()
  return { check, base: `http://${host}:${port}`, port, entries, registry, holder, errors }
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export async function post(
  running: RunningCheck,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await fetch(`${running.base}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
