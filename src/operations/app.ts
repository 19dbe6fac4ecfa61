import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { isLoopback } from '../model/loopback.ts'
import { isLocalAuthority } from '../service/host-guard.ts'
import type { Log } from '../telemetry/log.ts'
import type { OperationsOptions } from './options.ts'
import { reportReadiness } from './readiness.ts'
import type { ReadinessItem } from './readiness.ts'

export interface OperationsParts {
  readonly options: OperationsOptions
  /** Another process may listen there as well. */
  readonly reusePort?: boolean
  readonly registry: { metrics(): Promise<string>; readonly contentType: string }
  readonly readiness: () => readonly ReadinessItem[]
  /** Public keys of the identity tokens that upstreams verify. */
  readonly jwks: () => { readonly keys: readonly object[] }
  readonly log: Log
}

const jwksMaxAgeS = 300

/** Health, metrics and keys: for operators and their tools, without authentication. */
export function createOperationsApp(parts: OperationsParts): Hono<{ Bindings: HttpBindings }> {
  const { options, registry, readiness, jwks, log } = parts
  const isGuarded = isLoopback(options.host)
  const app = new Hono<{ Bindings: HttpBindings }>()

  app.use(async (c, next) => {
    if (isGuarded && !isLocalAuthority(c.env.incoming.headers.host)) {
      return c.json('This listener answers to localhost and to addresses only', 421)
    }
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    return undefined
  })

  // That this runs is the answer: an event loop that hangs does not get here.
  app.get('/livez', (c) => c.json({ status: 'live' }))

  app.get('/readyz', (c) => {
    const report = reportReadiness(readiness())
    return c.json(report, report.status === 'unready' ? 503 : 200)
  })

  app.get('/metrics', async (c) => {
    const text = await registry.metrics()
    return c.body(text, 200, { 'Content-Type': registry.contentType })
  })

  app.get('/jwks.json', (c) => {
    c.header('Cache-Control', `public, max-age=${jwksMaxAgeS}`)
    return c.body(JSON.stringify(jwks()), 200, { 'Content-Type': 'application/jwk-set+json' })
  })

  app.all('/:known{livez|readyz|metrics|jwks\\.json}', (c) =>
    c.json('Only GET and HEAD are offered', 405, { Allow: 'GET, HEAD' }),
  )
  app.notFound((c) => c.json('Offered are /livez, /readyz, /metrics and /jwks.json', 404))
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'Cannot answer an operations request')
    return c.json('Internal error', 500)
  })
  return app
}
