import type { Registry } from 'prom-client'

import type { Recorder } from '../audit/audit.ts'
import { AttemptBudget, type FailureLimits } from '../authenticate/attempt-budget.ts'
import type { Authenticator } from '../authenticate/authenticate.ts'
import type { SnapshotHolder } from '../gateway/snapshot.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import type { Clock } from '../model/clock.ts'
import { Fault } from '../model/fault.ts'
import { isLoopback } from '../model/loopback.ts'
import { HttpService } from '../service/http-service.ts'
import type { ServiceAddress, ServiceLimits } from '../service/http-service.ts'
import { laterListener } from '../service/later-listener.ts'
import type { Log } from '../telemetry/log.ts'
import { keepAliveTimeoutMs } from './answer.ts'
import { createFindCaller } from './caller.ts'
import { Evaluate } from './evaluate.ts'
import { evaluationPath, evaluationsPath } from './metadata.ts'
import { createCheckMetrics, type Endpoint } from './metrics.ts'
import type { CheckOptions } from './options.ts'

export interface CheckParts {
  readonly options: CheckOptions
  readonly holder: SnapshotHolder
  readonly authenticator: Authenticator
  readonly recorder: Recorder
  readonly log: Log
  readonly registry: Registry
  readonly clock: Clock
  /** How many keys that are none may come. */
  readonly failures: FailureLimits
  /** Null: callers may ask what they like. */
  readonly limiter: RateLimiter | null
  /** How long closing leaves an idle connection open for a request that may be under way. */
  readonly drainIdleTimeoutMs?: number
  /** Another process may listen there as well. */
  readonly reusePort?: boolean
}

export interface Check {
  listen(): Promise<ServiceAddress>
  close(): Promise<void>
}

const limits: Omit<ServiceLimits, 'closeIdleAfterMs'> = {
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs,
  maxConnections: 10_000,
  closeTimeoutMs: 5_000,
}

/** The decision API on its own listener. */
export function createCheck(parts: CheckParts): Check {
  const { options, authenticator, log, registry } = parts
  const { host, port } = options
  if (options.allowUnauthenticated && !isLoopback(host)) {
    throw new Fault(
      'ERR_LISTEN',
      `Cannot start the decision API on ${host}: "check.allow_unauthenticated" needs a loopback address`,
    )
  }
  const evaluate = new Evaluate({
    ...parts,
    findCaller: createFindCaller(
      options,
      authenticator,
      new AttemptBudget(parts.failures, parts.clock),
    ),
    metrics: createCheckMetrics(registry),
  })
  let publicUrl = options.publicUrl ?? ''
  const app = laterListener(async () => {
    const { getRequestListener } = await import('@hono/node-server')
    const { createCheckApp } = await import('./app.ts')
    return getRequestListener(createCheckApp(evaluate, publicUrl, log).fetch, {
      overrideGlobalObjects: false,
    })
  })
  const closeIdleAfterMs = parts.drainIdleTimeoutMs ?? 0
  const place = { host, port, reusePort: parts.reusePort ?? false }
  const serviceLimits = { ...limits, closeIdleAfterMs }
  // The two hot endpoints go past the router: the same handlers, found by two comparisons.
  const service = new HttpService(
    'the decision API',
    place,
    serviceLimits,
    (req, res) => {
      const endpoint = endpointOf(req.method ?? '', req.url ?? '')
      if (endpoint === null) void app.listener(req, res)
      else evaluate.answer(endpoint, req, res)
    },
    {
      takes: ({ method, target }) => endpointOf(method, target) !== null,
      answer: (req, res) => {
        const endpoint = endpointOf(req.method ?? '', req.url ?? '')
        if (endpoint !== null) evaluate.answer(endpoint, req, res)
      },
    },
  )
  return {
    listen: async () => {
      const address = await service.listen()
      publicUrl = options.publicUrl ?? urlOf(address)
      setImmediate(app.prepare)
      return address
    },
    close: () => service.close(),
  }
}

function endpointOf(method: string, target: string): Endpoint | null {
  if (method !== 'POST') return null
  if (target === evaluationPath) return 'evaluation'
  return target === evaluationsPath ? 'evaluations' : null
}

function urlOf({ host, port }: ServiceAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
